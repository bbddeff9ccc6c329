"""In a notebook, a mistake shows the student's own line and one sentence, without the inside of the toolkit."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

from toolkit.choices import did_you_mean

_INSIDE = f"{Path(__file__).parent}{os.sep}"


def outside(trace: TracebackType) -> TracebackType:
    """Return a traceback up to the call into the toolkit, or whole where the error arose in another library.

    So that a bug is still shown in full, only an error that the toolkit itself raised, with a sentence, is shortened.
    """
    frames = [trace]
    while (after := frames[-1].tb_next) is not None:
        frames.append(after)
    inside = [frame.tb_frame.f_code.co_filename.startswith(_INSIDE) for frame in frames]
    if not inside[-1] or inside[0]:
        return trace
    shown: TracebackType | None = None
    for frame in reversed(frames[: inside.index(True)]):
        shown = TracebackType(shown, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return shown or trace


def _show(
    shell: Any, kind: type[BaseException], error: BaseException, trace: TracebackType, tb_offset: int = 1
) -> None:
    """Show an error; a name that cannot be imported is answered with one like it."""
    wrong = re.match(r"cannot import name '(\w+)' from 'toolkit'", str(error))
    if wrong and isinstance(error, ImportError):
        error.msg = f"toolkit has no name {wrong[1]!r}{did_you_mean(wrong[1], dir(sys.modules['toolkit']))}"
    shell.showtraceback((kind, error, outside(trace)), tb_offset=tb_offset)


def shorten_in_notebooks() -> None:
    """Have IPython show what the toolkit raises by `outside`; do nothing where there is no IPython."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.set_custom_exc((ValueError, TypeError, AttributeError, LookupError, ImportError), _show)

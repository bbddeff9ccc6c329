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
    frames = _frames(trace)
    inside = [frame.tb_frame.f_code.co_filename.startswith(_INSIDE) for frame in frames]
    return trace if not inside[-1] or inside[0] else _joined(frames[: inside.index(True)])


def _frames(trace: TracebackType) -> list[TracebackType]:
    frames = [trace]
    while (after := frames[-1].tb_next) is not None:
        frames.append(after)
    return frames


def _joined(frames: list[TracebackType]) -> TracebackType:
    shown: TracebackType | None = None
    for frame in reversed(frames):
        shown = TracebackType(shown, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return shown or frames[0]


def _show(
    shell: Any, kind: type[BaseException], error: BaseException, trace: TracebackType, tb_offset: int = 1
) -> None:
    """Show an error; a name that cannot be imported is answered with one like it."""
    wrong = re.match(r"cannot import name '(\w+)' from 'toolkit'", str(error))
    if wrong and isinstance(error, ImportError):
        error.msg = f"toolkit has no name {wrong[1]!r}{did_you_mean(wrong[1], dir(sys.modules['toolkit']))}"
    if isinstance(error, KeyError):
        advice, trace = _no_column(trace)
        error = KeyError(_Said(advice)) if advice else error
    shell.showtraceback((kind, error, outside(trace)), tb_offset=tb_offset)


class _Said(str):
    """Text that a KeyError shows as it is, without quotation marks."""

    __slots__ = ()
    __repr__ = str.__str__


def _no_column(trace: TracebackType) -> tuple[str, TracebackType]:
    """Return a sentence where a table was asked for a column that it has not, and the traceback up to that line."""
    frames = _frames(trace)
    for i, frame in enumerate(frames):
        table: Any
        table, key = (frame.tb_frame.f_locals.get(name) for name in ("self", "key"))
        if i and type(table).__name__ == "DataFrame" and frame.tb_frame.f_code.co_name == "__getitem__":
            names = [str(name) for name in table.columns]
            told = (
                f"this table has no column {str(key)[:80]!r}{did_you_mean(key, names)}; it has {', '.join(names)[:300]}"
            )
            return told, _joined(frames[:i])
    return "", trace


def shorten_in_notebooks() -> None:
    """Have IPython show what the toolkit raises by `outside`; do nothing where there is no IPython."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is not None:
        shell.set_custom_exc((ValueError, TypeError, AttributeError, LookupError, ImportError), _show)

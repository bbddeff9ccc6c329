"""What every desk needs of the browser: keys that stay in the desk, and names for those who cannot see it."""

from pathlib import Path

import anywidget
import traitlets


class Keys(anywidget.AnyWidget):
    """An almost invisible part of a desk that keeps its keys from JupyterLab, names it and announces its words.

    The desk must have the class `desk`; words to announce have the class `announced`. `label` is the name of the desk,
    `groups` has names for parts of it by their class. When Python is restarted, a line says what to do.
    """

    _esm = Path(__file__).with_name("keys.js").read_text(encoding="utf-8")
    _css = (
        ".toolkit-desk > * { max-width: calc(100% - 4px); }\n"
        ".toolkit-keys { order: -1; font-weight: 600; color: var(--jp-content-font-color1); }"
    )
    desk = traitlets.Unicode("toolkit-desk").tag(sync=True)
    label = traitlets.Unicode("Desk").tag(sync=True)
    groups = traitlets.Dict().tag(sync=True)


def literal(text: str) -> str:
    """Return a text as it is typed in Python, in double quotation marks where that can be.

    >>> print(literal("It’s\\n1"), literal('say "no"'))
    "It’s\\n1" 'say "no"'
    """
    return repr(text) if '"' in text else '"' + repr("'" + text)[2:]

"""What every desk needs of the browser: keys that stay in the desk, and names for those who cannot see it."""

from pathlib import Path

import anywidget
import traitlets


class Keys(anywidget.AnyWidget):
    """An invisible part of a desk that keeps its keys from JupyterLab, names its sliders and announces its words.

    The desk must have the class `desk`; words to announce have the class `announced`.
    """

    _esm = Path(__file__).with_name("keys.js").read_text(encoding="utf-8")
    desk = traitlets.Unicode("toolkit-desk").tag(sync=True)

"""Cells of what was exported from a notebook: a script or a web page, read and never run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from toolkit.files import BadInput

MAX_CELLS = 10_000
"""The most cells that are read: a long lesson has 100."""

PERCENT = re.compile(r"^# ?%%(?P<rest>.*)$")
PROMPT = re.compile(r"^# In ?\[[ \d*]*\]:?\s*$")
HEADER = re.compile(r"\A(?:#!.*\n)?(?:# -\*-.*\n|# coding.*\n)?\s*(?:# ---\n(?:#.*\n)*?# ---\n)?")

CODE, TEXT = {"jp-InputArea-editor", "input_area"}, {"jp-RenderedMarkdown", "text_cell_render"}
"""The classes of code and text in the pages that Jupyter exports, new and old."""


def script_cells(text: str) -> list[tuple[str, str]]:
    """Return the cells of a script as (kind, source): divided at `# %%` or `# In[3]:`, else all of it as one.

    >>> script_cells("# %%\\na = 1\\n# %% [markdown]\\n# Why not\\n# %%\\nb = 2\\n")
    [('code', 'a = 1'), ('markdown', 'Why not'), ('code', 'b = 2')]
    """
    kind, lines, cells = "code", list[str](), list[tuple[str, str]]()
    for line in [*HEADER.sub("", text).split("\n"), "# %%"]:
        mark = PERCENT.match(line)
        if not mark and not PROMPT.match(line):
            lines.append(line)
            continue
        if source := "\n".join(lines).strip("\n").rstrip():
            cells.append((kind, re.sub(r"^# ?", "", source, flags=re.M) if kind == "markdown" else source))
        kind, lines = "markdown" if mark and re.search(r"\[(markdown|md|raw)\]", mark["rest"]) else "code", []
    return cells


def page_cells(text: str) -> list[tuple[str, str]]:
    """Return the cells of a page that Jupyter exported, as (kind, source); raise `BadInput` where it is none.

    >>> page_cells("<div class='highlight'><pre>a &lt; 1</pre></div>")
    [('code', 'a < 1')]
    """
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True)
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise BadInput(f"is a web page that cannot be read ({error})") from None
    cells = list(islice(_marked(tree, CODE, TEXT), MAX_CELLS)) or list(islice(_marked(tree, {"highlight"}), MAX_CELLS))
    return [(kind, source) for kind, source in cells if source]


def _marked(tree: Any, code: set[str], text: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield the text of each `pre` that is inside one of the classes of code, and of what has a class of text."""
    for one in tree.iter("pre", "div"):
        found = set((one.get("class") or "").split())
        if one.tag == "div" and found & set(text):
            yield "markdown", str(one.text_content()).strip("\n").rstrip()
        elif one.tag == "pre":
            around = {name for above in one.iterancestors("div") for name in (above.get("class") or "").split()}
            if around & code:
                yield "code", str(one.text_content()).strip("\n").rstrip()

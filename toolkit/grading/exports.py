"""Cells of what was exported from a notebook: a script or a web page, read and never run."""

from __future__ import annotations

import re

from toolkit.files import BadInput

PERCENT = re.compile(r"^# ?%%(?P<rest>.*)$")
PROMPT = re.compile(r"^# In ?\[[ \d*]*\]:?\s*$")
HEADER = re.compile(r"\A(?:#!.*\n)?(?:# -\*-.*\n|# coding.*\n)?\s*(?:# ---\n(?:#.*\n)*?# ---\n)?")

CODE = (
    "//*[contains(@class,'jp-CodeCell')]//*[contains(@class,'jp-InputArea-editor')]//pre"
    "|//*[contains(@class,'jp-MarkdownCell')]//*[contains(@class,'jp-RenderedMarkdown')]"
    "|//*[contains(@class,'code_cell')]//*[contains(@class,'input_area')]//pre"
    "|//*[contains(@class,'text_cell_render')]"
)
"""Where the pages that Jupyter exports, old and new, have code and text."""


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
        found = tree.xpath(CODE) or tree.xpath("//*[contains(@class,'highlight')]//pre")
        cells = [("code" if one.tag == "pre" else "markdown", str(one.text_content()).strip("\n")) for one in found]
    except (etree.LxmlError, ValueError, AssertionError, RecursionError) as error:
        raise BadInput(f"the web page cannot be read ({error})") from None
    return [(kind, source.rstrip()) for kind, source in cells if source.strip()]

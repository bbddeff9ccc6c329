"""Text from outside, made safe for a page: whatever a headline contains, it stays a headline."""

import html
from collections.abc import Iterable, Sequence

SHOWN_CHARACTERS = 20_000
"""How much of one text a notebook displays; a whole book in an output cell would stall the browser."""

MARK_STYLE = "text-decoration:underline;background:#fff3bf;color:#1a1a1a"


def escape(text: object) -> str:
    """Return text with the five characters that mean something in HTML replaced by entities.

    >>> escape("<script>")
    '&lt;script&gt;'
    """
    return html.escape(str(text), quote=True)


def printable(text: str) -> str:
    """Return text for one line of a terminal or a sentence: each character that cannot be printed becomes a blank.

    >>> printable("a\\x1b[2Jb\\nc")
    'a [2Jb c'
    """
    return "".join(c if c.isprintable() else " " for c in text)


def no_formula(cell: object) -> object:
    """Return what goes into a cell of a CSV file, marked as text where a spreadsheet would run it as a formula.

    >>> no_formula("=1+1"), no_formula("ESA"), no_formula(3)
    ("'=1+1", 'ESA', 3)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(tuple("=+-@\t\r")) else cell


def link(url: str, label: str = "") -> str:
    """Return an HTML link for a web address, and plain escaped text for anything else (`javascript:`, `data:` …).

    >>> link("https://example.org/a?b=1&c=2", "a page")
    '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">a page</a>'
    >>> link("javascript:alert(1)")
    'javascript:alert(1)'
    """
    if not url.lower().startswith(("https://", "http://")):
        return escape(label or url)
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(label or url)}</a>'


def paragraphs(text: str) -> str:
    """Return one `<p>` for every paragraph, cut after `SHOWN_CHARACTERS` with a note that says so.

    >>> paragraphs("One.\\n\\nTwo & three.")
    '<p dir="auto">One.</p><p dir="auto">Two &amp; three.</p>'
    """
    shown = text[:SHOWN_CHARACTERS]
    parts = [f'<p dir="auto">{escape(part)}</p>' for part in shown.split("\n\n") if part.strip()]
    return "".join(parts) + _rest(text, len(shown))


def _rest(text: str, shown: int) -> str:
    left = len(text) - shown
    return f"<p><em>… and {left:,} more characters that are not shown here.</em></p>" if left > 0 else ""


def marked(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Return the paragraphs of a text with `(start, end, label)` spans marked, each with its label in brackets.

    The label and an underline carry the mark, so that it does not depend on colour. Spans are in order, do not
    overlap, and do not cross a blank line.

    >>> marked("One. Two.", [(5, 9, "2")]).replace(MARK_STYLE, "...")
    '<p dir="auto">One. <mark style="..."><b>[2]</b> Two.</mark></p>'
    """
    parts, done = [], 0
    for start, end, label in spans:
        inner = f"<b>[{escape(label)}]</b> {escape(text[start:end])}"
        parts += [escape(text[done:start]), f'<mark style="{MARK_STYLE}">{inner}</mark>']
        done = end
    shown = max(done, SHOWN_CHARACTERS)
    parts.append(escape(text[done:shown]))
    return "".join(f'<p dir="auto">{part}</p>' for part in "".join(parts).split("\n\n") if part.strip()) + _rest(
        text, shown
    )


def table(header: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "", align: str = "") -> str:
    """Return a plain HTML table with escaped cells, a caption, and headers a screen reader can announce.

    `align` has one letter a column: l for left, r for right; left where it says nothing.

    >>> table(["n"], [(3,)], align="r").replace(' style="text-align:right"', "").replace(" class='mathjax_ignore'", "")
    '<table><thead><tr><th scope="col">n</th></tr></thead><tbody><tr><td dir="auto">3</td></tr></tbody></table>'
    """
    styles = [f'style="text-align:{"right" if side == "r" else "left"}"' for side in align.ljust(len(header))]
    title = f'<caption style="text-align:left">{escape(caption)}</caption>' if caption else ""
    head = "".join(f'<th scope="col" {s}>{escape(name)}</th>' for s, name in zip(styles, header, strict=True))
    body = "".join(
        "<tr>"
        + "".join(f'<td dir="auto" {s}>{escape(cell)}</td>' for s, cell in zip(styles, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return f"<table class='mathjax_ignore'>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

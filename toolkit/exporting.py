"""Keep a chart in a file: as a picture, as a page with its words and numbers, or as the numbers alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from toolkit.choices import need, one_of
from toolkit.describing import describe, figure_rows
from toolkit.files import BadInput, write_atomically
from toolkit.markup import escape, no_formula, paragraphs
from toolkit.report_page import Report


def save(figure: Any, path: str | Path, *, text: str = "") -> Path:
    """Write a figure to a file, whose ending says how, and return its path. What was there is replaced as a whole.

    `.html`: a page that opens offline, with the chart, what it shows in words, and the numbers behind it, and above
    them your `text`, paragraphs with blank lines between them;
    `.csv`: those numbers, a row each (group, label, value); `.json`: the figure, for Plotly to read again;
    `.png`, `.svg`: a picture, for which Chrome, Chromium or Edge must be on the computer; the picture of an `.svg`
    has its description in it, for screen readers. Raises `BadInput` where that cannot be done, with what to do instead.

    >>> import tempfile; folder = tempfile.TemporaryDirectory()
    >>> from toolkit.charts import chart_terms
    >>> save(chart_terms({"mars": 3}), f"{folder.name}/terms.csv").read_text(encoding="utf-8").splitlines()
    ['group,label,value', ',mars,3']
    >>> folder.cleanup()
    """
    known = object if hasattr(figure, "layout") and hasattr(figure, "data") else ()
    need("save", figure, known, 'give a chart first, then a file: save(chart_terms(counts), "terms.html")')
    need("save", path, (str, Path), 'give the name of a file second: save(chart, "terms.html")')
    ending = one_of("ending of the file", Path(path).suffix.lower(), WRITERS)
    need("save", text, str, 'give text="…", your own words for a page')
    if text and ending != ".html":
        raise BadInput(f"a {ending} has no room for a text; save it as .html")
    return write_atomically(path, _page(figure, text) if ending == ".html" else WRITERS[ending](figure))


def _page(figure: Any, text: str = "") -> str:
    report = Report(str(figure.layout.title.text or "A chart"))
    if text:
        report.add("In words", paragraphs(text))
    report.add("Chart", report.chart(figure))
    return report.html()


def _numbers(figure: Any) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["group", "label", "value"])
    writer.writerows([*map(no_formula, row[:2]), row[2]] for row in figure_rows(figure))
    return file.getvalue()


def _picture(kind: str) -> Callable[[Any], bytes]:
    def picture(figure: Any) -> bytes:
        try:
            made = bytes(figure.to_image(kind))
        except (ImportError, RuntimeError, OSError, ValueError) as error:
            raise BadInput(
                f"no picture could be made ({str(error).splitlines()[0][:120]}); install Chrome, or save as .html"
            ) from None
        if kind == "svg":
            title = f"<title>{escape(figure.layout.title.text or '')}</title><desc>{escape(describe(figure))}</desc>"
            head, _, rest = made.decode().partition(">")
            made = f'{head} role="img">{title}{rest}'.encode()
        return made

    return picture


WRITERS: dict[str, Callable[[Any], str | bytes]] = {
    ".html": _page,
    ".csv": _numbers,
    ".json": lambda figure: str(figure.to_json()),
    ".png": _picture("png"),
    ".svg": _picture("svg"),
}
"""What makes the contents of a file, by its ending."""

"""A page that opens offline: sections of finished HTML, and charts with their words and numbers."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.charts import Figure, chart_coverage, plotly_script
from toolkit.describing import describe, figure_rows
from toolkit.markup import escape, table

if TYPE_CHECKING:
    import pandas as pd
    from jinja2 import Template


@dataclass
class Report:
    """A report as it grows: a title, sections of finished HTML in order, and the figures that a script draws."""

    title: str
    sections: list[tuple[str, str]] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)

    def add(self, heading: str, *parts: str) -> None:
        """Append a section. `parts` are HTML that `toolkit.markup` made; nothing else may come in here."""
        self.sections.append((heading, "".join(parts)))

    def chart(self, figure: Figure) -> str:
        """Return the place of a chart, with what it shows in words and the numbers behind it as a table."""
        self.figures.append(figure.to_json())
        said, rows = escape(describe(figure)), figure_rows(figure)
        first = 0 if any(group for group, _, _ in rows) else 1
        numbers = table(["group", "label", "value"][first:], [row[first:] for row in rows], align="llr"[first:])
        return (
            f'<figure><div class="chart" role="img" aria-label="{said}"></div><figcaption>{said}</figcaption>'
            f"{folded('The numbers behind this chart', numbers)}</figure>"
        )

    def count(self, heading: str, counts: pd.DataFrame, title: str, events: pd.DataFrame | None = None) -> None:
        """Append a section with the chart of what `count_coverage` returned."""
        self.add(heading, self.chart(chart_coverage(counts, title=title, events=events)))

    def html(self) -> str:
        """Return the whole page. It may run the two scripts it carries, known by their hashes, and load nothing."""
        scripts = list(_scripts()) if self.figures else []
        return _template().render(
            title=self.title,
            sections=self.sections,
            figures="[" + ",".join(self.figures).replace("<", "\\u003c") + "]",
            scripts=scripts,
            hashes=[f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}" for script in scripts],
        )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader

    folder = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=folder, autoescape=True, trim_blocks=True).get_template("report.html")


def _scripts() -> tuple[str, str]:
    """Return the scripts of a page that has charts."""
    draw = Path(__file__).parent / "templates" / "draw.js"
    return plotly_script().replace("</script", "<\\/script"), draw.read_text("utf-8")


def folded(summary: str, body: str) -> str:
    """Return HTML that is folded away under a line of text."""
    return f"<details><summary>{summary}</summary>{body}</details>"


def listed(told: Sequence[str]) -> str:
    """Return lines of text as an HTML list."""
    return "<ul>" + "".join(f'<li dir="auto">{escape(line)}</li>' for line in told if line) + "</ul>"

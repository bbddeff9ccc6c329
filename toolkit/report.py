"""The walk on one page: an article, a folder of them or the coverage index as one HTML file that opens offline."""

from __future__ import annotations

import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from toolkit.article import Article, Corpus
from toolkit.charts import Figure, chart_coverage, chart_scores, chart_terms, plotly_script
from toolkit.choices import did_you_mean, need_folder
from toolkit.collecting import collect
from toolkit.collecting.columns import article_from
from toolkit.collecting.rows import front_matter
from toolkit.collecting.sources import TABLES, near_files
from toolkit.coverage import count_coverage
from toolkit.datasets import datasheet, load, load_coverage, load_events
from toolkit.describing import describe, figure_rows
from toolkit.files import MAX_BYTES, BadInput, course_folder, decode, read_text, write_atomically
from toolkit.frequency import term_counts
from toolkit.markup import escape, link, marked, table
from toolkit.pages import Page, read_page
from toolkit.sentences import Sentence, split_sentences
from toolkit.summaries import MOST_SENTENCES, Summary, summarize
from toolkit.tokens import tokenize, words
from toolkit.vocabulary import type_token_ratio
from toolkit.wordlists import stop_words_or_none

if TYPE_CHECKING:
    import pandas as pd

HINGE = ("2022-02-26-kourou-withdrawal", "2022-03-17-exomars-suspended", "2022-07-12-exomars-terminated")
"""The events that the chart of 2022 marks."""


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
        said, rows = describe(figure), figure_rows(figure)
        if any(name for name, _, _ in rows):
            numbers = table(["group", "label", "value"], rows, align="llr")
        else:
            numbers = table(["label", "value"], [row[1:] for row in rows], align="lr")
        return (
            f'<figure><div class="chart" role="img" aria-label="{escape(said)}"></div><figcaption>{escape(said)}'
            f"</figcaption>{_folded('The numbers behind this chart', numbers)}</figure>"
        )

    def count(self, heading: str, rows: pd.DataFrame, title: str, **how: Any) -> None:
        """Append a section with the chart of what `count_coverage(rows, by=…, period=…)` returns."""
        events = how.pop("events", None)
        self.add(heading, self.chart(chart_coverage(count_coverage(rows, **how), title=title, events=events)))

    def html(self) -> str:
        """Return the whole page. It may run the two scripts it carries, known by their hashes, and load nothing."""
        from jinja2 import Environment, FileSystemLoader

        folder = Path(__file__).parent / "templates"
        environment = Environment(loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True)
        scripts = [plotly_script().replace("</script", "<\\/script"), (folder / "draw.js").read_text("utf-8")]
        return environment.get_template("report.html").render(
            title=self.title,
            sections=self.sections,
            figures="[" + ",".join(self.figures).replace("<", "\\u003c") + "]",
            scripts=scripts if self.figures else [],
            hashes=[f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}" for script in scripts],
        )


def write_report(source: str, out: str | Path | None = None) -> Path:
    """Write the report on a source and return its path; `out` is `report-NAME.html` unless given.

    `source` is `desk`, `coverage`, a file, a folder of files, or `-` for what is piped in.
    Raises `BadInput`, and writes nothing, when there is no article in it.
    """
    if not source.strip():
        raise BadInput("give a file, a folder, desk, coverage, or - for what is piped in")
    path = Path(source)
    name = "stdin" if source == "-" else f"{path.resolve().name}-folder" if path.is_dir() else path.stem
    target = Path(out or f"report-{name}.html")
    if target.suffix.lower() not in {".html", ".htm"} or target.resolve() == path.resolve():
        raise BadInput(f"{target} cannot be the name of the report; give another that ends in .html, with -o")
    need_folder(target)
    return write_atomically(target, _report_on(source).html())


def _report_on(source: str) -> Report:
    if source == "coverage":
        return report_coverage()
    if source == "desk":
        return report_corpus(load("desk"), "The desk corpus: 40 articles written for teaching", datasheet("desk"))
    if source == "-":
        decoded = decode(sys.stdin.buffer.read(MAX_BYTES + 1), name="what was piped in")
        return report_article(read_page(decoded.text + "\n"), f"Piped in, read as {decoded.encoding}.")
    path = Path(source)
    if "://" in source:
        raise BadInput(f"{source} is an address, and nothing is fetched; save the page in your browser, give the file")
    if not path.exists():
        raise BadInput(f"there is no file {path}{did_you_mean(source, ['desk', 'coverage']) or near_files(path)}")
    if path.is_dir() or path.suffix.lower() in TABLES:
        return _report_on_many(path)
    return report_article(_page(path), f"From the file {path.name}.")


def _page(path: Path) -> Page:
    """Return the page in a file: one of the desk articles, a Markdown file with its facts at the head, or any other."""
    if path.resolve().parent == course_folder("datasets") / "desk" / "articles":
        return Page(load("desk")[path.stem], ())
    facts = front_matter(read_text(path).text) if path.suffix == ".md" else None
    return Page(article_from(facts), ()) if facts and facts["text"] else read_page(path)


def _report_on_many(path: Path) -> Report:
    """Return the report on a folder or a table: its articles, and a sentence for all that is not in it."""
    found = collect(path)
    articles = tuple(article for article in found if article.text)
    if not articles:
        raise BadInput(f"{path} has facts about articles and no text; put pages saved as .html or .txt there")
    told = [f"From {path.resolve().name}: {found!r}. Those without text are left out below."]
    told += [f"Left out: {source}: {reason}" for source, reason in found.skipped]
    told += [f"Nearly the same: {first} and {second} ({alike:.2f})" for first, second, alike in found.near_duplicates]
    title = f"{len(articles)} article{'s' * (len(articles) != 1)} in {path.resolve().name}"
    return report_corpus(Corpus(articles), title, told, found.dropped)


def report_article(page: Page, origin: str) -> Report:
    """Return the walk for one page: source, clutter, figures, words, summary with its reasons, charts."""
    article = page.article
    report = Report(article.title or "An article without a title")
    report.add("Where the text comes from", _sentences([origin, article.note]), f"<p>{link(article.url)}</p>")
    found = split_sentences(article.text, language=article.language or "en")
    report.add("The text in figures", _figures([article], found))
    if len(found) > MOST_SENTENCES:
        report.add("The article", marked(article.text, []))
        report.add("Summary", _sentences([f"{len(found):,} sentences are too many to summarise."]))
    else:
        summary = summarize(article, sentences=3)
        reasons = "".join(
            f'<li value="{s.number}" dir="auto">{escape(s.text)}<br><small>{escape(summary.why(s.number))}</small></li>'
            for s in summary.sentences
        )
        marks = f"<p>The {len(summary.sentences)} sentences of the summary below are underlined and numbered.</p>"
        report.add("The article", f"<p>{escape(article.dateline)}</p>", marks, marked(article.text, summary.spans))
        chart = report.chart(chart_scores(summary))
        report.add("Summary", _method(summary), f"<ol>{reasons}</ol>", chart)
    dropped = table(["reason", "text"], [(block.reason, block.text[:500]) for block in page.dropped])
    report.add("Clutter", _folded(f"Blocks of the page left out: {len(page.dropped)}", dropped))
    _add_terms(report, [article])
    return report


def report_corpus(
    corpus: Corpus, title: str, told: Sequence[str], dropped: Mapping[str, Mapping[str, int]] | None = None
) -> Report:
    """Return the walk for several articles: source, list, figures, words, and when they were published."""
    report = Report(title)
    report.add("Where the texts come from", _sentences(told))
    rows = [(a.published or "no date", a.desk or a.outlet, a.title, len(words(a.text))) for a in corpus]
    report.add("The articles", table(["published", "desk or outlet", "title", "words"], rows, align="lllr"))
    if dropped is not None:
        counts = {a.id: Counter(dropped.get(a.id)).most_common() for a in corpus}
        left = [(a.title, ", ".join(f"{n} {reason}" for reason, n in counts[a.id]), a.note) for a in corpus]
        notes = table(["article", "blocks left out of its page", "note"], left)
        report.add("Clutter", _folded("What was left out of each page, and what was mended", notes))
    found = [found for a in corpus for found in split_sentences(a.text, language=a.language or "en")]
    report.add("The texts in figures", _figures(corpus, found))
    _add_terms(report, list(corpus))
    dated = corpus.table()
    years = dated["published"].dt.year
    if years.notna().any():
        period = "month" if years.max() - years.min() < 3 else "year"
        report.count("Over time", dated, f"Articles by {period}", period=period)
    by = "desk" if dated["desk"].any() else "outlet"
    report.count(f"By {by}", dated, f"Articles by {by}", by=by, period=None)
    return report


def report_coverage() -> Report:
    """Return the report on the real coverage index: when, where, in which frame, and what cannot be concluded."""
    coverage, events = load_coverage(), load_events()
    report = Report("Who covered the split between Europe and Russia in space")
    report.add("Before you quote a figure", _sentences(datasheet("coverage")))
    report.count("All years", coverage, "Articles found, year by year", period="year")
    year, marks = coverage[coverage["month"].str.startswith("2022")], events[events["id"].isin(HINGE)]
    report.count("2022", year, "Articles found in 2022, month by month", events=marks)
    for by, heading in (("frames", "Frames"), ("outlet_country", "Countries"), ("language", "Languages")):
        report.count(heading, coverage, f"Articles found by {heading.lower()}", by=by, period=None)
    shown = coverage.sort_values(["month", "id"])[["month", "month_basis", "outlet", "gist", "url"]]
    rows = list(shown.itertuples(index=False, name=None))
    listed = table(["month", "basis of the month", "outlet", "what it says, in our words", "address"], rows)
    report.add("The articles", _folded(f"All {len(rows)} rows", listed))
    return report


def _folded(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>{body}</details>"


def _add_terms(report: Report, articles: Sequence[Article]) -> None:
    stop = {article.language: stop_words_or_none(article.language or "en") for article in articles}
    counts = term_counts(w for article in articles for w in words(article.text, stop=stop[article.language]))
    if counts:
        note = "Stop words are left out by the list of the page's language; by the English one if it states none."
        report.add("Frequent words", f"<p>{note}</p>", report.chart(chart_terms(counts)))


def _method(summary: Summary) -> str:
    how = "the nearer its words are to the middle of the whole text and the earlier it stands; what repeats a sentence"
    tie = max(s.score for s in summary.scored) - min(s.score for s in summary.scored) < 1e-9
    even = " Here all sentences scored the same, so these are simply the first." if tie else ""
    return f"<p>A sentence counts for more {how} chosen before it counts for less. No word was changed.{even}</p>"


def _figures(articles: Iterable[Article], sentences: Sequence[Sentence]) -> str:
    text = "\n\n".join(article.text for article in articles)
    found, lengths = words(text), [len(words(sentence.text)) for sentence in sentences]
    rows = [
        ("characters", f"{len(text):,}"),
        ("paragraphs", f"{sum(len(article.paragraphs) for article in articles):,}"),
        ("sentences", f"{len(sentences):,}"),
        ("words a sentence, on average", f"{mean(lengths):.1f}"),
        ("tokens (words, numbers and marks)", f"{len(tokenize(text)):,}"),
        ("words", f"{len(found):,}"),
        ("different words", f"{len(set(found)):,}"),
        ("type-token ratio (falls as a text grows longer)", f"{type_token_ratio(found):.3f}" if found else "no word"),
    ]
    return table(["what", "how many"], rows, align="lr")


def _sentences(told: Sequence[str]) -> str:
    return "<ul>" + "".join(f'<li dir="auto">{escape(line)}</li>' for line in told if line) + "</ul>"

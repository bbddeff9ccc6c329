"""The walk on one page: an article, a folder of them or the coverage index as one HTML file that opens offline."""

from __future__ import annotations

import base64
import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean

from toolkit.article import Article, Corpus
from toolkit.charts import Figure, chart_coverage, chart_scores, chart_terms, plotly_script
from toolkit.choices import did_you_mean
from toolkit.coverage import count_coverage
from toolkit.datasets import datasheet, load, load_coverage, load_events, read_desk_article
from toolkit.describing import describe, figure_rows
from toolkit.files import MAX_BYTES, BadInput, decode, read_text, write_atomically
from toolkit.frequency import term_counts
from toolkit.markup import escape, link, marked, table
from toolkit.pages import Page, read_page
from toolkit.sentences import Sentence, Sentences, split_sentences
from toolkit.summaries import MOST_SENTENCES, Summary, summarize
from toolkit.tokens import tokenize, words
from toolkit.vocabulary import type_token_ratio
from toolkit.wordlists import stop_words_or_none

TABLES = {".jsonl", ".json", ".csv", ".tsv", ".xml", ".rss", ".atom"}
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
        grouped = any(name for name, _, _ in rows)
        cells = rows if grouped else [(label, value) for _, label, value in rows]
        numbers = table(
            ["group", "label", "value"] if grouped else ["label", "value"], cells, align="llr" if grouped else "lr"
        )
        return (
            f'<figure><div class="chart" role="img" aria-label="{escape(said)}"></div><figcaption>{escape(said)}'
            f"</figcaption><details><summary>The numbers behind this chart</summary>{numbers}</details></figure>"
        )

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
            hashes=[_csp_hash(script) for script in scripts],
        )


def _csp_hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


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
    if not target.absolute().parent.is_dir():
        raise BadInput(f"there is no folder {target.parent} for the report; make it first")
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
        raise BadInput(f"there is no file {path}{did_you_mean(source, ['desk', 'coverage'])}")
    if path.is_dir() or path.suffix.lower() in TABLES:
        return _report_on_many(path)
    return report_article(_page(path), f"From the file {path.name}.")


def _page(path: Path) -> Page:
    """Return the page in a file; a file in the format of the desk articles is read as such."""
    if path.suffix == ".md" and read_text(path).text.startswith("---\n"):
        from yaml import YAMLError

        try:
            return Page(read_desk_article(path), ())
        except (KeyError, TypeError, ValueError, YAMLError):
            body = read_text(path).text.split("---\n", 2)[-1]
            page = read_page(body + "\n")
            return Page(replace(page.article, id=path.stem, note="The front matter was not read."), page.dropped)
    return read_page(path)


def _report_on_many(path: Path) -> Report:
    """Return the report on a folder or a table: its articles, and a sentence for all that is not in it."""
    from toolkit.collecting import collect

    found = collect(path)
    articles = tuple(article for article in found if article.text)
    if not articles:
        reasons = " ".join(f"{source} {reason}." for source, reason in found.skipped[:3])
        raise BadInput(f"{path} has no article in it; put pages saved as .html or .txt there. {reasons}".strip())
    told = [f"From {path.resolve().name}: {found!r}. Those without text are left out below."]
    told += [f"Left out: {source}: {reason}" for source, reason in found.skipped]
    told += [f"Nearly the same: {first} and {second} ({alike:.2f})" for first, second, alike in found.near_duplicates]
    return report_corpus(Corpus(articles), f"{len(articles)} articles in {path.resolve().name}", told)


def report_article(page: Page, origin: str) -> Report:
    """Return the walk for one page: source, clutter, figures, words, summary with its reasons, charts."""
    article = page.article
    report = Report(article.title or "An article without a title")
    where = link(article.url) if article.url else ""
    report.add("Where the text comes from", _sentences([origin, article.note]), f"<p>{where}</p>" if where else "")
    found = _split(article)
    report.add("The text in figures", _figures([article], found))
    if len(found) > MOST_SENTENCES:
        report.add("The article", marked(article.text, []))
        report.add("Summary", _sentences([f"{len(found):,} sentences are too many to summarise."]))
    else:
        summary = summarize(article, sentences=3)
        reasons = [
            f'<li value="{s.number}" dir="auto">{escape(s.text)}<br><small>{escape(summary.why(s.number))}</small></li>'
            for s in summary.sentences
        ]
        marks = f"<p>The {len(reasons)} sentences of the summary below are underlined and numbered.</p>"
        report.add("The article", f"<p>{escape(article.dateline)}</p>", marks, marked(article.text, summary.spans))
        chart = report.chart(chart_scores(summary))
        report.add("Summary", _method(summary), f"<ol>{''.join(reasons)}</ol>", chart)
    dropped = table(["reason", "text"], [(block.reason, block.text[:500]) for block in page.dropped])
    left_out = f"Blocks of the page left out: {len(page.dropped)}"
    report.add("Clutter", f"<details><summary>{left_out}</summary>{dropped}</details>")
    _add_terms(report, [article])
    return report


def report_corpus(corpus: Corpus, title: str, told: Sequence[str]) -> Report:
    """Return the walk for several articles: source, list, figures, words, and when they were published."""
    report = Report(title)
    report.add("Where the texts come from", _sentences(told))
    rows = [(a.published or "no date", a.desk or a.outlet, a.title, len(words(a.text))) for a in corpus]
    report.add("The articles", table(["published", "desk or outlet", "title", "words"], rows, align="lllr"))
    report.add("The texts in figures", _figures(corpus, [found for article in corpus for found in _split(article)]))
    _add_terms(report, list(corpus))
    dated = corpus.table()
    if dated["month"].notna().any():
        period = "month" if dated["month"].nunique() < 2 or _years(dated["published"]) < 3 else "year"
        counts = count_coverage(dated, period=period)
        report.add("Over time", report.chart(chart_coverage(counts, title=f"Articles by {period}")))
    by = "desk" if dated["desk"].any() else "outlet"
    counts = count_coverage(dated, by=by, period=None)
    report.add(f"By {by}", report.chart(chart_coverage(counts, title=f"Articles by {by}")))
    return report


def report_coverage() -> Report:
    """Return the report on the real coverage index: when, where, in which frame, and what cannot be concluded."""
    coverage, events = load_coverage(), load_events()
    report = Report("Who covered the split between Europe and Russia in space")
    report.add("Before you quote a figure", _sentences(datasheet("coverage")))
    counts = count_coverage(coverage, period="year")
    report.add("All years", report.chart(chart_coverage(counts, title="Articles found, year by year")))
    counts = count_coverage(coverage[coverage["month"].str.startswith("2022")])
    marks = events[events["id"].isin(HINGE)]
    report.add(
        "2022", report.chart(chart_coverage(counts, events=marks, title="Articles found in 2022, month by month"))
    )
    for by, heading in (("frames", "Frames"), ("outlet_country", "Countries"), ("language", "Languages")):
        counts = count_coverage(coverage, by=by, period=None)
        report.add(heading, report.chart(chart_coverage(counts, title=f"Articles found by {heading.lower()}")))
    shown = coverage.sort_values(["month", "id"])[["month", "month_basis", "outlet", "gist", "url"]]
    rows = list(shown.itertuples(index=False, name=None))
    listed = table(["month", "basis of the month", "outlet", "what it says, in our words", "address"], rows)
    report.add("The articles", f"<details><summary>All {len(rows)} rows</summary>{listed}</details>")
    return report


def _add_terms(report: Report, articles: Sequence[Article]) -> None:
    stop = {article.language: stop_words_or_none(article.language or "en") for article in articles}
    counts = term_counts(w for article in articles for w in words(article.text, stop=stop[article.language]))
    if counts:
        note = (
            "<p>Stop words are left out by the list of the page's language; by the English one if it states none.</p>"
        )
        report.add("Frequent words", note, report.chart(chart_terms(counts)))


def _method(summary: Summary) -> str:
    how = "LexRank: every sentence votes for those that share rare words with it, and votes of much-voted sentences"
    tie = max(s.score for s in summary.scored) - min(s.score for s in summary.scored) < 1e-9
    even = " Here all sentences scored the same, so these are simply the first." if tie else ""
    return f"<p>Chosen by {how} count for more. No word was added or changed.{even}</p>"


def _split(article: Article) -> Sentences:
    """Return the sentences of an article by the rules of its language; by the English ones if it states none."""
    return split_sentences(article.text, language=article.language or "en")


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


def _years(published: object) -> int:
    return int(published.max().year - published.min().year)  # type: ignore[attr-defined]

"""The walk on one page: an article, a folder of them or the coverage index as one HTML file that opens offline."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from toolkit.article import Article, Corpus
from toolkit.charts import chart_scores, chart_terms
from toolkit.choices import did_you_mean, need_folder
from toolkit.collecting import collect
from toolkit.collecting.sources import TABLES, near_files, page_in
from toolkit.coverage import count_coverage
from toolkit.coverage_report import report_coverage
from toolkit.datasets import datasheet, load
from toolkit.files import MAX_BYTES, BadInput, decode, write_atomically
from toolkit.frequency import term_counts
from toolkit.markup import escape, link, marked, table
from toolkit.pages import Page, read_page
from toolkit.report_page import Report, folded, listed
from toolkit.sentences import split_sentences
from toolkit.summaries import summarize
from toolkit.tokens import words
from toolkit.vocabulary import type_token_ratio
from toolkit.wordlists import stop_words_or_none

METHOD = (
    "A sentence counts for more the nearer its words are to the middle of the whole text and the earlier it stands; "
    "what repeats a sentence chosen before it counts for less. No word was changed."
)
TOGETHER = "Five sentences that stand for all the texts together; what they repeat counts once. No word was changed."
STOPPED = "Stop words are left out by the list of the page's language; by the English one if it states none."


def write_report(source: str, out: str | Path | None = None) -> Path:
    """Write the report on a source and return its path; `out` is `report-NAME.html` unless given.

    `source` is `desk`, `coverage`, a file, a folder of files, or `-` for what is piped in.
    Raises `BadInput`, and writes nothing, when there is no article in it.
    """
    path = Path(source)
    target = Path(out or f"report-{'stdin' if source == '-' else path.resolve().stem}.html")
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
    if not path.is_dir() and path.suffix.lower() not in TABLES:
        return report_article(page_in(path), f"From the file {path.name}.")
    found, name = collect(path), path.resolve().name
    articles = tuple(article for article in found if article.text)
    if not articles:
        raise BadInput(f"{path} has facts about articles and no text; put pages saved as .html or .txt there")
    told = [f"From {name}, and those without text are left out below:", *str(found).replace("\n- ", "\n").split("\n")]
    return report_corpus(Corpus(articles), f"{len(articles)} article{'s' * (len(articles) != 1)} in {name}", told)


def report_article(page: Page, origin: str) -> Report:
    """Return the walk for one page: source, figures, article, summary with its reasons, clutter, words."""
    article = page.article
    report = Report(article.title or "An article without a title")
    report.add("Where the text comes from", listed([origin, article.note]), f"<p>{link(article.url)}</p>")
    report.add("The text in figures", _figures([article]))
    try:
        summary = summarize(article, sentences=3)
        spans, reasons = summary.spans, [f"<p>{METHOD}</p>", summary._repr_html_(), report.chart(chart_scores(summary))]
    except ValueError as error:  # too long to summarise
        spans, reasons = [], [listed([str(error)])]
    marks = "<p>The sentences of the summary below are underlined and numbered.</p>"
    report.add("The article", f"<p>{escape(article.dateline)}</p>", marks, marked(article.text, spans))
    report.add("Summary", *reasons)
    dropped = table(["reason", "text"], [(block.reason, block.text[:500]) for block in page.dropped])
    report.add("Clutter", folded(f"Blocks of the page left out: {len(page.dropped)}", dropped))
    _add_terms(report, [article])
    return report


def report_corpus(corpus: Corpus, title: str, told: Sequence[str]) -> Report:
    """Return the walk for several articles: source, list, figures, words, and when they were published."""
    report, articles = Report(title), list(corpus)
    report.add("Where the texts come from", listed(told))
    rows = [(a.published or "no date", a.desk or a.outlet, a.title, len(words(a.text))) for a in articles]
    notes = table(["article", "note"], [(a.title, a.note) for a in articles])
    texts = table(["published", "desk or outlet", "title", "words"], rows, align="lllr")
    report.add("The articles", texts, folded("Notes on each: what was left out of its page, what was mended", notes))
    try:
        reasons = f"<p>{TOGETHER}</p>{summarize(articles, sentences=5)._repr_html_()}"
    except ValueError as error:  # too long to summarise
        reasons = listed([str(error)])
    report.add("Summary of all", reasons)
    report.add("The texts in figures", _figures(articles))
    _add_terms(report, articles)
    dated = corpus.table()
    years = dated["published"].dt.year
    if years.notna().any():
        period = "month" if years.max() - years.min() < 3 else "year"
        report.count("Over time", count_coverage(dated, period=period), f"Articles by {period}")
    by = "desk" if dated["desk"].any() else "outlet"
    report.count(f"By {by}", count_coverage(dated, by=by, period=None), f"Articles by {by}")
    return report


def _add_terms(report: Report, articles: Sequence[Article]) -> None:
    stop = {article.language: stop_words_or_none(article.language or "en") for article in articles}
    counts = term_counts(w for article in articles for w in words(article.text, stop=stop[article.language]))
    if counts:
        report.add("Frequent words", f"<p>{STOPPED}</p>", report.chart(chart_terms(counts)))


def _figures(articles: Sequence[Article]) -> str:
    found = [word for article in articles for word in words(article.text)]
    sentences = [s for article in articles for s in split_sentences(article.text, language=article.language or "en")]
    rows = [
        ("paragraphs", f"{sum(len(article.paragraphs) for article in articles):,}"),
        ("sentences", f"{len(sentences):,}"),
        ("words a sentence, on average", f"{mean(len(words(sentence.text)) for sentence in sentences):.1f}"),
        ("words", f"{len(found):,}"),
        ("different words", f"{len(set(found)):,}"),
        ("type-token ratio (falls as a text grows longer)", f"{type_token_ratio(found):.3f}" if found else "no word"),
    ]
    return table(["what", "how many"], rows, align="lr")

"""The statistics of a class as one page that opens offline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.charts import chart_items, chart_totals
from toolkit.files import write_atomically
from toolkit.grading.feedback_pages import visible
from toolkit.grading.items import FEWEST, WEAK, ClassReport, Item, class_report
from toolkit.grading.likeness import MOST_PAIRS, Alike, alike, answers_in
from toolkit.grading.names import called, names_of
from toolkit.markup import escape, table
from toolkit.report_page import Report

if TYPE_CHECKING:
    from toolkit.grading.gradebook import Gradebook

MOST_MISTAKES, MOST_NOTES = 50, 300
"""The most mistakes, and the most notes, that the page lists."""

LOOK = (
    "A list to look at, never a verdict: two who worked together, who learned from one page, or who found the same way "
    "are alike, too. What many of the class share does not count, and short answers are left out."
)
READING = (
    "Difficulty is the mean share of the points, 0 hard to 1 easy. Discrimination says how far those who do well "
    f"in the rest do well here, from −1 to 1; below {WEAK} a question hardly separates, below 0 look whether it or its "
    f"key is wrong. It is not told for fewer than {FEWEST} students, or where all have the same; neither is told while "
    "answers wait for a person (Henrysson 1963; Ebel and Frisbie 1991)."
)


def write_class_report(
    book: Gradebook, assignment: str, path: str | Path, sources: Mapping[str, Mapping[str, str]] | None = None
) -> Path:
    """Write the page on a class and return its path; `sources` has each student's answers by question, as text, if
    they are not to be those that are kept.

    It is for teachers: it names students. Raises `BadInput` when nothing has been graded.
    """
    names = names_of(book)
    pairs = [
        replace(one, first=called(one.first, names), second=called(one.second, names))
        for one in alike(book.key(assignment), answers_in(book, assignment) if sources is None else sources)
    ]
    return write_atomically(path, class_page(class_report(book, assignment), pairs).html().encode("utf-8", "replace"))


def class_page(told: ClassReport, pairs: list[Alike]) -> Report:
    """Return the page: totals, questions, mistakes, what waits, who was not taken, and answers that are alike."""
    report = Report(f"{told.assignment}: the class")
    report.add("Points", _totals(told, report))
    report.add("Questions", f"<p>{escape(READING)}</p>", _items(told, report))
    mistakes = [(question, visible(mistake), count) for question, mistake, count in told.mistakes[:MOST_MISTAKES]]
    listed = table(["question", "mistake", "students"], mistakes, align="llr", caption="The commonest first")
    report.add("Commonest mistakes", listed if mistakes else "<p>No mistake has a name.</p>")
    waiting = [(item.question, visible(item.title), item.waiting) for item in told.items if item.waiting]
    rows = table(["question", "about", "answers that wait"], waiting, align="llr")
    report.add("What waits for a person", rows if waiting else "<p>Nothing waits.</p>")
    report.add("Who was not taken", _not_taken(told))
    noted = [(visible(student), visible(note)) for student, note in told.notes[:MOST_NOTES]]
    notes = table(["student", "what is noted"], noted, align="ll")
    report.add("What to look at", notes if told.notes else "<p>Nothing is noted.</p>")
    report.add("Answers that are alike", f"<p>{LOOK}</p>", _alike(pairs))
    return report


def _not_taken(told: ClassReport) -> str:
    if not told.not_taken:
        return "<p>All that was handed in is graded.</p>"
    about = "What they handed in is kept; the sentence can be sent to the student as it is."
    rows = [(visible(student), visible(why)) for student, why in told.not_taken]
    return f"<p>{about}</p>{table(['student', 'why'], rows, align='ll')}"


def _totals(told: ClassReport, report: Report) -> str:
    one = told.totals
    figures = [("students", one.n), ("points there are", f"{one.of:g}"), ("mean", f"{one.mean:.2f}")]
    figures += [("median", f"{one.median:.2f}"), ("quartiles", f"{one.low:.2f} and {one.high:.2f}")]
    note = f"Mean {one.mean:.2f}, median {one.median:.2f}, quartiles {one.low:.2f} and {one.high:.2f} of {one.of:g}."
    about = "Before anything is taken off for lateness; what waits for a person counts 0."
    return f"<p>{about}</p>{table(['what', 'how many'], figures, align='lr')}" + report.chart(
        chart_totals(one.bars, note=note)
    )


def _items(told: ClassReport, report: Report) -> str:
    header = ["question", "about", "points", "marked", "difficulty", "discrimination"]
    rows = table(header, map(_row, told.items), align="llrrrr")
    drawn = [
        (item.question, item.difficulty, item.discrimination)
        for item in told.items
        if item.difficulty is not None and item.discrimination is not None
    ]
    return rows + (report.chart(chart_items(drawn, n=told.totals.n, weak=WEAK)) if drawn else "")


def _row(item: Item) -> list[object]:
    measured = ["not told" if one is None else f"{one:.2f}" for one in (item.difficulty, item.discrimination)]
    return [item.question, visible(item.title), f"{item.of:g}", item.n, *measured]


def _seen(text: str) -> str:
    return escape(visible(text))


def _alike(pairs: list[Alike]) -> str:
    if not pairs:
        return "<p>No answers were compared, or none stand out.</p>"
    rows = [
        f"<dt>{escape(one.question)}: {_seen(one.first)} and {_seen(one.second)}, likeness {one.likeness:.2f}</dt>"
        f'<dd dir="auto"><code>{_seen(one.shared)}</code></dd>'
        for one in pairs
    ]
    most = f" The {MOST_PAIRS} most alike are listed." * (len(pairs) == MOST_PAIRS)
    about = "Likeness is from 0 to 1. Below each pair stands the longest piece that both have, as the first wrote it."
    return f"<p>{about}{most}</p><dl>{''.join(rows)}</dl>"

"""What the marks of a class say about the questions: how hard each is, how well it separates, what goes wrong."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean, median, quantiles
from typing import TYPE_CHECKING, Any

from toolkit.exercises.question import Key, Question
from toolkit.grading.incoming import OTHER_VERSION
from toolkit.grading.names import called, names_of

if TYPE_CHECKING:
    from toolkit.grading.gradebook import Gradebook, Mark

FEWEST = 10
"""With fewer students no discrimination is told: it would be chance."""

WEAK = 0.2
"""Below this a question hardly separates those who know much from those who know little."""

BARS = 10
"""Into how many bars the totals are put."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How the totals of `n` students spread; `low` and `high` are the quartiles, `bars` rows of (from – to, students).

    All are points before anything is taken off for lateness; a question that waits for a person counts 0.
    """

    n: int
    of: float
    mean: float
    median: float
    low: float
    high: float
    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question over `n` marked answers: `difficulty` from 0, nobody has points, to 1, everybody has all.

    `discrimination` is from −1 to 1. Both are None where they cannot be told: while some answers are `waiting` for a
    person, those that are marked already are not like the others.
    """

    question: str
    title: str
    of: float
    n: int
    waiting: int
    difficulty: float | None
    discrimination: float | None


@dataclass(frozen=True, slots=True)
class ClassReport:
    """The statistics of an assignment; `mistakes` are rows of (question, mistake, students), the commonest first.

    `notes` are rows of (student, what was noted when it was graded), `not_taken` of (student, why), where it was not;
    in both a student has the name that the platform gave, too.
    """

    assignment: str
    totals: Totals
    items: tuple[Item, ...]
    mistakes: tuple[tuple[str, str, int], ...]
    notes: tuple[tuple[str, str], ...] = ()
    not_taken: tuple[tuple[str, str], ...] = ()


def class_report(book: Gradebook, assignment: str) -> ClassReport:
    """Return what the marks that count now say about an assignment; raise `BadInput` when nothing has been graded."""
    key = book.key(assignment)
    marks = [mark for mark in book.marks(assignment) if mark.question in key.questions]
    by_student: dict[str, dict[str, Mark]] = defaultdict(dict)
    for mark in marks:
        by_student[mark.student][mark.question] = mark
    students = list(by_student.values())
    waiting = Counter(mark.question for mark in marks if mark.points is None)
    items = tuple(_item(question, students, waiting) for question in key.questions.values())
    names = names_of(book)
    graded = book.latest("graded", assignment)
    notes = [(called(one, names), note) for one in by_student for note in notes_on(graded.get(one))]
    left = [(called(one, names), why) for one, why in not_taken(book, assignment)]
    counted = _totals(students, key.points), items, _mistakes(key, marks)
    return ClassReport(assignment, *counted, tuple(notes), tuple(left))


def not_taken(book: Gradebook, assignment: str) -> Iterator[tuple[str, str]]:
    """Yield each student whose last file was not taken, or was never graded, and why: none is in the figures by it."""
    all_graded = book.latest("graded", assignment)
    for student, received in book.latest("received", assignment).items():  # who is marked on paper has none
        graded = all_graded.get(student)
        why = str(received["refused"]).rstrip(".")
        if not why and not graded:
            why = "it was taken in and could not be graded; grade it once more"
        if why and not (graded and OTHER_VERSION in why):
            yield student, f"{why}; an earlier file counts" if graded else why


def notes_on(graded: dict[str, Any] | None) -> list[str]:
    """Return what was noted when a submission was graded, on the whole and question by question."""
    if graded is None:
        return []
    said = [f"{id}: {one[part]}" for id, one in graded["marks"].items() for part in ("note", "look") if part in one]
    return [*graded["notes"], *said]


def _totals(students: Sequence[dict[str, Mark]], of: float) -> Totals:
    earned = [sum(mark.points or 0 for mark in marks.values()) for marks in students]
    low, _, high = quantiles(earned, n=4, method="inclusive") if len(earned) > 1 else (earned or [0]) * 3
    mean = fmean(earned) if earned else 0.0
    return Totals(len(earned), of, mean, median(earned or [0]), low, high, _bars(earned, of))


def _bars(earned: Iterable[float], of: float) -> tuple[tuple[str, int], ...]:
    """Return the totals counted in bars of equal width, empty ones too; a limit belongs to the bar above it."""
    counts = Counter(min(int(BARS * total / of), BARS - 1) if of else 0 for total in earned)
    limits = [of * place / BARS for place in range(BARS + 1)]
    return tuple((f"{limits[i]:g}–{limits[i + 1]:g}", counts[i]) for i in range(BARS))


def _item(question: Question, students: Sequence[dict[str, Mark]], waiting: Counter[str]) -> Item:
    pairs = []
    for marks in students:
        own = marks.get(question.id)
        rest = (mark for mark in marks.values() if mark is not own and not waiting[mark.question])
        if own and (share := _share([own])) is not None:
            pairs.append((share, _share(rest)))
    told = pairs if not waiting[question.id] else []
    difficulty = fmean(share for share, _ in told) if told else None
    counts = len(pairs), waiting[question.id]
    return Item(question.id, question.title, question.points, *counts, difficulty, discrimination(told))


def _share(marks: Iterable[Mark]) -> float | None:
    """Return the share of the points of those that are marked, None where none is."""
    known = [(mark.points, mark.of) for mark in marks if mark.points is not None and mark.of]
    return sum(points for points, _ in known) / sum(of for _, of in known) if known else None


def discrimination(pairs: Iterable[tuple[float, float | None]]) -> float | None:
    """Return how far those who do well in the rest do well here: Pearson's r of a question's share and the rest's.

    The question itself is no part of the rest, which would make r too high. From −1 to 1; below 0.2 the question hardly
    separates, below 0 those who know more do worse: look whether it, or its key, is wrong. None for fewer than 10
    students, and where all have the same. It cannot tell a question on another skill from a bad one.
    Sources: Henrysson, Correction of item-total correlations in item analysis (1963); Ebel and Frisbie, Essentials of
    educational measurement (1991).

    >>> discrimination([(i % 2, i % 2) for i in range(10)]), discrimination([(1, 1)] * 9)
    (1.0, None)
    """
    known = [(share, rest) for share, rest in pairs if rest is not None]
    if len(known) < FEWEST:
        return None
    try:
        return round(correlation(*map(list, zip(*known, strict=True))), 6)
    except StatisticsError:  # all the same
        return None


def general(mistake: str) -> str:
    """Return the sentence that names a mistake without what it quotes and counts, so that the same mistakes meet.

    >>> general("Case: “Mars” should be “mars”, 2 of 31 words.")
    'Case: “…” should be “…”, … of … words.'
    """
    return re.sub(r"(?<!\w)\d+(?:[.,]\d+)*", "…", re.sub(r"“[^“”]*”", "“…”", mistake))


def _mistakes(key: Key, marks: Iterable[Mark]) -> tuple[tuple[str, str, int], ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for mark in marks:
        if mark.mistake and mark.points != mark.of:
            own = mark.mistake in key.questions[mark.question].says
            counts[mark.question, mark.mistake if own else general(mark.mistake)] += 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((question, mistake, count) for (question, mistake), count in ranked)

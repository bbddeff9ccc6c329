"""From points to a total: what is late loses a share, what waits for a person has no total yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from toolkit.files import BadInput
from toolkit.grading.late import late_share

if TYPE_CHECKING:
    from toolkit.exercises.question import Key
    from toolkit.grading.gradebook import Gradebook, Mark


def total(key: Key, marks: Iterable[Mark], days_late: float = 0) -> float | None:
    """Return a student's points for an assignment, less what is late; None while a question waits, and for no marks.

    Marks of questions that the key no longer has do not count; a question without a mark counts 0.

    >>> from types import SimpleNamespace as Made
    >>> key = Made(questions={"1": "", "2": ""}, terms={"late": {"per_day": 10, "days": 5}})
    >>> total(key, [Made(question="1", points=3), Made(question="2", points=2)], days_late=2)
    4.0
    >>> total(key, [Made(question="1", points=3), Made(question="2", points=None)])
    """
    earned = [mark.points for mark in marks if mark.question in key.questions]
    known = [points for points in earned if points is not None]
    if not earned or len(known) < len(earned):
        return None
    return round(sum(known) * late_share(key.terms or {}, days_late), 6)


def totals_in(book: Gradebook, assignment: str) -> dict[str, float | None]:
    """Return by student what counts of an assignment, of all who have a mark in it; None while something waits."""
    key, graded = book.key(assignment), book.latest("graded", assignment)
    by_student = groupby(book.marks(assignment), key=lambda mark: mark.student)
    return {one: total(key, marks, graded.get(one, {}).get("days_late", 0)) for one, marks in by_student}


def course_total(parts: Mapping[str, tuple[float | None, float, float]]) -> float | None:
    """Return the per cent reached in a course, from what each assignment has: points earned, points possible, weight.

    Formula: 100 · sum(weight · earned / possible) / sum(weight). None while one of them waits.

    >>> course_total({"a1": (5, 10, 25), "a2": (20, 20, 75)})
    87.5
    """
    weights = sum(weight for _, _, weight in parts.values())
    wrong = [name for name, (_, possible, weight) in parts.items() if possible <= 0 or weight < 0]
    if wrong or weights <= 0:
        what = f"{wrong[0]} needs" if wrong else "the assignments need"
        raise BadInput(f"{what} more than 0 points and a weight of more than 0; put weight into the head of the source")
    shares = [None if earned is None else weight * earned / of for earned, of, weight in parts.values()]
    known = [share for share in shares if share is not None]
    return round(100 * sum(known) / weights, 6) if len(known) == len(shares) else None

"""Marks: what each question earned each student, by the judge, or by the person who overrode it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from toolkit.grading.journal import Record

Place = tuple[str, str, str]
"""A student, an assignment and a question."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one question earned one student: `points` are those that count, None while they wait for a person.

    `automatic` is what the judge gave, with the `mistake` it found, what was `given`, and free text as `answer`;
    `who` marked by hand, if anyone, with a `comment` and the places in the `rubric` that were chosen.
    """

    student: str
    assignment: str
    question: str
    points: float | None
    of: float
    automatic: float | None = None
    mistake: str = ""
    given: str = ""
    comment: str = ""
    rubric: tuple[int, ...] = ()
    who: str = ""
    answer: str = ""


def marks_in(db: sqlite3.Connection, assignment: str = "", student: str = "") -> dict[Place, Mark]:
    """Return the marks that count in a view, of one or all assignments and students.

    A question that the student's last grading no longer has counts no longer, also where a person marked it; and a mark
    for what a student has since handed in anew gives way to what the judge says of that, or to waiting.
    """
    told = {"assignment": assignment, "student": student}
    where = " AND ".join(["1", *(f"{name} = :{name}" for name, value in told.items() if value)])
    hand: dict[Place, Record] = {}
    for (line,) in db.execute(f"SELECT line FROM marked WHERE NOT undone AND {where} ORDER BY n", told):
        record = json.loads(line)
        hand[record["student"], record["assignment"], record["question"]] = record
    found, graded = {}, set()
    for (line,) in db.execute(f"SELECT line FROM latest WHERE kind = 'graded' AND {where}", told):
        record = json.loads(line)
        whose = record["student"], record["assignment"]
        graded.add(whose)
        for question, judged in record["marks"].items():
            place = (*whose, question)
            marked = hand.get(place, {})
            if marked.get("submission", record["submission"]) != record["submission"]:
                marked = {}
            found[place] = _mark(place, judged, marked, answer=str(record["answers"].get(question, "")))
    on_paper = {place: one for place, one in hand.items() if place[:2] not in graded}
    return found | {place: _mark(place, {"of": one.get("of", 0)}, one) for place, one in on_paper.items()}


def _mark(place: Place, judged: Record, hand: Record, *, answer: str = "") -> Mark:
    """Return the mark that counts: a person's, if there is one, before the judge's."""
    automatic = judged.get("points")
    return Mark(
        *place,
        points=hand.get("points", automatic),
        of=judged["of"],
        automatic=automatic,
        mistake=judged.get("mistake", ""),
        given=judged.get("given", ""),
        comment=hand.get("comment", ""),
        rubric=tuple(hand.get("rubric", ())),
        who=hand.get("who", ""),
        answer=answer,
    )

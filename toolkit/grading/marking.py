"""Marks that a person gives: the answers to one question as a pile of papers without names, and what is booked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from toolkit.choices import did_you_mean
from toolkit.files import BadInput
from toolkit.grading.sheets import codes

if TYPE_CHECKING:
    from toolkit.exercises.question import Question
    from toolkit.grading.gradebook import Gradebook, Mark

LONGEST_COMMENT = 2_000
"""The most characters of a comment."""

OFFERED = 9
"""So many comments that were used before are offered: as many as there are number keys."""


class Changed(BadInput):
    """The book has another mark, or another answer, than the one that was shown; the pile has it now, too."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person has chosen for one answer: items of the rubric, counted from 0, points of their own, a comment."""

    rubric: tuple[int, ...] = ()
    own: str = ""
    comment: str = ""


def points_of(choice: Choice, question: Question) -> float | None:
    """Return the points that were typed, else the sum of the chosen items, else None: nothing was chosen.

    >>> from toolkit.exercises.question import Question
    >>> asked = Question("a2.7", "free", "why", 3, rubric=({"points": 1, "say": "a"}, {"points": 2, "say": "b"}))
    >>> points_of(Choice(rubric=(0, 1)), asked), points_of(Choice((0,), own="1,5"), asked), points_of(Choice(), asked)
    (3, 1.5, None)
    """
    typed = choice.own.strip()
    if typed:
        points = float(typed.replace(",", ".")) if re.fullmatch(r"[0-9]{1,4}([.,][0-9]{0,3})?", typed) else -1
        if not 0 <= points <= question.points:
            raise BadInput(f"{typed[:40]!r} cannot be the points; type a number from 0 to {question.points:g}")
        return points
    if any(not 0 <= item < len(question.rubric) for item in choice.rubric):
        raise BadInput(f"the rubric has {len(question.rubric)} items, and another one was chosen; open the desk again")
    earned = sum(question.rubric[item]["points"] for item in choice.rubric)
    return min(round(earned, 4), question.points) if choice.rubric else None


def chosen(mark: Mark, question: Question) -> Choice:
    """Return the choice by which a person comes to a mark; points that no items add up to are points of their own."""
    rubric = tuple(sorted({item for item in mark.rubric if 0 <= item < len(question.rubric)}))
    same = mark.points is None or points_of(Choice(rubric), question) == mark.points
    comment = "\n".join(mark.comment.splitlines()).encode("utf-8", "replace").decode().strip()
    return Choice(rubric, "" if same else f"{mark.points:g}", comment)


class Pile:
    """The answers of a class to one question of free text, without names, in an order that is always the same.

    `marks` has what the book has for each, `codes` what each is called on the screen and in the CSV for marking,
    `flags` the places of those to be looked at again, which are not booked. All answers are read at once, so that the
    next one is there without delay.
    """

    def __init__(self, book: Gradebook, assignment: str, question: str, *, who: str) -> None:
        """Read the answers; raise `BadInput` for what is not in the book, and for a question that no person marks."""
        if not isinstance(who, str) or not who.strip():
            raise BadInput('nobody is named who marks; give who="your name"')
        self.book, self.assignment, self.who = book, assignment, who.strip()
        self.question = _free_question(book, assignment, question)
        code = codes(assignment, book.students(assignment))
        self.marks = sorted(book.marks(assignment, question=question), key=lambda mark: _shuffled(mark, code))
        self.codes = [code[mark.student] for mark in self.marks]
        if not self.marks:
            raise BadInput(f"nobody's answer to {question} is in the book; type toolkit grade first")
        self.flags: set[int] = set()
        self._written: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self.marks)

    @property
    def marked(self) -> int:
        """How many answers have points."""
        return sum(mark.points is not None for mark in self.marks)

    @property
    def comments(self) -> list[str]:
        """The lines of comments used for this question, the most frequent first, at most `OFFERED`."""
        used = Counter(line.strip() for mark in self.marks for line in mark.comment.splitlines() if line.strip())
        return sorted(used, key=lambda line: (-used[line], line))[:OFFERED]

    def look_again(self, at: int) -> Mark:
        """Read the mark of one answer from the book once more, and return it."""
        known = self.marks[at]
        now = self.book.marks(self.assignment, student=known.student, question=known.question)
        self.marks[at] = now[0] if now else known
        return self.marks[at]

    def save(self, at: int, choice: Choice) -> bool:
        """Book what was chosen for an answer; return False when the book says so already, and nothing was written.

        Raises `Changed` when somebody else has changed the mark since it was read; saved once more, it is overwritten.
        """
        points = points_of(choice, self.question)
        comment, rubric = choice.comment.strip(), tuple(sorted(choice.rubric))
        shown, now = self.marks[at], self.look_again(at)
        booked = chosen(now, self.question)
        if points is None or (points, rubric, comment) == (now.points, booked.rubric, booked.comment):
            return False
        if len(comment) > LONGEST_COMMENT:
            raise BadInput(f"a comment has at most {LONGEST_COMMENT:,} characters, this one {len(comment):,}")
        if now != shown:
            raise Changed(self._difference(shown, now))
        record = self.book.mark(
            now.student, self.assignment, self.question.id, points, who=self.who, rubric=rubric, comment=comment
        )
        self._written.append((record["n"], at))
        self.look_again(at)
        return True

    def undo(self) -> int | None:
        """Take back what this pile booked last, and return the place of the answer; None when there is nothing."""
        if not self._written:
            return None
        number, at = self._written[-1]
        self.book.undo(number, who=self.who, why="taken back at the marking desk")
        self._written.pop()
        self.look_again(at)
        return at

    def next_unmarked(self, at: int) -> int | None:
        """Return the place of the next answer without points, those with a flag last; None when all have points."""
        now = {mark.student: mark for mark in self.book.marks(self.assignment, question=self.question.id)}
        self.marks = [now.get(mark.student, mark) for mark in self.marks]
        waiting = [place for place in self._from(at) if self.marks[place].points is None]
        return min(waiting, key=lambda place: place in self.flags, default=None)

    def next_flagged(self, at: int) -> int | None:
        """Return the place of the next answer with a flag, or None."""
        return next((place for place in self._from(at) if place in self.flags), None)

    def _from(self, at: int) -> list[int]:
        """All places, beginning after one, round to itself."""
        return [*range(at + 1, len(self)), *range(at + 1)]

    def _difference(self, shown: Mark, now: Mark) -> str:
        if now.answer != shown.answer:
            return "another answer was handed in meanwhile; it is shown now"
        points = "no points" if now.points is None else f"{now.points:g} of {now.of:g} points"
        note = f" and “{now.comment}”" if now.comment else ""
        return f"{now.who or 'somebody'} has meanwhile given {points}{note}"


def _shuffled(mark: Mark, code: dict[str, str]) -> str:
    """By what the answers are put in order, for each question another: nobody is always the last to be read."""
    return sha256(f"{mark.question} {code[mark.student]}".encode()).hexdigest()


def _free_question(book: Gradebook, assignment: str, question: str) -> Question:
    known = book.assignments()
    if assignment not in known:
        listed = ", ".join(known) or "none"
        raise BadInput(f"{assignment!r} is not in this book{did_you_mean(assignment, known)}; it has {listed}")
    questions = book.key(assignment).questions
    free = [name for name, asked in questions.items() if asked.kind == "free"]
    if question not in free:
        wrong = "is marked by the toolkit" if question in questions else f"is not a question of {assignment}"
        raise BadInput(f"{question!r} {wrong}; people mark {', '.join(free) or 'none of its questions'}")
    return questions[question]

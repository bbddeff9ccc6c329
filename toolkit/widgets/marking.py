"""The marking desk: one question of free text, the answers of a whole class, names hidden, marked by number keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from toolkit.choices import need
from toolkit.files import BadInput
from toolkit.grading.marking import LONGEST_COMMENT, Changed, Choice, Pile, chosen, points_of
from toolkit.markup import SHOWN_CHARACTERS

if TYPE_CHECKING:
    from toolkit.grading.gradebook import Gradebook

HELP = {
    "1 … 9": "choose an item of the rubric, or leave it out again",
    "0": "no points at all",
    "o": "type points of your own, which then count instead of the items",
    "t": "type a comment; Enter saves it, Shift and Enter begin a new line, Escape leads out",
    "c": "go to the comments used before; then a number takes one",
    "n": "save, and go to the next answer",
    "p": "save, and go to the previous answer",
    "u": "save, and go to the next answer without points; those with a flag come last",
    "f": "put a flag on this answer, or take it off; flags last as long as the notebook runs",
    "g": "save, and go to the next answer with a flag",
    "Enter": "save, and stay",
    "z": "take back what is not saved yet; once more, what this desk saved last",
    "m": "open or close the model answer",
}
"""Every key and what it does: all of it can be done with Tab, Space and Enter, too."""

UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that cannot be seen, and those that turn the direction of others."""


class MarkingDesk(anywidget.AnyWidget):
    """The answers in a pile, one on the screen, without names; what is chosen for it is booked on the way to another.

    `do` is what the keys and buttons call; `at` is the place in the pile of the answer shown, counted from 0, `page`
    what is shown of it, and `says` what the desk last told.
    """

    _esm = Path(__file__).with_name("marking.js")
    _css = Path(__file__).with_name("marking.css")
    head = traitlets.Dict().tag(sync=True)
    page = traitlets.Dict().tag(sync=True)
    says = traitlets.Unicode().tag(sync=True)
    answered = traitlets.Int().tag(sync=True)

    def __init__(self, pile: Pile) -> None:
        """Show the first answer that has no points, or the first of all."""
        self.pile = pile
        self.at, self._warned = 0, False
        asked = pile.question
        model = next((str(case.expected) for case in asked.cases), "")
        rubric = [{"points": item["points"], "say": _plain(item["say"])} for item in asked.rubric]
        title = f"{asked.id} {asked.title}".strip()
        facts = {"title": _plain(title), "of": asked.points, "model": _shown(model), "longest": LONGEST_COMMENT}
        super().__init__(head={**facts, "rubric": rubric, "help": list(HELP.items())})
        self.on_msg(self._hear)
        first = pile.next_unmarked(-1)
        self._show(first or 0, "All answers have points." if first is None else "")

    def do(self, what: str, choice: Choice) -> None:
        """Do what a key asks for, after saving the choice for the answer that is shown; say what was done."""
        if what == "undo":
            return self._undo(choice)
        if what == "flag":
            self.pile.flags ^= {self.at}
            return self._stay(choice, "Flag on." if self.at in self.pile.flags else "Flag off.")
        try:
            saved = self._save(choice)
        except Changed as error:
            return self._stay(choice, f"Not saved: {error}. Press again and yours counts, z and theirs stays.")
        except BadInput as error:
            return self._stay(choice, f"Not saved: {error}. z takes it back.")
        return self._go(what, saved)

    def _save(self, choice: Choice) -> str:
        """Book a choice and return what to say; a comment without points is warned of once, then left behind."""
        unfinished = points_of(choice, self.pile.question) is None and choice != self._booked()
        if unfinished and not self._warned:
            self._warned = True
            raise BadInput("no points are chosen; press 0 for no points, or again to leave it as it was")
        return f"{self._points()}: saved." if self.pile.save(self.at, choice) else ""

    def _go(self, what: str, saved: str) -> None:
        at, last = self.at, len(self.pile) - 1
        places = {"next": min(at + 1, last), "previous": max(at - 1, 0), "save": at}
        seek = {"unmarked": self.pile.next_unmarked, "flagged": self.pile.next_flagged}
        place = seek[what](at) if what in seek else places[what]
        said = {"unmarked": "All answers have points.", "flagged": "No answer has a flag."}.get(what, "")
        if place is not None:
            said = {"next": "This is the last answer.", "previous": "This is the first answer."}.get(what, "")
        arrived = place not in {None, at}
        self._show(at if place is None else place, f"{saved} {'' if arrived else said}".strip(), brief=what == "save")

    def _undo(self, choice: Choice) -> None:
        """Take back what is chosen and not saved; when there is nothing of the kind, what was saved last."""
        if choice != self._booked():
            return self._show(self.at, "What was not saved is taken back.")
        try:
            place = self.pile.undo()
        except BadInput as error:
            return self._stay(choice, f"Not undone: {error}.")
        return self._show(
            self.at if place is None else place, "There is nothing to undo." if place is None else "Undone."
        )

    def _hear(self, _desk: object, message: dict[str, Any], _buffers: object) -> None:
        """Do what the browser asks for; what makes no sense, or is about another answer than the one shown, is not."""
        with self.hold_sync():
            match message:
                case {
                    "do": "next" | "previous" | "unmarked" | "flagged" | "save" | "undo" | "flag" as what,
                    "code": code,
                    "choice": {"rubric": list(rubric), "own": str(own), "comment": str(comment)},
                } if code == self.page["code"] and all(type(item) is int for item in rubric):
                    self.do(what, Choice(tuple(sorted({*rubric})), own.strip(), _plain(comment).strip()))
            self.answered += 1

    def _show(self, at: int, says: str = "", *, brief: bool = False) -> None:
        """Show an answer and the mark that the book has for it now."""
        self.at, self._warned = at, False
        mark = self.pile.look_again(at)
        self._draw(self._booked())
        state = self._points() if mark.points is not None else "not marked"
        place = "" if brief and says else f"Answer {at + 1} of {len(self.pile)}, {state}."
        self.says = _plain(f"{says} {place}".strip())

    def _stay(self, choice: Choice, says: str) -> None:
        """Keep the answer, with what is chosen and not saved, and say why."""
        self._draw(choice)
        self.says = _plain(says)

    def _booked(self) -> Choice:
        return chosen(self.pile.marks[self.at], self.pile.question)

    def _points(self) -> str:
        return f"{self.pile.marks[self.at].points:g} of {self.pile.question.points:g} points"

    def _draw(self, choice: Choice) -> None:
        pile, at, mark = self.pile, self.at, self.pile.marks[self.at]
        by = _plain(mark.who or "the toolkit")
        self.page = {
            "code": pile.codes[at],
            "place": f"Answer {at + 1:,} of {len(pile):,}",
            "progress": f"{pile.marked:,} of {len(pile):,} marked",
            "flag": at in pile.flags,
            "text": _shown(mark.answer),
            "note": _note(mark.answer),
            "book": f"{self._points()}, by {by}" if mark.points is not None else "not marked",
            "booked": _sent(self._booked()),
            "choice": _sent(choice),
            "comments": [_plain(line) for line in pile.comments],
        }


def mark_answers(book: Gradebook | str | Path, assignment: str, question: str, *, who: str) -> MarkingDesk:
    """Return the marking desk for one question of free text: the answers of all students, without names.

    `book` is a gradebook, or its folder; `who` marks, and stands beside every mark in the journal. Raises `BadInput`
    for an assignment or a question that is not there, or that no person marks.
    """
    from toolkit.grading.gradebook import Gradebook

    if isinstance(book, (str, Path)):
        if not Path(book).is_dir():
            beside = "" if Path(book).is_absolute() else f'; the lessons are in a folder of their own: try "../{book}"'
            raise BadInput(f"there is no folder {Path(book).absolute()}, which toolkit grade would have made{beside}")
        book = Gradebook(book)
    need(
        "mark_answers", book, Gradebook, 'give the folder of a gradebook: mark_answers("book", "a2", "a2.7", who="Ada")'
    )
    return MarkingDesk(Pile(book, assignment, question, who=who))


def _sent(choice: Choice) -> dict[str, Any]:
    return {"rubric": list(choice.rubric), "own": choice.own, "comment": _plain(choice.comment)}


def _note(answer: str) -> str:
    """Return what a reader should know about an answer and cannot see."""
    notes = [] if answer.strip() else ["Nothing was written."]
    if len(answer) > SHOWN_CHARACTERS:
        notes.append(f"The first {SHOWN_CHARACTERS:,} of {len(answer):,} characters are shown.")
    if unseen := len(UNSEEN.findall(answer)):
        notes.append(f"{unseen:,} characters in it cannot be seen, or turn the direction of others.")
    return " ".join(notes)


def _shown(text: str) -> str:
    return _plain(text[:SHOWN_CHARACTERS])


def _plain(text: object) -> str:
    """Return text that can travel to a browser: half a surrogate pair, which cannot, becomes �."""
    return re.sub("[\ud800-\udfff]", "\ufffd", str(text))

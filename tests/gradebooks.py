"""A gradebook of three questions, one of each kind, to give feedback from and to count in."""

import json

from toolkit.exercises.judging import Response
from toolkit.exercises.question import MARKING, Case, Key, Question, write_key
from toolkit.exercises.running import Ran
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.marks import mark

SECRET = "heldoutword"
QUESTIONS = (
    Question("a2.1", "function", "n_types", points=4, title="Types", field="number", partial=True,
             comparator={"name": "close"}, says=("You counted tokens, not types.",),
             cases=(Case([["a"]], 1, (1,)), Case([["a", "b", "a"]], 2, (3,)), Case([[SECRET] * 2], 1, (2,), True))),
    Question("a2.2", "number", "tokens", points=2, title="Tokens", comparator={"name": "close"},
             cases=(Case(None, 31337),)),
    Question("a2.3", "free", "why", points=4, title="Why", cases=(Case(None, "The model answer."),),
             rubric=({"points": 3, "say": "names a reason"}, {"points": 1, "say": "gives an example"})),
)  # fmt: skip
KEY = Key("a2", {one.id: one for one in QUESTIONS}, terms={"late": {"per_day": 10, "days": 5}})
RIGHT = [1, 2, 1]
OWN = "def n_types(words):\n    return len(words)\n"


def handed_in(*more):
    cells = [("code", OWN), ("code", 'check("a2.1", n_types)'), ("code", "tokens = 3"), *more]
    made = [{"cell_type": kind, "metadata": {}, "source": source, "outputs": ["x"]} for kind, source in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def new_book(folder):
    book = Gradebook(folder / "book")
    book.put_key(write_key(KEY, folder, MARKING)[0].read_bytes())
    return book


def graded(book, student, *, gives=RIGHT, tokens=31337, answer="Because.", **more):
    """Book what a student handed in and what it is worth; `more` are fields of either record."""
    fields = {"student": student, "assignment": "a2", "submission": book.keep(more.pop("data", handed_in()))}
    told = {"file": "a2.ipynb", "size": 700, "received": "2026-11-29T06:00:00+00:00", "repairs": [], "refused": ""}
    book.append("received", who="toolkit", **fields, **{name: more.pop(name, value) for name, value in told.items()})
    answers = (Response(tuple(map(Ran, gives))), Response((Ran(tokens),)), Response((Ran(answer),)))
    marks = {one.id: mark(one, given) for one, given in zip(QUESTIONS, answers, strict=True)}
    key = next((book.folder / "keys").iterdir()).stem
    told = {"key": key, "isolation": "strong", "answers": {"a2.3": answer}, "notes": [], "days_late": 0}
    return book.append("graded", who="toolkit", **fields, marks=marks, **told | more)

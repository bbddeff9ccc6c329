"""A question, and the key that holds a notebook's questions: inputs and expected answers, no code."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from toolkit.exercises.plain import Plain
from toolkit.files import BadInput, read_text, write_atomically

KINDS = {
    "function": "close", "value": "close", "number": "close", "table": "table", "figure": "figure",
    "annotation": "spans", "choice": "exact", "text": "text", "free": "exact", "notebook": "exact",
}  # fmt: skip
"""The kinds of question, and the comparator of each where the question names none."""

ENDING = ".key.json"
MARKING = ".marking.json"
"""How the file for students ends, and the one with which a teacher marks."""


@dataclass(frozen=True, slots=True)
class Case:
    """One input of a question with the answer expected; `wrong` has what each typical mistake gives for it.

    Students see an input and what belongs to it unless it is `held_out`.
    """

    arguments: Plain
    expected: Plain
    wrong: tuple[Plain, ...] = ()
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as its header in the source notebook states it, with its cases.

    `answer` is the name that the student gives a value; `field` says which words name a mistake; `says` has a sentence
    for each typical mistake, in the order of `Case.wrong`; `solved` what is worth knowing after a right answer. For a
    person who marks, `rubric` has {"points": 1, "say": "what earns them"}; a graded answer may take so many `seconds`,
    and a teacher is told who uses a name that it `forbids`. `form` says what kind of thing is asked for, where students
    are not to know what is expected.
    """

    id: str
    kind: str
    answer: str
    points: float = 1
    title: str = ""
    field: str = ""
    comparator: dict[str, Any] = dataclasses.field(default_factory=dict)
    unit: str = ""
    attempts: int = 3
    hints: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    partial: bool = False
    least_words: int = 0
    solved: str = ""
    seconds: float = 10
    rubric: tuple[dict[str, Any], ...] = ()
    forbids: tuple[str, ...] = ()
    form: str = ""
    says: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """All questions of an exercise or an assignment by their ids, in order.

    `solutions` are shown after success or enough attempts. `terms` are those of an assignment, and empty for an
    exercise: {"due": "2026-10-15 18:00", "late": {"per_day": 10, "days": 5}, "weight": 25}, all of them optional.
    """

    name: str
    questions: dict[str, Question]
    solutions: dict[str, str] = dataclasses.field(default_factory=dict)
    terms: dict[str, Any] | None = None

    @property
    def points(self) -> float:
        """All points that there are."""
        return sum(question.points for question in self.questions.values())


def write_key(key: Key, folder: Path, ending: str = ENDING) -> list[Path]:
    """Write a key, and beside that of an exercise the solutions to be shown, as JSON; the same key, the same bytes."""
    questions = [asdict(question) for question in key.questions.values()]
    told = {"exercise": key.name, "questions": questions, "terms": key.terms}
    if ending == MARKING:
        told["solutions"] = key.solutions
    files = {ending: told, **({} if key.terms is not None else {".solutions.json": key.solutions})}
    return [
        write_atomically(folder / f"{key.name}{ending}", json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        for ending, content in files.items()
    ]


def read_key(path: Path) -> Key:
    """Return the key in a file, with the solutions if they lie beside it; raise `BadInput` for anything else."""
    told = _json(path)
    try:
        questions = [_question(one) for one in told["questions"]]
        beside = path.with_name(path.name.removesuffix(ENDING) + ".solutions.json")
        solutions = dict(_json(beside) if beside.exists() else told.get("solutions", {}))
        return Key(str(told["exercise"]), {one.id: one for one in questions}, solutions, told.get("terms"))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadInput(f"{path.name} is not a key that toolkit release wrote ({error}); build it again") from None


def _json(path: Path) -> Any:
    try:
        return json.loads(read_text(path).text)
    except ValueError as error:
        raise BadInput(f"{path.name} cannot be read as JSON ({error}); build it again with toolkit release") from None


def _question(told: dict[str, Any]) -> Question:
    cases = tuple(Case(**{**one, "wrong": tuple(one["wrong"])}) for one in told["cases"])
    lists = {name: tuple(told[name]) for name in ("hints", "depends_on", "says", "rubric", "forbids")}
    return Question(**{**told, **lists, "cases": cases})

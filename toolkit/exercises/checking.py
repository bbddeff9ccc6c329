"""What a student types: check, hint, solution, progress."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.choices import did_you_mean, need
from toolkit.exercises.judging import Verdict, judge
from toolkit.exercises.plain import Plain
from toolkit.exercises.progress import Progress
from toolkit.exercises.question import ENDING, Key, Question, read_key
from toolkit.files import BadInput
from toolkit.markup import escape

SHOWN = 300
"""The most characters of an input or answer that are shown."""

_MISSING = object()
STEPS = ("A nudge", "Where to look", "The same thing on other data")


@dataclass(frozen=True, slots=True)
class Told:
    """What a check, a hint or a solution says: lines of text, which show themselves in a notebook and as text.

    The first line has the outcome in words and a sign; `rows` put input, expected and given side by side.
    """

    lines: tuple[str, ...]
    rows: tuple[tuple[str, str], ...] = ()
    code: str = ""
    passed: bool = False

    def __repr__(self) -> str:
        wide = max((len(name) for name, _ in self.rows), default=0)
        rows = [f"  {name:<{wide}}  {shown}" for name, shown in self.rows]
        code = [textwrap.indent(self.code, "    ")] * bool(self.code)
        return "\n".join([self.lines[0], *rows, *code, *self.lines[1:]])

    def _repr_html_(self) -> str:
        first, *rest = map(escape, self.lines)
        cell = '<th scope="row" style="text-align:left">{}</th><td style="text-align:left;white-space:pre-wrap">{}</td>'
        rows = "".join(f"<tr>{cell.format(escape(name), escape(shown))}</tr>" for name, shown in self.rows)
        table, code = f"<table>{rows}</table>" * bool(rows), f"<pre>{escape(self.code)}</pre>" * bool(self.code)
        told = f"<p><strong>{first}</strong></p>{table}{code}{''.join(f'<p>{one}</p>' for one in rest)}"
        return f'<div role="status" class="mathjax_ignore" dir="auto">{told}</div>'


def check(id: str, answer: Any = _MISSING) -> Told:
    """Return whether an answer is right, and if not, what is wrong with it, on the smallest input that shows it.

    `id` is the number of the question in quotation marks, `answer` your value or your function, without brackets after
    its name. Each check is counted as an attempt. Raises `BadInput` for a number that no question here has.
    """
    key, question = _find("check", id)
    if answer is _MISSING:
        raise TypeError(f'give your answer after the number: check("{id}", {question.answer})')
    done = Progress()
    if waiting := [other for other in question.depends_on if done[other].score < 1]:
        return Told((f"· {id} waits: it builds on {waiting[0]}; solve that first.",))
    verdict = judge(question, answer)
    step = done[id]
    if verdict.counts and step.score < 1:
        step = done.note(id, attempt=True, score=verdict.score)
    trouble = (f"({done.trouble}.)",) if done.trouble else ()
    if verdict.passed and not question.cases:
        named = (
            f"· {id} is taken down. Hand it in under the name {question.answer}; whether it is right is marked then."
        )
        return Told((named, *trouble))
    if verdict.passed:
        return Told(
            (f"✓ Right: {id}{_worth(question)}.", *_praise(question), _way_on(key, id, done), *trouble), passed=True
        )
    help_ = _help(key, question, step.attempts, step.hints)
    return Told((f"✗ Not yet: {id}. {verdict.mistake}", *help_, *trouble), _rows(question, verdict))


def hint(id: str) -> Told:
    """Return the next of three hints for a question: a nudge, where to look, the same thing worked on other data."""
    _, question = _find("hint", id)
    done = Progress()
    number = min(done[id].hints + 1, len(question.hints))
    if not number:
        return Told((f"There is no hint for {id}.",))
    done.note(id, hints=number)
    last = number == len(question.hints)
    more = "It is the last hint." if last else f'For the next one, run hint("{id}") again.'
    name = STEPS[number - 1] if len(question.hints) == len(STEPS) else "Hint"
    first, _, code = question.hints[number - 1].partition("\n\n")
    return Told((f"Hint {number} of {len(question.hints)} for {id}. {name}: {first.strip()}", more), code=code.rstrip())


def solution(id: str) -> Told:
    """Return the solution of a question, once it is solved or was tried as often as its author asks for."""
    key, question = _find("solution", id)
    done = Progress()
    step = done[id]
    if step.score < 1 and (left := question.attempts - step.attempts) > 0:
        after = f"once you have solved it, or after {left} more attempt{'s' * (left != 1)}"
        return Told((f'The solution of {id} is shown {after}. Try hint("{id}").',))
    if id not in key.solutions:
        return Told((f"The solutions are not here: {key.name}.solutions.json belongs beside the notebook.",))
    done.note(id, shown=True)
    return Told((f"A solution of {id}; there are others:",), code=key.solutions[id])


def progress() -> Told:
    """Return how far you are with the questions in this folder, one by one in what you have begun, and what is next."""
    done, rows, keys = Progress(), [], _keys()
    for key in keys:
        if set(done) & set(key.questions):
            rows += [(f"{one.id} {one.title}", _state(done, one)) for one in key.questions.values()]
        else:
            rows.append((key.name, f"· {len(key.questions)} questions, not begun"))
    every = [question for key in keys for question in key.questions]
    left = [question for question in every if done[question].score < 1]
    then = f"Next: {left[0]}." if left else "All is done."
    taken = [one for key in keys for one in key.questions.values() if not one.cases and one.id not in left]
    if taken:
        then = f"{len(taken)} are taken down and marked once they are handed in. {then}"
    trouble = (done.trouble,) if done.trouble else ()
    solved = len(every) - len(left) - len(taken)
    return Told((f"{solved} of {len(every)} questions are solved. {then}", *trouble), tuple(rows))


def _state(done: Progress, question: Question) -> str:
    step = done[question.id]
    counted = [(step.attempts, "attempt"), *([(step.hints, "hint")] if step.hints else [])]
    told = ", ".join(f"{n} {what}{'s' * (n != 1)}" for n, what in counted)
    if step.score == 1 and not question.cases:
        return "· taken down"
    if step.score == 1:
        seen = ", after seeing the solution" if step.shown and step.mistakes >= question.attempts else ""
        return f"✓ solved{_worth(question)}, {told}{seen}"
    return f"✗ not yet, {told}" if step.attempts else "· not begun"


def _find(call: str, id: str) -> tuple[Key, Question]:
    example = f'{call}("1.1"{", answer" * (call == "check")})'
    need(call, id, str, f"give the number of the question in quotation marks: {example}")
    homes = dict[str, Key]()
    for key in _keys():
        homes |= {one: key for one in key.questions if one not in homes}
    if id not in homes:
        near = did_you_mean(id, homes)
        raise BadInput(f"there is no question {id!r} in this folder; there are {', '.join(homes)}{near}")
    return homes[id], homes[id].questions[id]


def _keys() -> list[Key]:
    files = sorted(Path.cwd().glob(f"*{ENDING}"))
    if not files:
        advice = "it belongs beside the notebook: toolkit lab puts that of an exercise there, and an assignment comes "
        advice += "as two files, which stay together"
        raise BadInput(f"there is no file {ENDING} in {Path.cwd().name}; {advice}")
    return [_cached(str(file), file.stat().st_mtime_ns) for file in files]


@lru_cache(maxsize=16)
def _cached(path: str, _changed: int) -> Key:
    return read_key(Path(path))


def _worth(question: Question) -> str:
    return f" ({question.points:g} point{'s' * (question.points != 1)})"


def _praise(question: Question) -> tuple[str, ...]:
    said = {
        "free": "It is kept; a person reads it, or you compare it with the solution.",
        "function": f"It gives the expected answer for all {len(question.cases)} inputs.",
    }
    told = question.solved or said.get(question.kind)
    return (told,) if told else ()


def _way_on(key: Key, id: str, done: Progress) -> str:
    questions = list(key.questions.values())
    here = list(key.questions).index(id)
    left = [one for one in questions[here:] + questions[:here] if done[one.id].score < 1]
    return f"Next: {left[0].id} {left[0].title}".rstrip() if left else "That was the last one. Run progress()."


def _help(key: Key, question: Question, attempts: int, hints: int) -> tuple[str, ...]:
    if attempts >= question.attempts and key.terms is None:
        return (f'You may look: solution("{question.id}").',)
    return (f'For help, run hint("{question.id}").',) if hints < len(question.hints) else ()


def _rows(question: Question, verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """Return the input, the expected and the given answer; of a question that is not a function, only the given one."""
    if verdict.case is None or "$figure" in str(verdict.given)[:20]:
        return ()
    given = [("given", shown(verdict.given))] if verdict.given is not ... else []
    given += [("unit asked for", question.unit)] if question.unit else []
    if question.kind != "function":
        return tuple(given)
    inputs = ", ".join(map(shown, verdict.case.arguments))
    return ("input", inputs), ("expected", shown(verdict.case.expected)), *given


def shown(value: Plain) -> str:
    """Return a plain value as a student would type it, cut after 300 characters.

    >>> shown({"$set": ["a"]}), shown(["a", None])
    ("{'a'}", "['a', None]")
    """
    match value:
        case {"$set": list(members)}:
            text = "{" + ", ".join(map(shown, members)) + "}"
        case {"$table": {"columns": columns, "rows": rows}}:
            first = "; ".join(map(str, rows[:5]))
            text = f"a table with the columns {', '.join(columns)} and {len(rows)} rows: {first}"
        case _:
            text = repr(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"

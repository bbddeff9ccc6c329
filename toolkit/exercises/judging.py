"""Judge one answer: right, or not yet and why, on the smallest input that shows it.

In two halves: `respond` runs in reach of the student's code and knows nothing that is expected; `verdict` compares what
it gave, and may run in another process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.exercises.comparing import compared
from toolkit.exercises.explaining import explain
from toolkit.exercises.plain import NotPlain, Plain, canonical, plain
from toolkit.exercises.question import Case, Question
from toolkit.exercises.running import Ran, outside_names, ran


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth, `score` from 0 to 1, and why.

    `mistake` names what is wrong, "" where nothing is; `case` is the smallest input that shows it, `given` what the
    answer gave there, … where it gave nothing. `counts` is false for what was no attempt: the question as it stands, or
    a question that waits.
    """

    score: float
    mistake: str = ""
    case: Case | None = None
    given: Plain = ...
    counts: bool = True

    @property
    def passed(self) -> bool:
        """Whether the answer is right in full."""
        return self.score == 1 and not self.mistake


@dataclass(frozen=True, slots=True)
class Response:
    """What an answer gave: a result for each input, or in `refused` why there is none.

    `reads` names a variable outside itself that a function uses; `counts` is false for a question as it stands.
    """

    results: tuple[Ran, ...] = ()
    refused: str = ""
    reads: str = ""
    counts: bool = True


def missing(name: str) -> Response:
    """Return the response of a notebook in which nothing has the name of an answer."""
    return Response(refused=f"The notebook has no {name}.", counts=False)


def judge(question: Question, answer: Any) -> Verdict:
    """Return the verdict on an answer: of a function for all inputs of the question, else for the answer itself.

    >>> question = Question("1.1", "number", "n", field="number", cases=(Case(None, 4),), comparator={"name": "close"})
    >>> judge(question, 5).mistake
    'Off by one: 5 is one too many.'
    """
    inputs = [case.arguments for case in question.cases]
    return verdict(question, respond(question.kind, question.answer, answer, inputs))


def respond(kind: str, name: str, answer: Any, inputs: Sequence[Plain]) -> Response:
    """Return what an answer, which the student calls `name`, gives: a function for each input, else its own value.

    >>> respond("function", "n", len, [["a b"], [[]]]).results
    (Ran(value=3, problem=''), Ran(value=0, problem=''))
    """
    if answer is ... or _is_stub(answer):
        advice = f"write yours as {name} and run its cell."
        return Response(refused=f"There is still … in place of an answer: {advice}", counts=False)
    if kind == "function":
        return _called(name, answer, inputs)
    try:
        return Response((Ran(plain(answer)),))
    except NotPlain as error:
        return Response(refused=_sentence(str(error)))
    except Exception as error:
        return Response(refused=f"The answer cannot be read: it stops with {type(error).__name__}.")


def _called(name: str, answer: Any, inputs: Sequence[Plain]) -> Response:
    if not callable(answer):
        told = f"A function is asked for and this is a value, {type(answer).__name__}"
        return Response(refused=f"{told}: give {name} without brackets after it.")
    results: list[Ran] = []
    for arguments in inputs:
        results.append(ran(answer, arguments))
        if "seconds" in results[-1].problem:
            break
    return Response(tuple(results), reads=next(iter(outside_names(answer)), ""))


def verdict(question: Question, response: Response) -> Verdict:
    """Return what a response is worth for a question; as many results as the question has cases, or fewer."""
    if response.refused:
        return Verdict(0, response.refused, counts=response.counts)
    if question.kind == "function":
        return _verdict(question, list(zip(question.cases, response.results, strict=False)), response.reads)
    return _value(question, response.results[0].value)


def _value(question: Question, given: Plain) -> Verdict:
    """Return the verdict on a plain value."""
    if given is None:
        told = "is None, which is nothing: was it made with print(…)? Give it the value itself."
        return Verdict(0, f"{question.answer} {told}")
    if question.kind == "free":
        return _free(question, given)
    if question.kind == "number" and isinstance(given, list) and [type(one) for one in given] == [int, int]:
        return Verdict(0, "These are two numbers: Python writes decimals with a point, as in 33.5.")
    if not question.cases:  # what is expected is not told here
        seen = form_of(given, question.kind)
        fits = not question.form or seen == question.form
        return Verdict(1.0) if fits else Verdict(0, _sentence(f"{question.form} is asked for, and this is {seen}"))
    return _verdict(question, [(question.cases[0], Ran(folded(given) if question.kind == "choice" else given))])


FORMED = {"value", "number", "choice", "table", "figure"}
"""The kinds of question whose form may be told, and tells nothing of what is right."""


def form_of(value: Plain, kind: str) -> str:
    """Return what kind of thing a value is; of a choice not how many, which would tell something.

    >>> form_of([1, 2.5], "value"), form_of(["a", "c"], "choice"), form_of({"b": 1, "a": 2}, "value")
    ('a list of 2 numbers', 'a list of texts', 'a dict with the keys a, b, and for each a number')
    """
    match value:
        case list():
            items = _alike(value, kind).removeprefix("a ")
            items = f"{items}s" if items else "several things"
            return f"a list of {items}" if kind == "choice" else f"a list of {len(value)} {items}"
        case {"$table": {"columns": columns}}:
            return f"a table with the columns {', '.join(sorted(columns))}"
        case dict() if not any(name.startswith("$") for name in value):
            each = _alike(value.values(), kind)
            return f"a dict with the keys {', '.join(sorted(value))}" + f", and for each {each}" * bool(each)
    kinds = {bool: "True or False", int: "a number", float: "a number", str: "a text", type(None): "nothing"}
    marks = {"$figure": "a chart", "$number": "a number", "$set": "a set"}
    return marks[next(iter(value))] if isinstance(value, dict) else kinds[type(value)]


def _alike(values: Iterable[Plain], kind: str) -> str:
    """Return what all of some values are, or an empty text where they differ."""
    forms = {form_of(one, kind) for one in values}
    return forms.pop() if len(forms) == 1 else ""


def _is_stub(answer: Any) -> bool:
    """Return whether this is a function in which nothing has been written yet."""

    def stub() -> None: ...

    def told() -> None:
        """Says what it will do, and does nothing."""
        ...

    own = getattr(getattr(answer, "__code__", None), "co_code", None)
    return own in {stub.__code__.co_code, told.__code__.co_code} and _names_nothing(answer)


def _names_nothing(function: Any) -> bool:
    """Return whether a function has no constant but its docstring: two that return a constant look alike otherwise."""
    return set(function.__code__.co_consts) <= {None, function.__doc__, ...}


def folded(choice: Plain) -> Plain:
    """Return a choice in small letters, without space around it: letters of options are the same in any case.

    >>> folded(["A ", "c"]), folded({"a": "Direct"})
    (['a', 'c'], {'a': 'direct'})
    """
    match choice:
        case str():
            return choice.strip().casefold()
        case list():
            return [folded(one) for one in choice]
        case dict():
            return {name if name[:1] == "$" else folded(name): folded(one) for name, one in choice.items()}
    return choice


def _verdict(question: Question, results: list[tuple[Case, Ran]], reads: str = "") -> Verdict:
    if not results:
        return Verdict(0, "The function gave nothing.")
    scores = [0.0 if one.problem else compared(question.comparator, case.expected, one.value) for case, one in results]
    if min(scores) == 1 and len(results) == len(question.cases):
        return Verdict(1.0)
    at = next((i for i, score in enumerate(scores) if score < 1), len(scores) - 1)
    case, result = results[at]
    shared = question.partial or question.comparator["name"] in {"f1", "spans"}
    score = sum(scores) / len(question.cases) * shared
    given = ... if result.problem else result.value
    return Verdict(min(score, 0.99), _mistake(question, results, at, reads), case, given)


def _mistake(question: Question, results: list[tuple[Case, Ran]], at: int, reads: str) -> str:
    """Return the first explanation that fits: the question's own, the field's, or that of the failure."""
    case, result = results[at]
    if result.problem:
        return _sentence(result.problem)
    for number, says in enumerate(question.says):
        if all(not one.problem and _like(question, one.value, tried.wrong[number]) for tried, one in results):
            return says
    if reads:
        return f"The function reads {reads}, which is made outside of it: let it use its own parameter."
    charts = [isinstance(value, dict) and "$figure" in value for value in (case.expected, result.value)]
    if charts[1]:
        none = "Your answer is a chart, and none is asked for: look at the question again."
        return _chart(case.expected, result.value) if charts[0] else none
    told = _explained(question, case, result.value)
    more = next((pair for pair in results[at + 1 :] if _is_off(question, *pair)), None)
    if question.field == "number" and more:
        again = _explained(question, more[0], more[1].value)
        told = told if told[:12] == again[:12] else ""  # what fits one number by chance, fits no two
    return told or "This is not the answer expected."


def _is_off(question: Question, case: Case, result: Ran) -> bool:
    return not result.problem and compared(question.comparator, case.expected, result.value) < 1


def _explained(question: Question, case: Case, given: Plain) -> str:
    """Return what the field calls the difference between the expected answer and this one."""
    expected = case.expected
    if question.kind == "text":
        if not isinstance(given, str):
            return "A text is asked for: write it between quotation marks."
        if isinstance(expected, list) or question.comparator["name"] == "pattern":
            return ""
    source = case.arguments[0] if case.arguments and isinstance(case.arguments[0], str) else ""
    ordered = question.comparator["name"] not in {"unordered", "multiset", "f1"}
    return explain(question.field, expected, given, source, ordered=ordered)


def _like(question: Question, given: Plain, wrong: Plain) -> bool:
    """Return whether a mistake gives the same; compared as the question compares, or where that fails, exactly."""
    return canonical(given) == canonical(wrong) or (
        wrong is not None and compared(question.comparator, wrong, given) == 1
    )


def _chart(expected: Plain, given: Plain) -> str:
    from toolkit.charts import check_chart, figure_of
    from toolkit.describing import figure_rows

    found = figure_of(given["$figure"])
    if findings := check_chart(found):
        return f"check_chart says: {findings[0].seen}. {findings[0].advice}."
    wanted, drawn = (
        {label: value for _, label, value in figure_rows(one)} for one in (figure_of(expected["$figure"]), found)
    )
    if missing := [label for label in wanted if label not in drawn]:
        return f"{len(missing)} of {len(wanted)} things to be drawn are missing, the first is “{missing[0][:40]}”."
    if extra := [label for label in drawn if label not in wanted]:
        return f"“{extra[0][:40]}” is drawn and was not asked for."
    off = next((label for label in wanted if wanted[label] != drawn[label]), "")
    return f"“{off[:40]}” is drawn as {drawn.get(off, 0):g}, expected {wanted.get(off, 0):g}." if off else ""


def _free(question: Question, given: Plain) -> Verdict:
    if not isinstance(given, str) or not given.strip():
        return Verdict(0, "A text is asked for: write your sentences between quotation marks.")
    written = len(given.split())
    if written < question.least_words:
        return Verdict(0, f"So far {written} words; at least {question.least_words} are asked for.")
    return Verdict(1.0)


def _sentence(problem: str) -> str:
    return f"{problem[:1].upper()}{problem[1:].rstrip('.?')}{'?' if problem.endswith('?') else '.'}"

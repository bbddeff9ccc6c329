"""What would hurt a class, found before it is released: the doctor's questions to a source notebook."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from toolkit.exercises.comparing import comparator_named, compared
from toolkit.exercises.judging import judge
from toolkit.exercises.plain import canonical, plain
from toolkit.exercises.question import ENDING, MARKING, Question, read_key
from toolkit.exercises.release import built, run
from toolkit.exercises.source import Source, Written, read_source, scaffold
from toolkit.files import BadInput

CONSTANTS: tuple[Any, ...] = (None, True, False, 0, 1, 2, 0.0, 0.5, 1.0, "", "a", [], {}, ["a"], [[]])
"""Answers that know nothing."""

FREE = 0.5
"""The share of the open inputs that an answer which knows nothing may get right where each earns its share."""

SLOW = 1.0
"""How many seconds a check may take."""


def doctor(path: str | Path) -> list[str]:
    """Return a sentence for each thing in a source notebook that would hurt a class; an empty list is a clean bill.

    A solution that fails its own check, an unsolved question that passes, answers that know nothing and earn points,
    typical mistakes that pass, a key that changes from run to run, double ids, points that do not add up, hints that
    give the solution away, checks of over a second, headings out of order, images without alternative text.
    """
    source = read_source(path)
    if not source.questions:
        return ['it has no question: a question begins with a cell of the kind Raw, question: "1.1" and so on']
    told = [*_ids(source), *_points(source), *_page(source), *_rubrics(source)]
    try:
        key, answers = built(source)
    except BadInput as error:
        return [*told, f"{error}"]
    for written in source.questions:
        question = key.questions[written.question.id]
        found = _question(question, written, answers[question.id], source.terms is None)
        told += [f"{question.id}: {complaint}" for complaint in found]
    return [*told, *_unsolved(source, key.questions), *_unstable(Path(path))]


def _ids(source: Source) -> Iterator[str]:
    counted = Counter(one.question.id for one in source.questions)
    yield from (f"{key}: {n} questions have this id; give each its own" for key, n in counted.items() if n > 1)
    known: set[str] = set()
    for one in source.questions:
        for other in one.question.depends_on:
            if other not in known:
                yield f"{one.question.id}: it depends on {other}, which is no question before it"
        known.add(one.question.id)


def _points(source: Source) -> Iterator[str]:
    questions = [written.question for written in source.questions]
    total = sum(one.points for one in questions)
    if source.points is not None and total != source.points:
        yield f"the points add up to {total:g}, and the header of the notebook says {source.points:g}"
    yield from (f"{one.id}: {one.points:g} points" for one in questions if one.points < 0)


def _rubrics(source: Source) -> Iterator[str]:
    """Yield the texts of an assignment that a person marks without a rubric that adds up."""
    for question in (written.question for written in source.questions if source.terms is not None):
        earned = sum(item["points"] for item in question.rubric)
        if question.kind == "free" and earned != question.points:
            yield f"{question.id}: its rubric adds up to {earned:g} points, and the question has {question.points:g}"


def _page(source: Source) -> Iterator[str]:
    """Yield what is wrong with headings and images."""
    texts = [cell["source"] for cell, _ in source.cells if cell["cell_type"] == "markdown"]
    prose = [re.sub(r"```.*?```", "", text, flags=re.DOTALL) for text in texts]
    levels = [(len(mark), name) for mark, name in re.findall(r"^(#{1,6})\s+(.+)$", "\n".join(prose), re.MULTILINE)]
    if not levels or levels[0][0] != 1:
        yield "the notebook does not begin with a heading: # Title"
    for (before, _), (level, name) in pairwise(levels):
        if level > before + 1 or level == 1:
            yield f"the heading “{name[:40]}” is of level {level}, after one of level {before}"
    for text in prose:
        if re.match(r"\s*(question|exercise|assignment):", text):
            yield f"the cell “{text.strip()[:30]}” is Markdown, which students read; choose Raw"
        if re.search(r"!\[\s*\]\(", text) or re.search(r"<img(?![^>]*\balt=\"[^\"]+\")", text):
            yield "an image has no alternative text: ![what it shows](file.png)"


def _question(question: Question, written: Written, answer: Any, hinted: bool) -> Iterator[str]:
    try:
        comparator_named(question.comparator["name"])
        begun = time.perf_counter()
        verdict = judge(question, answer)
        took = time.perf_counter() - begun
    except (ValueError, TypeError) as error:
        yield f"its comparator cannot be used: {error}"
        return
    if not verdict.passed and question.kind != "notebook":
        yield f"the solution does not pass its own check: {verdict.mistake}"
    if took > SLOW:
        yield f"a check takes {took:.1f} seconds; give fewer or shorter inputs"
    if question.kind not in {"free", "notebook"}:
        yield from _earning(question)
        yield from _mistakes(question)
    yield from _hints(question, written, hinted)


def _earning(question: Question) -> Iterator[str]:
    """Yield what earns points without knowing anything."""
    called = question.kind == "function"
    expected = [case.expected for case in question.cases[:2]]
    for constant in [*[{"$figure": {}}] * (question.kind == "figure"), *CONSTANTS, *expected * called]:
        if question.kind in {"choice", "number"} and not isinstance(constant, list | str | None):
            continue
        score = judge(question, (lambda *_, value=constant: value) if called else constant).score
        if score > FREE * question.partial and canonical(plain(constant)) != canonical(None if called else expected[0]):
            told = f"the same answer {constant!r:.60} for every input earns {score:.0%} of the points"
            yield f"{told}; give inputs with other answers"
            return


def _mistakes(question: Question) -> Iterator[str]:
    for number, says in enumerate(question.says):
        scores = [compared(question.comparator, case.expected, case.wrong[number]) for case in question.cases]
        if min(scores) == 1:
            yield f"the mistake “{says[:50]}” gives the right answer for every input; add one that shows it"


def _hints(question: Question, written: Written, hinted: bool) -> Iterator[str]:
    if (hinted or question.hints) and question.kind != "notebook" and len(question.hints) != 3:
        yield f"it has {len(question.hints)} hints and needs three: a nudge, where to look, the same on other data"
    lines = {" ".join(line.split()) for line in re.split(r"### (?:BEGIN|END) SOLUTION|\n", written.solution)}
    telling = [line for line in lines if len(line) > 14 and not line.startswith(("def ", "#", "import ", "from "))]
    for hint in question.hints:
        if line := next((line for line in telling if line in " ".join(hint.split())), ""):
            yield f"a hint contains a line of the solution: {line[:60]}"


def _unsolved(source: Source, questions: dict[str, Question]) -> Iterator[str]:
    """Yield the questions that pass in a notebook in which nothing has been written."""
    space: dict[str, Any] = {"__name__": "__main__"}
    for cell, written in source.cells:
        if cell["cell_type"] != "code":
            continue
        with suppress(BadInput):  # an unsolved question above may well stop a cell below
            run(scaffold(cell["source"], written.question.answer) if written else cell["source"], space, "")
        if written and judge(questions[written.question.id], space.get(written.question.answer, ...)).passed:
            yield f"{written.question.id}: it passes before anything is written; look where its solution is marked"


def _unstable(path: Path) -> Iterator[str]:
    """Yield the questions whose expected answers differ between two releases with different hash seeds."""
    runs = []
    for seed in ("1", "2"):
        with TemporaryDirectory() as folder:
            words = [sys.executable, "-m", "toolkit", "release", "--anyway", str(path.absolute()), "-o", folder]
            words += ["--marking", folder]
            environment = {**os.environ, "PYTHONHASHSEED": seed}
            done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
            if done.returncode:
                yield f"it could not be built a second time: {done.stderr.strip().rpartition(chr(10))[2][:200]}"
                return
            keys = [*Path(folder).glob(f"*{MARKING}"), *Path(folder).glob(f"*{ENDING}")]
            runs.append(read_key(keys[0]).questions)
    for key, question in runs[0].items():
        if question != runs[1].get(key):
            yield f"{key}: its solution gives another answer at every run; fix the seed, or sort what has no order"

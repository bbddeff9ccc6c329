"""A right answer is a right answer: every solution of the assignments, wrapped in what students leave in notebooks,
has all its automatic marks."""

import json
import shutil
from pathlib import Path

import pytest

from toolkit.exercises.release import built
from toolkit.exercises.source import read_source, solved
from toolkit.files import course_folder
from toolkit.grading.marks import mark
from toolkit.grading.running import run
from toolkit.grading.sample import _notebook
from toolkit.grading.sandbox import sandbox

pytestmark = pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed")
SOURCES = [*sorted((course_folder("notebooks") / "assignments").glob("*/source.ipynb"))]
SOURCES.append(Path(__file__).parent / "submissions" / "assignment.ipynb")
HELD_OUT = ["ESA waited. “We hope,” said Roscosmos, “that ESA, the agency, pays €1.3m.”", "The crew left the arm."]

LOUD = """
import functools
import sys
import warnings


def loud(answer):
    if not callable(answer):
        return answer

    @functools.wraps(answer)
    def said(*given):
        print("called with", given, "\\\\x1b[31m", "x" * 100_000)
        warnings.warn("this is slow", DeprecationWarning)
        sys.stderr.write("Error: nothing of importance\\\\n")
        return answer(*given)

    return said


NAME = loud(NAME)
"""
ODD = """
from collections import Counter, OrderedDict

import numpy
import pandas


class Text(str):
    pass


class Words(list):
    pass


def odd(x):
    match x:
        case bool():
            return numpy.bool_(x)
        case int():
            return numpy.int64(x)
        case float():
            return numpy.float64(x)
        case str():
            return Text(x)
        case list() if x and {type(one) for one in x} in ({int}, {float}):
            return numpy.array(x)
        case list() if x and isinstance(x[0], str):
            return Words(map(odd, x))
        case list() | tuple():
            return tuple(map(odd, x))
        case set():
            return frozenset(x)
        case Counter():
            return x
        case dict() if x and {type(one) for one in x.values()} in ({int}, {float}):
            return pandas.Series(x)
        case dict():
            return OrderedDict((Text(name), odd(one)) for name, one in x.items())
        case pandas.DataFrame():
            return x.iloc[::-1].set_index(pandas.Index(range(len(x), 0, -1)))
    return x


NAME = (lambda answer: (lambda *given: odd(answer(*given))) if callable(answer) else odd(answer))(NAME)
"""
MAGIC = """%load_ext autoreload
%autoreload 2
%matplotlib inline
!ls -l
files = !ls
?len
%pip install numpy
%config InlineBackend.figure_format = "svg"
"""
OWN = """from __future__ import annotations
import collections, itertools, json, os, re, string
import numpy as np, pandas as pd
from pathlib import Path
my_notes, _, __, result, answer, tmp = ["…"], 1, 2, None, 42, {}
try:
    open("my_file.txt", "w").write("mine")
    os.chdir(Path.cwd())
finally:
    pass
"""

NOISE = {
    "as it is": lambda name, solution: solution,
    "prints and warns": lambda name, solution: f"{solution}\n{LOUD.replace('NAME', name)}",
    "odd types": lambda name, solution: f"{solution}\n{ODD.replace('NAME', name)}",
    "magics and shell lines": lambda name, solution: f"{MAGIC}{solution}\n%time {name}",
    "cell magics": lambda name, solution: f"%%time\n{solution}",
    "own imports and names": lambda name, solution: f"{OWN}{solution}",
    "shown": lambda name, solution: (
        f"from IPython.display import *\n{solution}\ndisplay({name}, HTML('<b>x</b>'))\n{name}"
    ),
    "defined twice": lambda name, solution: f"{name} = None\n{solution}\nfirst_try = {name}\n{name} = first_try",
    "stops after it": lambda name, solution: f"{solution}\n1 / 0",
    "with other line ends": lambda name, solution: solution.replace("\n", "\r\n"),
}


@pytest.fixture(scope="module")
def box():
    with sandbox() as box:
        yield box


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.parent.name)
def assignment(request):
    source = read_source(request.param)
    return source, built(source, HELD_OUT)[0]


def cells(source, noise):
    text = _notebook(source, lambda one: noise(one.question.answer, solved(one.solution)))
    return [cell["source"] for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]


def lost(box, key, cells):
    """Return what was not fully marked, and why."""
    questions = list(key.questions.values())
    found = run(box, cells, questions)
    marks = [(one, mark(one, found.responses[one.id], stopped=found.stopped)) for one in questions]
    full = {one.id: None if one.kind == "free" else one.points for one in questions}
    return {one.id: (told, found.stopped) for one, told in marks if told["points"] != full[one.id]}


@pytest.mark.parametrize("noise", NOISE)
def test_noise_costs_nothing(noise, assignment, box):
    source, key = assignment
    assert lost(box, key, cells(source, NOISE[noise])) == {}


def test_cells_in_another_order_cost_nothing(assignment, box):
    source, key = assignment
    assert lost(box, key, cells(source, NOISE["as it is"])[::-1]) == {}


def test_the_same_cells_twice_cost_nothing(assignment, box):
    source, key = assignment
    assert lost(box, key, cells(source, NOISE["as it is"]) * 2) == {}

"""A made-up assignment of ten questions, and a class that hands it in, for grading.py beside this file."""

import json
import random
import re

from toolkit.exercises.release import release
from toolkit.exercises.source import read_source, solved
from toolkit.grading.holdout import holdout, read_holdout
from toolkit.grading.sample import LOOPS

NAME = "ten"
SET_UP = """import re

from toolkit import chart_coverage, count_coverage, load, load_coverage, split_sentences, stop_words
from toolkit import summarize, term_counts, tokenize, words

desk = load("desk")
wire = [word for article in desk.where(desk="wire") for word in words(article.text)]
coverage = load_coverage()"""
TEXTS = """inputs:
  - ["It cost €1.3 billion."]
  - [""]
  - [{article: 2022-07-12-wire}]
  - [{article: 2022-11-23-brussels}]
  - [{held_out: text}]"""
WORDS = """inputs:
  - [["the", "arm", "the"]]
  - [["crew"]]
  - [{words: 2022-07-12-wire}]
  - [{held_out: words}]"""
TABLE = 'count_coverage(coverage, by="outlet_country", period="quarter", top=3)'
QUESTIONS = [
    ("n_types", "number", "", "n_types = len(set(wire))", ["n_types = len(wire)"]),
    ("mortar", "number", "comparator: {name: close, abs: 0.1}",
     "stop = stop_words()\nmortar = 100 * sum(word in stop for word in wire) / len(wire)",
     ["mortar = len([word for word in wire if word in stop_words()])"]),
    ("small", "function", TEXTS, "def small(text):\n    return [word.lower() for word in re.findall(r'\\w+', text)]",
     ["def small(text):\n    return text.lower().split()", "def small(text):\n    return re.findall(r'\\w+', text)"]),
    ("ratio", "function", WORDS, "def ratio(found):\n    return len(set(found)) / len(found)",
     ["def ratio(found):\n    return len(set(found))", "def ratio(found):\n    return len(found) / len(set(found))"]),
    ("longest", "function", WORDS, "def longest(found):\n    return max(found, key=len)",
     ["def longest(found):\n    return max(found)"]),
    ("mean_length", "function", TEXTS,
     "def mean_length(text):\n    found = split_sentences(text)\n"
     "    return len(words(text)) / len(found) if found else 0",
     ["def mean_length(text):\n    return len(text.split()) / (text.count('.') or 1)"]),
    ("first", "function", "inputs:\n  - [{article: 2022-07-12-wire}]\n  - [{article: 2022-11-23-brussels}]",
     "def first(text):\n    return [one.text for one in summarize(text, sentences=2, method='lexrank').sentences]",
     ["def first(text):\n    return [one.text for one in split_sentences(text)[:2]]"]),
    ("quarters", "table", "", f"quarters = {TABLE}", ["quarters = count_coverage(coverage, by='outlet_country')"]),
    ("chart", "figure", "comparator: figure", f'chart = chart_coverage({TABLE}, title="Articles found, by quarter")',
     ["chart = chart_coverage(count_coverage(coverage), title='Articles')"]),
    ("why", "free", "rubric:\n  - {points: 2, say: It names a reason.}",
     'why = "Both desks report one day, and only one of them explains what the day was about."',
     ['why = "They differ."']),
]  # fmt: skip
"""The name of each answer, its kind, more lines of its header, a right answer, and wrong ones."""


def made_source(folder):
    """Write the source notebook and return its path."""
    cells = [{"cell_type": "raw", "source": f"assignment: {NAME}\npoints: {2 * len(QUESTIONS)}"}]
    cells += [{"cell_type": "markdown", "source": "# Ten questions"}, _code(SET_UP)]
    for number, (answer, kind, more, right, _) in enumerate(QUESTIONS, 1):
        head = f'question: "t.{number}"\ntitle: {answer}\npoints: 2\nkind: {kind}\nanswer: {answer}\n{more}'
        cells += [{"cell_type": "raw", "source": head}, {"cell_type": "markdown", "source": f"## t.{number}"}]
        cells.append(_code(f"### BEGIN SOLUTION\n{right}\n### END SOLUTION"))
    path = folder / "source.ipynb"
    path.write_text(_notebook(cells))
    return path


def made_class(course, n):
    """Release the assignment for nbgrader in a course and let n students hand it in, in nbgrader's folders.

    Return the folder, the key to mark by, and who has all right: every other one; the rest errs in about a third.
    """
    texts = read_holdout(holdout("desk", course / "held-out.jsonl", n=2, seed=0))
    source = made_source(course)
    paths = release(source, course, held_out=[one["text"] for one in texts], marking=course / "private", nbgrader=True)
    right = [solved(one.solution) for one in read_source(source).questions]
    lot, all_right = random.Random(7), set()
    for number in range(n):
        student, answers = f"student-{number:03}", list(right)
        if number % 2:
            for at, (_, _, _, _, wrong) in enumerate(QUESTIONS):
                if lot.random() < 0.35:
                    answers[at] = lot.choice(wrong)
        if answers == right:
            all_right.add(student)
        hand_in(course, student, [f"{one}  # {student}" for one in answers])
    return course / "submitted", paths[-1], all_right


def hand_in(course, student, answers, *, never_ends=False):
    """Write what nbgrader would collect: what students get, with an answer in each cell to solve."""
    made = json.loads((course / "source" / NAME / f"{NAME}.ipynb").read_text())["cells"]
    given = iter(answers)
    for cell in made:
        cell["source"] = re.sub(r"### BEGIN HIDDEN.*### END HIDDEN TESTS", "", cell["source"], flags=re.DOTALL)
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = next(given)
    place = course / "submitted" / student / NAME
    place.mkdir(parents=True)
    (place / f"{NAME}.ipynb").write_text(_notebook(made + [_code(LOOPS)] * never_ends))


def _code(text):
    return {"cell_type": "code", "source": text, "outputs": [], "execution_count": None}


def _notebook(cells):
    whole = [{"metadata": {}, "id": f"cell{number}", **cell} for number, cell in enumerate(cells)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": whole, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})

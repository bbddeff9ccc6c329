"""Answers that are more alike than is usual in a class: a list to look at, never a verdict."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from keyword import iskeyword
from statistics import median
from typing import TYPE_CHECKING

from toolkit.exercises.question import Key
from toolkit.files import BadInput
from toolkit.grading.salvage import salvage
from toolkit.grading.written import gives

if TYPE_CHECKING:
    from toolkit.grading.gradebook import Gradebook

LONG = 5
"""How many tokens or words a shingle has."""

SHORT = 20
"""An answer with fewer tokens may well be the same by itself."""

LEAST_SHARED, LEAST_ALIKE = 8, 0.5
"""From how many shared shingles, and from what likeness on, a pair is listed."""

MOST_PAIRS, MOST_TOKENS, MOST_SHOWN = 50, 5_000, 1_000
"""The most pairs that are listed, tokens of an answer that are read, and characters of what is shared."""

CODE = re.compile(
    r"""(?P<space>\s+)|(?P<name>\.?[^\W\d]\w*)|(?P<comment>\#[^\n]*)|(?P<number>\d[\w.]*)
        |(?P<text>\'{3}.*?(?:\'{3}|\Z)|"{3}.*?(?:"{3}|\Z)|'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?)|(?P<mark>[^\w\s])""",
    re.VERBOSE | re.DOTALL,
)
"""A token of Python: good enough to compare by, at a loss for nothing, and read in one pass."""

WORD = re.compile(r"\w+")

Tokens = list[tuple[str, int, int]]
Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two students whose answers to a question are alike: how far, from 0 to 1, and the longest piece they share."""

    question: str
    first: str
    second: str
    likeness: float
    shared: str


def code_tokens(code: str) -> Tokens:
    """Return the tokens of Python code with their places, also of code that does not run; comments are left out.

    A name that a student chose is `n`, a text `t`, a number `1`. Keywords stay, and what stands after a point.

    >>> [token for token, _, _ in code_tokens("total = len(words)  # all")]
    ['n', '=', 'n', '(', 'n', ')']
    """
    found = []
    for one in CODE.finditer(code):
        kind = str(one.lastgroup)
        if kind in {"name", "mark"}:
            text = one[kind]
            found.append(("n" if kind == "name" and text[0] != "." and not iskeyword(text) else text, *one.span(kind)))
        elif kind in {"text", "number"}:
            found.append(("t" if kind == "text" else "1", *one.span(kind)))
        if len(found) >= MOST_TOKENS:
            break
    return found


def text_tokens(text: str) -> Tokens:
    """Return the words of a text in small letters with their places."""
    return [(one[0].casefold(), one.start(), one.end()) for one in WORD.finditer(text)][:MOST_TOKENS]


def alike(key: Key, sources: Mapping[str, Mapping[str, str]]) -> list[Alike]:
    """Return up to 50 pairs of students whose answers are more alike than is usual here, the most alike first.

    `sources` has for each student the answers handed in by question, as code or as text. Likeness = shared shingles /
    all shingles of both, from 0 to 1 (Jaccard), where a shingle is five tokens in a row, names and values replaced, or
    five words. What more than a few students share, a sixth of a class and at most 20, is usual and does not count.
    Questions whose answers have fewer than 20 tokens as a rule are left out.
    Two who worked together, who learned from one page, or who found the same way are alike, too: read before you ask.
    Source: Broder, On the resemblance and containment of documents (1997).
    """
    found = []
    for question in key.questions.values():
        cut = text_tokens if question.kind in {"free", "text"} else code_tokens
        own = {student: of[question.id] for student, of in sorted(sources.items()) if of.get(question.id, "").strip()}
        tokens = {student: cut(text) for student, text in own.items()}
        if tokens and median(map(len, tokens.values())) >= SHORT:
            long = {student: shingles(one) for student, one in tokens.items() if len(one) >= SHORT}
            found += [(shared, question.id, pair, likeness, own, tokens) for pair, shared, likeness in _pairs(long)]
    found.sort(key=lambda one: (-one[0] * one[3], one[1], one[2]))
    return [
        Alike(id, *pair, round(likeness, 2), _longest(own[pair[0]], *(tokens[student] for student in pair)))
        for _, id, pair, likeness, own, tokens in found[:MOST_PAIRS]
    ]


def shingles(tokens: Tokens) -> list[Shingle]:
    """Return every five tokens in a row."""
    texts = [text for text, _, _ in tokens]
    return list(zip(*(texts[start:] for start in range(LONG)), strict=False))


def _pairs(long: Mapping[str, Sequence[Shingle]]) -> Iterator[tuple[tuple[str, str], int, float]]:
    """Yield each pair of students that shares enough of what is rare, with how many shingles, and the likeness."""
    most = max(3, min(20, len(long) // 6))
    holders: dict[Shingle, list[str]] = defaultdict(list)
    for student, listed in long.items():
        for shingle in set(listed):
            holders[shingle].append(student)
    rare, shared = Counter[str](), Counter[tuple[str, str]]()
    for students in holders.values():
        if len(students) <= most:
            rare.update(students)
            shared.update(combinations(students, 2))
    for (first, second), both in shared.items():
        likeness = both / (rare[first] + rare[second] - both)
        if both >= LEAST_SHARED and likeness >= LEAST_ALIKE:
            yield (first, second), both, likeness


def _longest(text: str, first: Tokens, second: Tokens) -> str:
    """Return the longest piece of the first text whose shingles all stand in the second one."""
    known, best, start = set(shingles(second)), (0, 0), 0
    for place, shingle in enumerate(shingles(first)):
        if shingle not in known:
            start = place + 1
        elif place + 1 - start > best[1] - best[0]:
            best = (start, place + 1)
    begin, end = first[best[0]][1], first[best[1] + LONG - 2][2]
    return text[begin:end] if end - begin <= MOST_SHOWN else f"{text[begin : begin + MOST_SHOWN]}…"


def answers_in(book: Gradebook, assignment: str) -> dict[str, dict[str, str]]:
    """Return by student and question the source of the last cell that gives the answer its name."""
    named = {question.answer: id for id, question in book.key(assignment).questions.items()}
    found: dict[str, dict[str, str]] = {}
    for student, graded in book.latest("graded", assignment).items():
        with suppress(BadInput):  # what is missing is told by `verify`
            cells = salvage(book.kept(graded["submission"]), graded.get("file", "")).cells
            code = [cell.source for cell in cells if cell.kind == "code"]
            found[student] = {named[name]: cell for cell in code for name in named if gives(cell, name)}
    return found

"""The inputs of a question: written out, named articles of the desk, rows of the index, or made by lot from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from toolkit.choices import one_of
from toolkit.datasets import load, load_coverage
from toolkit.exercises.plain import Plain, plain
from toolkit.sentences import split_sentences
from toolkit.tokens import words

WORDS = ("mars", "rover", "ESA", "Roscosmos", "the", "of", "arm", "launch", "station", "a", "Moscow", "delay")
PIECES = (
    "ESA's council met.", "It wasn't a surprise.", "Dr. Lind said 1,200 people work on it.", "The U.S. agency agreed?",
    "A Franco-German engine!", "“We wait,” she said.", "It cost 3.5 million euros.", "Don’t forget the rover.",
)  # fmt: skip
MAKERS: dict[str, Callable[[random.Random], Any]] = {
    "words": lambda lot: [lot.choice(WORDS) for _ in range(lot.randint(1, 12))],
    "text": lambda lot: " ".join(lot.sample(PIECES, lot.randint(1, 4))),
    "counts": lambda lot: {word: lot.randint(1, 20) for word in lot.sample(WORDS, lot.randint(1, 8))},
    "numbers": lambda lot: [lot.randint(0, 50) for _ in range(lot.randint(1, 10))],
    "sentences": lambda lot: lot.sample(PIECES, lot.randint(2, 6)),
}
"""What can be made by lot: `{generate: words, seed: 7, n: 5}`."""


FORMS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "words": words,
    "sentences": lambda text: [sentence.text for sentence in split_sentences(text)],
}
"""What a function is given of a held-out text: `{held_out: words}`."""


def held_out_cases(inputs: Iterable[Any], texts: Iterable[str]) -> list[Plain]:
    """Return the arguments of each case that is made of held-out texts, one for each text, the shortest first.

    >>> held_out_cases([[["a"], 1], [{"held_out": "words"}, 1]], ["We wait.", "No."])
    [[['no'], 1], [['we', 'wait'], 1]]
    """
    found = [
        [FORMS[one_of("held_out", value["held_out"], FORMS)](text) if _is_held_out(value) else plain(value)
         for value in one]
        for one in inputs if _is_held_out(one) for text in texts
    ]  # fmt: skip
    return sorted(found, key=lambda arguments: len(str(arguments)))


def _is_held_out(value: Any) -> bool:
    """Return whether a value is `{held_out: …}`, or a list of arguments has one."""
    return "held_out" in value if isinstance(value, dict) else isinstance(value, list) and any(map(_is_held_out, value))


def cases(inputs: Iterable[Any]) -> list[Plain]:
    """Return the arguments of each open case of a function question, the shortest first.

    An input is a list of arguments, or `{generate: words, seed: 7, n: 5}` for cases made by lot, or
    `{each_sentence: ID}` for one case for every sentence of an article. An argument is a value, or `{article: ID}` for
    its text, `{words: ID}`, `{sentences: ID}`, or `{coverage: {column: value}, columns: […]}` for rows of the index.
    An input with `{held_out: words}` in it (or `text`, `sentences`) makes no open case.

    >>> cases([[["a", "b"]], {"generate": "words", "seed": 1, "n": 1}])
    [[['a', 'b']], [['a', 'rover', 'the']]]
    """
    found = [arguments for one in inputs if not _is_held_out(one) for arguments in _several(one)]
    return sorted(found, key=lambda arguments: len(str(arguments)))


def _several(one: Any) -> Iterator[Plain]:
    match one:
        case {"generate": kind}:
            lot = random.Random(one.get("seed", 0))
            for _ in range(one.get("n", 5)):
                yield [MAKERS[one_of("generate", kind, MAKERS)](lot)]
        case {"each_sentence": key}:
            yield from ([sentence.text] for sentence in split_sentences(_article(key).text))
        case list():
            yield [_argument(value) for value in one]
        case _:
            raise ValueError(
                f"an input is a list of arguments, [value, …], or a dict such as {{generate: words}}, not {one!r}"
            )


def _argument(value: Any) -> Plain:
    match value:
        case {"article": str(key), **rest} if not rest:
            return _article(key).text
        case {"words": str(key), **rest} if not rest:
            return words(_article(key).text)
        case {"sentences": str(key), **rest} if not rest:
            return [sentence.text for sentence in split_sentences(_article(key).text)]
        case {"coverage": dict(wanted)}:
            rows = load_coverage()
            for column, allowed in wanted.items():
                rows = rows[rows[column].astype(str) == str(allowed)]
            return plain(rows[value.get("columns", ["outlet", "outlet_country", "month", "month_basis"])])
    return plain(value)


def _article(key: str) -> Any:
    return load("desk")[str(key)]

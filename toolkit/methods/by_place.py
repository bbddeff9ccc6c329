"""Methods that never look at the words: what every other method has to beat."""

from __future__ import annotations

from random import Random

from toolkit.term_matrix import Words


def lead(sentences: Words) -> list[float]:
    """Score a sentence by how early it comes: 1 for the first, falling evenly to 1/n for the last of n.

    News puts the main point first, so this is the method to beat. It never looks at the words.

    >>> lead([["a"], ["b"]])
    [1.0, 0.5]
    """
    return [1 - i / len(sentences) for i in range(len(sentences))]


def random(sentences: Words, *, seed: int = 1) -> list[float]:
    """Score a sentence by lot, from 0 to 1, the same with every run: what luck alone achieves.

    >>> random([["a"], ["b"]]) == random([["x"], ["y"]])
    True
    """
    lot = Random(seed)
    return [lot.random() for _ in sentences]


def by_place(_content: Words, i: int) -> str:
    """Say why lead gave its score to a sentence."""
    return f"it stands in place {i + 1}; the words do not count"


def by_lot(_content: Words, _i: int) -> str:
    """Say why random gave its score to a sentence."""
    return "drawn by lot"

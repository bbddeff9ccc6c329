"""From scores to a choice: early places, repetition, length."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from toolkit.term_matrix import Words, tf_idf

EARLY = 3
"""How fast the worth of an early place falls: after this many sentences it is 1/e, a good third."""


def placed(scores: Sequence[float], places: Sequence[int], position: float) -> tuple[list[float], list[float]]:
    """Return the scores with the worth of an early place mixed in, and the part of each that is due to it.

    Formula: (1 − position) × score / highest score + position × e^(−place / 3), with place 0 for the first.

    >>> [round(score, 3) for score in placed([1, 4], [0, 1], 0.5)[0]]
    [0.625, 0.858]
    """
    if not position:
        return list(scores), [0.0] * len(scores)
    most = max(map(abs, scores)) or 1.0
    bonuses = [position * math.exp(-place / EARLY) for place in places]
    return [(1 - position) * s / most + bonus for s, bonus in zip(scores, bonuses, strict=True)], bonuses


def ranked(
    scores: Sequence[float], content: Words, redundancy: float, needed: int
) -> tuple[list[int], list[tuple[float, int]]]:
    """Return the sentences from the best to the worst, and for each what its likeness to a better one cost it.

    With redundancy the first `needed` are chosen one by one, each time the highest (1 − redundancy) × score / highest
    score − redundancy × its greatest cosine with a chosen one; the others follow by the same figure.
    Source: Carbonell and Goldstein, The use of MMR (1998).

    >>> ranked([3, 2.9, 1], [["a", "b"], ["a", "b"], ["x"]], 0.5, 2)[0]
    [0, 2, 1]
    """
    import numpy as np

    values, costs = np.round(np.array(scores, dtype=float), 9), np.zeros(len(scores))
    if not redundancy:
        return [int(i) for i in np.argsort(-values, kind="stable")], [(0.0, 0)] * len(scores)
    matrix, likes = tf_idf(content), np.zeros(len(scores), dtype=int)
    values = (1 - redundancy) * values / (np.abs(values).max() or 1)
    order: list[int] = []
    left = np.ones(len(scores), dtype=bool)
    for _ in range(min(needed, len(scores))):
        best = int(np.argmax(np.where(left, np.round(values - costs, 9), -np.inf)))
        order.append(best)
        left[best] = False
        new = redundancy * matrix.times(matrix.row(best))
        nearer = left & (new > np.maximum(costs, 1e-9))
        costs, likes = np.where(nearer, new, costs), np.where(nearer, best + 1, likes)
    rest = np.flatnonzero(left)
    order += [int(i) for i in rest[np.argsort(-np.round(values - costs, 9)[rest], kind="stable")]]
    return order, [(float(cost), int(like)) for cost, like in zip(costs, likes, strict=True)]


def fitting(order: Iterable[int], sizes: Sequence[int], words: int) -> Iterator[int]:
    """Yield from the best sentence on each that still fits into so many words; those that are too long are passed.

    >>> list(fitting([2, 0, 1], [4, 2, 5], 8))
    [2, 1]
    """
    for i in order:
        if sizes[i] <= words:
            words -= sizes[i]
            yield i

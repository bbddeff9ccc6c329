"""Which words keep company: pairs of neighbours that occur more often than chance would put them side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.choices import need_count, need_words, one_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]

_SMALL = 1e-20


def log_likelihood(both: Counts, first: Counts, second: Counts, total: int) -> Counts:
    """Return G² = 2 Σ observed × ln(observed / expected) over the four cells of each pair's table.

    0 is chance; above 10.83 chance has p < 0.001. Also high for pairs that avoid each other. Source: Dunning (1993).
    """
    import numpy as np

    score = np.zeros(len(both))
    for observed, row, column in (
        (both, first, second),
        (second - both, total - first, second),
        (first - both, first, total - second),
        (total - first - second + both, total - first, total - second),
    ):
        expected = row * column / total
        score += observed * np.log(observed / (expected + _SMALL) + _SMALL)
    return 2 * score


def pointwise_mutual_information(both: Counts, first: Counts, second: Counts, total: int) -> Counts:
    """Return PMI = log₂(both × total / (first × second)): 0 is chance, 1 is twice as often as chance.

    Favours rare pairs, so ask for pairs that occur a few times. Source: Church and Hanks (1990).
    """
    import numpy as np

    return np.log2(both * total) - np.log2(first * second)


def student_t(both: Counts, first: Counts, second: Counts, total: int) -> Counts:
    """Return t = (both − expected) / √both: above 2.576 is unlikely by chance. Favours frequent pairs.

    Source: Church and others (1991).
    """
    import numpy as np

    return (both - first * second / total) / np.sqrt(both + _SMALL)


MEASURES: dict[str, Callable[[Counts, Counts, Counts, int], Counts]] = {
    "log_likelihood": log_likelihood,
    "pmi": pointwise_mutual_information,
    "t": student_t,
}
"""Ways to score a pair, from how often both stand together, the first, the second, and how many words there are."""


@dataclass(frozen=True, slots=True)
class Collocation:
    """Two neighbours, how often they stand side by side, and the score of that."""

    words: tuple[str, str]
    count: int
    score: float


def collocations(
    words: Sequence[str], *, top: int = 10, at_least: int = 3, measure: str = "log_likelihood"
) -> list[Collocation]:
    """Return the `top` pairs of neighbours that occur `at_least` times, the strongest first.

    `measure` is one of `MEASURES`; the scores are those of NLTK's BigramCollocationFinder, a test sees to it. Pairs
    that stand together less often than chance would have it are left out.

    >>> collocations("the rover and the rover and a drill".split(), top=1, at_least=2)[0].words
    ('the', 'rover')
    """
    import numpy as np

    need_count("top", top, least=1)
    need_count("at_least", at_least, least=1)
    score = MEASURES[one_of("measure", measure, MEASURES)]
    words = words if isinstance(words, list) else need_words("collocations", words)
    names = need_words("collocations", dict.fromkeys(words))
    if len(words) < 2:
        return []
    number = {name: i for i, name in enumerate(names)}
    ids = np.fromiter(map(number.__getitem__, words), dtype=np.int64, count=len(words))
    frequency = np.bincount(ids)
    pairs, both = _frequent_pairs(ids, frequency, at_least)
    first, second = pairs // len(frequency), pairs % len(frequency)
    singles = frequency[first].astype(float), frequency[second].astype(float)
    attracted = both * len(words) > singles[0] * singles[1]
    scores = np.where(attracted, score(both, *singles, len(words)), -np.inf)
    best = [i for i in np.argsort(-scores, kind="stable")[:top] if attracted[i]]
    return [Collocation((names[first[i]], names[second[i]]), int(both[i]), float(scores[i])) for i in best]


def _frequent_pairs(
    ids: NDArray[np.int64], frequency: NDArray[np.int64], at_least: int
) -> tuple[NDArray[np.int64], Counts]:
    """Return the pairs of neighbours that occur often enough, each as first × vocabulary + second, and how often.

    A pair is never more frequent than its words, so pairs with a rare word are left out before they are counted.
    """
    import numpy as np

    frequent = frequency >= at_least
    keep = frequent[ids]
    pairs = (ids[:-1] * len(frequency) + ids[1:])[keep[:-1] & keep[1:]]
    if len(frequency) ** 2 < 20_000_000:
        counted = np.bincount(pairs)
        found = np.flatnonzero(counted >= at_least)
        return found, counted[found].astype(float)
    found, both = np.unique(pairs, return_counts=True)
    return found[both >= at_least], both[both >= at_least].astype(float)

"""Which words keep company: pairs of neighbours that occur more often than chance would put them side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from toolkit.choices import need_count, need_words, one_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]
    Ids = NDArray[np.int64]

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
    words = need_words("collocations", words)
    number: defaultdict[str, int] = defaultdict(count().__next__)  # a word that is new gets the next number
    ids = np.fromiter(map(number.__getitem__, words), np.int64, len(words))
    if len(words) < 2:
        return []
    names, frequency = list(number), np.bincount(ids)
    first, second, both = _frequent_pairs(ids, frequency, at_least)
    singles = frequency[first].astype(float), frequency[second].astype(float)
    attracted = both * len(words) > singles[0] * singles[1]
    scores = np.where(attracted, score(both, *singles, len(words)), -np.inf)
    best = [i for i in np.argsort(-scores, kind="stable")[:top] if attracted[i]]
    return [Collocation((names[first[i]], names[second[i]]), int(both[i]), float(scores[i])) for i in best]


def _frequent_pairs(ids: Ids, frequency: Ids, at_least: int) -> tuple[Ids, Ids, Counts]:
    """Return the first words, the second words and the counts of the neighbours that occur often enough.

    A pair is never more frequent than its words, so pairs with a rare word are left out before they are counted. Then
    a pair is one number, first × vocabulary + second, in the narrowest type that holds it, for that sorts fastest.
    """
    import numpy as np

    keep = (frequency >= at_least)[ids]
    narrow = ids.astype(np.min_scalar_type(len(frequency) ** 2))
    pairs = narrow[:-1] * len(frequency) + narrow[1:]
    found, both = np.unique(pairs[keep[:-1] & keep[1:]], return_counts=True)
    often = both >= at_least
    return *np.divmod(found[often].astype(np.int64), len(frequency)), both[often].astype(float)

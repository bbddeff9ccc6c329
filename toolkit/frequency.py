"""Words in, numbers out: how often, in every thousand, and how evenly spread."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Real
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any

from toolkit.choices import need, need_words

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def term_counts(words: Iterable[str]) -> Counter[str]:
    """Return how often each word occurs: a Counter, so that `most_common(10)` gives the ten most frequent.

    >>> term_counts(["mars", "esa", "mars"]).most_common(1)
    [('mars', 2)]
    """
    return Counter(need_words("term_counts", words))


def per_thousand(count: int, total: int) -> float:
    """Return a count as occurrences per 1,000 words, which makes texts of different length comparable.

    Formula: 1000 × count / total. Raises ValueError when `total` is not above 0.

    >>> per_thousand(3, 600)
    5.0
    """
    for value in (count, total):
        need("per_thousand", value, Real, 'give a count and a total: per_thousand(words.count("said"), len(words))')
    if total <= 0:
        raise ValueError(f"per_thousand needs a total above 0, not {total}; did words(…) return any words?")
    return 1000 * count / total


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How a word is spread over parts: its count, its document frequency (`parts` that have it), and two measures.

    `juilland_d`: 1 is perfectly even, 0 is all in one part: D = 1 − V / √(n − 1), with V the standard deviation of the
    word's rates in the n parts over their mean (Juilland and others 1970). `gries_dp`: 0 is perfectly even; a
    word all in one part has 1 − that part's share of the text, 0.5 for one of two equal parts: half the sum of
    |share of the word − share of the text| over the parts (Gries 2008). They point in opposite directions. Both are
    nan for a word that does not occur.
    """

    word: str
    count: int
    parts: int
    juilland_d: float
    gries_dp: float


def dispersion(word: str, parts: Sequence[Sequence[str]]) -> Dispersion:
    """Return how evenly a word is spread over parts, each a list of words, such as the articles of a corpus.

    Raises ValueError for fewer than two parts, or an empty one.

    >>> dispersion("arm", [["arm", "a"], ["arm", "b"]])
    Dispersion(word='arm', count=2, parts=2, juilland_d=1.0, gries_dp=0.0)
    >>> dispersion("arm", [["arm", "arm"], ["a", "b"]])
    Dispersion(word='arm', count=2, parts=1, juilland_d=0.0, gries_dp=0.5)
    """
    advice = "give a word and the parts: dispersion('arm', [words(a.text) for a in corpus])"
    need("dispersion", word, str, advice)
    need("dispersion", parts, Iterable, advice)
    parts = [need_words("each part of dispersion", part, advice=advice) for part in parts]
    if len(parts) < 2 or not all(parts):
        raise ValueError("dispersion needs at least two parts with words in each; leave empty texts out")
    counts = [part.count(word) for part in parts]
    sizes, total = [len(part) for part in parts], sum(counts)
    if not total:
        return Dispersion(word, 0, 0, math.nan, math.nan)
    rates = [count / size for count, size in zip(counts, sizes, strict=True)]
    variation = pstdev(rates) / fmean(rates)
    shares = zip(counts, sizes, strict=True)
    dp = sum(abs(count / total - size / sum(sizes)) for count, size in shares) / 2
    return Dispersion(word, total, sum(map(bool, counts)), max(0.0, 1 - variation / math.sqrt(len(parts) - 1)), dp)


def wilson(k: ArrayLike, n: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the bounds of the 95 per cent interval of shares k / n, each from 0 to 1; nan where n is 0.

    Formula: (k + z²/2 ± z √(k (n − k) / n + z²/4)) / (n + z²), with z = 1.96. It stays between 0 and 1, and is honest
    for small n: 3 of 3 may be any share from 0.44 up. Source: Wilson, Probable inference (1927).

    >>> [bound.round(2).tolist() for bound in wilson([3, 50], [3, 100])]
    [[0.44, 0.4], [1.0, 0.6]]
    """
    import numpy as np

    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    z = 1.959963984540054
    with np.errstate(divide="ignore", invalid="ignore"):
        middle, width = k + z**2 / 2, z * np.sqrt(k * (n - k) / n + z**2 / 4)
        return (middle - width) / (n + z**2), np.minimum((middle + width) / (n + z**2), 1)

"""How rich a vocabulary is, and two laws that every text obeys."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import correlation, linear_regression

from toolkit.choices import need_count, need_counts, need_words


def type_token_ratio(words: Sequence[str]) -> float:
    """Return distinct words over all words: types / tokens, above 0 and at most 1.

    Higher means a more varied vocabulary. It falls as a text grows longer, so compare only texts of similar length.
    Source: Templin, Certain Language Skills in Children (1957).

    >>> type_token_ratio(["a", "b", "a", "b"])
    0.5
    """
    words = _some("type_token_ratio", words)
    return len(set(words)) / len(words)


def mattr(words: Sequence[str], *, window: int = 100) -> float:
    """Return the moving-average type-token ratio: the mean ratio of every run of `window` words, above 0, at most 1.

    Does not fall with length, so that texts of any length can be compared, by the same window. A text shorter than the
    window has its plain ratio. Source: Covington and McFall (2010).

    >>> round(mattr(["a", "b", "a", "a"], window=2), 2)
    0.83
    """
    words = _some("mattr", words)
    need_count("window", window, least=1)
    window = min(window, len(words))
    counts = Counter(words[:window])
    total = len(counts)
    for left, joined in zip(words, words[window:], strict=False):
        counts[joined] += 1
        counts[left] -= 1
        if not counts[left]:
            del counts[left]
        total += len(counts)
    return total / (len(words) - window + 1) / window


def hdd(words: Sequence[str], *, sample: int = 42) -> float:
    """Return HD-D: the type-token ratio to be expected of `sample` words drawn by lot, above 0 and at most 1.

    Formula: Σ over the types of (1 − P(type not drawn)) / sample, with P from the hypergeometric distribution. Hardly
    depends on length. Raises ValueError for a text shorter than the sample. Source: McCarthy and Jarvis (2007).

    >>> round(hdd(["a", "b"] * 2, sample=2), 3)
    0.833
    """
    words = _some("hdd", words)
    need_count("sample", sample, least=1)
    n = len(words)
    if n < sample:
        raise ValueError(f"hdd draws {sample} words and there are only {n}; give a longer text or a smaller sample=")
    ways, counts = math.comb(n, sample), Counter(Counter(words).values())
    return sum(types * (1 - math.comb(n - count, sample) / ways) for count, types in counts.items()) / sample


def hapaxes(counts: Mapping[str, int]) -> list[str]:
    """Return the words that occur once, in the order of the alphabet. About half of a vocabulary does.

    >>> hapaxes({"the": 9, "rover": 1, "arm": 1})
    ['arm', 'rover']
    """
    return sorted(word for word, count in need_counts("hapaxes", counts).items() if count == 1)


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """A law y = factor × x^exponent fitted to points, and how well it fits: `r2` is at most 1, which is perfect.

    The fit is a straight line through the logarithms, by least squares: simple, and known to trust the tail too much.
    """

    xs: tuple[int, ...]
    ys: tuple[float, ...]
    factor: float
    exponent: float
    r2: float


def zipf(counts: Mapping[str, int]) -> PowerLaw:
    """Return frequency as a power of rank: the exponent is near −1 in most texts. Source: Zipf (1935).

    >>> round(zipf({"a": 12, "b": 6, "c": 4, "d": 3}).exponent, 2)
    -1.0
    """
    frequencies = sorted(need_counts("zipf", counts).values(), reverse=True)
    return _fitted(range(1, len(frequencies) + 1), frequencies)


def heaps(words: Sequence[str], *, points: int = 50) -> PowerLaw:
    """Return the size of the vocabulary as a power of the length of the text: exponents of 0.4 to 0.8 are usual.

    Measured at `points` lengths. Source: Herdan (1960); Heaps (1978).

    >>> heaps(["a", "b", "c", "d"]).exponent
    1.0
    """
    need_count("points", points, least=2)
    words, seen, sizes = _some("heaps", words), set(), []
    for word in words:
        seen.add(word)
        sizes.append(len(seen))
    lengths = sorted({max(1, round(len(words) * i / points)) for i in range(1, points + 1)})
    return _fitted(lengths, [sizes[length - 1] for length in lengths])


def _fitted(xs: Sequence[int], ys: Sequence[float]) -> PowerLaw:
    if len(xs) < 2:
        raise ValueError("a law needs at least two different points; give a longer text")
    a, b = list(map(math.log, xs)), list(map(math.log, ys))
    exponent, start = linear_regression(a, b)
    r2 = correlation(a, b) ** 2 if len(set(ys)) > 1 else 1.0
    return PowerLaw(tuple(xs), tuple(ys), math.exp(start), round(exponent, 12), r2)


def _some(call: str, words: Sequence[str]) -> list[str]:
    found = need_words(call, words)
    if not found:
        raise ValueError(f"{call} needs at least one word; look at what words(text) returned")
    return found

"""Methods that let sentences vote: a sentence matters when it is like others that matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.stems import stem
from toolkit.term_matrix import TermMatrix, Words, term_matrix, tf_idf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Column = NDArray[Any]

DAMPING = 0.85
"""How often a reader of PageRank follows a link; else she jumps anywhere. The value of all three papers."""

NOTHING = 1e-9
"""Below this a weight is the dust of rounding, not a link."""


def textrank(sentences: Words) -> list[float]:
    """Score a sentence by the weight of the sentences it shares words with; the scores add up to 1.

    The weight of a pair is |shared words| / (log |a| + log |b|), where |a| counts the different content words of a (all
    of its words in the paper), and 0 for a sentence with itself; words of one stem are one (not in the paper);
    PageRank lets important neighbours make a sentence important. Source: Mihalcea and Tarau, TextRank (2004).

    >>> [round(score, 2) for score in textrank([["a", "b", "c"], ["a", "b"], ["x", "y"]])]
    [0.47, 0.47, 0.07]
    """
    import numpy as np

    matrix = term_matrix([list(map(stem, sentence)) for sentence in sentences])
    size = np.bincount(matrix.rows, minlength=matrix.height)
    sizes, group = np.unique(size, return_inverse=True)
    scale = np.stack([_overlap_scale(sizes, one) for one in sizes])
    shared = np.bincount(matrix.columns)[matrix.columns] > 1  # a word that stands alone links nothing
    rows, (words, columns) = matrix.rows[shared], np.unique(matrix.columns[shared], return_inverse=True)
    itself = np.bincount(rows, minlength=matrix.height) * scale[group, group]
    # The weight depends on both lengths, so the words are added up apart for the sentences of each length.
    cells = columns * len(sizes) + group[rows]

    def weigh(shares: Column) -> Column:
        by_word = np.bincount(cells, shares[rows], len(words) * len(sizes)).reshape(-1, len(sizes)) @ scale
        votes: Column = np.bincount(rows, by_word.ravel()[cells], matrix.height) - itself * shares
        return votes

    return _pagerank(weigh, matrix.height)


def _overlap_scale(sizes: NDArray[Any], size: int) -> Column:
    """Return 1 / (log |a| + log |b|) for sentences of these sizes with one of that size; 0 where that is no number."""
    import numpy as np

    logs = np.log(np.maximum(sizes, 1)) + np.log(max(size, 1))
    scale: Column = np.divide(1, logs, out=np.zeros(len(sizes)), where=logs > 0)
    return scale


def overlaps(sentences: Words, i: int) -> Column:
    """Return TextRank's weight of one sentence with every other."""
    import numpy as np

    matrix = term_matrix([list(map(stem, sentence)) for sentence in sentences])
    size = np.bincount(matrix.rows, minlength=matrix.height)
    shared = np.bincount(matrix.rows, matrix.row(i)[matrix.columns] > 0, matrix.height)
    return np.where(np.arange(matrix.height) == i, 0, shared * _overlap_scale(size, size[i]))


def lexrank(sentences: Words) -> list[float]:
    """Score a sentence by how much it resembles the others that resemble many; the scores add up to 1.

    The weight of a pair is the cosine of their tf-idf vectors, and 0 for a sentence with itself (1 in the paper);
    PageRank does the rest. Source: Erkan and Radev, LexRank (2004), continuous version.

    >>> [round(score, 2) for score in lexrank([["a", "b"], ["a", "b"], ["x", "y"]])]
    [0.47, 0.47, 0.07]
    """
    matrix = tf_idf(sentences)
    itself = _squares(matrix)
    return _pagerank(lambda shares: matrix.times(matrix.across(shares)) - itself * shares, matrix.height)


def lexrank_thresholded(sentences: Words, *, threshold: float = 0.1) -> list[float]:
    """Score a sentence as lexrank does, but by counting: sentences whose cosine is above the threshold are neighbours.

    Source: Erkan and Radev, LexRank (2004), which found 0.1 to work best.

    >>> [round(score, 2) for score in lexrank_thresholded([["a", "b"], ["a", "b", "c"], ["x"]])]
    [0.47, 0.47, 0.07]
    """
    import numpy as np

    matrix = tf_idf(sentences)
    near = [np.flatnonzero(cosines > threshold).astype(np.int32) for cosines in _all_cosines(matrix)]
    return _pagerank(lambda shares: np.array([shares[one].sum() for one in near]), len(near))


def _all_cosines(matrix: TermMatrix) -> Iterator[Column]:
    """Yield for each sentence its cosine with every sentence, 0 with itself, by way of the words it has alone."""
    import numpy as np

    order = np.argsort(matrix.columns, kind="stable")
    ends = np.cumsum(np.bincount(matrix.columns, minlength=len(matrix.vocabulary)))[:-1]
    rows, values = np.split(matrix.rows[order], ends), np.split(matrix.values[order], ends)
    bounds = np.searchsorted(matrix.rows, np.arange(matrix.height + 1))
    for i, (start, stop) in enumerate(pairwise(bounds)):
        own = list(zip(matrix.columns[start:stop], matrix.values[start:stop], strict=True))
        places = np.concatenate([[i], *(rows[word] for word, _ in own)])
        weights = np.concatenate([[0.0], *(values[word] * value for word, value in own)])
        cosines = np.bincount(places, weights, matrix.height)
        cosines[i] = 0
        yield cosines


def cosines(sentences: Words, i: int) -> Column:
    """Return the cosine of one sentence with every other, and 0 with itself."""
    import numpy as np

    matrix = tf_idf(sentences)
    return np.where(np.arange(matrix.height) == i, 0, matrix.times(matrix.row(i)))


def _squares(matrix: TermMatrix) -> Column:
    """Return the cosine of each sentence with itself: 1, or 0 where no word weighs anything."""
    import numpy as np

    return np.bincount(matrix.rows, matrix.values**2, matrix.height)


def _pagerank(weigh: Callable[[Column], Column], n: int) -> list[float]:
    """Return the share of time a reader spends on each node who follows links by weight, and jumps now and then.

    `weigh` returns, for a number at each node, the sum over its neighbours of weight × number; so the n × n weights
    are never written down. Formula: p = damping × (W p + what unlinked nodes give to all) + (1 − damping) / n, until
    no share moves by 1e-8. Source: Page and others, The PageRank Citation Ranking (1999).
    """
    import numpy as np

    total = weigh(np.ones(n))
    linked = total > NOTHING
    shares = np.full(n, 1 / n)
    for _ in range(1000):
        passed = np.divide(shares, total, out=np.zeros(n), where=linked)
        arrived = np.where(linked, weigh(passed), 0) + shares[~linked].sum() / n
        before, shares = shares, DAMPING * arrived + (1 - DAMPING) / n
        if np.abs(shares - before).max() < 1e-8:
            break
    return list(map(float, shares))


class Alike(NamedTuple):
    """Two sentences by their numbers (from 1), their cosine, and the words that both have."""

    first: int
    second: int
    cosine: float
    words: str


def pairs_alike(sentences: Words, *, least: float = 0.05) -> list[Alike]:
    """Return the pairs of sentences whose cosine is at least `least`, the most alike first: the links of lexrank.

    >>> [pair[:2] for pair in pairs_alike([["a", "b"], ["a", "b", "c"], ["x"]])]
    [(1, 2)]
    """
    found = [
        Alike(i + 1, j + 1, float(cosine), _common(sentences[i], sentences[j]))
        for i, row in enumerate(_all_cosines(tf_idf(sentences)))
        for j, cosine in enumerate(row[:i])
        if cosine >= least
    ]
    return sorted((pair._replace(first=pair.second, second=pair.first) for pair in found), key=lambda p: -p.cosine)


def by_neighbours(weights: Callable[[Words, int], Column], content: Words, i: int) -> str:
    """Say which sentences are most like one, how much, and by which words."""
    found = weights(content, i)
    nearest = sorted(range(len(content)), key=lambda j: -found[j])[:3]
    alike = [f"{j + 1} ({found[j]:.2f}: {_common(content[i], content[j])})" for j in nearest if found[j] > NOTHING]
    return f"most like sentence {', '.join(alike)}" if alike else "it shares no telling word with any other sentence"


def _common(a: Sequence[str], b: Sequence[str]) -> str:
    return " ".join(word for word in dict.fromkeys(a) if word in set(b))

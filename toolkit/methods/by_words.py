"""Methods that count words: a sentence matters when its words matter to the whole text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.term_matrix import Words, term_matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_PICKED = 100
"""How many sentences sumbasic and kl pick one after the other; the rest score 0."""

SMOOTHING = 0.01
"""What kl adds to the count of every word in a summary, so that a missing word is costly and not infinitely so."""


def frequency(sentences: Words) -> list[float]:
    """Score a sentence by how frequent its content words are in the text: their mean share of all, from 0 to 1.

    Formula: Σ over its words of count(w) / N, divided by the number of its words. Source: Nenkova and Vanderwende,
    The impact of frequency on summarization (2005), step one; the idea is Luhn's (1958). Favours short sentences.

    >>> frequency([["mars", "rover"], ["mars"]])
    [0.5, 0.6666666666666666]
    """
    import numpy as np

    matrix = term_matrix(sentences)
    sizes = np.maximum([len(sentence) for sentence in sentences], 1)
    counts = matrix.across(np.ones(matrix.height))
    return list(map(float, matrix.times(counts / max(counts.sum(), 1)) / sizes))


def luhn(sentences: Words) -> list[float]:
    """Score a sentence by its densest cluster of significant words; 0 is the least, there is no upper limit.

    Significant is a word that occurs at least twice in the text. A cluster begins and ends with one, has at least two,
    and at most 4 other words between two of them. Formula: (significant words in it)² / (all words in it).
    Source: Luhn, The Automatic Creation of Literature Abstracts (1958); stop words are left out beforehand here.

    >>> luhn([["mars", "rover", "mars"], ["tea"]])
    [1.3333333333333333, 0.0]
    """
    return [_density(cluster) for cluster in _densest_clusters(sentences)]


def _density(cluster: Sequence[int]) -> float:
    return len(cluster) ** 2 / (cluster[-1] - cluster[0] + 1) if cluster else 0.0


def _densest_clusters(sentences: Words) -> list[list[int]]:
    """Return for each sentence the places of the significant words in its best cluster, none if it has no cluster."""
    counts = Counter(word for sentence in sentences for word in sentence)
    best = []
    for sentence in sentences:
        clusters: list[list[int]] = []
        for place in (i for i, word in enumerate(sentence) if counts[word] > 1):
            if clusters and place - clusters[-1][-1] <= 5:
                clusters[-1].append(place)
            else:
                clusters.append([place])
        best.append(max((cluster for cluster in clusters if len(cluster) > 1), key=_density, default=[]))
    return best


def sumbasic(sentences: Words) -> list[float]:
    """Score 1 for the sentence that is picked first, 1/2 for the second, and so on to 1/100; 0 for all others.

    Picked is, of the sentences with the most probable word, the one whose words are most probable on average; then the
    probability of its words is squared, so that what has been said counts less.
    Source: Nenkova and Vanderwende, The impact of frequency on summarization (2005).

    >>> sumbasic([["mars", "rover"], ["mars", "mars"], ["tea"]])
    [0.5, 1.0, 0.3333333333333333]
    """
    import numpy as np

    matrix = term_matrix(sentences)
    counts = matrix.across(np.ones(matrix.height))
    share = counts / max(counts.sum(), 1)
    sizes = np.maximum([len(sentence) for sentence in sentences], 1)

    def pick(left: NDArray[Any]) -> int:
        open_words = np.bincount(matrix.columns, left[matrix.rows], len(share)) > 0
        word = int(np.argmax(np.where(open_words, share, -1))) if open_words.any() else -1
        having = left & (np.bincount(matrix.rows, matrix.columns == word, matrix.height) > 0)
        chosen = int(np.argmax(np.where(having if having.any() else left, matrix.times(share) / sizes, -1)))
        share[matrix.columns[matrix.rows == chosen]] **= 2
        return chosen

    return _in_turn(matrix.height, pick)


def kl(sentences: Words) -> list[float]:
    """Score 1 for the sentence that is picked first, 1/2 for the second, and so on to 1/100; 0 for all others.

    Picked is the one with which the words of the summary are distributed most like those of the text: the least
    KL(text ‖ summary) = Σ p(w) log(p(w) / q(w)), with 0.01 added to every count of the summary.
    Source: Haghighi and Vanderwende, Exploring content models for multi-document summarization (2009).

    >>> kl([["mars", "rover"], ["mars", "mars"], ["tea"]])
    [1.0, 0.3333333333333333, 0.5]
    """
    import numpy as np

    matrix = term_matrix(sentences)
    share = matrix.across(np.ones(matrix.height)) / max(matrix.values.sum(), 1)
    summary = np.full(len(share), SMOOTHING)
    sizes = np.array([len(sentence) for sentence in sentences], dtype=float)

    def pick(left: NDArray[Any]) -> int:
        said = summary[matrix.columns]
        gained = share[matrix.columns] * np.log((said + matrix.values) / said)
        closeness = np.bincount(matrix.rows, gained, matrix.height) - np.log(summary.sum() + np.maximum(sizes, 1e-9))
        chosen = int(np.argmax(np.where(left, closeness, -np.inf)))
        own = matrix.rows == chosen
        summary[matrix.columns[own]] += matrix.values[own]
        return chosen

    return _in_turn(matrix.height, pick)


def _in_turn(n: int, pick: Callable[[NDArray[Any]], int]) -> list[float]:
    """Return 1, 1/2, 1/3 … for the sentences that `pick` picks one after the other, given those that are left."""
    import numpy as np

    scores, left = [0.0] * n, np.ones(n, dtype=bool)
    for turn in range(1, min(n, MOST_PICKED) + 1):
        chosen = pick(left)
        scores[chosen], left[chosen] = 1 / turn, False
    return scores


def by_frequency(content: Words, i: int) -> str:
    """Say which words carry a sentence, with their counts in the whole text."""
    counts = Counter(word for sentence in content for word in sentence)
    best = sorted(set(content[i]), key=lambda word: (-counts[word], content[i].index(word)))[:4]
    return f"its most frequent words: {', '.join(f'{word} ({counts[word]})' for word in best) or 'it has none'}"


def by_turn(content: Words, i: int) -> str:
    """Say the same of a method that picks sentences one after the other."""
    return f"picked after those ranked before it; {by_frequency(content, i)}"


def by_cluster(content: Words, i: int) -> str:
    """Say which group of words gave a sentence its score by luhn."""
    cluster = _densest_clusters(content)[i]
    if not cluster:
        return "no two significant words stand close together"
    group = content[i][cluster[0] : cluster[-1] + 1]
    n = len(cluster)
    return f"{n} significant words in a group of {len(group)} ({' '.join(group)}): {n} × {n} / {len(group)}"

"""Choose the sentences that stand for the whole, and show the score of every one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from toolkit.article import Article
from toolkit.choices import need, need_count, one_of
from toolkit.markup import escape
from toolkit.sentences import split_sentences
from toolkit.tokens import words
from toolkit.wordlists import stop_words_or_none

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Words = Sequence[Sequence[str]]
"""The content words of each sentence, in order: what a method sees of a text."""


def lead(sentences: Words) -> list[float]:
    """Score a sentence by how early it comes: 1 for the first, falling evenly to 1/n for the last of n.

    News puts the main point first, so this is the method to beat. It never looks at the words.

    >>> lead([["a"], ["b"]])
    [1.0, 0.5]
    """
    return [1 - i / len(sentences) for i in range(len(sentences))]


def luhn(sentences: Words) -> list[float]:
    """Score a sentence by its densest cluster of significant words; 0 is the least, there is no upper limit.

    Significant is a word that occurs at least twice in the text. A cluster begins and ends with one, has at least two,
    and at most 4 other words between two of them. Formula: (significant words in it)² / (all words in it).
    Source: Luhn, The Automatic Creation of Literature Abstracts (1958); stop words are left out beforehand here.

    >>> luhn([["mars", "rover", "mars"], ["tea"]])
    [1.3333333333333333, 0.0]
    """
    return [_luhn_score(cluster) for cluster in _densest_clusters(sentences)]


def _luhn_score(cluster: Sequence[int]) -> float:
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
        best.append(max((cluster for cluster in clusters if len(cluster) > 1), key=_luhn_score, default=[]))
    return best


def textrank(sentences: Words) -> list[float]:
    """Score a sentence by the weight of the sentences it shares words with; the scores add up to 1.

    The weight of a pair is |shared words| / (log |a| + log |b|), where |a| counts the different content words of a (all
    of its words in the paper); PageRank with damping 0.85 then lets important neighbours make a sentence important.
    Source: Mihalcea and Tarau, TextRank (2004).

    >>> [round(score, 2) for score in textrank([["a", "b", "c"], ["a", "b"], ["x", "y"]])]
    [0.47, 0.47, 0.07]
    """
    return _pagerank(_overlaps(sentences))


def _overlaps(sentences: Words) -> NDArray[np.float64]:
    """Return TextRank's weight of every pair of sentences, 0 for a sentence with itself."""
    import numpy as np

    sets = [set(sentence) for sentence in sentences]
    weights = np.zeros((len(sets), len(sets)))
    for i, a in enumerate(sets):
        for j in range(i):
            scale = math.log(max(len(a), 1)) + math.log(max(len(sets[j]), 1))
            if scale > 0:
                weights[i, j] = weights[j, i] = len(a & sets[j]) / scale
    return weights


def lexrank(sentences: Words) -> list[float]:
    """Score a sentence by how much it resembles the others that resemble many; the scores add up to 1.

    The weight of a pair is the cosine of their tf-idf vectors, with idf(w) = log(n / sentences that have w), and 0 for
    a sentence with itself (1 in the paper); PageRank with damping 0.85 does the rest. Source: Erkan and Radev, LexRank
    (2004), continuous version.

    >>> [round(score, 2) for score in lexrank([["a", "b"], ["a", "b"], ["x", "y"]])]
    [0.47, 0.47, 0.07]
    """
    return _pagerank(_cosines(sentences))


def _cosines(sentences: Words) -> NDArray[np.float64]:
    """Return the cosine of every pair of sentences, 0 for a sentence with itself."""
    import numpy as np

    frequency = Counter(word for sentence in sentences for word in set(sentence))
    column = {word: i for i, word in enumerate(frequency)}
    vectors = np.zeros((len(sentences), max(len(column), 1)))
    for row, sentence in enumerate(sentences):
        for word, count in Counter(sentence).items():
            vectors[row, column[word]] = count * math.log(len(sentences) / frequency[word])
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(length > 0, length, 1)
    weights = vectors @ vectors.T
    np.fill_diagonal(weights, 0)
    return np.maximum(weights, 0)


def _pagerank(weights: NDArray[np.float64], *, damping: float = 0.85) -> list[float]:
    """Return the share of time a reader spends on each node who follows links by weight, and jumps now and then.

    Formula: p = damping × (p W + what unlinked nodes give to all) + (1 − damping) / n, until no share moves by 1e-10.
    Source: Page and others, The PageRank Citation Ranking (1999).
    """
    import numpy as np

    n = len(weights)
    total = weights.sum(axis=1, keepdims=True)
    steps = np.divide(weights, total, out=np.full_like(weights, 1 / n), where=total > 0)
    shares = np.full(n, 1 / n)
    for _ in range(1000):
        before, shares = shares, damping * (shares @ steps) + (1 - damping) / n
        if np.abs(shares - before).max() < 1e-10:
            break
    return [float(share) for share in shares]


METHODS: dict[str, Callable[[Words], list[float]]] = {
    "lead": lead,
    "luhn": luhn,
    "textrank": textrank,
    "lexrank": lexrank,
}
"""Ways to score sentences: a name, and a function from the content words of each sentence to one score each."""

MOST_SENTENCES = 3000
"""The longest text that is summarised: every sentence is compared with every other, 9 million pairs at this length."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence with its offsets in the text, its number (from 1), its score, and its rank (1 is the best)."""

    text: str
    start: int
    end: int
    number: int
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences that a method chose, in reading order, and the scores of all the others too.

    `scored` has every sentence of the text; `sentences` are those whose rank is at most `length`. `content` has the
    words of each sentence that the method saw.
    """

    title: str
    method: str
    length: int
    scored: tuple[ScoredSentence, ...]
    content: tuple[tuple[str, ...], ...] = field(repr=False)

    @property
    def sentences(self) -> tuple[ScoredSentence, ...]:
        """The chosen sentences, in the order of the text."""
        return tuple(sentence for sentence in self.scored if sentence.rank <= self.length)

    @property
    def spans(self) -> list[tuple[int, int, str]]:
        """Where the chosen sentences stand in the text: (start, end, number as text) for each."""
        return [(sentence.start, sentence.end, str(sentence.number)) for sentence in self.sentences]

    @property
    def text(self) -> str:
        """The summary as one string."""
        return " ".join(sentence.text for sentence in self.sentences)

    def why(self, number: int) -> str:
        """Return in words why the sentence with this number has its score.

        >>> summarize("Mars is far. The rover is ready.", sentences=1, method="lead").why(1)
        'sentence 1 of 2, score 1.000, rank 1: lead scores by place alone'
        """
        need_count("number", number, least=1)
        if number > len(self.scored):
            raise ValueError(f"there is no sentence {number}; the text has {len(self.scored)}")
        sentence = self.scored[number - 1]
        place = f"sentence {number} of {len(self.scored)}, score {sentence.score:.3f}, rank {sentence.rank}"
        return f"{place}: {REASONS.get(self.method, _shared)(self.content, number - 1)}"

    def __repr__(self) -> str:
        return f"Summary({self.title!r}, {self.method}, {len(self.sentences)} of {len(self.scored)} sentences)"

    def __str__(self) -> str:
        return "\n".join(f"[{s.number}] {s.text} ({self.why(s.number)})" for s in self.sentences)

    def _repr_html_(self) -> str:
        items = "".join(
            f'<li value="{s.number}" style="margin-bottom:.5em"><span dir="auto">{escape(s.text)}</span>'
            f"<br><small>{escape(self.why(s.number))}</small></li>"
            for s in self.sentences
        )
        head = f"<p><strong>{escape(repr(self))}</strong></p>"
        return f"<section class='mathjax_ignore' style='max-width:44em'>{head}<ol>{items}</ol></section>"


def _by_place(content: Words, i: int) -> str:
    return "lead scores by place alone"


def _by_cluster(content: Words, i: int) -> str:
    cluster = _densest_clusters(content)[i]
    if not cluster:
        return "no two significant words stand close together"
    group = content[i][cluster[0] : cluster[-1] + 1]
    n = len(cluster)
    return f"{n} significant words in a group of {len(group)} ({' '.join(group)}): {n} × {n} / {len(group)}"


@lru_cache(maxsize=2)
def _weights(weigh: Callable[[Words], NDArray[np.float64]], content: Words) -> NDArray[np.float64]:
    return weigh(content)


def _by_neighbours(weigh: Callable[[Words], NDArray[np.float64]], content: Words, i: int) -> str:
    weights = _weights(weigh, content)[i]
    nearest = sorted(range(len(content)), key=lambda j: -weights[j])[:3]
    alike = [f"{j + 1} ({weights[j]:.2f}: {_common(content[i], content[j])})" for j in nearest if weights[j] > 0]
    return f"most like sentence {', '.join(alike)}" if alike else "it shares no content word with any other sentence"


def _common(a: Sequence[str], b: Sequence[str]) -> str:
    return " ".join(word for word in dict.fromkeys(a) if word in set(b))


def _shared(content: Words, i: int) -> str:
    others = {word for j, sentence in enumerate(content) if j != i for word in sentence}
    return f"other sentences also have {', '.join(w for w in dict.fromkeys(content[i]) if w in others) or 'none of it'}"


REASONS: dict[str, Callable[[Words, int], str]] = {
    "lead": _by_place,
    "luhn": _by_cluster,
    "textrank": partial(_by_neighbours, _overlaps),
    "lexrank": partial(_by_neighbours, _cosines),
}
"""For each method, what to say of one sentence; a method without an entry is explained by the words it shares."""


def summarize(source: Article | str, *, sentences: int = 3, method: str = "lexrank") -> Summary:
    """Return the summary of an article or a text: its `sentences` best sentences by `method`, in reading order.

    `method` is one of `METHODS`. Equal scores are ranked in reading order. Raises ValueError for a negative number,
    an unknown method, a text without a sentence or one with more than `MOST_SENTENCES`.

    >>> summary = summarize("Mars rover, far Mars. Tea. The rover on Mars.", sentences=2, method="luhn")
    >>> [(sentence.number, sentence.score) for sentence in summary.sentences]
    [(1, 2.25), (3, 2.0)]
    """
    need("summarize", source, (Article, str), "give one article: summarize(corpus[0]), or summarize(page.article)")
    need_count("sentences", sentences)
    score = METHODS[one_of("method", method, METHODS)]
    text, title = (source.text, source.title) if isinstance(source, Article) else (source, "")
    language = source.language or "en" if isinstance(source, Article) else "en"
    found = split_sentences(text, language=language)
    if not 0 < len(found) <= MOST_SENTENCES:
        raise ValueError(f"the text has {len(found):,} sentences; a summary needs 1 to {MOST_SENTENCES:,}")
    stop = stop_words_or_none(language)
    content = tuple(tuple(words(sentence.text, stop=stop)) for sentence in found)
    scores = score(content)
    if not isinstance(scores, Sequence) or len(scores) != len(found):
        raise ValueError(f"method={method!r} must return a list with one number for each of the {len(found)} sentences")
    order = sorted(range(len(found)), key=lambda i: -round(scores[i], 9))
    ranks = {i: rank for rank, i in enumerate(order, 1)}
    scored = tuple(ScoredSentence(*s, i + 1, scores[i], ranks[i]) for i, s in enumerate(found))
    return Summary(title, method, sentences, scored, content)

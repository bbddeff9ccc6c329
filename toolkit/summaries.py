"""Choose the sentences that stand for the whole, and show the score of every one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.article import Article
from toolkit.choices import one_of
from toolkit.markup import escape
from toolkit.tokens import split_sentences, stop_words, words

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
    counts = Counter(word for sentence in sentences for word in sentence)
    return [_densest([i for i, word in enumerate(sentence) if counts[word] > 1]) for sentence in sentences]


def _densest(places: Sequence[int]) -> float:
    """Return the score of the best cluster, given the places of the significant words in a sentence."""
    clusters: list[list[int]] = []
    for place in places:
        if clusters and place - clusters[-1][-1] <= 5:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return max((len(c) ** 2 / (c[-1] - c[0] + 1) for c in clusters if len(c) > 1), default=0.0)


def textrank(sentences: Words) -> list[float]:
    """Score a sentence by the weight of the sentences it shares words with; the scores add up to 1.

    The weight of a pair is |shared words| / (log |a| + log |b|); PageRank with damping 0.85 then lets important
    neighbours make a sentence important. Source: Mihalcea and Tarau, TextRank (2004).

    >>> [round(score, 2) for score in textrank([["a", "b", "c"], ["a", "b"], ["x", "y"]])]
    [0.47, 0.47, 0.07]
    """
    import numpy as np

    sets = [set(sentence) for sentence in sentences]
    weights = np.zeros((len(sets), len(sets)))
    for i, a in enumerate(sets):
        for j in range(i):
            scale = math.log(max(len(a), 1)) + math.log(max(len(sets[j]), 1))
            if scale > 0:
                weights[i, j] = weights[j, i] = len(a & sets[j]) / scale
    return _pagerank(weights)


def lexrank(sentences: Words) -> list[float]:
    """Score a sentence by how much it resembles the others that resemble many; the scores add up to 1.

    The weight of a pair is the cosine of their tf-idf vectors, with idf(w) = log(n / sentences that have w); PageRank
    with damping 0.85 does the rest. Source: Erkan and Radev, LexRank (2004), continuous version.

    >>> [round(score, 2) for score in lexrank([["a", "b"], ["a", "b"], ["x", "y"]])]
    [0.47, 0.47, 0.07]
    """
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
    return _pagerank(weights)


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
    """A sentence with its offsets in the text, its number (from 1), its score, and its rank (1 is the best).

    `shared` are the content words that it has in common with most other sentences, the most shared first.
    """

    text: str
    start: int
    end: int
    number: int
    score: float
    rank: int
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences that a method chose, in reading order, and the scores of all the others too.

    `scored` has every sentence of the text; `sentences` are those whose rank is at most `length`.
    """

    title: str
    method: str
    length: int
    scored: tuple[ScoredSentence, ...]

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

    def why(self, sentence: ScoredSentence) -> str:
        """Return in words why a sentence has its score.

        >>> summary = summarize("Mars is far. The rover is ready.", sentences=1, method="lead")
        >>> summary.why(summary.sentences[0])
        'sentence 1 of 2, score 1.000, rank 1: lead scores by place alone'
        """
        place = f"sentence {sentence.number} of {len(self.scored)}, score {sentence.score:.3f}, rank {sentence.rank}"
        if self.method == "lead":
            return f"{place}: lead scores by place alone"
        return f"{place}: " + (
            f"other sentences also have {', '.join(sentence.shared)}"
            if sentence.shared
            else "it shares no content word with any other sentence"
        )

    def __repr__(self) -> str:
        return f"Summary({self.title!r}, {self.method}, {len(self.sentences)} of {len(self.scored)} sentences)"

    def __str__(self) -> str:
        return "\n".join(f"[{sentence.number}] {sentence.text} ({self.why(sentence)})" for sentence in self.sentences)

    def _repr_html_(self) -> str:
        items = "".join(
            f'<li value="{s.number}" style="margin-bottom:.5em"><span dir="auto">{escape(s.text)}</span>'
            f"<br><small>{escape(self.why(s))}</small></li>"
            for s in self.sentences
        )
        return f"<section style='max-width:44em'><p><strong>{escape(repr(self))}</strong></p><ol>{items}</ol></section>"


def summarize(source: Article | str, *, sentences: int = 3, method: str = "lexrank") -> Summary:
    """Return the summary of an article or a text: its `sentences` best sentences by `method`, in reading order.

    `method` is one of `METHODS`. Equal scores are ranked in reading order. Raises ValueError for a negative number,
    an unknown method, a text without a sentence or one with more than `MOST_SENTENCES`.

    >>> summary = summarize("Mars rover, far Mars. Tea. The rover on Mars.", sentences=2, method="luhn")
    >>> [(sentence.number, sentence.score) for sentence in summary.sentences]
    [(1, 2.25), (3, 2.0)]
    """
    score = METHODS[one_of("method", method, METHODS)]
    if sentences < 0:
        raise ValueError(f"sentences={sentences} is below 0; give the number of sentences that the summary may have")
    text, title = (source.text, source.title) if isinstance(source, Article) else (source, "")
    found = split_sentences(text)
    if not 0 < len(found) <= MOST_SENTENCES:
        raise ValueError(f"the text has {len(found):,} sentences; a summary needs 1 to {MOST_SENTENCES:,}")
    content = [words(sentence.text, stop=stop_words()) for sentence in found]
    scores = score(content)
    ranks = {i: rank for rank, i in enumerate(sorted(range(len(found)), key=lambda i: -round(scores[i], 9)), 1)}
    shared = _shared(content)
    scored = tuple(ScoredSentence(*s, i + 1, scores[i], ranks[i], shared[i]) for i, s in enumerate(found))
    return Summary(title, method, sentences, scored)


def _shared(content: Words, *, most: int = 5) -> list[tuple[str, ...]]:
    """Return for each sentence the words that most other sentences have too."""
    frequency = Counter(word for sentence in content for word in set(sentence))
    return [
        tuple(sorted((w for w in dict.fromkeys(s) if frequency[w] > 1), key=lambda w: -frequency[w])[:most])
        for s in content
    ]

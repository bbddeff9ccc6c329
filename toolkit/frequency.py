"""Words in, numbers out: how often, how varied, and which words keep company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from numbers import Real

from toolkit.choices import need, need_words


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
    need("per_thousand", count, Real, 'give a count and a total: per_thousand(words.count("said"), len(words))')
    need("per_thousand", total, Real, 'give a count and a total: per_thousand(words.count("said"), len(words))')
    if total <= 0:
        raise ValueError(f"per_thousand needs a total above 0, not {total}; did words(…) return any words?")
    return 1000 * count / total


def type_token_ratio(words: Sequence[str]) -> float:
    """Return distinct words over all words: types / tokens, above 0 and at most 1.

    Higher means a more varied vocabulary. It falls as a text grows longer, so compare only texts of similar length.
    Source: Templin, Certain Language Skills in Children (1957).

    >>> type_token_ratio(["a", "b", "a", "b"])
    0.5
    """
    words = need_words("type_token_ratio", words)
    if not words:
        raise ValueError("type_token_ratio needs at least one word; look at what words(text) returned")
    return len(set(words)) / len(words)


@dataclass(frozen=True, slots=True)
class Collocation:
    """Two words that stand side by side more often than their own frequencies would make one expect."""

    words: tuple[str, str]
    count: int
    score: float


def collocations(words: Sequence[str], *, top: int = 10, at_least: int = 3) -> list[Collocation]:
    """Return the `top` pairs of neighbours that occur `at_least` times, the strongest first.

    The score is the log-likelihood ratio G² of Dunning (1993) as computed by NLTK: 0 is chance, higher is firmer. Pairs
    that stand together less often than chance would have it are left out.

    >>> collocations("the rover and the rover and a drill".split(), top=1, at_least=2)[0].words
    ('rover', 'and')
    """
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    finder = BigramCollocationFinder.from_words(need_words("collocations", words))
    finder.apply_freq_filter(at_least)
    n, single = finder.N, finder.word_fd
    attracted = {pair for pair, count in finder.ngram_fd.items() if count * n > single[pair[0]] * single[pair[1]]}
    ranked = [scored for scored in finder.score_ngrams(BigramAssocMeasures.likelihood_ratio) if scored[0] in attracted]
    ranked = ranked[:top]
    return [Collocation(pair, finder.ngram_fd[pair], score) for pair, score in ranked]

"""How good is a summary? Measures against references and against the text itself; what each cannot see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count
from statistics import fmean
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.agreement import Scores
from toolkit.article import Article
from toolkit.choices import need
from toolkit.methods import METHODS
from toolkit.sentences import split_sentences
from toolkit.summaries import Summary, summarize
from toolkit.term_matrix import term_matrix, unit_rows
from toolkit.tokens import words
from toolkit.wordlists import stop_words

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

MEASURES = ("rouge1", "rouge2", "rougeL", "rougeLsum")
"""Shared words; shared pairs of neighbours; longest common subsequence of the whole, and sentence by sentence."""


def rouge(
    summary: str | Summary, references: str | Sequence[str], *, stemming: bool = True, language: str = "en"
) -> dict[str, Scores]:
    """Return for each of `MEASURES` how far a summary and a reference share words: precision, recall, F1, from 0 to 1.

    Precision = shared / in the summary, recall = shared / in the reference. Of several references the one with the
    highest F1 counts. Computed by rouge-score-rs, equal to Google's rouge-score, which a test checks. With `stemming`,
    *rovers* and *rover* are one word; it is for English, other languages are compared word by word.
    Limits: it counts words. A summary that says *not* where the reference does not loses next to nothing.
    Source: Lin, ROUGE: a package for automatic evaluation of summaries (2004).

    >>> rouge("The rover waits.", "The rover is in Turin.")["rouge1"]
    Scores(precision=0.6666666666666666, recall=0.4, f1=0.5)
    """
    from rouge_score_rs import RougeScorer
    from rouge_score_rs.tokenizers import UnicodeTokenizer

    need("rouge", references, (str, Sequence), "give a reference, or a list of them: rouge(summary, [first, second])")
    wanted = [references] if isinstance(references, str) else list(references)
    if not wanted:
        raise ValueError("rouge needs a reference to compare with; give a text that somebody wrote")
    lines = []  # one sentence a line, as rougeLsum wants it
    for text in (summary, *wanted):
        need("rouge", text, (str, Summary), "give texts, or what summarize returned")
        cut = split_sentences(text, language=language) if isinstance(text, str) else text.sentences
        lines.append("\n".join(sentence.text for sentence in cut))
    tokenizer = None if language == "en" else UnicodeTokenizer()
    scorer: Any = RougeScorer(list(MEASURES), use_stemmer=stemming and language == "en", tokenizer=tokenizer)  # type: ignore[no-untyped-call]
    found = scorer.score_multi(lines[1:], lines[0])
    return {name: Scores(*found[name]) for name in MEASURES}


class Extraction(NamedTuple):
    """How far a summary copies its source. See `extraction`."""

    coverage: float
    density: float
    compression: float


def extraction(summary: str, source: str) -> Extraction:
    """Return how far a summary copies from its source: coverage, density, compression.

    The summary is cut, from the left, into the longest runs of words that also stand in the source. Coverage = words in
    such runs / words, from 0 (all new) to 1 (all taken); density = Σ (length of a run)² / words, the mean length of the
    run that a word stands in; compression = words of the source / words of the summary.
    Source: Grusky, Naaman and Artzi, Newsroom (2018).

    >>> extraction("The rover waits again.", "The rover waits in Turin, and the drill waits too.")
    Extraction(coverage=0.75, density=2.25, compression=2.5)
    """
    short, long = words(summary), words(source)
    size = len(short)
    if not size:
        raise ValueError("the summary has no word; give a text")
    places = defaultdict(list)
    for place, word in enumerate(long):
        places[word].append(place)
    here, there = [*short, "."], [*long, ""]  # two ends that are no words and not alike, so that every run ends
    runs, i = [], 0
    while i < size:
        starts = places[here[i]][:1_000]
        runs.append(max((next(n for n in count() if here[i + n] != there[j + n]) for j in starts), default=0))
        i += max(runs[-1], 1)
    return Extraction(sum(runs) / size, sum(run**2 for run in runs) / size, len(long) / size)


def repetition(summary: str) -> float:
    """Return how far the sentences of a summary repeat each other: the mean, over sentences, of the highest cosine
    with another, of the counts of content words; 0 (nothing shared) to 1 (every sentence stands there twice).

    >>> repetition("Mars is far. Mars is far. Tea is hot. Coffee is cold.")
    0.5
    """
    import numpy as np

    matrix = unit_rows(term_matrix([words(s.text, stop=stop_words()) for s in split_sentences(summary)]))
    cosines = (np.delete(matrix.times(matrix.row(i)), i) for i in range(matrix.height))
    nearest = [float(row.max(initial=0)) for row in cosines]
    return round(fmean(nearest), 12) if nearest else 0.0


def readability(text: str) -> float:
    """Return LIX, how hard a text is to read: below 30 very easy, 40 to 50 a newspaper, above 60 very hard.

    Formula: words / sentences + 100 × (words of more than six letters) / words. It works in many languages and knows
    nothing of grammar or sense. Source: Björnsson, Läsbarhet (1968).

    >>> readability("The rover waits. It is ready.")
    3.0
    """
    found = words(text)
    if not found:
        raise ValueError("readability needs some words; give a text")
    return len(found) / len(split_sentences(text)) + 100 * sum(len(word) > 6 for word in found) / len(found)


class Interval(NamedTuple):
    """A mean, and the bounds between which it falls in 95 of 100 samples drawn anew from the same values."""

    mean: float
    low: float
    high: float


def bootstrap(values: Sequence[float], *, seed: int = 1) -> Interval:
    """Return the mean of some values with its 95 per cent bootstrap interval: 1,000 samples drawn with putting back.

    Source: Efron and Tibshirani, An introduction to the bootstrap (1993).

    >>> bootstrap([0.5, 0.5])
    Interval(mean=0.5, low=0.5, high=0.5)
    """
    import numpy as np

    low, high = np.quantile(_resampled(values, seed), [0.025, 0.975])
    return Interval(fmean(values), float(low), float(high))


def paired_bootstrap(first: Sequence[float], second: Sequence[float], *, seed: int = 1) -> float:
    """Return the p value of the difference of two means over the same texts: twice the share of samples in which it
    has the other sign, or none. Below 0.05 is often called significant; with many comparisons ask for less.

    Source: Koehn, Statistical significance tests for machine translation evaluation (2004).

    >>> paired_bootstrap([3, 4, 5], [1, 2, 3]), paired_bootstrap([1, 2], [1, 2])
    (0.0, 1.0)
    """
    if len(first) != len(second):
        raise ValueError(f"both methods must have scores for the same texts, not {len(first)} and {len(second)}")
    means = _resampled([a - b for a, b in zip(first, second, strict=True)], seed)
    return min(1.0, 2 * min(float((means <= 0).mean()), float((means >= 0).mean())))


def _resampled(values: Sequence[float], seed: int) -> NDArray[Any]:
    import numpy as np

    if not len(values):
        raise ValueError("there is no value to draw from; give a list of numbers")
    drawn = np.random.default_rng(seed).integers(len(values), size=(1_000, len(values)))
    means: NDArray[Any] = np.asarray(values, dtype=float)[drawn].mean(axis=1)
    return means


def compare_methods(
    source: Article | Iterable[Article], *, sentences: int = 3, methods: str | Iterable[str] = ()
) -> pd.DataFrame:
    """Return how the methods do on articles that have reference summaries: a DataFrame, one row a method.

    Columns: method; rouge1, rouge2, rougeLsum (mean F1, 0 to 1); low, high (95 per cent bootstrap interval of rouge2);
    p_lead (paired bootstrap of rouge2 against lead); words (a summary, mean); repetition (0 to 1, mean); place (where
    the chosen sentences stand, 0 the beginning to 1 the end, mean). `attrs["articles"]` says how many. One article has
    no interval. Raises ValueError where there is no reference.

    >>> from toolkit.datasets import load
    >>> compare_methods(load("desk")[:3], methods=["lead", "luhn"]).columns.tolist()[:3]
    ['method', 'rouge1', 'rouge2']
    """
    import pandas as pd

    need("compare_methods", source, (Article, Iterable), 'give articles: compare_methods(load("desk"))')
    found = [source] if isinstance(source, Article) else list(source)
    for one in found:
        need("compare_methods", one, Article, 'give articles: compare_methods(load("desk"))')
    articles = [article for article in found if article.gold.references]
    methods = [methods] if isinstance(methods, str) else methods
    if not articles:
        raise ValueError('no article has a reference summary; those of load("desk") have two each')
    rows, pairs = [], {}
    for method in dict.fromkeys(["lead", *(methods or METHODS)]):
        made = [summarize(article, sentences=sentences, method=method) for article in articles]
        scores = [rouge(s, a.gold.references, language=a.language or "en") for s, a in zip(made, articles, strict=True)]
        pairs[method] = [score["rouge2"].f1 for score in scores]
        means = [fmean(score[name].f1 for score in scores) for name in ("rouge1", "rouge2", "rougeLsum")]
        low, high = bootstrap(pairs[method])[1:] if len(articles) > 1 else (None, None)
        p = paired_bootstrap(pairs[method], pairs["lead"]) if len(articles) > 1 and method != "lead" else None
        size = fmean(len(words(summary.text)) for summary in made)
        places = [(s.number - 1) / max(len(summary.scored) - 1, 1) for summary in made for s in summary.sentences]
        rows.append([method, *means, low, high, p, size, fmean(repetition(s.text) for s in made), fmean(places)])
    columns = ["method", "rouge1", "rouge2", "rougeLsum", "low", "high", "p_lead", "words", "repetition", "place"]
    table = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[1:], float))
    table.attrs["articles"] = len(articles)
    return table

"""Choose the sentences that stand for the whole, and show for every one which number it got and why."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from numbers import Real

from toolkit import tokens
from toolkit.article import Article
from toolkit.choices import Named, need, need_count, one_of
from toolkit.markup import escape
from toolkit.methods import METHODS, REASONS, USUAL
from toolkit.selection import fitting, placed, ranked
from toolkit.sentences import Sentence, split_sentences
from toolkit.term_matrix import Words, one_core
from toolkit.wordlists import guess_language, stop_words_or_none

MOST_SENTENCES = 20_000
"""The longest text that is summarised, in sentences: some 1,500 pages."""

OPTIONS = ("sentences", "words", "redundancy", "position")
"""What `Summary.settings` may hold: options of `summarize`."""

TOLD_TWICE = 0.5
"""The redundancy that is used for several articles, unless another is asked for: they repeat each other."""


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence with its offsets in its text, its number (from 1), its score, and its rank (1 is the best).

    `source` is the id of its article. `bonus` is the part of the score that its place gave it; `cost` is what was taken
    off in the choice because it is like sentence `like`, which was chosen before it.
    """

    text: str
    start: int
    end: int
    number: int
    score: float
    rank: int
    source: str = ""
    bonus: float = 0.0
    cost: float = 0.0
    like: int = 0


@dataclass(frozen=True, slots=True)
class Summary(Named):
    """The sentences that a method chose, in reading order, and the scores of all the others too.

    `scored` has every sentence of the text, `numbers` tells which are chosen, `settings` are the options it was made
    with, `desks` has for each article its desk, outlet or id; `content` has the words of each sentence that the method
    saw. `own` is a summary in somebody's own words, kept beside it.
    """

    title: str
    method: str
    numbers: frozenset[int]
    scored: tuple[ScoredSentence, ...]
    settings: dict[str, float]
    desks: dict[str, str] = field(repr=False)
    content: tuple[tuple[str, ...], ...] = field(repr=False)
    own: str = field(default="", repr=False)

    @property
    def sentences(self) -> tuple[ScoredSentence, ...]:
        """The chosen sentences, in the order of the text."""
        return tuple(sentence for sentence in self.scored if sentence.number in self.numbers)

    @property
    def spans(self) -> list[tuple[int, int, str]]:
        """Where the chosen sentences stand in the text: (start, end, number as text) for each."""
        return [(sentence.start, sentence.end, str(sentence.number)) for sentence in self.sentences]

    @property
    def text(self) -> str:
        """The summary as one string."""
        return " ".join(sentence.text for sentence in self.sentences)

    def why(self, number: int) -> str:
        """Return in words why the sentence with this number has its score and its rank.

        >>> summarize("Mars is far. The rover is ready.", sentences=1, method="lead").why(1)
        'sentence 1 of 2, score 1.000, rank 1: it stands in place 1; the words do not count'
        """
        need_count("number", number, least=1)
        if number > len(self.scored):
            raise ValueError(f"there is no sentence {number}; the text has {len(self.scored)}")
        sentence = self.scored[number - 1]
        own = f"that is what {self.method}, a method of your own, gave it"
        told = [f"sentence {number} of {len(self.scored)}, score {sentence.score:.3f}, rank {sentence.rank}: "]
        told[0] += REASONS[self.method](self.content, number - 1) if self.method in REASONS else own
        told += [f"its place gave {sentence.bonus:.2f} of the score"] * bool(sentence.bonus)
        told += [self._weighed(sentence)] if sentence.cost else []
        return "; ".join(told)

    def _weighed(self, sentence: ScoredSentence) -> str:
        """Return the sum by which a sentence was ranked that is like one chosen before it."""
        most, rest = max(abs(one.score) for one in self.scored) or 1, 1 - self.settings["redundancy"]
        left = rest * sentence.score / most - sentence.cost
        told = f"{rest:.1f} × {sentence.score:.3f} / {most:.3f} − {sentence.cost:.3f} = {left:.3f}"
        return f"{sentence.cost:.3f} taken off: like sentence {sentence.like} (ranked by {told})"

    def _said_by(self, sentence: ScoredSentence) -> str:
        return f"{self.desks[sentence.source]}: " if len(self.desks) > 1 else ""

    def __repr__(self) -> str:
        return f"Summary({self.title!r}, {self.method}, {len(self.numbers)} of {len(self.scored)} sentences)"

    def __str__(self) -> str:
        if not self.numbers:
            return f"{self!r}: nothing is chosen; ask for more"
        return "\n".join(f"[{s.number}] {self._said_by(s)}{s.text} ({self.why(s.number)})" for s in self.sentences)

    def _repr_html_(self) -> str:
        items = "".join(
            f'<li value="{s.number}" style="margin-bottom:.5em"><span dir="auto"><b>{escape(self._said_by(s))}</b>'
            f"{escape(s.text)}</span><br><small>{escape(self.why(s.number))}</small></li>"
            for s in self.sentences
        )
        head = f"<p><strong>{escape(repr(self))}</strong></p>"
        return f"<section class='mathjax_ignore' style='max-width:44em'>{head}<ol>{items}</ol></section>"


def summarize(  # noqa: PLR0913 - the options of every method, each with a name
    source: Article | str | Iterable[Article],
    *,
    sentences: int | None = None,
    words: int | None = None,
    share: float | None = None,
    method: str = "news",
    redundancy: float | None = None,
    position: float | None = None,
) -> Summary:
    """Return the summary of a text, an article or several: its best sentences by `method`, in reading order.

    How long: so many `sentences` (3 if nothing is said), or at most so many `words`, or a `share` of all sentences.
    `method` is one of `METHODS`. `position` (0 to 1) mixes in how early a sentence stands: (1 − position) × score +
    position × e^(−place / 3), the score scaled to 1. `redundancy` (0 to 1) lowers what repeats a sentence that was
    chosen before: (1 − redundancy) × score − redundancy × cosine, sentence by sentence (MMR; Carbonell and Goldstein
    1998). Of several articles, place does not count and repetition does, unless you say otherwise. Equal scores are
    ranked in reading order. Raises ValueError for what is not possible, with what is.

    >>> summary = summarize("Mars rover, far Mars. Tea. The rover on Mars.", sentences=2, method="luhn")
    >>> [(sentence.number, sentence.score) for sentence in summary.sentences]
    [(1, 2.25), (3, 2.0)]
    """
    one_of("method", method, METHODS)
    articles = _articles(source)
    found = [(a, place, sentence) for a in articles for place, sentence in enumerate(_sentences(a))]
    if not 0 < len(found) <= MOST_SENTENCES:
        raise ValueError(f"the text has {len(found):,} sentences; a summary needs 1 to {MOST_SENTENCES:,}")
    usual = dict(USUAL.get(method, {})) | ({"position": 0.0, "redundancy": TOLD_TWICE} if len(articles) > 1 else {})
    settings = usual | _shares(redundancy=redundancy, position=position)
    stop = {article.id: stop_words_or_none(article.language or "en") for article in articles}
    content = tuple(tuple(tokens.words(sentence.text, stop=stop[a.id])) for a, _, sentence in found)
    with one_core():
        scores = _scores(method, content)
    if not isinstance(scores, Sequence) or [isinstance(s, Real) and math.isfinite(s) for s in scores] != [True] * len(
        found
    ):
        raise ValueError(f"method={method!r} must return a list with one number for each of the {len(found)} sentences")
    scores, bonuses = placed(scores, [place for _, place, _ in found], settings.get("position", 0.0))
    length = _length(len(found), sentences, words, share)
    order, costs = ranked(scores, content, settings.get("redundancy", 0.0), words or length)
    ranks = {i: rank for rank, i in enumerate(order, 1)}
    scored = tuple(
        ScoredSentence(*sentence, i + 1, scores[i], ranks[i], article.id, bonuses[i], *costs[i])
        for i, (article, _, sentence) in enumerate(found)
    )
    sizes = [len(tokens.words(sentence.text)) for _, _, sentence in found] if words else []
    numbers = frozenset(i + 1 for i in (order[:length] if words is None else fitting(order, sizes, words)))
    settings |= {"sentences": length} if words is None else {"words": words}
    title = articles[0].title if len(articles) == 1 else f"{len(articles)} articles"
    desks = {article.id: article.desk or article.outlet or article.id for article in articles}
    return Summary(title, method, numbers, scored, settings, desks, content)


def _scores(method: str, content: Words) -> Sequence[float]:
    """Return what a method gives the sentences; one of somebody's own that stops says what it was given."""
    try:
        return METHODS[method](content)
    except Exception as error:
        if method in REASONS:
            raise
        told = "a method takes a list of lists of words, one a sentence, and returns one number a sentence"
        raise ValueError(f"method={method!r} stopped with {type(error).__name__}: {str(error)[:80]}; {told}") from None


def _articles(source: Article | str | Iterable[Article]) -> list[Article]:
    """Return what is to be summarised as a list of articles."""
    if isinstance(source, str):
        return [_article(source, "")]
    if isinstance(source, Article):
        return [source]
    advice = "type summarize(page.article)" if hasattr(source, "article") else "give an article, a text or a corpus"
    need("summarize", source, Iterable, f"{advice}; for example summarize(corpus[0])")
    found = [_article(one, f"text {n}") if isinstance(one, str) else one for n, one in enumerate(source, 1)]
    for article in found:
        need("summarize", article, Article, "give the text as it is, or articles: summarize(text), summarize(corpus)")
    return found


def _article(text: str, name: str) -> Article:
    """Return a text as an article, in the language of its stop words; raise ValueError for the name of a file."""
    if re.fullmatch(r"\S+\.(?:txt|html?|md|csv|jsonl?)", text):
        raise ValueError(f"{text!r} is the name of a file; read it first: summarize(read_page({text!r}).article)")
    return Article(name, name, text, language=guess_language(text) or "en")


def _sentences(article: Article) -> tuple[Sentence, ...]:
    return split_sentences(article.text, language=article.language or "en")


def _shares(**given: float | None) -> dict[str, float]:
    """Return the options that were given; raise an error for one that is not from 0 to 1."""
    for name, value in given.items():
        if value is not None and not (isinstance(value, Real) and 0 <= value <= 1):
            raise ValueError(f"{name}={value!r} must be a number from 0 to 1, for example {name}=0.3")
    return {name: value for name, value in given.items() if value is not None}


def _length(n: int, sentences: int | None, words: int | None, share: float | None) -> int:
    """Return how many sentences to choose, at most all; raise an error when two lengths are asked for."""
    asked = [f"{k}={v!r}" for k, v in (("sentences", sentences), ("words", words), ("share", share)) if v is not None]
    if len(asked) > 1:
        raise ValueError(f"{' and '.join(asked)} are {len(asked)} lengths; give one of sentences=, words=, share=")
    if words is not None:
        need_count("words", words, least=1)
    if share is not None:
        return math.ceil(_shares(share=share)["share"] * n)
    need_count("sentences", 3 if sentences is None else sentences)
    return min(3 if sentences is None else sentences, n)

"""Key word in context: every place where a word stands, with what surrounds it, page by page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, SupportsIndex, overload

from toolkit.article import Article, Corpus
from toolkit.choices import need, need_count, one_of
from toolkit.markup import table
from toolkit.stems import stem
from toolkit.tokens import folded, regular_expression, tokenize

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

SORTS = ("", "left", "right")

_SPACE = re.compile(r"\s{2,}|[^\S ]")
"""White space that is more than one blank, or another character than a blank: it is shown as one blank."""


class ConcordanceLine(NamedTuple):
    """One place where the word stands: the text to its left, the word itself, the text to its right.

    `start` and `end` are its offsets in the article with the id `article`.
    """

    article: str
    left: str
    keyword: str
    right: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.left}[{self.keyword}]{self.right}"


class WordIndex:
    """All words of some articles by number, so that a word is found in a corpus of millions without reading it again.

    Made once by `index_words`; `concordance` takes it in the place of the articles.
    """

    def __init__(self, articles: Iterable[Article]) -> None:
        """Tokenise the articles and sort the places of each word together."""
        import numpy as np

        self.articles = tuple(articles)
        numbers: defaultdict[str, int] = defaultdict(count().__next__)  # a word that is new gets the next number
        ids: list[int] = []
        starts: list[int] = []
        limits = [0]
        for article in self.articles:
            tokens = tokenize(article.text)
            ids += map(numbers.__getitem__, map(folded, tokens.texts))
            starts += tokens.starts
            limits.append(len(ids))
        self.numbers, self.words = dict(numbers), list(numbers)
        self.ids, self.starts, self.limits = np.array(ids, np.int32), np.array(starts, np.int64), np.array(limits)
        self.ranks = np.argsort(np.argsort(np.array(self.words, dtype=object)))
        self._order = np.argsort(self.ids, kind="stable")
        self._ends = np.append(0, np.bincount(self.ids)).cumsum()

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        return f"WordIndex({len(self.articles)} articles, {len(self):,} tokens, {len(self.words):,} different)"

    def article_of(self, places: Places) -> Places:
        """Return the numbers, from 0, of the articles in which some places are."""
        return self.limits.searchsorted(places, side="right") - 1

    def places(self, numbers: Sequence[int]) -> Places:
        """Return in order the places where any of these words stands."""
        import numpy as np

        found = [self._order[self._ends[number] : self._ends[number + 1]] for number in numbers]
        return found[0] if len(found) == 1 else np.sort(np.concatenate([self._order[:0], *found]))


def index_words(articles: Iterable[Article]) -> WordIndex:
    """Return the index of some articles; worth making when the same corpus is searched more than once.

    >>> index_words([Article("a", "", "The arm and the rover.")])
    WordIndex(1 articles, 6 tokens, 5 different)
    """
    need("index_words", articles, (Corpus, list, tuple), "give a corpus: index_words(corpus)")
    return WordIndex(articles)


class Concordance(Sequence[ConcordanceLine]):
    """The lines of a concordance: a line is made when it is looked at, so that millions cost nothing.

    A slice is a concordance again. `table()` gives a DataFrame.
    """

    def __init__(self, index: WordIndex, places: Places, length: int, width: int) -> None:
        """Keep where the `length` words of the phrase begin."""
        self.indexed, self.places, self.length, self.width = index, places, length, width

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, key: SupportsIndex) -> ConcordanceLine: ...
    @overload
    def __getitem__(self, key: slice) -> Concordance: ...

    def __getitem__(self, key: SupportsIndex | slice) -> ConcordanceLine | Concordance:
        if isinstance(key, slice):
            return Concordance(self.indexed, self.places[key], self.length, self.width)
        return next(iter(Concordance(self.indexed, self.places[[int(key)]], self.length, self.width)))

    def __iter__(self) -> Iterator[ConcordanceLine]:
        index, last = self.indexed, self.places + self.length - 1
        columns = (index.article_of(self.places), index.starts[self.places], index.starts[last], index.ids[last])
        for number, start, last_start, last_id in zip(*(column.tolist() for column in columns), strict=True):
            article = index.articles[number]
            text, end = article.text, last_start + len(index.words[last_id])
            left, right = _one_line(text[max(0, start - self.width) : start]), _one_line(text[end : end + self.width])
            yield ConcordanceLine(article.id, left, text[start:end], right, start, end)

    def table(self) -> pd.DataFrame:
        """Return the lines as a DataFrame: article, left, keyword, right, start, end."""
        import pandas as pd

        return pd.DataFrame(list(self), columns=ConcordanceLine._fields)

    def __repr__(self) -> str:
        lines = list(self[:200])
        widest = max((len(line.left) for line in lines), default=0)
        shown = "\n".join(f"{line.left:>{widest}}[{line.keyword}]{line.right}" for line in lines) or "no line"
        return f"{shown}\n… {len(self) - 200:,} more lines" if len(self) > 200 else shown

    def _repr_html_(self) -> str:
        rows = [(line.article, line.left, line.keyword, line.right) for line in self[:200]]
        note = f"{len(self):,} lines" + (", the first 200 shown" if len(self) > 200 else "")
        return table(["article", "left", "keyword", "right"], rows, caption=note, align="lrll")


def _one_line(text: str) -> str:
    """Return a text with every run of white space as one space; most need no change, and a look is cheap."""
    return text if text.isprintable() and "  " not in text else _SPACE.sub(" ", text)


def concordance(
    source: Article | Sequence[Article] | Corpus | WordIndex,
    phrase: str,
    *,
    width: int = 40,
    match: str = "word",
    sort: str = "",
) -> Concordance:
    """Return every place where a word or phrase stands, in any case, with `width` characters round it.

    `match` says what a word of the phrase is: a `word`, a `stem` (all words with the same Porter stem) or a `regex`
    (a regular expression that fits the whole word). `sort` puts the lines in the order of the three words to the
    `left` (the nearest first) or to the `right`; otherwise they stand as in the texts. Marks count as words:
    `"Rogozin , who"`. Raises ValueError for an empty phrase and for a pattern that is none.

    >>> concordance(Article("a", "", "The arm moved. An arm!"), "arm", width=7)
       The [arm] moved.
    ed. An [arm]!
    >>> len(concordance(Article("a", "", "Arms and an army, armed."), "arm.*", match="regex"))
    3
    """
    order = 'type concordance(corpus, "word")'
    need("concordance", phrase, str, order)
    need("concordance", source, (Article, Corpus, WordIndex, list, tuple), order)
    need_count("width", width, least=1)
    one_of("sort", sort, SORTS)
    if not phrase.strip():
        raise ValueError(f"concordance needs a word, not {phrase!r}; {order}")
    index = source if isinstance(source, WordIndex) else WordIndex([source] if isinstance(source, Article) else source)
    parts = phrase.split() if match == "regex" else tokenize(phrase).texts
    fits = MATCHES[one_of("match", match, MATCHES)]
    places = _phrase_places(index, [fits(part, index) for part in parts])
    if sort:
        places = places[_sort_keys(index, places, -1 if sort == "left" else len(parts))]
    return Concordance(index, places, len(parts), width)


def _same_word(part: str, index: WordIndex) -> list[int]:
    return [index.numbers[folded(part)]] if folded(part) in index.numbers else []


def _same_stem(part: str, index: WordIndex) -> list[int]:
    wanted = stem(part)
    return [number for number, word in enumerate(index.words) if word[0] == part[0].lower() and stem(word) == wanted]


def _same_pattern(part: str, index: WordIndex) -> list[int]:
    pattern = regular_expression(part, re.IGNORECASE)
    return [number for number, word in enumerate(index.words) if len(word) < 60 and pattern.fullmatch(word)]


MATCHES: dict[str, Callable[[str, WordIndex], list[int]]] = {
    "word": _same_word,
    "stem": _same_stem,
    "regex": _same_pattern,
}
"""What a word of the phrase is taken for, and which words of an index fit it."""


def _phrase_places(index: WordIndex, numbers: Sequence[Sequence[int]]) -> Places:
    """Return where a phrase begins: where its rarest word stands, if the others stand around it in the same article."""
    import numpy as np

    found = [index.places(part) for part in numbers]
    rarest = min(range(len(found)), key=lambda i: len(found[i]))
    places = found[rarest] - rarest
    if len(found) == 1:
        return places
    places = places[(places >= 0) & (places + len(found) <= len(index))]
    for i, part in enumerate(numbers):
        fits = np.zeros(len(index.words), dtype=bool)
        fits[part] = True
        places = places[fits[index.ids[places + i]]]
    whole: Places = places[index.article_of(places) == index.article_of(places + len(found) - 1)]
    return whole


def _sort_keys(index: WordIndex, places: Places, step: int) -> Places:
    """Return the order of the places by the three words beside them, the nearest first; no word comes before any."""
    import numpy as np

    side, article = -1 if step < 0 else 1, index.article_of(places)
    ranks = []
    for near in (places + step + side * i for i in range(3)):
        inside = (near >= 0) & (near < len(index)) & (index.article_of(near) == article)
        ranks.append(np.where(inside, index.ranks[index.ids[np.clip(near, 0, len(index) - 1)]], -1))
    order: Places = np.lexsort(ranks[::-1])
    return order

"""Key word in context: every place where a word stands, with what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import SupportsIndex, overload

from toolkit.article import Article, Corpus
from toolkit.choices import need, need_count
from toolkit.markup import table


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
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


class Concordance(tuple[ConcordanceLine, ...]):
    """The lines of a concordance in the order of the texts: a tuple that shows itself as a table."""

    __slots__ = ()

    @overload
    def __getitem__(self, key: SupportsIndex) -> ConcordanceLine: ...
    @overload
    def __getitem__(self, key: slice) -> Concordance: ...

    def __getitem__(self, key: SupportsIndex | slice) -> ConcordanceLine | Concordance:
        return Concordance(super().__getitem__(key)) if isinstance(key, slice) else super().__getitem__(key)

    def __repr__(self) -> str:
        widest = max((len(line.left) for line in self), default=0)
        return "\n".join(f"{line.left:>{widest}}[{line.keyword}]{line.right}" for line in self) or "no line"

    def _repr_html_(self) -> str:
        rows = [(line.article, line.left, line.keyword, line.right) for line in self[:200]]
        note = f"{len(self)} lines" + (", the first 200 shown" if len(self) > 200 else "")
        return table(["article", "left", "keyword", "right"], rows, caption=note, align="lrll")


def concordance(source: Article | Iterable[Article], phrase: str, *, width: int = 40) -> Concordance:
    """Return every place where a word or phrase stands as whole words, in any case, with `width` characters round it.

    Slices are concordances again. Raises ValueError for an empty phrase or a width below 1.

    >>> concordance(Article("a", "", "The arm moved. An arm!"), "arm", width=7)
       The [arm] moved.
    ed. An [arm]!
    """
    order = 'type concordance(corpus, "word")'
    need("concordance", phrase, str, order)
    need_count("width", width, least=1)
    if not phrase.strip():
        raise ValueError(f"concordance needs a word, not {phrase!r}; {order}")
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, phrase.split())) + r"(?!\w)", re.IGNORECASE)
    need("concordance", source, (Article, Corpus, list, tuple), order)
    articles = [source] if isinstance(source, Article) else source
    return Concordance(_line(article, match, width) for article in articles for match in pattern.finditer(article.text))


def _line(article: Article, match: re.Match[str], width: int) -> ConcordanceLine:
    left = article.text[max(0, match.start() - width) : match.start()]
    right = article.text[match.end() : match.end() + width]
    return ConcordanceLine(article.id, _one_line(left), match[0], _one_line(right), match.start(), match.end())


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)

"""The record that every lesson starts from: one `Article`, and a `Corpus` of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, overload

from toolkit.choices import Named, did_you_mean, one_of
from toolkit.markup import escape, link, paragraphs, table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that the article gives as somebody's: who (`speaker`), `direct` or `indirect`, and by which verb (`cue`).

    `start` and `end` are offsets: `article.text[start:end] == text`.
    """

    speaker: str
    mode: str
    cue: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader wrote down about an article: the answers that ours are measured against."""

    sentences: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    key_sentences: tuple[int, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    evaluative: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article(Named):
    """One article: its text, and where it comes from.

    `text` is the body alone, paragraphs parted by a blank line. What is not known is an empty string or None.
    `note` says what a reader must know before trusting the text. In a notebook an article shows itself.

    >>> article = Article(id="1", title="A test", text="One sentence. And another.", outlet="Nobody’s News")
    >>> article
    Article('1', 'A test', 26 characters)
    """

    id: str
    title: str
    text: str
    outlet: str = ""
    published: date | None = None
    language: str = ""
    url: str = ""
    author: str = ""
    desk: str = ""
    event: str = ""
    genre: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""
    gold: Gold = field(default=Gold())

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the text, in order.

        >>> Article(id="1", title="", text="One.\\n\\nTwo.").paragraphs
        ('One.', 'Two.')
        """
        return tuple(part for part in self.text.split("\n\n") if part.strip())

    @property
    def dateline(self) -> str:
        """Who published it and when, in words.

        >>> Article(id="1", title="", text="", outlet="Gazette", published=date(2022, 7, 12)).dateline
        'Gazette · 12 July 2022'
        """
        day = f"{self.published.day} {self.published:%B %Y}" if self.published else "no date"
        who = [self.outlet, f"{self.desk} desk" if self.desk else "", f"by {self.author}" if self.author else ""]
        return " · ".join([part for part in who if part] + [day])

    def __repr__(self) -> str:
        return f"Article({self.id!r}, {self.title!r}, {len(self.text):,} characters)"

    def __str__(self) -> str:
        return "\n\n".join(part for part in (self.title, self.dateline, self.text, self.note) if part)

    def _repr_html_(self) -> str:
        origin = f"Source: {link(self.url)}" if self.url else ""
        facts = f"Facts from: {', '.join(map(link, self.sources))}" if self.sources else ""
        below = " ".join(part for part in (escape(self.note), origin, facts) if part)
        return (
            f'<article class="mathjax_ignore" style="max-width:44em"><h3 dir="auto">{escape(self.title)}</h3>'
            f'<p dir="auto"><small>{escape(self.dateline)}</small></p>{paragraphs(self.text)}'
            f'<p style="overflow-wrap:anywhere"><small>{below}</small></p></article>'
        )


@dataclass(frozen=True, slots=True)
class Corpus(Named):
    """Several articles in a fixed order, which can be counted, sliced, looked up by id and filtered.

    >>> corpus = Corpus((Article("a", "First", "One."), Article("b", "Second", "Two.", desk="wire")))
    >>> len(corpus), corpus["b"].title, corpus[:1], corpus.where(desk="wire")
    (2, 'Second', Corpus of 1 article, Corpus of 1 article)
    """

    articles: tuple[Article, ...]

    def __post_init__(self) -> None:
        ids = [article.id for article in self.articles]
        double = next((name for name in ids if ids.count(name) > 1), None) if len(set(ids)) < len(ids) else None
        if double is not None:
            raise ValueError(f"two articles have the id {double!r}; every id must be used once")

    def __len__(self) -> int:
        return len(self.articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    @overload
    def __getitem__(self, key: int | str) -> Article: ...
    @overload
    def __getitem__(self, key: slice) -> Corpus: ...

    def __getitem__(self, key: int | str | slice) -> Article | Corpus:
        if isinstance(key, slice):
            return Corpus(self.articles[key])
        if isinstance(key, int):
            if not -len(self) <= key < len(self):
                raise IndexError(f"there is no article {key}; the corpus has {len(self)}, from 0 to {len(self) - 1}")
            return self.articles[key]
        for article in self.articles:
            if article.id == key:
                return article
        desks = f"; for a desk type where(desk={key!r})" if key in {a.desk for a in self} else ""
        raise KeyError(f"no article has the id {key!r}{desks or did_you_mean(key, [a.id for a in self])}")

    def __contains__(self, key: object) -> bool:
        return key in self.articles or any(article.id == key for article in self)

    def where(self, *bare: object, **values: object) -> Corpus:
        """Return the articles whose fields have these values: `where(desk="wire")`, `where(published="2022-07-12")`.

        Raises ValueError for a field that articles do not have, and for a value that no article has.
        """
        known = [f.name for f in fields(Article)]
        for value in bare:
            having = next((name for name in known if value in [getattr(article, name) for article in self]), "desk")
            raise TypeError(f"say which field has this value: type where({having}={value!r})")
        for name, value in values.items():
            one_of("field", name, known)
            one_of(name, str(value), sorted({str(getattr(article, name)) for article in self}))
        wanted = {name: str(value) for name, value in values.items()}
        return Corpus(tuple(a for a in self if all(str(getattr(a, name)) == wanted[name] for name in wanted)))

    def table(self) -> pd.DataFrame:
        """Return a DataFrame, one row an article, which `count_coverage` can count.

        Columns: id, published, month (`2022-07`, or missing), month_basis (`stated`), desk, outlet, language, genre,
        event, title, words (what stands between white space in the text).
        """
        import pandas as pd

        names = ["id", "published", "desk", "outlet", "language", "genre", "event", "title"]
        frame = pd.DataFrame([[getattr(a, name) for name in names] for a in self], columns=names)
        frame["words"] = [len(a.text.split()) for a in self]
        published = pd.to_datetime(frame["published"])
        frame.insert(2, "month", published.dt.strftime("%Y-%m"))
        frame.insert(3, "month_basis", "stated")
        return frame.assign(published=published)

    def __repr__(self) -> str:
        return f"Corpus of {len(self)} article{'' if len(self) == 1 else 's'}"

    def _repr_html_(self) -> str:
        rows = [(a.id, a.published or "", a.desk or a.outlet, a.title) for a in self.articles[:60]]
        rest = f", the first {len(rows)} shown" if len(self) > len(rows) else ""
        return table(["id", "published", "desk or outlet", "title"], rows, caption=f"{self!r}{rest}")

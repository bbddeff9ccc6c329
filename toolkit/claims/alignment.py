"""A source to hold a summary against: its sentences, whom and what each names, and which one carries given words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from toolkit import tokens
from toolkit.article import Article
from toolkit.claims.figures import Figure, figures, since
from toolkit.naming import actor_table
from toolkit.quotemarks import blank_quotes
from toolkit.sentences import Sentence, split_sentences
from toolkit.speakers import Cast, Name
from toolkit.wordlists import stop_words_or_none, wordlist

LONGEST = 2_000
"""The longest stretch that is read as one sentence, in characters, so that time grows with the text and no faster."""

MOST_SENTENCES = 20_000
"""The longest source that is read, in sentences: some 1,500 pages."""


class Evidence(NamedTuple):
    """A sentence of the source: its text, `article.text[start:end]`, its number from 1, and the id of its article."""

    text: str
    start: int
    end: int
    number: int
    source: str = ""


def in_pieces(text: str, language: str = "en") -> list[Sentence]:
    """Return the sentences of a text, one without end in pieces of `LONGEST`."""
    return [
        Sentence(one.text[a : a + LONGEST], one.start + a, min(one.start + a + LONGEST, one.end))
        for one in split_sentences(text, language=language)
        for a in range(0, len(one.text), LONGEST)
    ]


@cache
def pairs(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the lines of a word list that has groups of words: `approve/reject`, each with `_` for a space."""
    return tuple(tuple(group.replace("_", " ").split("/")) for group in sorted(wordlist(name)))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a word (Porter), or of the word that stands for its synonyms: *launcher* as *rocket*."""
    return _synonyms().get(found := _porter(word.lower().replace("’", "'")), found)


@lru_cache(maxsize=100_000)
def _porter(word: str) -> str:
    from nltk.stem import PorterStemmer

    return str(PorterStemmer().stem(word[:60]))


@cache
def _synonyms() -> Mapping[str, str]:
    return {_porter(word): _porter(group[0]) for group in pairs("english-synonyms") for word in group}


@cache
def places() -> Mapping[str, str]:
    """Return the country of an adjective, both in small letters: russian, russia."""
    return {pair[0]: pair[1] for pair in pairs("english-demonyms")}


@cache
def known_names() -> frozenset[str]:
    """Return the names in the table of actors, in small letters."""
    return frozenset(known.name.lower() for known in actor_table())


@cache
def _aliases() -> Mapping[str, str]:
    return {alias.lower(): known.name.lower() for known in actor_table() for alias in known.aliases}


def keys(name: Name) -> set[str]:
    """Return all that a name is known by: its line in the table of actors, surname, initials, country.

    >>> sorted(keys(Name("European Space Agency", "organisation", 0, 21)))
    ['agency', 'esa', 'european space agency']
    """
    plain = re.sub(r"[’']s?$|[’'.]", "", name.whom.lower())
    plain = plain.split("-")[0] if plain.split("-")[0] in places() else plain
    words = plain.split()
    country = places().get(plain, plain)
    found = {plain, country, _aliases().get(country, country), words[-1]}
    return found | {"".join(word[0] for word in words)} if len(words) > 2 else found


class Source:
    """Articles made ready: sentences with their stems, names and figures, and how rare each stem is."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Cut the articles into sentences; raises ValueError for more than `MOST_SENTENCES`."""
        self.articles, self.sentences, self.casts = articles, list[Evidence](), dict[str, Cast]()
        self.names, self.figures = list[list[Name]](), list[list[Figure]]()
        self.capitals, self.small = set[str](), set[str]()
        self.years = set[int]()
        self.rows: dict[str, list[int]] = defaultdict(list)
        for article in articles:
            self._read(article)
        self.names = [
            [
                n
                for n in names
                if _inside(n, s) or self.is_known(n._replace(start=n.start - s.start, end=n.end - s.start), s.text)
            ]
            for names, s in zip(self.names, self.sentences, strict=True)
        ]
        self.all_names = {key for names in self.names for name in names for key in keys(name)}
        self.titles = {stem(word) for article in articles for word in re.findall(r"\w+", article.title)}
        if not self.sentences:
            raise ValueError("the source has no sentences; give the article that the summary is of")
        self.stems = [frozenset(stems(sentence.text)) for sentence in self.sentences]
        for row, found in enumerate(self.stems):
            for word in found:
                self.rows[word].append(row)

    def _read(self, article: Article) -> None:
        found = in_pieces(article.text, article.language or "en")
        if len(self.sentences) + len(found) > MOST_SENTENCES:
            raise ValueError(f"the source has more than {MOST_SENTENCES:,} sentences; give the articles one by one")
        self.capitals |= {word for s in found for word in re.findall(r"(?<=[\w,;] )[^\W\d_a-zß-ÿ]\w+", s.text)}
        self.small |= {word.lower().replace(".", "") for word in re.findall(r"(?:\w\.)+\w\b|\w+", article.text)}
        cast = self.casts[article.id] = Cast(blank_quotes(article.text), [sentence.start for sentence in found])
        for n, sentence in enumerate(found, 1):
            self.sentences.append(Evidence(*sentence, n, article.id))
            self.names.append(cast.between(sentence.start, sentence.end))
            had = figures(sentence.text, article.published)
            self.figures.append(had + [then for f in had if (then := since(f, sentence.text, article.published))])
        self.years |= {article.published.year} if article.published else set()

    def is_known(self, name: Name, text: str) -> bool:
        """Return whether a capitalised word that may only open a sentence is a name."""
        word = text[name.start : name.end]
        return name.whom.lower() in known_names() or word.isupper() or word in self.capitals

    def has(self, words: str) -> bool:
        """Return whether the source or a title has a word, or the country or adjective that belongs to it."""
        found = {stem(word) for word in re.findall(r"\w+", words)}
        plain = re.sub(r"[’']s?$|\.", "", words.lower())
        country = places().get(plain.split("-")[0], plain)
        kin = {country, *(adjective for adjective, place in places().items() if place == country)}
        return found <= self.titles or bool(
            {_aliases().get(word, word) for word in kin} & self.all_names or kin & self.small
        )

    def rarity(self, word: str) -> float:
        """Return log(1 + sentences / sentences with the word): a rare word says more."""
        return log(1 + len(self.sentences) / max(len(self.rows.get(word, ())), 1))

    def shares(self, weights: Mapping[str, float]) -> dict[int, float]:
        """Return for each sentence with any of the words, the share of their weight that it carries, up to 1."""
        weighed = {word: weight * self.rarity(word) for word, weight in weights.items()}
        total, found = sum(weighed.values()), dict[int, float]()
        for word, weight in weighed.items():
            for row in self.rows.get(word, ()):
                found[row] = found.get(row, 0.0) + weight / total
        return found

    def carriers(self, words: Iterable[str]) -> list[int]:
        """Return up to three sentences that together carry the words: each is the best for what is still missing."""
        missing, chosen = dict.fromkeys(words, 1.0), list[int]()
        total = sum(map(self.rarity, missing))
        while missing and len(chosen) < 3:
            shares = self.shares(missing)
            row = max(shares, key=lambda r: (shares[r], -r), default=-1)
            carried = [word for word in missing if row >= 0 and word in self.stems[row]]
            if sum(map(self.rarity, carried)) < (0.15 if chosen else 0.1) * total:
                break
            chosen.append(row)
            missing = {word: 1.0 for word in missing if word not in carried}
        return chosen


def _inside(name: Name, sentence: Evidence) -> bool:
    """Return whether a name is not the one word that opens a sentence."""
    return " " in name.whom or re.search(r"\w", sentence.text[: name.start - sentence.start]) is not None


def best(shares: Mapping[int, float], least: float = 0.3, close: float = 0.8) -> list[int]:
    """Return the sentences with the greatest share, the best first, and those that come near it; at most five.

    >>> best({0: 0.2, 1: 0.9, 2: 0.8, 3: 0.4})
    [1, 2]
    """
    top = max(least, close * max(shares.values(), default=0.0))
    return sorted((row for row, share in shares.items() if share >= top), key=lambda row: (-shares[row], row))[:5]


def stems(text: str) -> list[str]:
    """Return the stems of the content words of a text, in order.

    >>> stems("Two cats were sleeping!")
    ['two', 'cat', 'sleep']
    """
    return [stem(word) for word in tokens.words(text, stop=stop_words_or_none("en"))]


@lru_cache(maxsize=16)
def _content(text: str) -> list[tokens.Token]:
    stop = stop_words_or_none("en")
    return [t for t in tokens.tokenize(text) if t.text[0].isalnum() and t.text.lower() not in stop]


def around(text: str, start: int, end: int, skip: Iterable[tuple[int, int]] = ()) -> dict[str, float]:
    """Return the stems of the words beside a place in a text; the nearer they stand, the more they weigh."""
    found: dict[str, float] = {}
    content = _content(text)
    before = [t for t in content if t.end <= start][::-1]
    after = [t for t in content if t.start >= end]
    masked = list(skip)
    for side in (before, after):
        for distance, token in enumerate(side[:25]):
            if not any(a < token.end and token.start < b for a, b in masked):
                word = stem(token.text)
                found[word] = max(found.get(word, 0.0), 1 / (1 + distance / 4))
    return found

"""A source to hold a summary against: sentences, what each names and counts, and how alike two contexts are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from toolkit import tokens
from toolkit.article import Article
from toolkit.claims.figures import COUNTS, Figure, figures, since
from toolkit.naming import actor_table
from toolkit.quotemarks import blank_quotes
from toolkit.sentences import Sentence, split_sentences
from toolkit.speakers import Cast, Name
from toolkit.wordlists import stop_words, stop_words_or_none, wordlist

LONGEST = 2_000
"""The longest stretch that is read as one sentence, in characters, so that time grows with the text and no faster."""

MOST_SENTENCES = 20_000
"""The longest source that is read, in sentences: some 1,500 pages."""

REACH = 25
"""How many content words on each side are the context of a number, date or name."""

_PRONOUN = re.compile(r"\b(?:he|she|his|her)\b", re.IGNORECASE)

APART = 4
"""How many words a new sentence counts for, in the distance between a word and a place."""

HALF = 3
"""At how many words from a place a word counts half as much as beside it."""

Context = Mapping[str, float]
"""Stems, each with its nearness: 1 beside the place, 1/2 three content words away; a new sentence is four words."""


class Evidence(NamedTuple):
    """A sentence of the source: its text, `article.text[start:end]`, its number from 1, and the id of its article."""

    text: str
    start: int
    end: int
    number: int
    source: str = ""


class Word(NamedTuple):
    """A content word: its stem, its offsets, and the number of its sentence among all sentences."""

    stem: str
    start: int
    end: int
    row: int


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
def aliases() -> Mapping[str, tuple[str, str]]:
    """Return the name and kind in the table of actors of each alias, all in small letters."""
    return {alias.lower(): (known.name.lower(), known.kind) for known in actor_table() for alias in known.aliases}


def keys(name: str) -> set[str]:
    """Return all that a name is known by: its line in the table of actors, surname, initials, country.

    >>> sorted(keys("European Space Agency"))
    ['agency', 'esa', 'european space agency']
    """
    plain = re.sub(r"[’']s?$|[’'.]", "", name.lower())
    plain = plain.split("-")[0] if plain.split("-")[0] in places() else plain
    words = plain.split() or [""]
    country = places().get(plain, plain)
    found = {plain, country, aliases().get(country, (country,))[0], words[-1]}
    found |= {re.split(r"[-\s]\d", plain)[0]}
    return found | {"".join(word[0] for word in words)} if len(words) > 2 else found


def content(text: str, start: int = 0, row: int = 0) -> list[Word]:
    """Return the content words of a sentence: no stop words, no marks.

    >>> [word.stem for word in content("Two cats were sleeping!")]
    ['two', 'cat', 'sleep']
    """
    stop = stop_words_or_none("en")
    found = (t for t in tokens.tokenize(text) if t.text[0].isalnum() and t.text.lower() not in stop)
    return [Word(stem(t.text), start + t.start, start + t.end, row) for t in found]


def stems(text: str) -> list[str]:
    """Return the stems of the content words of a text, in order."""
    return [word.stem for word in content(text)]


def around(words: Sequence[Word], start: int, end: int, row: int = 0) -> Context:
    """Return the context of a place in a text, of which `words` are the content words in order.

    >>> around(content("Two cats were sleeping in Rome."), 26, 30)
    {'sleep': 1.0, 'cat': 0.75, 'two': 0.6000000000000001}
    """
    here = bisect_left(words, start, key=lambda word: word.start)
    after = (word for word in words[here : here + REACH] if word.start >= end)
    found: dict[str, float] = {}
    for side in (words[max(0, here - REACH) : here][::-1], after):
        for distance, word in enumerate(side):
            near = 1 / (1 + (distance + APART * abs(word.row - row)) / HALF)
            found[word.stem] = max(found.get(word.stem, 0.0), near)
    return found


class Named(NamedTuple):
    """A number, date or name in the source or in a summary: its words, what it means, and where it stands."""

    kind: str
    words: str
    start: int
    end: int
    row: int
    figure: Figure | None = None
    name: Name | None = None


class Source:
    """Articles made ready: sentences, content words, names, numbers and dates, and how rare each stem is."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Cut the articles into sentences; raises ValueError for more than `MOST_SENTENCES`."""
        self.articles, self.sentences, self.casts = articles, list[Evidence](), dict[str, Cast]()
        self.words, self.named = dict[str, list[Word]](), list[list[Named]]()
        self.rows: dict[str, list[int]] = defaultdict(list)
        self.capitals, self.small = set[str](), set[str]()
        for article in articles:
            self._read(article)
        if not self.sentences:
            raise ValueError("the source has no sentences; give the article that the summary is of")
        self.keys = {key for row in self.named for one in row if one.name for key in keys(one.name.whom)}
        self.keys |= {key for article in articles for word in re.findall(r"\w+", article.title) for key in keys(word)}

    def _read(self, article: Article) -> None:
        found = in_pieces(article.text, article.language or "en")
        if len(self.sentences) + len(found) > MOST_SENTENCES:
            raise ValueError(f"the source has more than {MOST_SENTENCES:,} sentences; give the articles one by one")
        self.capitals |= {word for s in found for word in re.findall(r"(?<=[\w,;] )[^\W\d_a-zß-ÿ]\w+", s.text)}
        self.small |= {word for word in re.findall(r"\w+", article.text) if word.islower()}
        cast = self.casts[article.id] = Cast(blank_quotes(article.text), [sentence.start for sentence in found])
        words = self.words[article.id] = list[Word]()
        for number, sentence in enumerate(found, 1):
            row = len(self.sentences)
            self.sentences.append(Evidence(*sentence, number, article.id))
            words += (here := content(sentence.text, sentence.start, row))
            for word in {word.stem for word in here}:
                self.rows[word].append(row)
            had = figures(sentence.text, article.published)
            had += [then for one in had if (then := since(one, sentence.text, article.published))]
            named = [
                Named(f.kind, f.words, sentence.start + f.start, sentence.start + f.end, row, figure=f) for f in had
            ]
            text, names = article.text, cast.between(sentence.start, sentence.end)
            for n in names:
                words_of = (
                    self.bare(text[n.start : n.end])
                    if n.start == sentence.start or text[n.start : n.end].split()[0].lower() in COUNTS
                    else n.whom
                )
                if words_of:
                    name = n if words_of in (n.whom, text[n.start : n.end]) else n._replace(whom=words_of)
                    named.append(Named("name", words_of, n.end - len(words_of), n.end, row, name=name))
            named += [
                Named(
                    "name",
                    m[0],
                    sentence.start + m.start(),
                    sentence.start + m.end(),
                    row,
                    name=Name(whom, "person", 0, 0),
                )
                for m in _PRONOUN.finditer(sentence.text)
                if (whom := cast.whom(m[0], sentence.start + m.start())) != m[0]
            ]
            self.named.append(named)

    def bare(self, words: str) -> str:
        """Return the capitalised words that open a sentence without an ordinary first one (*Remaining European*)."""
        plain, (first, _, rest) = words.lower(), words.partition(" ")
        known = plain in aliases() or plain in places().values() or words.isupper() or words in self.capitals
        ordinary = first.lower() in self.small or first.lower() in stop_words() or first.lower() in COUNTS
        return words if known or (rest and not ordinary) else rest

    def rarity(self, word: str) -> float:
        """Return log(1 + sentences / sentences with the word): a rare word says more."""
        return log(1 + len(self.sentences) / max(len(self.rows.get(word, ())), 1))

    def shares(self, context: Context) -> dict[int, float]:
        """Return for each sentence with any of the words, the share of their weight that it carries, up to 1."""
        weighed = {word: near * self.rarity(word) for word, near in context.items()}
        total, found = sum(weighed.values()), dict[int, float]()
        for word, weight in weighed.items():
            for row in self.rows.get(word, ()):
                found[row] = found.get(row, 0.0) + weight / total
        return found

    def likeness(self, context: Context, one: Named) -> float:
        """Return the share of a context that the context of a place in the source has as near, from 0 to 1."""
        sentence = self.sentences[one.row]
        there = around(self.words[sentence.source], one.start, one.end, one.row)
        weighed = {word: near * self.rarity(word) for word, near in context.items()}
        both = sum(min(near, there.get(word, 0.0)) * self.rarity(word) for word, near in context.items())
        return both / (sum(weighed.values()) or 1.0)

    def carriers(self, words: Iterable[str]) -> list[int]:
        """Return up to three sentences that together carry the words: each is the best for what is still missing."""
        missing, chosen = set(words), list[int]()
        total = sum(map(self.rarity, missing))
        while missing and len(chosen) < 3:
            shares = self.shares(dict.fromkeys(sorted(missing), 1.0))
            row = max(shares, key=lambda r: (shares[r], -r), default=-1)
            carried = {word for word in missing if row in self.rows.get(word, ())}
            if sum(map(self.rarity, carried)) < (0.15 if chosen else 0.1) * total:
                break
            chosen.append(row)
            missing -= carried
        return chosen


def best(shares: Mapping[int, float], least: float = 0.3, close: float = 0.8) -> list[int]:
    """Return the sentences with the greatest share, the best first, and those that come near it; at most five.

    >>> best({0: 0.2, 1: 0.9, 2: 0.8, 3: 0.4})
    [1, 2]
    """
    top = max(least, close * max(shares.values(), default=0.0))
    return sorted((row for row, share in shares.items() if share >= top), key=lambda row: (-shares[row], row))[:5]

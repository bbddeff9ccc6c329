"""A source to hold a summary against: sentences, what each names and counts, and how alike two contexts are."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from math import log
from typing import NamedTuple

from toolkit import tokens
from toolkit.article import Article
from toolkit.claims.figures import Item, figures
from toolkit.naming import actor_table
from toolkit.normalising import straighten
from toolkit.quotemarks import blank_quotes
from toolkit.quoting import in_pieces
from toolkit.sentences import Sentence
from toolkit.speakers import Cast
from toolkit.stems import stem as porter
from toolkit.wordlists import stop_words, stop_words_or_none, wordlist

LONGEST = 2_000  # characters that are read as one sentence, so that time grows with the text and no faster
MOST_SENTENCES = 20_000  # of a source: some 1,500 pages
REACH = 25  # content words on each side are the context of a number, date or name
APART = 4  # words: what a new sentence adds to the distance between a word and a place
HALF = 3  # words from a place, a word counts half as much as beside it

Context = Mapping[str, float]  # stems, each with its nearness to a place: 1 beside it, 1/2 three content words away

EVERYWHERE = frozenset({"earth", "moon", "sun", "mars"})  # not checked: an article on space has them in every sense

_PREPOSITION = re.compile(r"\b(in|at|from|to|of|for|on|with|aboard|near|between|by)\s(?:the\s|an?\s)?$")


class Evidence(NamedTuple):
    """A sentence of the source: its text, `article.text[start:end]`, its number from 1, and the id of its article."""

    text: str
    start: int
    end: int
    number: int
    source: str = ""

    @property
    def place(self) -> str:
        """Where to find it, in words."""
        return f"sentence {self.number}" + (f" of {self.source}" if self.source else "")


class Word(NamedTuple):
    """A content word: its stem, its offsets, and the number of its sentence among all sentences."""

    stem: str
    start: int
    end: int
    row: int


def plain(text: str) -> str:
    """Return a text as quotations are compared: one space, straight marks, small letters, no mark at an end.

    >>> plain("It’s  late.")
    "it's late"
    """
    return straighten(re.sub(r"\s+", " ", text)).lower().strip(" .,;:!?-")


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the lines of a word list that has groups of words: `approve/reject`, each with `_` for a space."""
    return tuple(tuple(group.replace("_", " ").split("/")) for group in sorted(wordlist(name)))


@cache
def _synonyms() -> Mapping[str, str]:
    return {porter(word): porter(group[0]) for group in groups("english-synonyms") for word in group}


def stem(word: str) -> str:
    """Return the stem of a word (Porter), or of the word that stands for its synonyms: *launcher* as *rocket*."""
    return _synonyms().get(found := porter(word.replace("’", "'")), found)


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


@cache
def aliases() -> Mapping[str, tuple[str, str]]:
    """Return the name and kind in the table of actors of each alias, all in small letters."""
    return {alias.lower(): (known.name.lower(), known.kind) for known in actor_table() for alias in known.aliases}


@lru_cache(maxsize=100_000)
def country(name: str) -> str:
    """Return the country of a name that is an adjective, as *Russian* or *American-led*; of any other, nothing."""
    first = name.lower().split("-")[0]
    return next((pair[1] for pair in groups("english-demonyms") if pair[0] == first), "")


@lru_cache(maxsize=100_000)
def keys(name: str) -> frozenset[str]:
    """Return all that a name is known by: its line in the table of actors, surname, initials, country.

    >>> sorted(keys("European Space Agency"))
    ['agency', 'esa', 'european space agency']
    """
    plain = name.lower().replace(".", "")
    plain, home = (plain.split("-")[0], country(plain)) if country(plain) else (plain, plain)
    words = plain.split() or [""]
    found = {plain, home, aliases().get(home, (home,))[0], words[-1], re.split(r"[-\s]\d", plain)[0]}
    return frozenset(found | {"".join(word[0] for word in words)} if len(words) > 2 else found)


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


class Source:
    """Articles made ready, up to `MOST_SENTENCES`: content words, names, numbers, dates, and how rare each stem is."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles, self.sentences, self.casts = articles, list[Evidence](), dict[str, Cast]()
        self.words, self.items = dict[str, list[Word]](), list[list[Item]]()
        self.rows: dict[str, list[int]] = defaultdict(list)
        self.capitals, self.small = set[str](), set[str]()
        self.whole = plain("\n".join(article.text for article in articles))
        for article in articles:
            self._read(article)
        if not self.sentences:
            raise ValueError("the source has no sentences; give the article that the summary is of")
        names = {item.whom for row in self.items for item in row if item.whom}
        titles = {word for article in articles for word in re.findall(r"\w+", article.title)}
        self.keys = frozenset().union(*map(keys, names | titles))

    def _read(self, article: Article) -> None:
        found = in_pieces(article.text, article.language or "en", LONGEST)
        if len(self.sentences) + len(found) > MOST_SENTENCES:
            raise ValueError(f"the source has more than {MOST_SENTENCES:,} sentences; give the articles one by one")
        self.capitals.update(*(re.findall(r"(?<=[\w,;] )[^\W\d_a-zß-ÿ]\w+", sentence.text) for sentence in found))
        self.small.update(filter(str.islower, re.findall(r"\w+", article.text)))
        cast = self.casts[article.id] = Cast(blank_quotes(article.text), [sentence.start for sentence in found])
        words = self.words[article.id] = list[Word]()
        for number, sentence in enumerate(found, 1):
            row = len(self.sentences)
            self.sentences.append(Evidence(*sentence, number, article.id))
            words += (here := content(sentence.text, sentence.start, row))
            for word in {word.stem for word in here}:
                self.rows[word].append(row)
            self.items.append(self.read_items(sentence, cast, article.published, row))

    def read_items(self, sentence: Sentence, cast: Cast, published: date | None, row: int = -1) -> list[Item]:
        """Return the dates, numbers and names of a sentence of the source, or of a summary."""
        text, begin = sentence.text, sentence.start
        found = figures(text, published)
        for name in cast.between(begin, sentence.end):
            start, end = name.start - begin, name.end - begin
            words = text[start:end]
            if not re.search(r"\w", re.split(r"[.!?:]\s", text[:start])[-1]):
                words = self._bare(words)
            dateline = words.isupper() and re.match(r"\s[—–-]\s", text[end:])  # PARIS — The rover …
            if words and not dateline and words.lower() not in EVERYWHERE:
                whom = name.whom if words == cast.text[name.start : name.end] else words
                sort = "person" if name.kind == "person" else aliases().get(whom.lower(), ("", ""))[1]
                start = end - len(words)
                before = "".join(_PREPOSITION.findall(text[max(0, start - 24) : start].lower()))
                found.append(Item("name", words, start, end, whom=whom, sort=sort, preposition=before))
        return [item._replace(start=item.start + begin, end=item.end + begin, row=row) for item in found]

    def _bare(self, words: str) -> str:
        """Return the capitalised words that open a sentence without an ordinary first one (*Remaining European*)."""
        first, _, rest = words.partition(" ")
        known = words.lower() in aliases() or words.isupper() or words in self.capitals
        ordinary = first.lower() in self.small or first.lower() in stop_words()
        return words if known or (rest and not ordinary) else rest

    def rarity(self, word: str) -> float:
        """Return log(1 + sentences / sentences with the word): a rare word says more."""
        return log(1 + len(self.sentences) / max(len(self.rows.get(word, ())), 1))

    def weight(self, words: Context) -> float:
        """Return the rarity of words, each times its nearness, together."""
        return sum(near * self.rarity(word) for word, near in words.items())

    def nearest(self, words: str | Context, most: int, least: float = 0.0, close: float = 0.0) -> list[int]:
        """Return the sentences with most of the words of a text or a context, by nearness and rarity, the best first.

        They have the share `least` of its weight, and the share `close` of what the best one has.
        """
        context = dict.fromkeys(stems(words), 1.0) if isinstance(words, str) else words
        found = defaultdict[int, float](float)
        for word, near in context.items():
            weight = near * self.rarity(word)
            for row in self.rows.get(word, ()):
                found[row] += weight
        enough = max(least * self.weight(context), close * max(found.values(), default=0.0))
        return sorted((row for row in found if found[row] >= enough), key=lambda row: (-found[row], row))[:most]

    def likeness(self, context: Context, item: Item) -> float:
        """Return the share of a context that the context of a place in the source has as near, from 0 to 1."""
        there = around(self.words[self.sentences[item.row].source], item.start, item.end, item.row)
        both = {word: min(near, there[word]) for word, near in context.items() if word in there}
        return self.weight(both) / (self.weight(context) or 1.0)

"""Quoted words and speakers of a summary sentence: are the words verbatim, and are they that person's?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from toolkit.article import Article, Quotation
from toolkit.claims.alignment import Source, stems
from toolkit.claims.items import Problem
from toolkit.claims.names import keys
from toolkit.normalising import straighten
from toolkit.quotemarks import quoted
from toolkit.quoting import quotations
from toolkit.wordlists import stop_words, wordlist

SAME = 0.4
"""Which share of the rarer words of a reported clause another one must have to be taken for the same."""

LONGEST = 300
"""How many characters of quoted words are compared with what the source has instead."""

_MARKS = ' .,;:!?“”"«»'
_CUT = re.compile(r"\s*(?:\[[^\]]*\]|\(?…\)?|\.\.\.)\s*")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|who)\b", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text as quotations are compared: one space, straight marks, small letters, no mark at an end.

    >>> plain("It’s  late.")
    "it's late"
    """
    return straighten(re.sub(r"\s+", " ", text)).lower().strip(" .,;:!?-")


class Said(NamedTuple):
    """A quotation or report in the source: its row, all that its speaker is known by, and who else may have said it."""

    article: Article
    quotation: Quotation
    row: int
    speaker: set[str]
    others: set[str]


class Speech:
    """What the articles quote or report, and every text in the form in which quotations are compared."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.whole = plain("\n".join(article.text for article in source.articles))
        self.said: list[Said] = []
        for article in source.articles:
            rows = [row for row, sentence in enumerate(source.sentences) if sentence.source == article.id]
            for one in quotations(article):
                row = rows[bisect_right(rows, one.start, key=lambda row: source.sentences[row].start) - 1]
                speaker = self.who(one.speaker, article, one.start)
                self.said.append(Said(article, one, row, speaker, self._beside(article, row, speaker)))

    def who(self, words: str, article: Article, at: int) -> set[str]:
        """Return all that a speaker is known by, or nothing where the text does not tell."""
        name = self.source.casts[article.id].whom(words, at)
        unnamed = stop_words() | wordlist("english-roles")
        return set(keys(name)) if name[:1].isupper() and name.split()[0].lower() not in unnamed else set()

    def _beside(self, article: Article, row: int, speaker: set[str]) -> set[str]:
        """Return all that the bodies of a speaker's posts, and the names in the same sentence, are known by."""
        posts = (post for post in self.source.casts[article.id].posts if keys(post.whom) & speaker)
        names = [body for post in posts for body in post.beside] + [item.whom for item in self.source.items[row]]
        return {key for name in names if name for key in keys(name)}

    def is_verbatim(self, words: str) -> bool:
        """Return whether each part of quoted words, cut at … and [brackets], stands in a text letter by letter."""
        parts = map(plain, _CUT.split(words))
        return all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", self.whole) for part in parts if part)

    def most_like(self, words: str) -> str:
        """Return what the source has in place of quoted words, and where, in words; or nothing if it has nothing."""
        for row in self.source.nearest(dict.fromkeys(stems(words), 1.0), 3):
            text, size = self.source.sentences[row].text.split(), len(words.split())
            runs = [" ".join(text[n : n + size]) for n in range(max(1, len(text) - size + 1))]
            for like in get_close_matches(words[:LONGEST], runs, 1):
                return f"“{like.strip(_MARKS)}”, not “{words}” (sentence {self.source.sentences[row].number})"
        return ""

    def likeness(self, said: Quotation, had: Quotation) -> float:
        """Return how much of a quotation another has, by the rarity of words; quoted words are the same or are not."""
        if plain(said.text) in plain(had.text):
            return 1.0
        wanted = set(stems(said.text)) if said.mode == "indirect" else set()
        return self.source.weight(wanted & {*stems(had.text)}) / self.source.weight(wanted) if wanted else 0.0

    def others(self, said: Quotation) -> Said | None:
        """Return where the source gives the same words to somebody else, and to nobody by the name that is given."""
        same, other, found = 0.0, SAME, None
        for had in self.said:
            likeness = self.likeness(said, had.quotation)
            if likeness <= max(same, other):
                continue
            mine = self.who(said.speaker, had.article, had.quotation.start)
            if not mine or not had.speaker or mine & (had.speaker | had.others):
                same = likeness
            else:
                other, found = likeness, had
        return found if other > same else None


def check_quotes(sentence: str, speech: Speech) -> Iterator[Problem]:
    """Yield a problem for all words between quotation marks that are not in the source, letter by letter."""
    for start, end in quoted(sentence):
        words = sentence[start:end]
        if re.search(r"\w", words) and not speech.is_verbatim(words):
            like = speech.most_like(words)
            told = f"the source has {like}" if like else "the source does not have these words"
            yield Problem("quotation", words, told, start, end)


def check_speakers(sentence: str, speech: Speech) -> Iterator[Problem]:
    """Yield a problem for the first quotation or reported clause that the source gives to somebody else."""
    for said in quotations(sentence):
        start = sentence.find(said.speaker) if said.speaker and not _PRONOUN.fullmatch(said.speaker) else -1
        had = speech.others(said) if start >= 0 else None
        if had:
            what = "these words" if said.mode == "direct" else "what is reported here"
            told = f"in the source {had.quotation.speaker} says {what}, not {said.speaker}"
            told += f" (sentence {speech.source.sentences[had.row].number})"
            yield Problem("speaker", said.speaker, told, start, start + len(said.speaker))
            return

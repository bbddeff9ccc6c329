"""Quoted words and speakers of a summary sentence: are the words verbatim, and are they that person's?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NamedTuple

from toolkit.article import Article, Quotation
from toolkit.claims.alignment import Source, keys, stems
from toolkit.claims.items import Problem
from toolkit.normalising import straighten
from toolkit.quotemarks import quoted
from toolkit.quoting import quotations
from toolkit.wordlists import stop_words, wordlist

SAME = 0.4  # of the rarer words of a reported clause another one must have to be taken for the same
LONGEST = 300  # characters of quoted words are compared with what the source has instead

_CUT = re.compile(r"\s*(?:\[[^\]]*\]|\(?…\)?|\.\.\.)\s*")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|who)\b", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text as quotations are compared: one space, straight marks, small letters, no mark at an end.

    >>> plain("It’s  late.")
    "it's late"
    """
    return straighten(re.sub(r"\s+", " ", text)).lower().strip(" .,;:!?-")


class Said(NamedTuple):
    """A quotation or report in the source: its row, and all that those are known by who may have said it."""

    article: Article
    quotation: Quotation
    row: int
    speakers: set[str]


class Speech:
    """What the articles quote or report, and every text in the form in which quotations are compared."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.whole = plain("\n".join(article.text for article in source.articles))
        self.said = list[Said]()
        for article in source.articles:
            rows = [row for row, sentence in enumerate(source.sentences) if sentence.source == article.id]
            for one in quotations(article):
                row = rows[bisect_right(rows, one.start, key=lambda row: source.sentences[row].start) - 1]
                speakers = self.who(one.speaker, article, one.start)
                if speakers:  # … or the bodies of a speaker's posts, or who is named in the same sentence
                    posts = [post for post in source.casts[article.id].posts if keys(post.whom) & speakers]
                    names = {body for post in posts for body in post.beside} | {item.whom for item in source.items[row]}
                    speakers = speakers.union(*(keys(name) for name in names if name))
                self.said.append(Said(article, one, row, speakers))

    def who(self, words: str, article: Article, at: int) -> set[str]:
        """Return all that a speaker is known by, or nothing where the text does not tell."""
        name = self.source.casts[article.id].whom(words, at)
        unnamed = stop_words() | wordlist("english-roles")
        return set(keys(name)) if name[:1].isupper() and name.split()[0].lower() not in unnamed else set()

    def most_like(self, words: str) -> str:
        """Return what the source has in place of quoted words, and where, in words; or nothing if it has nothing."""
        for row in self.source.nearest(words, 3):
            text, size = self.source.sentences[row].text.split(), len(words.split())
            runs = [" ".join(text[n : n + size]) for n in range(max(1, len(text) - size + 1))]
            for like in get_close_matches(words[:LONGEST], runs, 1):
                found = like.strip(' .,;:!?“”"«»')
                return f"“{found}”, not “{words}” (sentence {self.source.sentences[row].number})"
        return ""

    def others(self, said: Quotation) -> Said | None:
        """Return where the source gives the same words to somebody else, and to nobody by the name that is given.

        Quoted words are the same or are not; of reported ones it counts how many the source has, by their rarity.
        """
        wanted = set(stems(said.text)) if said.mode == "indirect" else set()
        whole, same, other, found = self.source.weight(dict.fromkeys(wanted, 1.0)), 0.0, SAME, None
        for had in self.said:
            likeness = 1.0
            if plain(said.text) not in plain(had.quotation.text):
                both = wanted.intersection(stems(had.quotation.text))
                likeness = self.source.weight(dict.fromkeys(both, 1.0)) / (whole or 1.0)
            if likeness <= max(same, other):
                continue
            mine = self.who(said.speaker, had.article, had.quotation.start)
            if not mine or not had.speakers or mine & had.speakers:
                same = likeness
            else:
                other, found = likeness, had
        return found if other > same else None


def check_quotes(sentence: str, speech: Speech) -> Iterator[Problem]:
    """Yield a problem for all words between quotation marks that are not in the source, letter by letter.

    Each part of them, cut at … and [brackets], must be there.
    """
    for start, end in quoted(sentence):
        words = sentence[start:end]
        parts = map(plain, _CUT.split(words)) if re.search(r"\w", words) else ()
        if not all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", speech.whole) for part in parts if part):
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

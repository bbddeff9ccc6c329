"""Quoted words and speakers of a summary sentence: are the words verbatim, and are they that person's?"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from toolkit.article import Article, Quotation
from toolkit.claims.alignment import Source, keys, plain, stems
from toolkit.claims.items import Problem
from toolkit.quotemarks import quoted
from toolkit.quoting import quotations
from toolkit.wordlists import stop_words, wordlist

SAME = 0.4  # of the rarer words of a reported clause another one must have to be taken for the same
LONGEST = 300  # characters of quoted words are compared with what the source has instead

_CUT = re.compile(r"\s*(?:\[[^\]]*\]|\(?…\)?|\.\.\.)\s*")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|who)\b", re.IGNORECASE)


class Said(NamedTuple):
    """A quotation or report in the source: its row, and all that those are known by who may have said it."""

    article: Article
    quotation: Quotation
    row: int
    speakers: frozenset[str]


def speech(source: Source) -> list[Said]:
    """Return what the articles quote or report."""
    found = []
    for article in source.articles:
        rows = [row for row, sentence in enumerate(source.sentences) if sentence.source == article.id]
        for one in quotations(article):
            row = rows[bisect_right(rows, one.start, key=lambda row: source.sentences[row].start) - 1]
            speakers = _who(one.speaker, one.start, article, source)
            if speakers:  # … or the bodies of a speaker's posts, or who is named in the same sentence
                posts = [post for post in source.casts[article.id].posts if keys(post.whom) & speakers]
                names = {body for post in posts for body in post.beside} | {item.whom for item in source.items[row]}
                speakers = speakers.union(*(keys(name) for name in names if name))
            found.append(Said(article, one, row, speakers))
    return found


def _who(words: str, at: int, article: Article, source: Source) -> frozenset[str]:
    """Return all that a speaker is known by, or nothing where the text does not tell."""
    name = source.casts[article.id].whom(words, at)
    unnamed = stop_words() | wordlist("english-roles")
    return keys(name) if name[:1].isupper() and name.split()[0].lower() not in unnamed else frozenset()


def check_quotes(sentence: str, source: Source) -> Iterator[Problem]:
    """Yield a problem for all words between quotation marks that are not in the source, letter by letter.

    Each part of them, cut at … and [brackets], must be there. It says what the source has instead, if anything.
    """
    for start, end in quoted(sentence):
        words = sentence[start:end]
        parts = map(plain, _CUT.split(words)) if re.search(r"\w", words) else ()
        if all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", source.whole) for part in parts if part):
            continue
        told = "the source does not have these words"
        for row in source.nearest(words, 3):
            text, size = source.sentences[row].text.split(), len(words.split())
            runs = [" ".join(text[n : n + size]) for n in range(max(1, len(text) - size + 1))]
            if like := get_close_matches(words[:LONGEST], runs, 1):
                had, place = like[0].strip(' .,;:!?“”"«»'), source.sentences[row].number
                told = f"the source has “{had}”, not “{words}” (sentence {place})"
                break
        yield Problem("quotation", words, told, start, end)


def check_speakers(sentence: str, source: Source, told: Iterable[Said]) -> Iterator[Problem]:
    """Yield a problem for the first quotation or reported clause that the source gives to somebody else."""
    for said in quotations(sentence):
        start = sentence.find(said.speaker) if said.speaker and not _PRONOUN.fullmatch(said.speaker) else -1
        had = _others(said, source, told) if start >= 0 else None
        if had:
            what = "these words" if said.mode == "direct" else "what is reported here"
            place = source.sentences[had.row].number
            why = f"in the source {had.quotation.speaker} says {what}, not {said.speaker} (sentence {place})"
            yield Problem("speaker", said.speaker, why, start, start + len(said.speaker))
            return


def _others(said: Quotation, source: Source, told: Iterable[Said]) -> Said | None:
    """Return where the source gives the same words to somebody else, and to nobody by the name that is given.

    Quoted words are the same or are not; of reported ones it counts how many the source has, by their rarity.
    """
    wanted = dict.fromkeys(stems(said.text) if said.mode == "indirect" else (), 1.0)
    same, other, found = 0.0, SAME, None
    for had in told:
        likeness = 1.0 if plain(said.text) in plain(had.quotation.text) else 0.0
        if wanted and not likeness:
            both = dict.fromkeys(wanted.keys() & stems(had.quotation.text), 1.0)
            likeness = source.weight(both) / source.weight(wanted)
        if likeness <= max(same, other):
            continue
        mine = _who(said.speaker, had.quotation.start, had.article, source)
        if not mine or not had.speakers or mine & had.speakers:
            same = likeness
        else:
            other, found = likeness, had
    return found if other > same else None

"""Quoted words and speakers of a summary sentence: are the words verbatim, and are they that person's?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from toolkit.article import Article, Quotation
from toolkit.claims.alignment import Source, aliases, best, keys, stems
from toolkit.claims.items import RATIO, Problem
from toolkit.normalising import straighten
from toolkit.quotemarks import quoted
from toolkit.quoting import quotations
from toolkit.wordlists import stop_words, wordlist

SAME = 0.4
"""Which share of the rarer words of a reported clause another one must have to be taken for the same."""

_CUT = re.compile(r"\s*(?:\[[^\]]*\]|\(?…\)?|\.\.\.)\s*")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|who)\b", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text as quotations are compared: one space, straight marks, small letters.

    >>> plain("It’s  late")
    "it's late"
    """
    return straighten(re.sub(r"[\s\u00a0]+", " ", text)).lower()


class Speech:
    """What the articles quote or report, and every text in the form in which quotations are compared."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.said: list[tuple[Article, Quotation]] = [(a, q) for a in source.articles for q in quotations(a)]
        self.starts = {
            a.id: [(s.start, n) for n, s in enumerate(source.sentences) if s.source == a.id] for a in source.articles
        }
        self.whole = plain("\n".join(article.text for article in source.articles))

    def row(self, article: Article, at: int) -> int:
        """Return the number of the sentence of an article at an offset."""
        starts = self.starts[article.id]
        return starts[max(bisect_right(starts, (at, 10**9)) - 1, 0)][1]

    def is_verbatim(self, words: str) -> bool:
        """Return whether each part of quoted words, cut at … and [brackets], stands in a text letter by letter."""
        parts = [plain(part).strip(" .,;:!?-") for part in _CUT.split(words)]
        return all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", self.whole) for part in parts if part)

    def most_like(self, words: str) -> tuple[str, int]:
        """Return the run of words in a text that has most words in common with quoted ones, and its sentence."""
        wanted = [re.sub(r"\W", "", word) for word in plain(words).split()]
        found: tuple[int, str, int] = (0, "", -1)
        for row in best(self.source.shares(dict.fromkeys(stems(words), 1.0)), 0.0, 0.6):
            text = self.source.sentences[row].text.split()
            for n in range(max(1, len(text) - len(wanted) + 1)):
                run = text[n : n + len(wanted)]
                same = sum(re.sub(r"\W", "", plain(a)) == b for a, b in zip(run, wanted, strict=False))
                found = max(found, (same, " ".join(run).strip(' .,;:!?“”"«»'), row), key=lambda f: f[0])
        return (found[1], found[2]) if 2 * found[0] >= len(wanted) else ("", -1)

    def who(self, words: str, article: Article, at: int) -> set[str]:
        """Return all that a speaker is known by, or nothing where the text does not tell."""
        name = self.source.casts[article.id].whom(words, at)
        unnamed = stop_words() | wordlist("english-roles") | {"general"}
        return set() if not name[:1].isupper() or name.split(" ")[0].lower() in unnamed else keys(name)

    def likeness(self, said: Quotation, had: Quotation) -> float:
        """Return the share of the words of one quotation that another has, by rarity: from 0 to 1."""
        wanted, found = set(stems(said.text)), set(stems(had.text))
        if plain(said.text).strip(" .,;:!?-") in plain(had.text) or (
            len(had.text) > 12 and plain(had.text) in plain(said.text)
        ):
            return 1.0
        total = sum(map(self.source.rarity, wanted))
        return sum(map(self.source.rarity, wanted & found)) / total if len(wanted) > 1 else 0.0

    def speaks_there(self, problem: Problem) -> bool:
        """Return whether the name that the source has instead is that of somebody who speaks in that sentence."""
        return any(q.speaker == problem.rival and self.row(a, q.start) == problem.row for a, q in self.said)


def is_body(speaker: str) -> bool:
    """Return whether a speaker is not a person, by the table of actors, or by being one word or all capitals."""
    kind = aliases().get(speaker.lower(), ("", ""))[1]
    return kind != "person" if kind else " " not in speaker or speaker.isupper()


def check_quotes(sentence: str, speech: Speech) -> Iterator[Problem]:
    """Yield a problem for all words between quotation marks that are not in the source, letter by letter."""
    for start, end in quoted(sentence):
        words = sentence[start:end]
        if re.search(r"\w", words) and not speech.is_verbatim(words):
            like, row = speech.most_like(words)
            said = "the source does not have these words"
            if like:
                said = f"the source has “{like}”, not “{words}” (sentence {speech.source.sentences[row].number})"
            yield Problem("quotation", words, said, start, end)


def check_speakers(sentence: str, speech: Speech) -> Iterator[Problem]:
    """Yield a problem for a quotation or reported clause that the source gives to somebody else.

    As for names: the words of another speaker must be `RATIO` times as like those here as any of the one who is
    named, or of a body that this one is named beside.
    """
    for said in quotations(sentence):
        if not said.speaker or _PRONOUN.fullmatch(said.speaker):
            continue
        same, other, had = 0.0, 0.0, None
        for article, one in speech.said:
            likeness = speech.likeness(said, one)
            if likeness < SAME or (said.mode == "direct" and likeness < 1):
                continue
            mine, theirs = (speech.who(who, article, one.start) for who in (said.speaker, one.speaker))
            row = speech.row(article, one.start)
            beside = {key for name in speech.source.named[row] if name.name for key in keys(name.name.whom)}
            posts = {
                key
                for post in speech.source.casts[article.id].posts
                if keys(post.whom) & theirs
                for body in post.beside
                for key in keys(body)
            }
            unlike = said.mode == "indirect" and is_body(said.speaker) != is_body(one.speaker)
            if not mine or not theirs or mine & (theirs | posts) or (mine & beside and (unlike or not theirs & beside)):
                same = max(same, likeness)
            elif likeness > other:
                other, had = likeness, (one, row)
        if had and other > RATIO * same and said.speaker in sentence:
            start = sentence.find(said.speaker)
            what = "these words" if said.mode == "direct" else "what is reported here"
            told = f"in the source {had[0].speaker} says {what}, not {said.speaker}"
            number = speech.source.sentences[had[1]].number
            yield Problem("speaker", said.speaker, f"{told} (sentence {number})", start, start + len(said.speaker))
            return

"""Quoted words and speakers of a summary sentence: are the words verbatim, and are they that person's?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from toolkit.article import Article, Quotation
from toolkit.claims.alignment import Source, best, keys, stems
from toolkit.claims.items import Problem
from toolkit.naming import actors
from toolkit.normalising import straighten
from toolkit.quotemarks import quoted
from toolkit.quoting import quotations
from toolkit.speakers import Name
from toolkit.wordlists import stop_words, wordlist

_MARKS = re.compile(r"[\s\u00a0]+")
_CUT = re.compile(r"\s*(?:\[[^\]]*\]|\(?…\)?|\.\.\.)\s*")


def plain(text: str) -> str:
    """Return a text as quotations are compared: one space, straight marks, small letters.

    >>> plain("It’s  late")
    "it's late"
    """
    return straighten(_MARKS.sub(" ", text)).lower()


class Speech:
    """What the articles quote or report, and every text in the form in which quotations are compared."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.said: list[tuple[Article, Quotation]] = [(a, q) for a in source.articles for q in quotations(a)]
        self.stems = [frozenset(stems(q.text)) for _, q in self.said]
        self.places = {article.id: n for n, article in enumerate(source.articles)}
        self.starts = [(self.places[s.source], s.start, n) for n, s in enumerate(source.sentences)]
        self.whole = plain("\n".join(article.text for article in source.articles))

    def row(self, article: Article, at: int) -> int:
        """Return the number of the sentence of an article at an offset."""
        found = bisect_right(self.starts, (self.places[article.id], at, 10**9)) - 1
        return found if found >= 0 and at < self.source.sentences[found].end else -1

    def as_speaker(self, problem: Problem) -> Problem:
        """Return a problem with a name as one with a speaker, where the source has another person speak."""
        said_by = {q.speaker for a, q in self.said if problem.kind == "name" and self.row(a, q.start) == problem.row}
        return problem._replace(kind="speaker") if problem.rival in said_by else problem

    def is_verbatim(self, words: str) -> bool:
        """Return whether each part of quoted words, cut at … and [brackets], stands in a text letter by letter."""
        parts = [plain(part).strip(" .,;:!?-") for part in _CUT.split(words)]
        return all(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", self.whole) for part in parts if part)

    def most_like(self, words: str) -> tuple[str, int]:
        """Return the run of words in a text that has most words in common with quoted ones, and its sentence."""
        wanted = [re.sub(r"\W", "", word) for word in plain(words).split()]
        rows = best(self.source.shares(dict.fromkeys(stems(words), 1.0)), 0.0, 0.6)
        found: tuple[int, str, int] = (0, "", -1)
        for row in rows:
            text = self.source.sentences[row].text.split()
            for n in range(max(1, len(text) - len(wanted) + 1)):
                run = text[n : n + len(wanted)]
                words_of = [re.sub(r"\W", "", plain(word)) for word in run]
                same = sum(a == b for a, b in zip(words_of, wanted, strict=False))
                found = max(found, (same, " ".join(run).strip(' .,;:!?“”"«»'), row), key=lambda f: f[0])
        return (found[1], found[2]) if 2 * found[0] >= len(wanted) else ("", -1)

    def who(self, words: str, article: Article, at: int) -> set[str]:
        """Return all that the speaker is known by, or nothing where the text does not tell."""
        unnamed = stop_words() | wordlist("english-roles") | {"general"}
        name = self.source.casts[article.id].whom(words, at) if words.lower() not in unnamed else ""
        if (
            name.lower() in unnamed
            or name.split(" ")[0].lower() in unnamed
            or not re.search(r"[^\W\d_]", name)
            or not re.match(r"(?:[A-ZÀ-ÞА-Я])", name)
        ):
            return set()
        listed = actors(name)
        if listed and listed[0].kind == "place":
            return set()
        return keys(Name(listed[0].name if listed else name, "", 0, 0))


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
    """Yield a problem for every quotation or reported clause that the source gives to somebody else."""
    for q in quotations(sentence):
        pronoun = re.search(rf"\b(?:he|she|it|they|who)\s(?:\w+\s){{0,2}}{re.escape(q.cue)}\b", sentence, re.IGNORECASE)
        if not q.speaker or pronoun or not (had := _in_source(q, speech)):
            continue
        article, other = had
        row = speech.row(article, other.start)
        one, two = (speech.who(words, article, other.start) for words in (q.speaker, other.speaker))
        near = speech.source.sentences[row].text if row >= 0 else ""
        named = {key for name in speech.source.names[row] for key in keys(name)} if row >= 0 else set()
        if (
            not one
            or not two
            or one & two
            or (_is_body(q.speaker) and (one & named or _speaks_for(other, speech, one)))
        ):
            continue
        inherited = one & named and not two & named
        also = q.mode == "indirect" and other.speaker.split()[-1] in sentence
        if inherited or also:
            continue
        if q.mode == "indirect" and _is_body(q.speaker) != _is_body(other.speaker):
            continue
        at = sentence.find(q.speaker.split()[-1])
        start = max(sentence.find(q.speaker), at if sentence.find(q.speaker) < 0 else 0, 0)
        end = start + len(q.speaker) if sentence.startswith(q.speaker, start) else start + len(q.speaker.split()[-1])
        what = "these words" if q.mode == "direct" else "what is reported here"
        said = f"in the source {other.speaker} says {what}, not {q.speaker}"
        number = speech.source.sentences[row].number if near else 0
        yield Problem("speaker", sentence[start:end], f"{said} (sentence {number})" if number else said, start, end)
        return


def _is_body(speaker: str) -> bool:
    listed = actors(speaker)
    return (bool(listed) and listed[0].kind != "person") or (not listed and (" " not in speaker or speaker.isupper()))


def _speaks_for(other: Quotation, speech: Speech, body: set[str]) -> bool:
    """Return whether a person holds a post at a body, as *X, head of Roscosmos*."""
    posts = [post for cast in speech.source.casts.values() for post in cast.posts if post.whom == other.speaker]
    return any(keys(Name(beside, "", 0, 0)) & body for post in posts for beside in post.beside)


def _in_source(q: Quotation, speech: Speech) -> tuple[Article, Quotation] | None:
    """Return the quotation of the source that has the same words, or most of the rarer ones; else None."""
    words = plain(q.text).strip(" .,;:!?-")
    if q.mode == "direct":
        for article, had in speech.said:
            if had.mode == "direct" and (words in plain(had.text) or (plain(had.text) in words and len(had.text) > 12)):
                return article, had
    wanted = dict.fromkeys(stems(q.text), 1.0)
    total = sum(map(speech.source.rarity, wanted))
    score = [sum(map(speech.source.rarity, found & wanted.keys())) for found in speech.stems]
    most = max(range(len(score)), key=score.__getitem__, default=-1)
    if most < 0 or len(wanted) < 2 or score[most] < 0.4 * total:
        return None
    rows = best(speech.source.shares(wanted))
    article, had = speech.said[most]
    return (article, had) if speech.row(article, had.start) in rows[:1] else None

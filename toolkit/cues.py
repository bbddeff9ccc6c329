"""Verbs of speech in a sentence, and the words that are their subject."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from toolkit.sentences import Sentence
from toolkit.wordlists import wordlist

FINITE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|will|would|can|cannot|could|should|may|might|must|did|does|do|[a-z]{2,}ed)\b"
)
_ADVERB = r"also|then|later|still|since|now|once|never|again|first|just|already|even|therefore|in turn|[a-z]+ly"
_ADVERBS = re.compile(rf"(?:\s(?:{_ADVERB}))+$")
_AUXILIARIES = re.compile(rf"(?:(?:^|\s)(?:{_ADVERB}|has|have|had|was|is|were|been))+\s*$")
_BE = re.compile(r"was|were|been|be|being|is|are")
_NO_VERB = re.compile(  # what follows these is an infinitive, denied, a noun, or said by nobody
    r"to|not|would|will|could|may|might|must|should|can|cannot|did|didn’t|don’t|does"
    r"|the|an?|of|its|his|her|their|this|no|any|some|\S+[’']s|i|we|you|one|there|nobody"
)
_CLAUSE = re.compile(
    r"[;:—–(”“]\s|\b(?:that|whether|because|when|while|[Aa]s|if|although|though|where|what|whom|and|but|than|since|how)\s"
)
_BESIDE = re.compile(  # what stands between a subject and its verb: an age, words about the subject
    r"\d{1,3}$|(?:the|an?|who|whose|which|then|its|his|her|their|now|of|(?:he|she|it|they)\s\w+$)\b", re.I
)
_APPOSITION = re.compile(r",\s([^,;:.“”]{2,80})(?=[,.;]|\Z)")
_INVERTED = re.compile(
    r"\s((?:[^,.;:“”«»()]|\.(?=\s?[A-Z])){2,80}?)"
    r"(?=[,;:!?)]|\.(?!\s?[A-Z])|$|\s(?:on|in|at|via|after|last|this|who|as|when)\s)"
)
_SOURCE = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of)\s((?:[^,;:.“”]|(?<=[MD]r)\.){2,80})")


class Cue(NamedTuple):
    """A verb of speech in a text, the words of its subject, and where the whole attribution begins and ends."""

    verb: str
    kinds: frozenset[str]
    subject: str
    said_by: int
    start: int
    end: int
    sentence: Sentence


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """Return one expression for all verbs of speech, and the lists that each of their forms is in."""
    kinds: dict[str, frozenset[str]] = {}
    for kind in ("say", "report", "promise", "call"):
        for form in wordlist(f"english-verbs-{kind}"):
            name = form.replace("_", " ")
            kinds[name] = kinds.get(name, frozenset()) | {kind}
    by_letter = [(letter, sorted(forms, reverse=True)) for letter, forms in groupby(sorted(kinds), itemgetter(0))]
    forms = "|".join(f"{letter}(?:{'|'.join(form[1:] for form in forms)})" for letter, forms in by_letter)
    return re.compile(rf"(?<![\w-])(?:{forms})\b"), kinds  # letter by letter, which is several times faster


def roles(words: str) -> frozenset[str]:
    """Return the nouns for a post in some words."""
    return wordlist("english-roles").intersection(re.findall(r"[a-z]+", words.lower()))


def _is_post(piece: str) -> bool:
    return bool(roles(piece)) and not FINITE.search(piece)


def _apposition_end(text: str, end: int) -> int:
    """Return where the words about a person end, if a post follows a name: *Ann Lee, head of ESA*, it is."""
    match = _APPOSITION.match(text, end)
    return match.end() if match and _is_post(match[1]) else end


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=0)


def subject_before(before: str) -> tuple[str, int, int] | None:
    """Return the subject that stands before a verb, where it stands, and where the attribution begins.

    Back over adverbs; over *the head of …,* and *who runs …,*; then the words since the last *that*, *and*, comma.
    An empty subject means that it is shared with the verb before (*he came **and** said*).

    >>> subject_before("It rained, and Rogozin, the head of Roscosmos, later")
    ('Rogozin', 15, 15)
    """
    kept = _AUXILIARIES.sub("", before).rstrip()
    if match := re.search(r",? (?:and|but|or|then)$", kept):
        return "", match.start(), match.start()
    pieces = [(match.start(), match[0]) for match in re.finditer(r"[^,\s][^,]*", kept)]
    if not pieces:
        return ("", len(kept) - 1, len(kept) - 1) if kept else None
    at = len(pieces) - 1
    while kept.endswith(",") and at > 0 and (_BESIDE.match(pieces[at][1]) or _is_post(pieces[at][1])):
        at -= 1
    start, piece = pieces[at]
    if kept.endswith(",") and at == len(pieces) - 1 and len(piece.split()) > 3:
        return "", len(kept) - 1, len(kept) - 1
    edge = _last_end(_CLAUSE, piece)
    if pronoun := re.search(r"\s(he|she|it|they)\s*$", piece[edge:]):  # X said he had told
        edge += pronoun.start(1)
    begin = attribution = start + edge
    if at and not edge and _is_post(pieces[at - 1][1]):  # the director general, X, said
        attribution = pieces[at - 1][0] + _last_end(_CLAUSE, pieces[at - 1][1])
    words = piece[edge:].rstrip()
    return (words, begin, attribution) if words else None


def _subject_after(after: str) -> str:
    """Return the subject of *said X*: words up to a comma or full stop that begin as a name or a post does."""
    words = found[1] if (found := _INVERTED.match(after)) else ""
    named = words[:1].isupper() or words in {"he", "she", "it"} or _is_post(words)
    return words if named and not FINITE.search(words) else ""


def cues_in(sentence: Sentence) -> list[Cue]:
    """Return the verbs of speech in a sentence whose subject is found, and *according to*, in order."""
    found = [cue for match in _verbs()[0].finditer(sentence.text) if (cue := _cue(match, sentence))]
    for match in _SOURCE.finditer(sentence.text):
        verb = "according to" if match[0][0] in "Aa" else "words"
        end = _apposition_end(sentence.text, match.end())
        found.append(
            Cue(verb, frozenset({verb}), match[1], sentence.start + match.start(1), match.start(), end, sentence)
        )
    return sorted(found, key=lambda cue: cue.start)


def _cue(match: re.Match[str], sentence: Sentence) -> Cue | None:
    """Return a verb with its subject, or None where it is a noun, passive, denied, or nobody's."""
    text, verb, forms = sentence.text, match[0], _verbs()[1]
    before = text[max(0, match.start() - 300) : match.start()]
    last = (_ADVERBS.sub("", before.rstrip()).split() or [""])[-1].lower()
    passive = bool(_BE.fullmatch(last)) != verb.endswith("ing") and not last.endswith(",")
    if passive or _NO_VERB.fullmatch(last):
        return None
    words, begin, attribution = subject_before(before) or (None, 0, 0)
    if words is not None and f"{verb}s" in forms and not re.search(r"(?:s|\bthey|\bpeople)$", words, re.I):
        return None
    inverts = before.rstrip().endswith(tuple(",”»“\"'’"))
    if inverts and (inverted := _subject_after(text[match.end() : match.end() + 120])):
        at, end = sentence.start + match.end() + 1, _apposition_end(text, match.end() + 1 + len(inverted))
        return Cue(verb, forms[verb], inverted, at, match.start(), end, sentence)
    if words is None:
        return None
    shift = match.start() - len(before)
    return Cue(verb, forms[verb], words, sentence.start + shift + begin, shift + attribution, match.end(), sentence)

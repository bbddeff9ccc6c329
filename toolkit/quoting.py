"""Who said what: words in quotation marks and reported speech, each with its speaker and its verb."""

from __future__ import annotations

import re
from bisect import bisect_left

from toolkit.article import Article, Quotation
from toolkit.choices import text_of
from toolkit.cues import FINITE, Cue, cues_in
from toolkit.quotemarks import blank_quotes, quoted
from toolkit.sentences import Sentence, split_sentences
from toolkit.speakers import Cast

LONGEST = 3_000
"""The longest stretch that is read as one sentence, in characters."""

_THAT = re.compile(r"(?:\s(?!to\s)[\w’.-]+){0,7}?\s(?:that|whether|if)\s|[^,;:.]{0,60}?:\s")
_PRONOUN = re.compile(r"(?:\s(?!that\b|whether\b|if\b)[\w’]+){0,4}?\s(?=(?:he|she|it|they|there)\s)")
_WHEN_OR_WHERE = re.compile(r"\s(?:on|in|at|by|during|after|before|last|this|next)\s")


def reported(cue: Cue, stop: int) -> tuple[int, int] | None:
    """Return the offsets, in the sentence, of what a verb of speech reports, or None; it ends at `stop` at the latest.

    What follows: *said that …*, *asked whether …*, *says it is …*, *promised …*. Else what stands before, as in
    *…, he said*, or on both sides where the attribution stands between commas.
    """
    text = cue.sentence.text
    semicolon = text.find(";", cue.end)
    end = len(text.rstrip(" .!?…")) if semicolon < 0 else semicolon
    ahead = _forward(cue, text[cue.end : end])
    if ahead is None:
        return _backward(cue, text, min(end, max(stop, cue.end)))
    start = cue.end + ahead
    return start, start + len(text[start : min(end, stop) if stop > start else end].rstrip(" ,"))


def _forward(cue: Cue, tail: str) -> int | None:
    """Return where the reported clause begins in the words after a verb, or None."""
    if cue.kinds & {"say", "report"} and (match := _PRONOUN.match(tail) or _THAT.match(tail)):
        return match.end()
    clause = "promise" in cue.kinds or ("say" in cue.kinds and FINITE.search(tail) and not tail.startswith(" to "))
    return 1 if clause and re.match(r"\s[\w€$£“]", tail) and not _WHEN_OR_WHERE.match(tail) else None


def _backward(cue: Cue, text: str, end: int) -> tuple[int, int] | None:
    """Return what stands before *, he said*, or around it between commas, or after *According to X,*; else None."""
    begin = text.rfind("; ", 0, cue.start) + 2 if "; " in text[: cue.start] else 0
    lead, tail = text[begin : cue.start].rstrip(), text[cue.end : end]
    if cue.verb == "according to" and not lead:
        return end - len(tail.lstrip(" ,")), end
    if cue.kinds == {"call"} or not lead.endswith(",") or (FINITE.search(tail) and tail[0] != ","):
        return None
    if tail.startswith(", "):
        return begin, end
    return (begin, begin + len(lead.rstrip(", "))) if len(lead.split()) > 2 else None


def quotations(article: Article | str) -> tuple[Quotation, ...]:
    """Return the quotations in a text, in order: `direct` between quotation marks, `indirect` as reported speech.

    Verbs of speech (`datasets/wordlists/english-verbs-*.txt`) have their subject before them, or after in *said X*.
    What follows *that*, or stands before *, he said*, is reported; a clause with quoted words counts once, as direct.
    Quoted words belong to the verb right after them, else to the nearest before, else to the next. Surnames,
    pronouns and posts (*its director general*) are followed back to a name.
    Limits: English only; *he* is the person who spoke or opened a sentence last, which the text may not mean; what a
    person thinks counts as speech, and ironic marks as a quotation.

    >>> for q in quotations("Jorge Vago said it was late. “We wait,” he added."):
    ...     print(q.mode, "|", q.speaker, "|", q.cue, "|", q.text)
    indirect | Jorge Vago | said | it was late
    direct | Jorge Vago | added | We wait
    """
    text = text_of("quotations", article)
    spans = quoted(text)
    blank = blank_quotes(text, spans)
    sentences = in_pieces(blank)
    cast = Cast(blank, [sentence.start for sentence in sentences])
    found, who, verb = [], "", ""
    for sentence in sentences:
        cues = cues_in(sentence)
        speakers = _speakers(cues, cast)
        for start, end in spans[bisect_left(spans, (sentence.start,)) : bisect_left(spans, (sentence.end,))]:
            number = _cue_of(cues, start - sentence.start, end - sentence.start)
            if number is not None:
                who, verb = speakers[number], cues[number].verb
            elif all(word[0].isupper() for word in text[start:end].split()):
                continue  # the ship “Canopée”
            words = text[start:end].rstrip(" \n\u00a0,.;").lstrip()
            at = text.index(words, start)
            found.append(Quotation(who or _opener(cast, sentence), "direct", verb, words, at, at + len(words)))
        for number, cue in enumerate(cues):
            a, b = reported(cue, _stop(cue, cues[number + 1 : number + 6])) or (0, 0)
            if a < b and "·" not in sentence.text[a:b]:
                who, verb = speakers[number], cue.verb
                a, b = sentence.start + a, sentence.start + b
                found.append(Quotation(who, "indirect", verb, text[a:b], a, b))
    return tuple(sorted(found, key=lambda q: (q.start, q.end)))


def _stop(cue: Cue, later: list[Cue]) -> int:
    """Return where a report ends: at a verb that shares the subject, or before *, and she warned*; else nowhere."""
    text = cue.sentence.text
    for other in later:
        clause = re.search(r", (?:and|but) \Z", text[cue.end : other.start])
        if clause or not other.subject:
            return cue.end + clause.start() if clause else other.start
    return len(text)


def in_pieces(text: str, language: str = "en", longest: int = LONGEST) -> list[Sentence]:
    """Return the sentences of a text, one without end in pieces of so many characters, so that time stays linear."""
    return [
        Sentence(one.text[a : a + longest], one.start + a, min(one.start + a + longest, one.end))
        for one in split_sentences(text, language=language)
        for a in range(0, len(one.text), longest)
    ]


def _speakers(cues: list[Cue], cast: Cast) -> list[str]:
    """Return who speaks at each cue; a cue without a subject shares that of the one before it."""
    found: list[str] = []
    for cue in cues:
        shared = found[-1] if found else _opener(cast, cue.sentence)
        found.append(cast.whom(cue.subject, cue.said_by) if cue.subject else shared)
        cast.spoke(found[-1], cue.said_by)
    return found


def _opener(cast: Cast, sentence: Sentence) -> str:
    """Return the first person or body that a sentence names, else nobody."""
    names = cast.between(sentence.start, sentence.end)
    return next((name.whom for name in names if name.kind in {"person", "organisation"}), "")


def _cue_of(cues: list[Cue], start: int, end: int) -> int | None:
    """Return the number of the cue that words between quotation marks belong to: right after, before, or later."""
    after = next((n for n, cue in enumerate(cues) if cue.start >= end and cue.subject), None)
    if after is not None and re.fullmatch(r"[^\w;]*", cues[0].sentence.text[end : cues[after].start]):
        return after
    return max((n for n, cue in enumerate(cues) if cue.end <= start), default=after)

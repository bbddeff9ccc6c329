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

_DATELINE = re.compile(r"[A-ZÀ-Þ]{3,}[^—–\n]{0,40}\s[—–-]\s")
_WHEN = re.compile(
    r"(?:\s(?:on|in|at|to|via|by|during|through|after|before)\s(?:(?:an?|the|its|his|her)\s)?[\w’.]+(?:\s(?:with|on|of|to)\s(?:the\s)?\w+)?"
    r"|\s(?:last|this|next)\s\w+|\s(?:later|afterwards|yesterday|today|again|[a-z]+ly))*"
)
_THAT = re.compile(
    r"(?!\s(?:he|she|it|they|there)\s)(?:\s(?!to\s(?!reporters|journalists)[a-z])[\w’.-]+){0,7}?\sthat\s"
)
_WHETHER = re.compile(r"[^,;:.]{0,60}?(?:\b(?:whether|if)\s|:\s|\s(?=(?:how|why|what)\s))")
_LISTENER = re.compile(r"(?:\s[\w’]+){1,4}?\s(?=(?:he|she|it|they|there)\s)")
_WHERE = re.compile(r"\s(?:on|in|at|to|via|by|during|after|before)\s[^,;]+")
_NEW_CLAUSE = re.compile(r",\s(?:and|but|while|whereas)\s(?:(?:on|in|at|by|later|then)\b[^,]{0,30}\s)?\Z")
_OBJECT = re.compile(r"\s(?:the|an?|its|his|her|their)\s")
_TO_DO = re.compile(r"\s(?:[\w’]+\s){1,6}?(?=(?:(?:not\s)?to|of)\s[a-z])")
_A_NAME_FOLLOWS = re.compile(r"\b(?:named|titled|entitled|known as|dubbed|so-called|the words?|the term)\s?$")


def reported(cue: Cue, stop: int) -> tuple[int, int] | None:
    """Return the offsets, in the sentence, of what a verb of speech reports, or None.

    Forward: *said that …*, *asked whether …*, *says it is …*, *promised …*, *told X to …*. Else backward, as in
    *…, he said*, and on both sides where the attribution stands between commas. `stop` is where the next verb begins.
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
    order, tries = "order" in cue.kinds, [_WHETHER] if cue.kinds & {"say", "report"} else []
    tries += [_THAT] * (bool(tries) and (order or not _OBJECT.match(tail))) + [_TO_DO] * order
    tries += [_LISTENER] * (order and "report" in cue.kinds)
    if ends := [match.end() for pattern in tries if (match := pattern.match(tail))]:
        return min(ends)
    to_do = "promise" in cue.kinds and tail.startswith(" to ")
    after = match.end() if (match := _WHEN.match(tail)) and not to_do else 0
    bare = tail[after:]
    clause = "promise" in cue.kinds or ("say" in cue.kinds and FINITE.search(bare))
    known = "it|he|she|they|there" if "report" in cue.kinds else "he|she|they|there"
    pronoun = (cue.kinds & {"say", "report"}) and re.match(rf"\s(?:{known})\s", bare)
    return after + 1 if pronoun or (clause and re.match(r"\s[\w€$£“]", bare)) else None


def _backward(cue: Cue, text: str, end: int) -> tuple[int, int] | None:
    """Return what stands before *, he said*, or around it between commas, or after *According to X,*; else None."""
    if cue.kinds <= {"call", "order", "words", "voice"} and not cue.verb.startswith("told"):
        return None
    lead = text[: cue.start].rpartition("; ")[2]
    begin = cue.start - len(lead)
    lead = re.sub(r",? as$", ",", lead.rstrip())
    tail = text[cue.end : end]
    rest = tail[match.end() :] if (match := _WHEN.match(tail)) else tail
    if _WHERE.fullmatch(tail) and not FINITE.search(tail):
        rest = ""
    if cue.verb in {"told", "tells"}:
        rest = re.sub(r"^\s[\w’]+(?:\s[\w’]+){0,4}$", "", rest)
    if cue.verb == "according to" and not lead:
        return end - len(tail.lstrip(" ,")), end
    if not lead.endswith((",", "”", "“", "»")) or (rest and rest[0] not in ",.)"):
        return None
    if rest.startswith(", ") and rest.strip(" ,"):
        return begin, end
    short = len(lead.split()) < 3 or re.match(r"(?:When|After|Before|If|As|While|Since)\b", lead)
    return None if short else (begin, begin + len(lead.rstrip(", ")))


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
    sentences = [piece for sentence in split_sentences(blank) for piece in _in_pieces(sentence)]
    cast = Cast(blank, [sentence.start for sentence in sentences])
    found, who, verb = [], "", ""
    for sentence in sentences:
        cues = cues_in(sentence)
        speakers = _speakers(cues, cast)
        for start, end in spans[bisect_left(spans, (sentence.start,)) : bisect_left(spans, (sentence.end,))]:
            number = _cue_of(cues, start - sentence.start, end - sentence.start)
            if number is not None:
                who, verb = speakers[number], cues[number].verb
            speaker = who or _opener(cast, sentence)
            if number is not None or _is_said(blank, text, (start, end), speaker):
                found.append(_quotation(text, (start, end), speaker, "direct", verb))
        for number, cue in enumerate(cues):
            a, b = reported(cue, _stop(cue, cues[number + 1 : number + 6])) or (0, 0)
            if a < b and "·" not in sentence.text[a:b]:
                who, verb = speakers[number], cue.verb
                found.append(_quotation(text, (sentence.start + a, sentence.start + b), who, "indirect", verb))
    return tuple(sorted(found, key=lambda q: (q.start, q.end)))


def _stop(cue: Cue, later: list[Cue]) -> int:
    """Return where a report ends: at a verb that shares the subject, or before *, and she warned*; else nowhere."""
    text = cue.sentence.text
    if later and not later[0].subject:
        return later[0].start
    clauses = (_NEW_CLAUSE.search(text, cue.end, max(cue.end, other.start)) for other in later)
    starts = (match.start() for match in clauses if match)
    return next((at for at in starts if len(text[cue.end : at].replace(" that ", " ").split()) > 2), len(text))


def _in_pieces(sentence: Sentence) -> list[Sentence]:
    """Return a sentence without *PARIS —*, and one without end in pieces of `LONGEST`, so that time stays linear."""
    text, start, end = sentence
    cuts = range(match.end() if (match := _DATELINE.match(text)) else 0, len(text), LONGEST)
    return [Sentence(text[a : a + LONGEST], start + a, min(start + a + LONGEST, end)) for a in cuts]


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
    if after is not None and re.fullmatch(r"[^\w;]*(?:as\s)?", cues[0].sentence.text[end : cues[after].start]):
        return after
    return max((n for n, cue in enumerate(cues) if cue.end <= start), default=after)


def _is_said(blank: str, text: str, span: tuple[int, int], speaker: str) -> bool:
    """Return whether words in marks without a verb of speech are a quotation: no name; if short, somebody's."""
    words = text[slice(*span)].split()
    named = _A_NAME_FOLLOWS.search(blank[max(0, span[0] - 30) : span[0] - 1]) or all(w[0].isupper() for w in words)
    return not named and (len(words) > 2 or bool(speaker))


def _quotation(text: str, span: tuple[int, int], speaker: str, mode: str, cue: str) -> Quotation:
    start, end = span
    if mode == "direct":
        piece = text[start:end]
        start, end = end - len(piece.lstrip()), start + len(piece.rstrip(" \n\u00a0,.;"))
    return Quotation(speaker, mode, cue, text[start:end], start, end)

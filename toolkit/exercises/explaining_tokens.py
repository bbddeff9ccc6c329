"""Mistakes in lists of words: punctuation kept, case, a contraction cut, a stop word left in, order lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, zip_longest

from toolkit.exercises.explaining_lists import (
    Words,
    bare,
    first_difference,
    joint,
    order_lost,
    skipped,
    slipped,
    stretch,
    worn,
)
from toolkit.exercises.explaining_shapes import Rule, characters, quote
from toolkit.normalising import drop_marks, fold_diacritics, lower, straighten
from toolkit.stems import stem
from toolkit.tokens import folded
from toolkit.wordlists import stop_words

Step = Callable[[str], str]
WINDOW = 400
"""How many items around the first difference are looked at to tell what kind of list is asked for."""


def strip_marks(text: str) -> str:
    """Return a word without the marks at its ends; a mark that stands alone stays.

    >>> strip_marks("(Mars,"), strip_marks(",")
    ('Mars', ',')
    """
    return re.sub(r"^\W+(?=\w)|(?<=\w)\W+$", "", text)


def drop_stop(text: str) -> str:
    """Return nothing for an English stop word.

    >>> drop_stop("The"), drop_stop("arm")
    ('', 'arm')
    """
    return "" if folded(text) in stop_words() else text


def _no_hyphen(text: str) -> str:
    return re.sub(r"(?<=\w)[-‐‑](?=\w)", "", text)


def _no_apostrophe(text: str) -> str:
    return re.sub(r"(?<=\w)['’](?=\w)", "", text)


def _no_number(text: str) -> str:
    return "" if text[:1].isdigit() else text


def _no_letter(text: str) -> str:
    return "" if len(text) == 1 and text.isalnum() else text


def _not_empty(text: str) -> str:
    return text


STEPS: dict[Step, tuple[str, str]] = {
    _not_empty: ("There are empty texts in your list, as split(“ ”) leaves them: split() alone does not.", ""),
    str.strip: ("White space was kept at the ends of {0}.", ""),
    drop_marks: (
        "Punctuation was kept: {0} is a mark, and only words are asked for.",
        "Punctuation was lost: the mark {0} is a token here too.",
    ),
    lower: (
        "Case: {0} should be {1}, all words in small letters.",
        "Case was lost: {0} became {1}, but capitals are to stay.",
    ),
    strip_marks: ("Punctuation sticks to a word: {0} should be {1}.", "A word lost its mark: {0} became {1}."),
    straighten: (
        "Curly and straight signs: {0} should be {1}.",
        "A curly or long sign was made straight: {0} became {1}.",
    ),
    drop_stop: (
        "A stop word was left in: {0} is one, and they are to be left out here.",
        "Stop words were left out: {0} is one, and they are to stay here.",
    ),
    _no_hyphen: ("Hyphens were kept: {0} should be {1}.", "A hyphen was lost: {0} became {1}."),
    _no_apostrophe: ("Apostrophes were kept: {0} should be {1}.", "An apostrophe was lost: {0} became {1}."),
    fold_diacritics: ("Accents were kept: {0} should be {1}.", "An accent was lost: {0} became {1}."),
    _no_number: ("Numbers were kept: {0} is one.", "Numbers were left out: {0} is a token too."),
    _no_letter: ("Words of one letter were kept: {0}.", "Words of one letter were left out: {0} is a token too."),
}
"""Steps, and what is said where one is still to be done on the given words, and where it was done without need."""


def taken(step: Step, words: Words) -> Iterator[str]:
    """Yield the words after a step; what it empties is left out.

    >>> list(taken(drop_stop, ["the", "arm"]))
    ['arm']
    """
    return filter(None, map(step, words))


def same(found: Iterator[str], words: Words) -> bool:
    """Return whether both are the same words in the same order, looking no further than the first difference.

    >>> same(iter(["a", "b"]), ["a", "b"])
    True
    """
    return all(a == b for a, b in zip_longest(found, words))


def told(step: Step, words: Words, message: str, becomes: str = "") -> str:
    """Return a message with the first word that the step changes, and what it becomes.

    >>> told(str.lower, ["an", "Arm"], "{0} should be {1}")
    '“Arm” should be “arm”'
    """
    first = next((word for word in words if step(word) != word), "")
    return message.format(quote(first), quote(becomes or step(first)))


def step_missed(expected: Words, given: Words, source: str) -> str:
    """Name the one step that turns what is given into what is expected, or the reverse.

    >>> step_missed(["mars"], ["mars", "."], "")
    'Punctuation was kept: “.” is a mark, and only words are asked for.'
    """
    return next(_steps(expected, given, list(STEPS), list(STEPS)), "")


def _steps(expected: Words, given: Words, missed: list[Step], overdone: list[Step]) -> Iterator[str]:
    for step in missed if expected != given else ():
        if same(taken(step, given), expected):
            yield told(step, given, STEPS[step][0])
    for step in overdone if expected != given else ():
        if STEPS[step][1] and same(taken(step, expected), given):
            yield told(step, expected, STEPS[step][1])


def stemmed(expected: Words, given: Words, source: str) -> str:
    """Name stems where words are asked for, and words where stems are.

    >>> stemmed(["two", "rovers"], ["two", "rover"], "")
    'Words were stemmed: “rovers” became “rover”; whole words are asked for.'
    """
    a, b = next(((a, b) for a, b in zip(expected, given, strict=False) if a != b), ("", ""))
    if len(expected) != len(given) or a.lower() == b.lower() or a[:3].lower() != b[:3].lower():
        return ""
    if same(map(stem, expected), given):
        return f"Words were stemmed: {quote(a)} became {quote(b)}; whole words are asked for."
    return f"A word is not stemmed: {quote(b)} should be {quote(a)}." if same(map(stem, given), expected) else ""


def first_place(expected: Words, given: Words, source: str) -> str:
    """Name what happened at the first difference, where several kinds of mistake occur in one list.

    A step is named only if no word around contradicts it: who is to leave out marks has none among the expected.

    >>> first_place(["it", "didn’t", "go"], ["it", "didn", "t", "go", "."], "")
    'A contraction was cut: “didn’t” into “didn” and “t”; it is one token here.'
    """
    low = max(first_difference(expected, given) - WINDOW // 2, 0)
    near, ours = expected[low : low + WINDOW], given[low : low + WINDOW]
    missed = [step for step in STEPS if same(taken(step, near), near)]
    overdone = [step for step in STEPS if same(taken(step, ours), ours)]
    e, g = stretch(expected, given)
    if said := cut(e, g) or next(_steps(e, g, missed, overdone), ""):
        return said
    for one in missed if e else ():
        rest = [step for step in missed if step is not one]
        if next(_steps(e, list(taken(one, g)), rest, []), ""):
            return told(one, g, STEPS[one][0], e[0])
    if len(e) == len(g) == 1:
        return worn(e[0], g[0])
    return next(_steps(*skipped(expected, given), missed, overdone), "")


CUTS = {
    r":\|?//|www\|?\.|@": ("An address was cut", "it is one token"),
    r"\|n?['’](?:[smdt]|re|ve|ll)$": ("A contraction was cut", "it is one token here"),
    r"\|['’]": ("A word was cut at its apostrophe", "it is one token here"),
    r"\d\|[.,:/]\d": ("A number was cut", "its point or comma belongs to it"),
    r"\|[-‐‑–]": ("A word was cut at its hyphen", "it is one token here"),
    r"^(?:\w\.)*\w{1,4}\|\.": ("An abbreviation was cut", "its full stops belong to it"),
}
"""What a token looks like, with | where it was cut, then the name of the mistake and what holds here."""


def cut(e: Words, g: Words) -> str:
    """Name what was cut that stays whole, or left together that is cut, given the parts that have the same letters.

    >>> cut(["1,200"], ["1", ",", "200"])
    'A number was cut: “1,200” into “1” and “,”; its point or comma belongs to it.'
    """
    pieces = len(g) > 1 and (bool(bare(g[-1])) or "".join(g).lower() == "".join(e).lower())
    if len(e) == 1 and pieces and e[0].lower().startswith(g[0].lower()):
        place = joint(e[0], g[0]) if bare(g[0]) else 0
        marked = f"{e[0][:place]}|{e[0][place:]}"
        found = (said for pattern, said in CUTS.items() if re.search(pattern, marked, re.IGNORECASE))
        name, holds = next(found, ("A token was cut", "it is one here"))
        return f"{name}: {quote(e[0])} into {quote(g[0])} and {quote(g[1])}; {holds}."
    if len(g) == 1 and len(e) > 1 and g[0] not in e:
        parts = " and ".join(map(quote, islice(e, 2)))
        if all(map(bare, e)):
            return f"Two tokens were left together: {quote(g[0])} should be {parts}."
        return f"Punctuation sticks to a word: {quote(g[0])} should be {parts}."
    return ""


TOKEN_RULES: tuple[Rule, ...] = (characters, step_missed, stemmed, order_lost, slipped, first_place)
"""The rules for words, the most certain first."""

"""Mistakes in counts and measures: not normalised, off by one, types for tokens, another denominator."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

from toolkit.exercises.explaining_lists import first_difference
from toolkit.exercises.explaining_shapes import Rule, as_number, as_text, first, kind, quote, shown, wrong_kind
from toolkit.exercises.explaining_tokens import STEPS, Step, drop_stop, strip_marks, told
from toolkit.exercises.plain import Plain
from toolkit.normalising import drop_marks, lower
from toolkit.sentences import split_sentences
from toolkit.tokens import tokenize, words

Counts = dict[str, float]


def counted(value: Plain) -> Counts | None:
    """Return counts by word from a dict or a list of pairs; None for anything else.

    >>> counted([["mars", 2]]), counted(["mars"])
    ({'mars': 2}, None)
    """
    pairs = list(value.items()) if kind(value) == "a dict" else value
    if not isinstance(pairs, list) or not all(isinstance(one, list | tuple) and len(one) == 2 for one in pairs):
        return None
    whole = all(isinstance(word, str) and as_number(count) is not None for word, count in pairs)
    return dict(pairs) if whole else None


def of_counts(rule: Callable[[Counts, Counts], str]) -> Rule:
    """Return a rule for plain values from one for counts by word; it keeps silent about anything else.

    >>> of_counts(lambda e, g: "other words" if e.keys() != g.keys() else "")([["a", 1]], {"b": 1}, "")
    'other words'
    """

    def guarded(expected: Plain, given: Plain, source: str) -> str:
        e, g = counted(expected), counted(given)
        return rule(e, g) if e and g and e != g else ""

    return guarded


def pairs(expected: Plain, given: Plain, source: str) -> str:
    """Name what is wrong with a list of pairs: turned round, in another order, too long or too short.

    >>> pairs([["mars", 2]], [[2, "mars"]], "")
    'The pairs are the wrong way round: the word comes first, then its count.'
    """
    if not given or not isinstance(given, list) or not counted(expected):
        return ""
    if isinstance(expected, dict):
        right = counted(given) == expected
        return "The counts are right, but they are pairs in a list; dict(…) makes a dict of them." if right else ""
    turned = [one[::-1] if isinstance(one, list) else one for one in given]
    return first(
        (given == expected, ""),
        (turned == expected, "The pairs are the wrong way round: the word comes first, then its count."),
        (
            given == [pair[0] for pair in expected],
            "The words are right, but their counts are missing: give pairs of a word and its count.",
        ),
        (counted(given), _order(expected, given) if counted(given) else ""),
    )


def _order(expected: list[Plain], given: list[Plain]) -> str:
    n = first_difference(expected, given)
    if n == min(len(expected), len(given)):
        side = "too many" if len(given) > len(expected) else "too few"
        return f"There are {side} words: {len(given):,} in place of the first {len(expected):,}."
    fall, rise = [pair[1] for pair in expected], [pair[1] for pair in given]
    (word, count), (other, another) = expected[n], given[n]
    again = sorted(expected) == sorted(given)
    tie = f"{quote(word)} and {quote(other)}, which are equally frequent, change places"
    return first(
        (
            fall == sorted(fall, reverse=True) and rise == sorted(rise) and rise[0] < fall[0],
            "These are the least common words first; the most common come first.",
        ),
        (again and count == another, f"Only the order of ties differs: {tie}."),
        (again, f"The counts are right, but the order is not: {quote(word)} comes at position {n + 1}."),
    )


def texts_for_numbers(expected: Plain, given: Plain, source: str) -> str:
    """Name counts that are given in quotation marks.

    >>> texts_for_numbers({"mars": 2}, {"mars": "2"}, "")
    'The count of “mars” is a text, “2”: leave the quotation marks out, or use int(…).'
    """
    found = list(given.items()) if kind(given) == "a dict" else given
    for one in found if isinstance(found, list) and counted(expected) else ():
        if isinstance(one, list | tuple) and len(one) == 2 and as_text(1, one[1]):
            said = f"The count of {quote(one[0])} is a text, {quote(one[1])}"
            return f"{said}: leave the quotation marks out, or use int(…)."
    return ""


def unlike_words(e: Counts, g: Counts) -> str:
    """Name counts that were not normalised, or by a step too many, and letters counted in place of words.

    >>> unlike_words({"mars": 3}, {"Mars": 1, "mars": 2})
    'Not normalised: “Mars” and “mars” are counted apart; make all words small letters before counting.'
    """
    if max(map(len, g)) <= 1 < max(map(len, e)):
        return "Characters were counted, not words: cut the text into words before counting."
    missing, extra = e.keys() - g.keys(), g.keys() - e.keys()
    for step, (missed, overdone) in STEPS.items() if missing or extra else ():
        if all(step(word) in e or not step(word) for word in extra) and merged(g, step) == e:
            return _told(step, g, missed)
        if overdone and all(step(word) in g or not step(word) for word in missing) and merged(e, step) == g:
            return told(step, list(e), overdone)
    for step in (lower, drop_marks, strip_marks, drop_stop):
        if all(step(word) == word for word in e) and any(step(word) != word for word in g):
            return _told(step, g, STEPS[step][0])
    return ""


def merged(counts: Counts, step: Step) -> Counts:
    """Return the counts of words after a step; what it empties is left out.

    >>> merged({"Mars": 1, "mars": 2}, str.lower)
    {'mars': 3}
    """
    total: Counter[str] = Counter()
    for word, count in counts.items():
        total[step(word)] += count  # type: ignore[assignment]
    total.pop("", None)
    return dict(total)


def _told(step: Step, counts: Counts, message: str) -> str:
    pair = next(((word, small) for word in counts if (small := word.lower()) != word and small in counts), None)
    if step is lower and pair:
        apart = f"{quote(pair[0])} and {quote(pair[1])} are counted apart"
        return f"Not normalised: {apart}; make all words small letters before counting."
    return told(step, list(counts), message)


def unlike_counts(e: Counts, g: Counts) -> str:
    """Name what went wrong with the numbers: all off by one, all 1, zeros, shares for counts, or one word alone.

    >>> unlike_counts({"mars": 2, "esa": 1}, {"mars": 3, "esa": 2})
    'Every count is one too high: does counting begin with 0?'
    """
    if e.keys() != g.keys():
        return _other_words(e, g)
    gaps = [(word, g[word] - e[word]) for word in e if g[word] != e[word]]
    often = next((word for word, count in e.items() if count > 1), "")
    shift = {gap for _, gap in gaps} if 1 < len(e) == len(gaps) else set()
    return (
        first(
            (
                often and set(g.values()) == {1},
                f"Every word has 1, as if types were listed; {quote(often)} occurs more often.",
            ),
            (shift == {1}, "Every count is one too high: does counting begin with 0?"),
            (shift == {-1}, "Every count is one too low: the first occurrence counts as 1."),
        )
        or _ratio(e, g)
        or _first_count(e, g, gaps)
    )


def _other_words(e: Counts, g: Counts) -> str:
    missing, extra = [one for one in e if one not in g], [one for one in g if one not in e]
    said = [f"{quote(found[0])} is {what}" for found, what in ((missing, "missing"), (extra, "too much")) if found]
    return first(
        (not extra and not any(map(e.get, missing)), "Words that occur 0 times were left out; here they count as 0."),
        (not missing and not any(map(g.get, extra)), "Words that occur 0 times are listed; they are to be left out."),
        (True, f"Other words are counted: {', and '.join(said)}."),
    )


def _ratio(e: Counts, g: Counts) -> str:
    """Name one and the same ratio of all counts: shares for counts, the reverse, or another denominator."""
    ratios = [g[word] / e[word] for word in e if e[word]]
    if len(ratios) < 2 or not ratios[0] or not all(math.isclose(one, ratios[0], rel_tol=1e-6) for one in ratios):
        return ""
    times, ours, theirs = ratios[0], sum(g.values()), sum(e.values())
    for unit, name in ((1, ""), (100, " in per cent"), (1000, " per 1,000")):
        if math.isclose(ours, unit, rel_tol=1e-6):
            return f"These sum to {unit:,}, as shares{name} do; counts are asked for."
        if math.isclose(theirs, unit, rel_tol=1e-6) and times > 1 and any(n % 1 for n in e.values()):
            return f"These are counts, and shares{name} are asked for: divide by their sum, {shown(ours)}."
    return f"Every value is {shown(times)} times the expected one: another denominator or unit."


def _first_count(e: Counts, g: Counts, gaps: list[tuple[str, float]]) -> str:
    word, gap = gaps[0]
    alone = "Only one count differs" if len(gaps) == 1 else f"{len(gaps):,} of {len(e):,} counts differ"
    off = f", one too {'many' if gap > 0 else 'few'}" if abs(gap) == 1 else ""
    return f"{alone}: {quote(word)} has {shown(g[word])} in place of {shown(e[word])}{off}."


def totals(source: str) -> dict[str, int]:
    """Return by what a text may be counted, and how many there are.

    >>> totals("No. No, Mars!")
    {'words': 3, 'tokens with punctuation': 6, 'types': 2, 'characters': 13, 'sentences': 2}
    """
    found = words(source)
    sizes = (len(found), len(tokenize(source)), len(set(found)), len(source), len(split_sentences(source)))
    return dict(zip(("words", "tokens with punctuation", "types", "characters", "sentences"), sizes, strict=True))


def number(expected: Plain, given: Plain, source: str) -> str:
    """Name why a number is wrong, if a calculation with the expected one gives exactly what is given.

    >>> number(0.25, 25, "")
    'Your number is 100 times too large: a share, from 0 to 1, and per cent were mixed up.'
    """
    e, g = as_number(expected), as_number(given)
    if e is None or g is None or e == g:
        return ""
    found = totals(source) if 0 < len(source) < 100_000 else {}
    return _other_total(e, g, found) or _calculated(e, g) or _other_denominator(e, g, found)


def _other_total(e: float, g: float, found: dict[str, int]) -> str:
    asked, ours = ([name for name, size in found.items() if size == one] for one in (e, g))
    if not asked or len(ours) != 1 or min(e, g) < 2:
        return ""
    return f"{shown(g)} is the number of {ours[0]} in the text; it has {shown(e)} {asked[0]}."


def _other_denominator(e: float, g: float, found: dict[str, int]) -> str:
    for right, size in found.items():
        for wrong, other in found.items():
            if size != other and 0 not in {size, other, e} and math.isclose(g * other, e * size, rel_tol=1e-6):
                return f"Another denominator: as if divided by {wrong} ({other:,}), not by {right} ({size:,})."
    return ""


def near(wanted: float, given: float) -> bool:
    """Return whether a number is the wanted one, perhaps rounded, by no more than one per cent.

    >>> near(33.3333, 33.3), near(1.4, 1)
    (True, False)
    """
    if math.isclose(wanted, given, rel_tol=1e-9):
        return True
    return abs(wanted - given) < abs(wanted) / 100 and any(given == round(wanted, n) for n in range(7))


FACTORS = {
    100: "a share, from 0 to 1, and per cent were mixed up",
    1000: "per word and per 1,000 words were mixed up",
    1_000_000: "per word and per million words were mixed up",
}


def _calculated(e: float, g: float) -> str:
    whole = e == int(e)
    times = next((n for n in FACTORS if e and (near(e * n, g) or near(e / n, g))), 0)
    rest = (0 < e < 1 and near(1 - e, g)) or (1 < e < 100 and not whole and near(100 - e, g))
    places = next((n for n in range(7) if g == round(e, n)), 0)
    return first(
        (whole and abs(g - e) == 1, f"Off by one: {shown(g)} is one too {'many' if g > e else 'few'}."),
        (g == -e, "The sign is wrong: was it subtracted the other way round?"),
        (
            times,
            f"Your number is {times:,} times too {'large' if abs(g) > abs(e) else 'small'}: {FACTORS.get(times)}.",
        ),
        (e and near(1 / (e or 1), g), "The ratio is upside down: what you divided by belongs on top."),
        (rest, "This is the rest, what is missing to the whole: the other part is asked for."),
        (whole, ""),
        (g == int(e), f"{shown(g)} is cut to a whole number: divide with /, not //, and leave int(…) out."),
        (g == round(e), f"{shown(g)} is rounded to a whole number; keep the decimals."),
        (places, f"Rounded too early: {shown(g)} has {places} decimal{'s' * (places > 1)}; give it unrounded."),
    )


COUNT_RULES: tuple[Rule, ...] = (
    texts_for_numbers,
    pairs,
    wrong_kind,
    of_counts(unlike_words),
    of_counts(unlike_counts),
    number,
)

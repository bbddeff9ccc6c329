"""Mistakes that any list can have: order and repetitions lost, an end cut off, and the first place of difference."""

from __future__ import annotations

import re
from collections import Counter

from toolkit.exercises.explaining_shapes import first, quote
from toolkit.exercises.plain import Plain

Words = list[str]


def bare(text: str) -> str:
    """Return the letters and digits of a text in small letters: what stays when only cuts, case and marks differ.

    >>> bare("Don’t!")
    'dont'
    """
    return "".join(filter(str.isalnum, text)).casefold()


def flat(text: str) -> str:
    """Return a text with single spaces.

    >>> flat(" It  fell.\\n")
    'It fell.'
    """
    return " ".join(text.split())


def worn(whole: str, given: str) -> str:
    """Name what was done to a text of which all letters are still there: space, case or marks kept or lost.

    >>> worn("It fell.", "It fell")
    'The end of “It fell” was lost: “.” belongs to it.'
    """
    kept, same = given.strip(), flat(given) == flat(whole)
    start, end = quote(whole[: len(whole) - len(kept)]), quote(whole[len(kept) :])
    expects = f"{quote(whole)} is expected, and {quote(kept)} given"
    return first(
        (given == whole, ""),
        (kept == whole, f"White space was kept at the ends of {quote(given)}: strip() takes it off."),
        (same, f"Only white space differs in {quote(given)}: a line break or a space too many or too few."),
        (flat(given).lower() == flat(whole).lower(), f"Only case differs: {expects}."),
        (bare(given) != bare(whole) or not kept, ""),
        (whole.startswith(kept), f"The end of {quote(kept)} was lost: {end} belongs to it."),
        (whole.endswith(kept), f"The beginning of {quote(kept)} was lost: {start} belongs to it."),
        (kept.startswith(whole), f"{quote(kept[len(whole) :])} does not belong to the end of {quote(whole)}."),
        (re.sub(r"\W", "", kept) == re.sub(r"\W", "", whole), f"Only punctuation differs: {expects}."),
        (True, f"Case and punctuation differ: {expects}."),
    )


def order_lost(expected: Words, given: Words, source: str) -> str:
    """Name types in place of tokens, tokens in place of types, and a lost order.

    >>> order_lost(["b", "a", "b"], ["b", "a"], "")
    'Repetitions were lost: these are the types; each token is to be listed as often as it occurs.'
    """
    if given != expected and Counter(given) == Counter(expected):
        return f"The items are right, but their order was lost: {_order(expected, given)}."
    if given and len(given) < len(expected) and set(given) == set(expected) and len(given) == len(set(given)):
        told = "Repetitions were lost: these are the types; each token is to be listed as often as it occurs"
        return f"{told}{', in the order of the text' if given != list(dict.fromkeys(expected)) else ''}."
    if len(given) > len(expected) and expected == list(dict.fromkeys(given)):
        again = next(word for word, count in Counter(given).items() if count > 1)
        return f"{quote(again)} is listed more than once: types are asked for, not tokens."
    return ""


def _order(expected: Words, given: Words) -> str:
    return first(
        (given == sorted(given), "they stand in alphabetical order"),
        (expected == sorted(expected), "alphabetical order is asked for"),
        (given == expected[::-1], "they stand backwards"),
        (
            True,
            f"{quote(given[n := first_difference(expected, given)])} is the first out of place, at position {n + 1}",
        ),
    )


def slipped(expected: list[Plain], given: list[Plain], source: str) -> str:
    """Name a list that is empty, begins too late or ends too early: off by one in a slice, for example.

    >>> slipped(["a", "b", "c"], ["a", "b"], "")
    'The last item, “c”, is missing: does a loop end one too early?'
    """
    if not given or not expected or expected == given:
        return f"Your list is empty; {len(expected):,} items are expected." if expected and not given else ""
    early = "does return stand inside the loop?" if len(given) == 1 else "does a slice or a loop end too early?"
    return first(
        (given == expected[1:], f"The first item, {quote(expected[0])}, is missing: counting begins with 0."),
        (given == expected[:-1], f"The last item, {quote(expected[-1])}, is missing: does a loop end one too early?"),
        (expected == given[:-1], f"There is one item too many: the last, {quote(given[-1])}."),
        (expected == given[1:], f"There is one item too many: the first, {quote(given[0])}."),
        (
            given == expected[: len(given)],
            f"Only the first {len(given):,} of {len(expected):,} items are there: {early}",
        ),
    )


def first_difference(expected: list[Plain], given: list[Plain]) -> int:
    """Return at how many items from the start two lists are the same.

    >>> first_difference(["a", "b"], ["a", "c"])
    1
    """
    pairs = zip(expected, given, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(expected), len(given)))


def skipped(expected: list[Plain], given: list[Plain]) -> tuple[list[Plain], list[Plain]]:
    """Return what is missing and what is too much at the first difference, where the lists go on alike after it.

    >>> skipped(["the", "arm"], ["arm"])
    (['the'], [])
    """
    n = first_difference(expected, given)
    for far in range(1, 9):
        if n + far < len(expected) and expected[n + far : n + far + 2] == given[n : n + 2]:
            return expected[n : n + far], []
        if n + far < len(given) and given[n + far : n + far + 2] == expected[n : n + 2]:
            return [], given[n : n + far]
    return (expected[n:], []) if n == len(given) else ([], given[n:]) if n == len(expected) else ([], [])


def stretch(expected: Words, given: Words) -> tuple[Words, Words]:
    """Return the smallest parts, from the first difference on, that have the same letters; or nothing twice.

    Marks that follow on one side alone are taken along.

    >>> stretch(["he", "didn’t", "go"], ["he", "didn", "t", "go"])
    (['didn’t'], ['didn', 't'])
    """
    start = first_difference(expected, given)
    i, j = start, start
    a = b = ""
    while max(i, j) - start < 12:
        if i > start and j > start and a == b:
            alone = [place < len(some) and not bare(some[place]) for some, place in ((expected, i), (given, j))]
            more = alone if alone[0] != alone[1] else (0, 0)
            return expected[start : i + more[0]], given[start : j + more[1]]
        if i < len(expected) and (i == start or (j > start and b.startswith(a) and a != b)):
            a, i = a + bare(expected[i]), i + 1
        elif j < len(given) and (j == start or (a.startswith(b) and a != b)):
            b, j = b + bare(given[j]), j + 1
        else:
            break
    return ([], [])


def joint(whole: str, part: str) -> int:
    """Return where in a text the letters of its first part end.

    >>> joint("1,200", "1")
    1
    """
    places = [n for n, sign in enumerate(whole, 1) if sign.isalnum()]
    seen = sum(map(str.isalnum, part))
    return places[seen - 1] if 0 < seen <= len(places) else len(part)


def general(expected: Plain, given: Plain, source: str) -> str:
    """Name the first place where two lists differ: what is missing or too much there, and how long they should be.

    >>> general(["a", "b"], ["a", "c"], "")
    'At position 2 “b” is expected, and “c” given.'
    """
    if not (isinstance(expected, list) and isinstance(given, list)) or expected == given:
        return ""
    n, (missing, extra) = first_difference(expected, given), skipped(expected, given)
    if missing or extra:
        more = f" and {len(missing or extra) - 1:,} more" if len(missing or extra) > 1 else ""
        said = f"At position {n + 1} {quote((missing or extra)[0])}{more} is {'missing' if missing else 'too much'}"
    else:
        said = f"At position {n + 1} {quote(expected[n])} is expected, and {quote(given[n])} given"
    length = f" You have {len(given):,} items, {len(expected):,} are expected." if len(given) != len(expected) else ""
    return f"{said}.{length}"

"""Mistakes of shape: nothing returned, a text in place of a list, numbers in quotation marks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from reprlib import repr as short_repr

from toolkit.exercises.plain import Plain

Rule = Callable[[Plain, Plain, str], str]
"""From expected, given and source to one or two sentences that name the mistake, or to an empty text."""

LONGEST = 40
"""The most characters that are quoted from outside at once."""


def quote(value: Plain) -> str:
    """Return a text or number between quotation marks, in one line and cut with … after 40 characters.

    >>> quote("Mars,"), quote(2.50), len(quote("long " * 20))
    ('“Mars,”', '“2.5”', 42)
    """
    if isinstance(value, str):
        flat = " ".join(value[:200].split(" ")).replace("\n", "↵").replace("\t", "⇥")
        return f"“{flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + '…'}”"
    with suppress(ValueError):
        return f"“{shown(value)}”" if kind(value) == "a number" else quote(short_repr(value))
    return "a huge number"


def first(*cases: tuple[object, str]) -> str:
    """Return the sentence of the first case that holds.

    >>> first((2 > 3, "more"), (2 < 3, "less"), (True, "other"))
    'less'
    """
    return next((said for holds, said in cases if holds), "")


def shown(value: Plain) -> str:
    """Return a number as it is read: whole numbers with commas, others with six digits.

    >>> shown(1200), shown(0.3333333333)
    ('1,200', '0.333333')
    """
    number = as_number(value)
    if number is None:
        return "a number past all bounds"
    return f"{number:,.0f}" if number == int(number) and abs(number) < 1e12 else f"{number:.6g}"


def as_number(value: Plain) -> float | None:
    """Return a number, or None for what is no finite number; a text is none, nor is True.

    >>> as_number(3), as_number("3"), as_number(True)
    (3.0, None, None)
    """
    with suppress(OverflowError):
        if type(value) in {int, float} and abs(number := float(value)) < float("inf"):
            return number
    return None


MARKED = {"$set": "a set", "$table": "a table", "$figure": "a chart", "$number": "no finite number"}
KINDS = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "a dict", bool: "a truth value"}


def kind(value: Plain) -> str:
    """Return what a plain value is, in words.

    >>> kind(["a"]), kind({"$set": ["a"]}), kind(2.5)
    ('a list', 'a set', 'a number')
    """
    if isinstance(value, dict) and len(value) == 1 and (marked := MARKED.get(next(iter(value)))):
        return marked
    return KINDS.get(type(value), "nothing")


def nothing_returned(expected: Plain, given: Plain, source: str) -> str:
    """Name a None.

    >>> nothing_returned(["a"], None, "")
    'Nothing was returned, which is None: is there a return at the end of the function?'
    """
    found = given is None and expected is not None
    return "Nothing was returned, which is None: is there a return at the end of the function?" if found else ""


ADVICE = {
    ("a list", "a text"): "write [“…”, “…”], each item for itself",
    ("a list", "a set"): "a set keeps neither order nor repetitions",
    ("a list", "a dict"): "take its keys with list(…), or its pairs with .items() or .most_common(n)",
    ("a list", "a number"): "give the items themselves, not how many there are",
    ("a dict", "a list"): "put dict(…) around pairs, or Counter(…) around words",
    ("a number", "a list"): "len(…) says how many items it has",
    ("a number", "a dict"): "take one value, counts[…], or sum(counts.values())",
    ("a number", "a text"): "count with len(…), or make a number of it with int(…) or float(…)",
    ("a number", "no finite number"): "was something divided by 0?",
    ("a text", "a list"): "take one item, or put them together with “ ”.join(…)",
    ("a truth value", "a text"): "write True or False without quotation marks",
}
"""What to do where the first kind is asked for and the second is given."""


def wrong_kind(expected: Plain, given: Plain, source: str) -> str:
    """Name a text in place of a list, a number in quotation marks, and any other wrong kind of value.

    >>> wrong_kind(3, "3", "")
    'The number is given as a text, “3”: leave the quotation marks out, or use int(…) or float(…).'
    """
    asked, found = kind(expected), kind(given)
    if asked == found or "nothing" in {asked, found}:
        return ""
    if as_text(expected, given):
        return (
            f"The number is given as a text, {quote(given)}: leave the quotation marks out, or use int(…) or float(…)."
        )
    advice = ADVICE.get((asked, found), "")
    return f"Your answer is {found}, and {asked} is asked for{': ' * bool(advice)}{advice}."


def as_text(expected: Plain, given: Plain) -> bool:
    """Return whether a number is asked for and given in quotation marks.

    >>> as_text(3, "3"), as_text(3, "three")
    (True, False)
    """
    with suppress(ValueError, OverflowError):
        return kind(expected) == "a number" and isinstance(given, str) and len(given) < 400 and float(given) is not None
    return False


def wrong_inside(expected: Plain, given: Plain, source: str) -> str:
    """Name lists in a list, tokens with their offsets, and items of a wrong kind, where texts or numbers are asked for.

    >>> wrong_inside(["a", "b"], [["a", 0, 1], ["b", 2, 3]], "")
    'Each token is given with its offsets; take its text alone: token.text.'
    """
    if not (isinstance(expected, list) and isinstance(given, list) and expected and given):
        return ""
    asked = {kind(one) for one in expected}
    place, odd = next(((n, one) for n, one in enumerate(given, 1) if kind(one) not in asked), (0, ""))
    if not place or len(asked) > 1:
        return ""
    if all(isinstance(one, list) for one in given) and asked == {"a text"}:
        return _lists_inside(expected, given)
    if as_text(expected[0], odd):
        return f"Numbers are given as texts: {quote(odd)} at position {place}. Use int(…) or float(…)."
    return f"Position {place} holds {kind(odd)} where {next(iter(asked))} is asked for."


def _lists_inside(expected: list[Plain], given: list[list[Plain]]) -> str:
    if [one[:1] for one in given] == [[word] for word in expected] and all(len(one) == 3 for one in given):
        return "Each token is given with its offsets; take its text alone: token.text."
    if [one[:1] for one in given] == [[word] for word in expected] and all(len(one) == 2 for one in given):
        return "Each item is given as a pair; take the first of each alone."
    if list(chain.from_iterable(given)) == expected:
        return "The items are right, but they lie in lists inside a list; one flat list is asked for."
    return "There are lists inside your list; one flat list of texts is asked for."


def characters(expected: Plain, given: Plain, source: str) -> str:
    """Name a list of single characters where words are asked for.

    >>> characters(["no", "arm"], ["n", "o", " ", "a", "r", "m"], "")
    'These are single characters: a loop over a text, or list(text), goes letter by letter. Cut it up first.'
    """
    if len(given) > len(expected) and max(map(len, given)) == 1 < max(map(len, expected), default=0):
        looped = "a loop over a text, or list(text), goes letter by letter"
        return f"These are single characters: {looped}. Cut it up first."
    return ""


SHAPES: tuple[Rule, ...] = (nothing_returned, wrong_kind, wrong_inside)
"""The rules of shape, which come first for every field."""


def of_texts(rule: Rule) -> Rule:
    """Return a rule that keeps silent unless both lists hold texts alone.

    >>> of_texts(lambda expected, given, source: "heard")(["a"], [1], "")
    ''
    """

    def guarded(expected: Plain, given: Plain, source: str) -> str:
        lists = isinstance(expected, list) and isinstance(given, list)
        return rule(expected, given, source) if lists and {*map(type, expected), *map(type, given)} <= {str} else ""

    return guarded

"""What kind of value an answer is, how it is quoted, and the mistakes of shape: nothing returned, a text for a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from contextlib import suppress

from toolkit.exercises.plain import Plain, canonical


def quote(value: Plain) -> str:
    """Return a value between quotation marks, in one line and cut with … after 40 characters.

    >>> quote("Mars,"), quote(2.50), len(quote("long " * 20))
    ('“Mars,”', '“2.5”', 42)
    """
    flat = as_text(value)[:200].replace("\n", "↵").replace("\t", "⇥")
    return f"“{flat if len(flat) <= 40 else flat[:39] + '…'}”"


def as_text(value: Plain) -> str:
    """Return a text as it is, and any other value as one: 3 and 3.0 as the same.

    >>> as_text("a"), as_text(3.0), as_text(["a", 1.0])
    ('a', '3', "['a', 1]")
    """
    if isinstance(value, str):
        return value
    if (number := as_number(value)) is not None:
        return f"{number:.15g}"
    if isinstance(value, list):
        return f"[{', '.join(repr(one) if isinstance(one, str) else as_text(one) for one in value)}]"
    with suppress(ValueError):  # an int of more than 4,300 digits has no text
        return canonical(value)
    return "a huge value"


def as_number(value: Plain) -> float | None:
    """Return a number, or None for what is no finite number; a text is none, nor is True."""
    return float(value) if type(value) in {int, float} and abs(value) < 1e308 else None


def shown(number: float) -> str:
    """Return a number as it is read: whole numbers with commas, others with six digits.

    >>> shown(1200), shown(0.3333333333)
    ('1,200', '0.333333')
    """
    return f"{number:,.0f}" if number % 1 == 0 and abs(number) < 1e12 else f"{number:.6g}"


def first(*cases: tuple[object, str]) -> str:
    """Return the sentence of the first case that holds and has one."""
    return next((said for holds, said in cases if holds and said), "")


def unshared(expected: Iterable[Plain], given: Iterable[Plain]) -> tuple[list[Plain], list[Plain]]:
    """Return what is missing and what is too much: the items on one side alone, each once."""
    e, g = ({as_text(one): one for one in some} for some in (expected, given))
    return [e[one] for one in e if one not in g], [g[one] for one in g if one not in e]


def sides(missing: Sequence[Plain], extra: Sequence[Plain]) -> str:
    """Return what is missing and what is too much: the first of each by its name, and how many more.

    >>> sides(["a", "b"], ["c"])
    '“a” and 1 more is missing, and “c” is too much'
    """
    found = [(some, what) for some, what in ((missing, "missing"), (extra, "too much")) if some]
    return ", and ".join(f"{quote(some[0])}{more(some)} is {what}" for some, what in found)


def more(some: Sequence[Plain]) -> str:
    """Return how many items there are beside the first, in words."""
    return f" and {len(some) - 1:,} more" if len(some) > 1 else ""


def lengths(expected: Sized, given: Sized, what: str = "items") -> str:
    """Return a sentence on how many items there are, where they are too many or too few."""
    few = len(given) != len(expected)
    return f" You have {len(given):,} {what}, {len(expected):,} are expected." if few else ""


MARKED = {"$set": "a set", "$table": "a table", "$figure": "a chart", "$number": "no finite number"}
KINDS = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "a dict", bool: "a truth value"}


def kind(value: Plain) -> str:
    """Return what a plain value is, in words."""
    if isinstance(value, dict) and len(value) == 1 and (marked := MARKED.get(next(iter(value)))):
        return marked
    return KINDS.get(type(value), "nothing")


ADVICE = {
    ("a list", "a text"): 'write ["…", "…"], each item for itself',
    ("a list", "a set"): "a set keeps neither order nor repetitions",
    ("a list", "a dict"): "take its keys with list(…), or its pairs with .items() or .most_common(n)",
    ("a list", "a number"): "give the items themselves, not how many there are",
    ("a dict", "a list"): "put dict(…) around pairs, or Counter(…) around words",
    ("a number", "a list"): "len(…) says how many items it has",
    ("a number", "a dict"): "take one value, counts[…], or sum(counts.values())",
    ("a number", "a text"): "count with len(…), or make a number of it with int(…) or float(…)",
    ("a number", "no finite number"): "was something divided by 0?",
    ("a text", "a list"): 'take one item, or put them together with " ".join(…)',
    ("a truth value", "a text"): "write True or False without quotation marks",
}
"""What to do where the first kind is asked for and the second is given."""


def shape(expected: Plain, given: Plain) -> str:
    """Name a wrong kind of answer, or of the items in it: None, a text for a list, a number as a text.

    >>> shape(["a"], "a")
    'Your answer is a text, and a list is asked for: write ["…", "…"], each item for itself.'
    """
    asked, found = kind(expected), kind(given)
    if asked == found == "a list":
        return _inside(expected, given) if given else f"Your list is empty; {len(expected):,} items are expected."
    if asked == found == "a dict":
        return _inside([*expected.values()], [*given.values()])
    if asked in {found, "nothing"}:
        return ""
    if found == "nothing":
        return "Nothing was returned, which is None: is there a return at the end of the function?"
    if asked == "a number" and _is_numeral(given):
        said = f"The number is given as a text, {quote(given)}"
        return f"{said}: leave the quotation marks out, or use int(…) or float(…)."
    advice = ADVICE.get((asked, found), "")
    return f"Your answer is {found}, and {asked} is asked for{': ' * bool(advice)}{advice}."


def _is_numeral(value: Plain) -> bool:
    with suppress(ValueError):
        return isinstance(value, str) and len(value) < 400 and float(value) is not None
    return False


def _inside(expected: list[Plain], given: list[Plain]) -> str:
    asked = {kind(one) for one in expected}
    odd = next((one for one in given if kind(one) not in asked), ...)
    if odd is ... or len(asked) != 1:
        return ""
    if asked == {"a text"} and isinstance(odd, list):
        right = all(isinstance(b, list) and b[:1] == [a] for a, b in zip(expected, given, strict=False))
        return first(
            (right and len(odd) == 2, "Each item is given as a pair; take the first of each alone."),
            (right and len(odd) == 3, "Each token is given with its offsets; take its text alone: token.text."),
            (True, "There are lists inside your list; one flat list of texts is asked for."),
        )
    if asked == {"a number"} and _is_numeral(odd):
        return f"Numbers are given as texts, as {quote(odd)}: use int(…) or float(…)."
    return f"There is {kind(odd)} where {asked.pop()} is asked for{'' if odd is None else f': {quote(odd)}'}."

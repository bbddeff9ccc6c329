"""Comparators: expected and given plain values in, a share of the points out. One function and one line each."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from typing import Any

from toolkit.choices import one_of
from toolkit.exercises.plain import Plain, canonical

Comparator = Callable[..., float]
"""A function (expected, given, **options) -> share of the points, 0 to 1; it sees plain values alone."""


def exact(expected: Plain, given: Plain) -> float:
    """Return 1 where both are the same: same order, same values; 2 and 2.0 are the same, 1 and True are not.

    >>> exact([1, "a"], [1.0, "a"]), exact([1], [True])
    (1.0, 0.0)
    """
    return float(_same(expected, given, lambda a, b: bool(a == b)))


def close(expected: Plain, given: Plain, *, abs: float = 1e-9, rel: float = 1e-6) -> float:
    """Return 1 where all numbers differ by at most `abs`, or by the share `rel` of the expected one.

    >>> close({"ttr": 0.5}, {"ttr": 0.50001}, abs=0.001)
    1.0
    """
    return float(_same(expected, given, lambda a, b: math.isclose(a, b, rel_tol=rel, abs_tol=abs)))


def _same(a: Plain, b: Plain, equal: Callable[[float, float], bool]) -> bool:
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return a is b
    if isinstance(a, int | float) and isinstance(b, int | float):
        return equal(a, b)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_same(x, y, equal) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[key], b[key], equal) for key in a)
    return type(a) is type(b) and bool(a == b)


def _members(value: Plain) -> Counter[str]:
    """Return how often each member is there; those of a dict are its keys, each with its value."""
    if isinstance(value, dict):
        value = value["$set"] if "$set" in value else [{"$item": pair} for pair in value.items()]
    value = _whole(value)
    return Counter(map(canonical, value)) if isinstance(value, list) else Counter([f"alone: {canonical(value)}"])


def _whole(value: Plain) -> Plain:
    """Return plain values with 2 for 2.0, which are the same to every comparator."""
    if isinstance(value, list | tuple):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value


def unordered(expected: Plain, given: Plain) -> float:
    """Return 1 where both have the same members; order and repeats do not count. Those of a dict are key and value.

    >>> unordered(["a", "b"], ["b", "a", "a"]), unordered({"a": 1}, {"a": 2})
    (1.0, 0.0)
    """
    return float(set(_members(expected)) == set(_members(given)))


def multiset(expected: Plain, given: Plain) -> float:
    """Return 1 where both have the same members equally often; order does not count.

    >>> multiset(["a", "b", "a"], ["b", "a", "a"]), multiset(["a", "b"], ["b", "a", "a"])
    (1.0, 0.0)
    """
    return float(_members(expected) == _members(given))


def f1(expected: Plain, given: Plain) -> float:
    """Return F1 of the members, 2 × common / (expected + given), from 0 to 1: partial credit for lists.

    >>> f1(["a", "b"], ["a"])
    0.6666666666666666
    """
    wanted, found = set(_members(expected)), set(_members(given))
    return 2 * len(wanted & found) / (len(wanted) + len(found)) if wanted or found else 1.0


def spans(expected: Plain, given: Plain, *, slack: int = 0) -> float:
    """Return F1 of spans [start, end] or [start, end, label]; ends may be `slack` characters off, labels may not.

    >>> spans([[0, 4, "who"], [9, 12, "who"]], [[0, 5, "who"]], slack=1)
    0.6666666666666666
    """
    if not isinstance(given, list) or not all(isinstance(one, list) and len(one) >= 2 for one in given):
        return 0.0
    whole = [one for one in given if type(one[0]) is type(one[1]) is int]
    left, hits = sorted(whole, key=lambda one: one[:2]), 0
    for want in sorted(expected, key=lambda one: one[:2]):  # in order, no span takes one that another needs
        near = next((one for one in left if _near(want, one, slack)), None)
        if near is not None:
            left.remove(near)
            hits += 1
    return 2 * hits / (len(expected) + len(given)) if expected or given else 1.0


def _near(a: list[Any], b: list[Any], slack: int) -> bool:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1])) <= slack and a[2:] == b[2:]


def table(expected: Plain, given: Plain, *, rows: bool = False, columns: bool = False, abs: float = 1e-9) -> float:
    """Return 1 where both tables have the same columns and rows; their order counts where `rows`, `columns` say so.

    >>> a = {"$table": {"columns": ["x", "y"], "rows": [[1, 2]]}}
    >>> b = {"$table": {"columns": ["y", "x"], "rows": [[2, 1]]}}
    >>> table(a, b), table(a, b, columns=True)
    (1.0, 0.0)
    """
    if not isinstance(given, dict) or "$table" not in given:
        return 0.0
    one, two = expected["$table"], given["$table"]
    names = list if columns else sorted
    if names(one["columns"]) != names(two["columns"]):
        return 0.0
    order = [two["columns"].index(name) for name in one["columns"]]
    found = [[row[i] for i in order] for row in two["rows"]]
    wanted = one["rows"]
    if not rows:
        wanted, found = (sorted(part, key=canonical) for part in (wanted, found))
    return close(wanted, found, abs=abs)


def figure(expected: Plain, given: Plain, *, misleads: bool = False) -> float:
    """Return 1 where a chart shows the expected values and `check_chart` finds nothing; `misleads` allows findings.

    Only labels and values count, not colours, sizes or titles.
    """
    from toolkit.charts import check_chart, figure_of
    from toolkit.describing import figure_rows

    if not isinstance(given, dict) or "$figure" not in given:
        return 0.0
    wanted, found = (figure_of(one["$figure"]) for one in (expected, given))
    pairs = [sorted([label, value] for _, label, value in figure_rows(one)) for one in (wanted, found)]
    return float(close(*pairs) == 1 and (misleads or not check_chart(found)))


def text(expected: Plain, given: Plain) -> float:
    """Return 1 for the same words; case, space, accents and punctuation do not count. A list offers several answers.

    >>> text(["Roscosmos", "the Russian agency"], " roscosmos. ")
    1.0
    """
    offered = expected if isinstance(expected, list) else [expected]
    return float(isinstance(given, str) and normalized(given) in {normalized(one) for one in offered})


def normalized(words: str) -> str:
    """Return a short answer without case, accents, punctuation and doubled space.

    >>> normalized(" The  RÉSUMÉ. ")
    'the resume'
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare))


def pattern(expected: Plain, given: Plain) -> float:
    """Return 1 where the expected regular expression matches the whole text that is given, without regard to case.

    >>> pattern("type[- ]token ratio", "Type-token ratio")
    1.0
    """
    return float(isinstance(given, str) and re.fullmatch(expected, given.strip()[:2_000], re.IGNORECASE) is not None)


COMPARATORS: dict[str, Comparator] = {
    one.__name__: one for one in (exact, unordered, multiset, close, f1, spans, table, figure, text, pattern)
}
"""The comparators by the name that a question gives; `module:function` names one of the teacher's own."""


def compared(comparator: dict[str, Any], expected: Plain, given: Plain) -> float:
    """Return the share of the points, 0 to 1, that a comparator gives: `{"name": "close", "abs": 0.01}`.

    >>> compared({"name": "close", "abs": 0.01}, 0.5, 0.505)
    1.0
    """
    options = {name: value for name, value in comparator.items() if name != "name"}
    return min(max(float(comparator_named(comparator["name"])(expected, given, **options)), 0.0), 1.0)


def comparator_named(name: str) -> Comparator:
    """Return a comparator by its name, or a teacher's own by `module:function`."""
    module, colon, function = name.partition(":")
    if colon:
        try:
            own: Comparator = getattr(import_module(module), function)
        except (ImportError, AttributeError) as error:
            raise ValueError(f"there is no comparator {name}: {error}") from None
        return own
    return COMPARATORS[one_of("comparator", name, COMPARATORS)]

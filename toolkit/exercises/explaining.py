"""Name the mistake: what the field calls the difference between an expected and a given answer."""

from __future__ import annotations

from reprlib import repr as short_repr

from toolkit.exercises.explaining_counts import COUNT_RULES, number
from toolkit.exercises.explaining_lists import general
from toolkit.exercises.explaining_sentences import SENTENCE_RULES, SUMMARY_RULES, text
from toolkit.exercises.explaining_shapes import SHAPES, Rule, kind, nothing_returned, of_texts, quote, wrong_kind
from toolkit.exercises.explaining_tables import choice, spans, table
from toolkit.exercises.explaining_tokens import TOKEN_RULES, step_missed
from toolkit.exercises.plain import Plain


def members(expected: Plain, given: Plain, source: str) -> str:
    """Name what is missing in a set, and what is too much.

    >>> members(["a", "b"], ["b"], "")
    '“a” is missing.'
    """
    missing, extra = sorted(set(expected) - set(given)), sorted(set(given) - set(expected))
    found = [(some, what) for some, what in ((missing, "missing"), (extra, "too much")) if some]
    said = [f"{quote(some[0])}{f' and {len(some) - 1:,} more' * (len(some) > 1)} is {what}" for some, what in found]
    return f"{', and '.join(said)}." if said else ""


FIELDS: dict[str, tuple[Rule, ...]] = {
    "tokens": (*SHAPES, *map(of_texts, TOKEN_RULES), general),
    "sentences": (*SHAPES, *map(of_texts, SENTENCE_RULES), general),
    "summary": (*SHAPES, *map(of_texts, SUMMARY_RULES), general),
    "counts": (nothing_returned, *COUNT_RULES, wrong_kind, general),
    "number": (nothing_returned, wrong_kind, number),
    "spans": (*SHAPES, spans, general),
    "table": (nothing_returned, wrong_kind, table),
    "text": (nothing_returned, text, wrong_kind),
    "choice": (nothing_returned, wrong_kind, text, choice),
    "set": (of_texts(step_missed), of_texts(members)),
}
"""The rules for each kind of answer, from the most certain to the most general: a new one is one function, one line."""


def explain(field: str, expected: Plain, given: Plain, source: str = "") -> str:
    """Return one or two sentences that name what is wrong, in the field's words; "" where no rule knows it.

    `field` is one of `FIELDS`; `source` is the text that the answer is about. A step is named where undoing it gives
    what is expected; what follows only from the first difference is said of that place alone.

    >>> explain("tokens", ["mars", "is", "far"], ["Mars", "is", "far"])
    'Case: “Mars” should be “mars”, all words in small letters.'
    >>> explain("counts", {"mars": 2}, {"mars": 3})
    'Only one count differs: “mars” has 3 in place of 2, one too many.'
    """
    if "a set" in {kind(expected), kind(given)} <= {"a set", "a list"}:
        a, b = _members(expected), _members(given)
        if a != b:
            expected, given, field = a, b, field if field == "choice" else "set"
    return next(filter(None, (rule(expected, given, source) for rule in FIELDS.get(field, ()))), "")


def _members(value: Plain) -> list[str]:
    """Return the different members of a set or list as texts, in alphabetical order."""
    found = value["$set"] if isinstance(value, dict) else value
    return sorted(
        {one if isinstance(one, str) else short_repr(one) for one in found} if isinstance(found, list) else ()
    )

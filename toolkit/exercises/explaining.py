"""Name the mistake: what the field calls the difference between an expected and a given answer."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.exercises import explaining_values as values
from toolkit.exercises import explaining_words as words
from toolkit.exercises.explaining_kinds import kind, shape
from toolkit.exercises.plain import Plain

Rule = Callable[[Plain, Plain, str], str]
"""From expected, given and source to one or two sentences that name the mistake, or to an empty text."""

FIELDS: dict[str, tuple[Rule, ...]] = {
    "tokens": (words.smaller_units,),
    "sentences": (words.smaller_units,),
    "summary": (words.smaller_units, words.altered, words.chosen),
    "counts": (values.counts, values.number),
    "number": (values.number,),
    "spans": (values.spans,),
    "table": (values.table,),
    "text": (words.unlike_text, words.short_answer),
    "choice": (values.choice, words.unlike_text),
}
"""The rules for each kind of answer, from the most certain to the most general: a new one is one function, one line."""
IN_ORDER: dict[str, tuple[Rule, ...]] = {
    "tokens": (words.in_words,),
    "sentences": (words.in_sentences,),
    "summary": (words.reading_order,),
    "choice": (values.choice_order,),
}
"""The rules that follow where order counts; then come those for a list of any kind."""
BY_KIND = {"a list": "tokens", "a set": "tokens", "a dict": "counts", "a number": "number", "a table": "table"}
"""The field where none is named, by the kind of the expected answer; all else is a text."""


def explain(field: str, expected: Plain, given: Plain, source: str = "", *, ordered: bool = True) -> str:
    """Return one or two sentences that name what is wrong, in the field's words; "" where no rule knows it.

    `field` is one of `FIELDS`, `source` the text that the answer is about; unless `ordered`, nothing is said of order.

    >>> explain("tokens", ["mars", "is", "far"], ["Mars", "is", "far"])
    'Case: “Mars” should be “mars”, all words in small letters.'
    >>> explain("counts", {"mars": 2}, {"mars": 3})
    'Only one count differs: “mars” has 3 in place of 2, one too many.'
    """
    if field == "text" and isinstance(expected, list):  # several answers are offered
        return next(filter(None, (explain(field, one, given, source) for one in expected)), "")
    said = wrong = shape(expected, given)
    asked = kind(expected)
    if {asked, kind(given)} <= {"a list", "a set"} and (asked == "a set" or not ordered):
        expected, given = (one["$set"] if isinstance(one, dict) else one for one in (expected, given))
        said, ordered = shape(expected, given), False
    if said or expected in (None, given):
        return said or wrong
    rules = _rules(field if field in FIELDS else BY_KIND.get(asked, "text"), expected, given, ordered)
    return next(filter(None, (rule(expected, given, source) for rule in rules)), wrong)


def _rules(field: str, expected: Plain, given: Plain, ordered: bool) -> tuple[Rule, ...]:
    """Return the rules to try; those for texts see lists of texts alone."""
    lists = isinstance(expected, list)
    if field in {"tokens", "sentences", "summary"} and not (lists and {*map(type, [*expected, *given])} <= {str}):
        field = "counts"
    general = (*IN_ORDER.get(field, ()), words.in_list) if ordered else (words.members,)
    return FIELDS[field] + general * lists

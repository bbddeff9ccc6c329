"""One sentence for every wrong choice: what was given, and what is allowed."""

from collections.abc import Iterable
from difflib import get_close_matches


def one_of(name: str, value: object, allowed: Iterable[str]) -> str:
    """Return `value` when it is one of the allowed choices, else raise a ValueError that lists them.

    >>> one_of("period", "month", ["month", "quarter", "year"])
    'month'
    >>> one_of("period", "week", ["month", "quarter", "year"])
    Traceback (most recent call last):
        ...
    ValueError: period='week' is not one of 'month', 'quarter', 'year'
    """
    choices = list(allowed)
    if isinstance(value, str) and value in choices:
        return value
    listed = ", ".join(map(repr, choices))
    raise ValueError(f"{name}={value!r} is not one of {listed}{did_you_mean(value, choices)}")


def did_you_mean(value: object, choices: Iterable[str]) -> str:
    """Return `"; did you mean '…'?"` for the choice that looks most like `value`, else an empty string.

    >>> did_you_mean("lexrnak", ["luhn", "lexrank"])
    "; did you mean 'lexrank'?"
    """
    close = get_close_matches(str(value), list(choices), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""

"""One sentence for every wrong choice: what was given, and what is allowed."""

from collections.abc import Iterable
from difflib import get_close_matches
from numbers import Integral
from reprlib import repr as short_repr


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
    raise ValueError(f"{name}={short_repr(value)} is not one of {listed}{did_you_mean(value, choices)}")


INSTEAD = {
    "Article": "type {call}(article.text)",
    "Corpus": "choose one article and type {call}(corpus[0].text)",
    "Page": "type {call}(page.article.text)",
}
"""What to type when a function that takes a text is given something else."""


def need_text(call: str, value: object) -> None:
    """Raise a TypeError, with what to type next, unless the value is a text.

    >>> need_text("tokenize", 2022)
    Traceback (most recent call last):
        ...
    TypeError: tokenize takes a text, not int; put quotation marks round it
    """
    given = type(value).__name__
    if not isinstance(value, str):
        advice = INSTEAD.get(given, "put quotation marks round it").format(call=call)
        raise TypeError(f"{call} takes a text, not {given}; {advice}")


def need_words(call: str, value: object) -> list[str]:
    """Return a list of words, or raise a TypeError with what to type next when it is none.

    >>> need_words("term_counts", "a text")
    Traceback (most recent call last):
        ...
    TypeError: term_counts takes a list of words, not str; type term_counts(words(text))
    """
    found = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else None
    if found is None or any(type(word) is not str for word in found):
        given = type(value).__name__
        source = {"Article": "article.text", "Corpus": "corpus[0].text"}.get(given, "text")
        raise TypeError(f"{call} takes a list of words, not {given}; type {call}(words({source}))")
    return found


def need(call: str, value: object, kind: type | tuple[type, ...], advice: str) -> None:
    """Raise a TypeError that says what was given and what to type next, unless the value is of the kind.

    >>> need("describe", "a chart", int, "give what chart_terms(…) returned")
    Traceback (most recent call last):
        ...
    TypeError: describe cannot use a str; give what chart_terms(…) returned
    """
    if not isinstance(value, kind):
        raise TypeError(f"{call} cannot use a {type(value).__name__}; {advice}")


def need_count(name: str, value: object, *, least: int = 0) -> None:
    """Raise an error with what is allowed unless the value is a whole number of at least `least`.

    >>> need_count("sentences", 2.5)
    Traceback (most recent call last):
        ...
    TypeError: sentences=2.5 must be a whole number without quotation marks, for example sentences=3
    """
    if not isinstance(value, Integral) or isinstance(value, bool):
        example = f"must be a whole number without quotation marks, for example {name}=3"
        raise TypeError(f"{name}={short_repr(value)} {example}")
    if value < least:
        raise ValueError(f"{name}={value} is below {least}, the least that makes sense here")


def did_you_mean(value: object, choices: Iterable[str]) -> str:
    """Return `"; did you mean '…'?"` for the choice that looks most like `value`, else an empty string.

    >>> did_you_mean("lexrnak", ["luhn", "lexrank"])
    "; did you mean 'lexrank'?"
    """
    close = get_close_matches(str(value), list(choices), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""

"""One sentence for every wrong choice: what was given, and what is allowed."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from numbers import Integral, Real
from pathlib import Path
from reprlib import repr as short_repr
from typing import TYPE_CHECKING


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
    """Raise a TypeError, with what to type next, unless the value is a text."""
    given = type(value).__name__
    if not isinstance(value, str):
        advice = INSTEAD.get(given, "put quotation marks round it").format(call=call)
        raise TypeError(f"{call} takes a text, not {given}; {advice}")


def text_of(call: str, value: object) -> str:
    """Return a text as it is, of an article its text; raise a TypeError with what to type next for anything else."""
    if not isinstance(text := getattr(value, "text", value), str):
        advice = f"type {call}(corpus[0]) or {call}(page.article)"
        raise TypeError(f"{call} takes a text or an article, not {type(value).__name__}; {advice}")
    return text


def need_words(call: str, value: object, *, of: str = "words", advice: str = "") -> list[str]:
    """Return a list of words, or `of` other texts, or raise a TypeError with what to type next when it is none."""
    found = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else None
    if found is None or set(map(type, found)) - {str}:
        given = type(value).__name__
        source = {"Article": "article.text", "Corpus": "corpus[0].text"}.get(given, "text")
        inside = next((f" with {type(one).__name__} in it" for one in found or () if type(one) is not str), "")
        advice = advice or f"type {call}(words({source}))"
        raise TypeError(f"{call} takes a list of {of}, not {given}{inside}; {advice}")
    return found


def need_counts(call: str, value: object) -> dict[str, float]:
    """Return the counts that are above 0, or raise a TypeError with what to type next when these are no counts."""
    if not isinstance(value, Mapping) or not all(isinstance(count, Real) for count in value.values()):
        given = type(value).__name__
        raise TypeError(f"{call} takes counted words, not {given}; type {call}(term_counts(words(text)))")
    return {word: count for word, count in value.items() if count > 0}


def need(call: str, value: object, kind: type | tuple[type, ...], advice: str) -> None:
    """Raise a TypeError that says what was given and what to type next, unless the value is of the kind.

    >>> need("describe", "a chart", int, "give what chart_terms(…) returned")
    Traceback (most recent call last):
        ...
    TypeError: describe cannot use a str; give what chart_terms(…) returned
    """
    if not isinstance(value, kind):
        given = type(value).__name__
        raise TypeError(f"{call} cannot use {'an' if given[0] in 'AEIOaeio' else 'a'} {given}; {advice}")


def need_columns(call: str, table: object, names: Iterable[str], source: str) -> None:
    """Raise a TypeError, with what to give, unless the value is a table that has the columns.

    >>> need_columns("attention", [1], ["date"], "load_coverage()")
    Traceback (most recent call last):
        ...
    TypeError: attention cannot use a list without date; give load_coverage()
    """
    if missing := [name for name in names if name not in getattr(table, "columns", ())]:
        raise TypeError(f"{call} cannot use a {type(table).__name__} without {', '.join(missing)}; give {source}")


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


def need_folder(file: str | Path) -> None:
    """Raise a ValueError unless the folder is there in which a file is to be written."""
    folder = Path(file).parent
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder} for {Path(file).name}; make it first")


def did_you_mean(value: object, choices: Iterable[str]) -> str:
    """Return `"; did you mean '…'?"` for the choice most like `value`, else an empty string.

    >>> did_you_mean("lexrnak", ["luhn", "lexrank"])
    "; did you mean 'lexrank'?"
    """
    close = get_close_matches(str(value), list(choices), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


class Named:
    """What all of whose attributes a student may type: a name that it does not have is answered with what was meant."""

    __slots__ = ()
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            has = [known for known in dir(type(self)) if known[0] != "_"]
            rest = did_you_mean(name, has) or f"; it has {', '.join(has)}"
            raise AttributeError(f"{type(self).__name__} has no {name!r}{rest}")

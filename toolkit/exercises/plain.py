"""Turn an answer into plain JSON values, so that nothing a student invents takes part in the comparison."""

from __future__ import annotations

import json
import math
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import EllipsisType, GeneratorType
from typing import Any

Plain = Any
"""None, bool, int, float, str, list or dict, of exactly these types; `$table`, `$set`, `$figure` mark the rest."""

MOST = 200_000
"""The most single values that an answer may have."""

LONGEST = 2_000_000
"""The most characters that an answer may have in all."""

ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


class NotPlain(ValueError):
    """An answer cannot be compared; the message is a sentence for the student."""


def plain(value: object) -> Plain:
    """Return an answer as plain values: a tuple as a list, a Counter as a dict, a set, table or figure by its content.

    Keys become text. Raises `NotPlain`, with what to type, for what has no content to compare: a generator, a function,
    an object of another kind, and more than 200,000 values.

    >>> plain(({"a", "b"}, (1, 2.0), {("x", "y"): True}))
    [{'$set': ['a', 'b']}, [1, 2.0], {'["x", "y"]': True}]
    """
    return _Reader().read(value, 0)


class _Reader:
    """Reads one answer, and counts what it has read."""

    def __init__(self) -> None:
        self.values = self.characters = 0

    def read(self, value: Any, depth: int) -> Plain:
        self.values += 1
        if self.values > MOST or depth > 50:
            raise NotPlain(f"the answer has more than {MOST:,} values or is nested without end")
        if value is None or type(value) is bool:
            return value
        copiers: tuple[tuple[type, Callable[[Any], Any]], ...] = (
            (str, str.__str__), (int, int.__pos__), (float, float.__pos__))  # fmt: skip
        for base, copied in copiers:
            if isinstance(value, base):
                return self._single(copied(value))
        return self._several(value, depth + 1)

    def _single(self, value: str | int | float) -> Plain:
        if isinstance(value, str):
            self.characters += len(value)
            if self.characters > LONGEST:
                raise NotPlain(f"the answer has more than {LONGEST:,} characters")
            return value.encode("utf-8", "replace").decode()
        if isinstance(value, int) and value.bit_length() > 1000:
            raise NotPlain("the answer is a number of more than 300 digits")
        return value if isinstance(value, int) or math.isfinite(value) else {"$number": str(value)}

    def _several(self, value: Any, depth: int) -> Plain:
        if isinstance(value, Sequence) and not isinstance(value, bytes | range):
            base: Any = next((base for base in (list, tuple) if isinstance(value, base)), type(value))
            return [self.read(one, depth) for one in base.__iter__(value)]
        if isinstance(value, set | frozenset):
            members = [self.read(one, depth) for one in list(value)]
            return {"$set": sorted(members, key=canonical)}
        if isinstance(value, dict) and "bdata" in value and value.keys() <= {"dtype", "bdata", "shape"}:
            return self.read(_unpacked(value), depth)
        if isinstance(value, Mapping):
            return {self._key(key, depth): self.read(one, depth) for key, one in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return {one.name: self.read(getattr(value, one.name), depth) for one in fields(value)}
        return self._of_a_library(value, depth)

    def _of_a_library(self, value: Any, depth: int) -> Plain:
        kind, home = type(value).__name__, type(value).__module__.split(".")[0]
        if home in {"pandas", "numpy"} and hasattr(value, "columns"):
            rows = [[self.read(cell, depth) for cell in row] for row in value.itertuples(index=False, name=None)]
            return {"$table": {"columns": [str(name) for name in value.columns], "rows": rows}}
        if home == "pandas" and kind == "Series":
            return {self._key(key, depth): self.read(one, depth) for key, one in value.items()}
        if home in {"pandas", "datetime"} and hasattr(value, "isoformat"):
            return "" if str(value) == "NaT" else str(value.isoformat()).removesuffix("T00:00:00")
        if home in {"pandas", "numpy"} and hasattr(value, "tolist"):
            dates = getattr(getattr(value, "dtype", None), "kind", "") == "M"
            return self.read((value.astype(str) if dates else value).tolist(), depth)
        if home == "plotly" and hasattr(value, "to_plotly_json"):
            return {"$figure": self.read(value.to_plotly_json(), depth)}
        raise NotPlain(_refusal(value, kind))

    def _key(self, key: object, depth: int) -> str:
        return str.__str__(key) if isinstance(key, str) else canonical(self.read(key, depth))


def _unpacked(packed: dict[str, Any]) -> Any:
    """Return the numbers that Plotly packs as bytes, {"dtype": "i1", "bdata": …}."""
    import numpy as np

    try:
        numbers = np.frombuffer(b64decode(packed["bdata"]), dtype=str(packed["dtype"]))
        return numbers.reshape([int(n) for n in str(packed.get("shape", -1)).split(",")]).tolist()
    except (TypeError, ValueError, KeyError) as error:
        raise NotPlain(f"the numbers in this chart cannot be read ({error})") from None


def _refusal(value: object, kind: str) -> str:
    if isinstance(value, EllipsisType):
        return "there is still … in place of an answer: write yours there and run its cell"
    if isinstance(value, GeneratorType | Iterator):
        return f"this is a {kind}, which gives its items only once: put list(…) around it"
    if isinstance(value, type) or callable(value):
        name = getattr(value, "__name__", kind)
        return f"this is the function {name} itself, not what it returns: call it, {name}(…)"
    return f"a {kind} cannot be compared; give a text, a number, a list, a dict, a table or a chart"


def canonical(value: Plain) -> str:
    """Return plain values as one text that is the same wherever they are equal.

    >>> canonical({"b": 1, "a": [2.0]})
    '{"a": [2.0], "b": 1}'
    """
    return ENCODER.encode(value)


def restored(value: Plain) -> Any:
    """Return what a function of a student is given for plain values: tables as DataFrames, sets as sets.

    >>> restored({"$set": ["a"]})
    {'a'}
    """
    match value:
        case {"$table": {"columns": columns, "rows": rows}}:
            import pandas as pd

            return pd.DataFrame(rows, columns=columns)
        case {"$set": list(members)}:
            return {restored(one) for one in members}
        case {"$number": str(text)}:
            return float(text)
        case list():
            return [restored(one) for one in value]
        case dict():
            return {key: restored(one) for key, one in value.items()}
    return value

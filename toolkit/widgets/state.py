"""The state of a desk as a text that anybody may have written: read with care, and answered with what is wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence

from toolkit.choices import did_you_mean

MOST_TYPED = 1_000
"""The most characters of a state that is read."""


def read_state(text: str, allowed: dict[str, Sequence[str]]) -> tuple[dict[str, str], tuple[str, str] | None]:
    """Return the settings and the bar of a state, or raise a ValueError that says what is wrong with it."""
    if len(text) > MOST_TYPED:
        raise ValueError(f"a state has at most {MOST_TYPED:,} characters, this one has {len(text):,}")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise ValueError('this is no state; copy one from here, such as {"period": "2022", "span": "month"}')
    bar = told.pop("bar", None)
    for name, value in told.items():
        if name not in allowed:
            raise ValueError(
                f"this desk has no {name[:40]!r}{did_you_mean(name, allowed)}; it has {', '.join(allowed)}"
            )
        if not isinstance(value, str) or value not in allowed[name]:
            near = did_you_mean(value, map(str, allowed[name]))
            raise ValueError(f"{name} cannot be {str(value)[:40]!r} here{near}; choose it by hand to see what is there")
    pair = isinstance(bar, list) and len(bar) == 2 and all(isinstance(part, str) for part in bar)
    if bar is not None and not pair:
        raise ValueError('bar is a column and a name, such as ["frames", "conflict"]')
    return told, (bar[0], bar[1]) if bar else None

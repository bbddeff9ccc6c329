"""What a name of a summary and a name of its source must have in common to be the same name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from toolkit.naming import actor_table
from toolkit.wordlists import wordlist


@cache
def pairs(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the lines of a word list that has groups of words: `approve/reject`, each with `_` for a space."""
    return tuple(tuple(group.replace("_", " ").split("/")) for group in sorted(wordlist(name)))


@cache
def places() -> Mapping[str, str]:
    """Return the country of an adjective, both in small letters: russian, russia."""
    return {pair[0]: pair[1] for pair in pairs("english-demonyms")}


@cache
def aliases() -> Mapping[str, tuple[str, str]]:
    """Return the name and kind in the table of actors of each alias, all in small letters."""
    return {alias.lower(): (known.name.lower(), known.kind) for known in actor_table() for alias in known.aliases}


def is_adjective(name: str) -> bool:
    """Return whether a name is one like *Russian* or *American-led*."""
    return name.lower().split("-")[0] in places()


@lru_cache(maxsize=100_000)
def keys(name: str) -> frozenset[str]:
    """Return all that a name is known by: its line in the table of actors, surname, initials, country.

    >>> sorted(keys("European Space Agency"))
    ['agency', 'esa', 'european space agency']
    """
    plain = name.lower().replace(".", "")
    plain = plain.split("-")[0] if is_adjective(name) else plain
    words = plain.split() or [""]
    country = places().get(plain, plain)
    found = {plain, country, aliases().get(country, (country,))[0], words[-1], re.split(r"[-\s]\d", plain)[0]}
    return frozenset(found | {"".join(word[0] for word in words)} if len(words) > 2 else found)

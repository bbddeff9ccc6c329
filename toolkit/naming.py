"""Who and what a text is about: organisations, people, missions and places from a table that students can grow."""

from __future__ import annotations

import csv
import re
from functools import cache
from itertools import groupby
from typing import NamedTuple

from toolkit.article import Article
from toolkit.choices import text_of
from toolkit.files import course_folder, read_text
from toolkit.tokens import Token


class Actor(NamedTuple):
    """An organisation, person, mission or place, and every place where a text names it."""

    name: str
    kind: str
    mentions: tuple[Token, ...]


class Known(NamedTuple):
    """One line of the table: a name, its kind, the common nouns it may be called by, and its aliases."""

    name: str
    kind: str
    called: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def actor_table() -> tuple[Known, ...]:
    """Return the lines of `datasets/wordlists/actors.csv`, in which a `*` stands for any ending (Роскосмос*).

    >>> [known.aliases[:3] for known in actor_table() if known.name == "ESA"]
    [('ESA', 'Esa', 'European Space Agency')]
    """
    lines = read_text(course_folder("datasets") / "wordlists" / "actors.csv").text.splitlines()
    return tuple(
        Known(row["name"], row["kind"], tuple(row["called"].split()), tuple(row["aliases"].split("|")))
        for row in csv.DictReader(lines)
    )


@cache
def _pattern() -> tuple[re.Pattern[str], tuple[Known, ...]]:
    """Return one expression for all aliases, by first letter and the longest first, and whom each group stands for."""
    pairs = [(alias, known) for known in actor_table() for alias in known.aliases]
    pairs.sort(key=lambda pair: (pair[0][0], -len(pair[0])))
    parts = []
    for letter, group in groupby(pairs, key=lambda pair: pair[0][0]):
        aliases = (re.escape(alias).replace(r"\*", r"\w*+").replace(r"\ ", r"\s") for alias, _ in group)
        parts.append(f"(?={re.escape(letter)})(?:({')|('.join(aliases)}))")
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"), tuple(known for _, known in pairs)


def actors(article: Article | str) -> tuple[Actor, ...]:
    """Return the actors that a text names, the most often named first, each with every mention and its offsets.

    Whole words are looked up in `datasets/wordlists/actors.csv` (names and aliases in several languages), in the
    table's upper and lower case; the longest alias wins, so that *European Space Agency* is not also Europe.
    Limits: who is not in the table is not seen; *Washington* the city counts as the country; pronouns count for nobody.

    >>> [(a.name, len(a.mentions)) for a in actors("ESA and Roscosmos: Rogozin’s answer to the European Space Agency.")]
    [('ESA', 2), ('Dmitry Rogozin', 1), ('Roscosmos', 1)]
    """
    text = text_of("actors", article)
    pattern, lines = _pattern()
    found: dict[tuple[str, str], list[Token]] = {}
    for match in pattern.finditer(text):
        found.setdefault(lines[(match.lastindex or 1) - 1][:2], []).append(Token(match[0], *match.span()))
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Actor(name, kind, tuple(mentions)) for (name, kind), mentions in ranked)

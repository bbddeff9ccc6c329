"""Who and what a text is about: organisations, people, missions and places from a table that students can grow."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from toolkit.article import Article
from toolkit.choices import text_of
from toolkit.files import course_folder, read_text


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an actor is named: `article.text[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation, person, mission or place, and where a text names it."""

    name: str
    kind: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Known:
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
    by_letter: dict[str, list[str]] = {}
    for alias, _ in pairs:
        by_letter.setdefault(alias[0], []).append(re.escape(alias).replace(r"\*", r"\w*+").replace(r"\ ", r"\s"))
    parts = (f"(?={re.escape(letter)})(?:({')|('.join(group)}))" for letter, group in by_letter.items())
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
    found: dict[tuple[str, str], list[Mention]] = {}
    for match in pattern.finditer(text):
        known = lines[(match.lastindex or 1) - 1]
        found.setdefault((known.name, known.kind), []).append(Mention(match[0], *match.span()))
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Actor(name, kind, tuple(mentions)) for (name, kind), mentions in ranked)

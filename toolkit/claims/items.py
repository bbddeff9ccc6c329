"""Numbers, dates and names of a summary sentence: has the source another one where it has the same words around it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.claims.alignment import Named, Source, aliases, around, content, keys, places, stem
from toolkit.claims.figures import COUNTS, MEASURED, SUMS, Figure, figures
from toolkit.speakers import Cast, Name
from toolkit.wordlists import wordlist

MOST_ITEMS = 60
"""How many numbers, dates and names of one sentence are checked, so that time grows with the text and no faster."""

ALIKE = 0.4
"""How alike the context of another number, date or name must be before it counts as the one that was exchanged."""

RATIO = 1.8
"""How many times as alike as the best context of the one that was said."""


EVERYWHERE = frozenset({"earth", "moon", "sun", "mars", "internet"})
"""Names that need not stand in a source."""


class Problem(NamedTuple):
    """What a summary sentence says and its source does not: `sentence[start:end] == words`, and why, in words."""

    kind: str
    words: str
    explanation: str
    start: int
    end: int
    rival: str = ""
    row: int = -1


def number_agrees(said: Figure, had: Figure) -> bool:
    """Return whether a number of the source says what one of the summary says, as far as that one goes.

    *About 180* and *nearly 180* are 179.4, *more than 20* is 25: the difference is less than the last digit that is
    not 0. Without such a word the numbers must be equal.

    >>> about, exact = figures("about €180 million")[0], figures("€179.4 million")[0]
    >>> number_agrees(about, exact), number_agrees(exact, about)
    (True, False)
    """
    units = {said.unit, had.unit}
    if not said.unit and said.value % 1 and round(had.value / said.value, 3) in (1e3, 1e6, 1e9):
        return True  # €18.5 billion, of which 16.9
    if said.unit != had.unit and units & MEASURED - {"%", "share"}:
        return said.value == had.value and not units <= MEASURED and "clock" not in units
    scale = 0.01 if (said.unit, had.unit) == ("share", "%") else 100.0 if (said.unit, had.unit) == ("%", "share") else 1
    gap = had.value * scale - said.value
    if said.value >= 10 and said.words.isalpha() and round(had.value) == said.value:
        return True
    low, high = {"about": (-0.51, 0.51), "more": (0, 1), "less": (-1, 0)}.get(said.sense, (0, 0))
    return low * said.step <= gap <= high * said.step or abs(gap) < 1e-9 * max(1.0, said.value)


def date_agrees(said: Figure, had: Figure) -> bool:
    """Return whether a date of the source is, or lies within, one of the summary; a year that is not said is any.

    >>> date_agrees(figures("in May")[0], figures("on 3 May 2022")[0])
    True
    """
    if not said.dates or not had.dates:
        return said.words.lower() == had.words.lower() or (said.weekday >= 0 and said.weekday == had.weekday)
    return any(
        all(
            a == b or (place == 0 and None in (a, b) and s[1] is not None) or a is None
            for place, (a, b) in enumerate(zip(s, h, strict=True))
        )
        for s in said.dates
        for h in had.dates
    )


def agrees(said: Named, had: Named) -> bool:
    """Return whether two numbers, two dates or two names say the same."""
    if said.figure and had.figure:
        return said.kind == had.kind and (number_agrees if said.kind == "number" else date_agrees)(
            said.figure, had.figure
        )
    return bool(said.name and had.name and keys(said.name.whom) & keys(had.name.whom))


def could_replace(said: Named, before: str, had: Named, had_before: str) -> bool:
    """Return whether one could have been exchanged for the other, by what they are and by the words before them.

    Dates: as fine (a day for a day). Numbers: of one unit, or of one noun. Names: two people, two missions and so
    on; one of unknown kind and any other behind the same preposition. Adjectives (*Russian*) for nothing.
    """
    if said.figure and had.figure:
        return said.kind == had.kind and _one_measure(said.figure, had.figure)
    if not said.name or not had.name or _is_adjective(said.name) or _is_adjective(had.name):
        return False
    one, two = _sort(said.name, before), _sort(had.name, had_before)
    here, there = _preposition(before), _preposition(had_before)
    if (one and two) or "person" in (one, two):
        return one == two
    return bool(here) == bool(there) if one == two else here == there


def _one_measure(said: Figure, had: Figure) -> bool:
    if said.kind == "date":
        return said.grain == had.grain
    units = {said.unit, had.unit}
    if units & MEASURED:
        return len(units) == 1 or units == {"%", "share"}
    return bool({stem(w) for w in said.heads} & {stem(w) for w in had.heads}) or not (said.heads and had.heads)


def _preposition(before: str) -> str:
    found = re.search(r"\b(in|at|from|to|of|for|on|with|aboard|near|between|by)\s(?:the\s|an?\s)?$", before, re.I)
    return found[1].lower() if found else ""


def _is_adjective(name: Name) -> bool:
    return name.whom.lower().split("-")[0] in places()


def _sort(name: Name, before: str) -> str:
    """Return what a name is: *university* for one, person, what the table of actors says, or nothing."""
    body = wordlist("english-bodies").intersection(name.whom.lower().split())
    known = aliases().get(name.whom.lower(), ("", ""))[1]
    person = name.kind == "person" and not re.search(r"\b(?:the|an?)\s$", before, re.I)
    return next(iter(body), "") or known or ("person" if person else "")


def named_in(blank: str, source: Source, today: date | None) -> list[Named]:
    """Return the numbers, dates and names of a summary sentence, its quoted words blanked out."""
    found = [Named(f.kind, f.words, f.start, f.end, 0, figure=f) for f in figures(blank, today)]
    people = {last: full for cast in source.casts.values() for last, full in cast.full.items()}
    for one in Cast(blank, [0]).names:
        name, here = one, blank[one.start : one.end]
        opens = not re.search(r"\w", re.split(r"[.!?:]\s", blank[: name.start])[-1])
        words = source.bare(here) if opens else here
        if words in people:
            name = name._replace(whom=people[words], kind="person")
        if len(words.split(".")[0]) > 1:
            whom = name.whom if words == here or words in people else words
            found.append(Named("name", words, name.end - len(words), name.end, 0, name=name._replace(whom=whom)))
    return [one for one in found if one.words not in ("a", "an")][:MOST_ITEMS]


def check_items(blank: str, source: Source, today: date | None) -> Iterator[Problem]:
    """Yield a problem for every number, date or name for which the source has another, or that it has nowhere.

    The context of what was said (stems around it, near ones count more) is compared with the context of every number,
    date or name in the sentences most like it. Another one, that could replace it and is not in the summary sentence
    too, must be `RATIO` times as much at home there as the best one that agrees, and `ALIKE` at least.
    """
    mine, words = named_in(blank, source, today), content(blank)
    for said in mine:
        context = around(words, said.start, said.end)
        shares = source.shares(context)
        near = sorted(shares, key=lambda row: (-shares[row], row))[:8]
        same, other, rival = 0.0, 0.0, None
        for had in (one for row in near for one in source.named[row] if (one.figure is None) == (said.figure is None)):
            likeness = source.likeness(context, had)
            if agrees(said, had):
                same = max(same, likeness)
            elif likeness > other and not any(agrees(one, had) for one in mine) and _fits(said, blank, had, source):
                other, rival = likeness, had
        yield from _judged(said, mine, blank, source, (same, other, rival))


def _fits(said: Named, blank: str, had: Named, source: Source) -> bool:
    sentence = source.sentences[had.row]
    return could_replace(said, blank[: said.start], had, sentence.text[: had.start - sentence.start])


def _judged(
    said: Named, mine: Sequence[Named], blank: str, source: Source, found: tuple[float, float, Named | None]
) -> Iterator[Problem]:
    same, other, rival = found
    there = next((one for row in source.named for one in row if agrees(said, one)), None)
    if there is None and ((said.name and _has(said, source)) or (said.figure and derived(said.figure, blank, source))):
        return
    if rival and other > ALIKE and (there is None or other > RATIO * same):
        row, what = source.sentences[rival.row], rival.name.whom if rival.name else rival.words
        told = f"the source has {what}, not {said.words} (sentence {row.number})"
        if there:
            told = f"the source has {what} here (sentence {row.number}); it has {said.words} only elsewhere"
            told += f" (sentence {source.sentences[there.row].number})"
        yield Problem(said.kind, said.words, told, said.start, said.end, what, rival.row)
    elif there is None and not _is_count(said):
        kind = "invented" if said.name or not rival else said.kind
        yield Problem(kind, said.words, f"the source has no {said.words}", said.start, said.end)


def _is_count(said: Named) -> bool:
    """Return whether a number is a small one in words, by which a writer may have counted what the source lists."""
    return said.figure is not None and said.words.lower() in COUNTS


def _has(said: Named, source: Source) -> bool:
    """Return whether the source has a name in another form: as an adjective, in small letters, in its title."""
    plain = re.sub(r"[’']s?$|\.", "", said.words.lower())
    parts = {stem(word) for word in re.findall(r"\w+", said.words)}
    kin = {place for place in places().values() if place in keys(said.words)}
    kin |= {adjective for adjective, place in places().items() if place in kin}
    return bool(
        (keys(said.words) | kin) & (source.keys | EVERYWHERE) or plain in source.small or parts <= source.rows.keys()
    )


def derived(said: Figure, text: str, source: Source) -> bool:
    """Return whether a number is a sum, difference or share of two in the source, or years between, or a count.

    Looked for in the two sentences most like the text and their neighbours; sums elsewhere only where it says so.
    """
    if said.kind == "date":
        return False
    shares = source.shares(dict.fromkeys((word.stem for word in content(text)), 1.0))
    top = sorted(shares, key=lambda row: (-shares[row], row))[: 5 if SUMS.search(text) else 2]
    rows = sorted({row + step for row in top for step in (-1, 0, 1)} & set(range(len(source.sentences))))
    counted = [{one.name.whom for one in source.named[row] if one.name} for row in rows]
    if (
        said.words.lower() in COUNTS
        and said.unit not in MEASURED
        and any(len(names) == said.value for names in counted)
    ):
        return True
    had = [one.figure for row in rows for one in source.named[row] if one.figure][:80]
    if said.unit == "month":
        years = {d[0] for f in had for d in f.dates if d[0]} | {
            a.published.year for a in source.articles if a.published
        }
        return any((a - b) * 12 == said.value for a in years for b in years)
    numbers = [f for f in had if f.kind == "number"]
    parts = [f.value for f in numbers if f.unit == "share"]
    if said.unit == "share":
        return any(b.value and abs(a.value / b.value - said.value) < 0.02 for a in numbers for b in numbers)
    same = [f.value for f in numbers if f.unit == said.unit or not {f.unit, said.unit} & MEASURED]
    sums = [abs(a + sign * b) for n, a in enumerate(same) for b in same[n + 1 :] for sign in (1, -1)]
    sums = sums * bool(SUMS.search(text) or said.unit not in MEASURED) + [a * part for a in same for part in parts]
    sums += [100 - a for a in same] * (said.unit == "%")
    return any(abs(total - said.value) < 1e-6 * max(said.value, 1.0) for total in sums)

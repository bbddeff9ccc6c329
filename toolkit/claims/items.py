"""Numbers, dates and names of a summary sentence: has the source another one where it has the same words around it?"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations, permutations
from typing import NamedTuple

from toolkit.claims.alignment import EVERYWHERE, Source, around, content, country, keys, stem
from toolkit.claims.figures import COUNTS, MEASURED, Item, date_agrees, number_agrees
from toolkit.sentences import Sentence
from toolkit.speakers import Cast

MOST_ITEMS = 60  # numbers, dates and names of one sentence are checked, so that time grows with the text and no faster
ALIKE = 0.4  # so alike must the context of another one be before it counts as the one that was exchanged
RATIO = 1.8  # times as alike as the best context of the one that was said
SUMS = re.compile(  # words that call a number a sum or a difference
    r"(?i)\b(?:between them|together|in all|altogether|total\w*|make[s]?|made|sum|combined|both|more|less|fewer|just"
    r"|only|further|difference|left|remain\w*|rest|short|to go|gap|still)\b"
)


class Problem(NamedTuple):
    """What a summary sentence says and its source does not: `sentence[start:end] == words`, and why, in words."""

    kind: str
    words: str
    explanation: str
    start: int
    end: int


def agrees(said: Item, had: Item) -> bool:
    """Return whether two numbers, two dates or two names say the same."""
    if said.kind != had.kind or said.kind == "name":
        return said.kind == had.kind and bool(keys(said.whom) & keys(had.whom))
    return (number_agrees if said.kind == "number" else date_agrees)(said, had)


def could_replace(said: Item, had: Item) -> bool:
    """Return whether one could have been exchanged for the other, by what they are and by the words beside them.

    Dates: as fine (a day for a day). Numbers: of one unit, or both without. Names: two people, two missions and so
    on; one of unknown kind and any other behind the same preposition. Adjectives (*Russian*) for nothing.
    """
    if said.kind != had.kind:
        return False
    if said.kind == "date":  # as many of month and day are not said
        return len({item.dates[0][1:].count(None) if item.dates else 0 for item in (said, had)}) == 1
    if said.kind == "number":
        return said.unit == had.unit or not {said.unit, had.unit} & MEASURED
    if country(said.whom) or country(had.whom):
        return False
    sorts = (said.sort, had.sort)
    if all(sorts) or "person" in sorts:
        return said.sort == had.sort
    return said.preposition == had.preposition or (said.sort == had.sort and bool(said.preposition and had.preposition))


def check_items(blank: str, source: Source, today: date | None) -> Iterator[Problem]:
    """Yield a problem for every number, date or name for which the source has another, or that it has nowhere.

    The context of what was said (stems around it, near ones count more) is compared with the context of every number,
    date or name in the sentences most like it. Another one, that could replace it and is not in the summary sentence
    too, must be `RATIO` times as much at home there as the best one that agrees, and `ALIKE` at least.
    """
    mine = source.read_items(Sentence(blank, 0, len(blank)), Cast(blank, [0]), today)
    mine = [item for item in mine if item.words not in ("a", "an")][:MOST_ITEMS]
    words = content(blank)
    for said in mine:
        context, same, other, rival = around(words, said.start, said.end), 0.0, 0.0, None
        for had in (item for row in source.nearest(context, 8) for item in source.items[row]):
            if agrees(said, had):
                same = max(same, source.likeness(context, had))
            elif could_replace(said, had) and not any(agrees(item, had) for item in mine):
                other, rival = max((other, rival), (source.likeness(context, had), had), key=lambda found: found[0])
        there = next((had for row in source.items for had in row if agrees(said, had)), None)
        if not there and said.kind != "date" and implied(said, blank, source):
            continue
        if rival and other > ALIKE and other > RATIO * same:
            what, place = rival.whom or rival.words, source.sentences[rival.row].number
            told = f"the source has {what}, not {said.words} (sentence {place})"
            if there:
                told = f"the source has {what} here (sentence {place}); it has {said.words} only elsewhere"
                told += f" (sentence {source.sentences[there.row].number})"
            yield Problem(said.kind, said.words, told, said.start, said.end)
        elif not there and said.words.lower() not in COUNTS:
            kind = "invented" if said.whom or not rival else said.kind
            yield Problem(kind, said.words, f"the source has no {said.words}", said.start, said.end)


def implied(said: Item, text: str, source: Source) -> bool:
    """Return whether the source has a name in another form or in its title, or the parts that make a number.

    Those are a sum, difference or share of two in the three sentences most like the text. A small number without a
    unit must be called a sum: *five* is not carried because nine less four is five.
    """
    if said.kind == "name":
        parts = {stem(word) for word in re.findall(r"\w+", said.words)}
        return bool(keys(said.words) & (source.keys | EVERYWHERE | {"internet"})) or parts <= source.rows.keys()
    had = [item for row in source.nearest(text, 3) for item in source.items[row] if item.kind == "number"][:80]
    like = [one.value for one in had if one.unit == said.unit or not {one.unit, said.unit} & MEASURED]
    made = [a * share.value / 100 for a in like for share in had if share.unit == "%"]
    if said.unit == "%":
        like.append(100.0)
        made += [100 * a.value / b.value for a, b in permutations(had, 2) if b.value]
    if said.unit in MEASURED or said.value > 12 or SUMS.search(text):
        made += [total for a, b in combinations(like, 2) for total in (a + b, abs(a - b))]
    return any(abs(total - said.value) < (said.play or 1e-6 * max(said.value, 1.0)) for total in made)

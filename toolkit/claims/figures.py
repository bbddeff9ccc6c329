"""Numbers and dates in a text, read into values that can be compared: €1.3 billion is 1,300 million euros."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise, takewhile
from math import floor, log10

from toolkit.wordlists import stop_words

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_SMALL = {word: n for n, word in enumerate(f"{_UNITS} eighteen nineteen".split())}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "dozen": 12.0, "million": 1e6, "millionen": 1e6, "mln": 1e6, "млн": 1e6}
_SCALES |= dict.fromkeys(("billion", "bn", "milliarde", "milliarden", "milliard", "milliards", "mrd", "млрд"), 1e9)
_SCALES |= {"m": 1e6, "mn": 1e6, "millions": 1e6, "trillion": 1e12}
_MONEY = {"€": "€", "$": "$", "£": "£", "euro": "€", "eur": "€", "dollar": "$", "usd": "$", "pound": "£", "¥": "¥"}
_MEASURES = {"second": ("s", 1.0), "minute": ("s", 60.0), "hour": ("s", 3600.0), "day": ("s", 86400.0)}
_MEASURES |= {"week": ("s", 604800.0), "month": ("month", 1.0), "year": ("month", 12.0), "decade": ("month", 120.0)}
_MEASURES |= {"m": ("m", 1.0), "km": ("m", 1e3), "cm": ("m", 0.01), "mm": ("m", 0.001)}
_MEASURES |= {"metre": ("m", 1.0), "kilometre": ("m", 1e3), "centimetre": ("m", 0.01), "millimetre": ("m", 0.001)}
_MEASURES |= {"g": ("g", 1.0), "gram": ("g", 1.0), "kg": ("g", 1e3), "kilogram": ("g", 1e3), "kilo": ("g", 1e3)}
_MEASURES |= {"tonne": ("g", 1e6), "ton": ("g", 1e6), "meter": ("m", 1.0), "kilometer": ("m", 1e3)}
MEASURED = frozenset({"€", "$", "£", "¥", "%", "clock", "share", "s", "month", "m", "g"})
"""Units: a number with one of these says the same only as a number with the same one."""

_MONTHS = ["January", "February", "March", "April", "May", "June"]
_MONTHS += ["July", "August", "September", "October", "November", "December"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

COUNTS = frozenset({*_SMALL, *_TENS})
"""Numbers in words."""

_WORD = "|".join([*_SMALL, *_TENS])
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<part>\b(?:(?P<of>an?|one|two|three|four|nine)[\s-])?(?P<size>half|thirds?|quarters?|fifths?|tenths?)\b(?=\s(?:of|the|its|their|more|less)\b|[.,;)])"
    rf"|\b(?P<few>{_WORD})(?:\s[a-z]+)?\s(?:in|out\sof)\s(?:every\s)?(?P<many>{_WORD})\b)"
    rf"|(?P<clock>\b\d{{1,2}}:\d\d\b(?:\s?[ap]\.?m\b)?)"
    rf"|(?:(?P<money>[€$£¥])\s?)?(?<![\w.,-])(?:(?P<digits>\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    rf"|(?P<words>(?:{_WORD}|an?(?=\s(?:dozen|hundred|thousand|million|billion|metre|kilometre|second|minute|hour|day|week|month|year|decade|tonne|gram)\b))(?:[\s-](?:and\s)?(?:{_WORD}))?\b))"
    rf"(?:[\s-]?(?P<scale>(?:{_SCALE})(?:[\s-](?:thousand|million|billion))?)\b)?"
    rf"(?P<unit>\s?%|\sper\s?cent\b|\s(?:euro|dollar|pound)s?\b|\s?€|\s(?:EUR|USD)\b)?(?![\w]*\d)",
    re.IGNORECASE,
)
_MONTH = rf"(?:(?:{'|'.join(_MONTHS)})\b|(?:{'|'.join(m[:3] for m in _MONTHS if m != 'May')}|Sept)\b\.?)"
_YEAR = r"(?:19|20)\d\d(?![\d%]|[.,-]\d|\s?(?:per cent|million|billion|km|kilom|met))"
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d\d-\d\d)\b|\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_MONTH})(?:,?\s(?P<y1>{_YEAR}))?"
    rf"|\b(?P<m2>{_MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\s(?P<y2>{_YEAR}))?"
    rf"|\b(?:(?P<side>last|next|this)\s)?(?P<m3>{_MONTH})(?:\s(?:of\s)?(?P<y3>{_YEAR}))?"
    rf"|\b(?P<day>{'|'.join(_DAYS)})\b|\b(?P<near>yesterday|today|tomorrow)\b"
    rf"|\b(?P<which>last|next|this)\s(?P<span>year|month)\b|(?<![\w€$£.,-])(?P<y4>{_YEAR})(?![\w])"
)
_ABOUT = re.compile(r"\b(?:about|around|nearly|almost|some|roughly|approximately|close to|up to|an estimated)\s$", re.I)
_LESS = re.compile(r"\b(?:less than|under|below|fewer than|nearly|almost|up to|at most)\s(?:an?\s)?$", re.I)
_MORE = re.compile(r"\b(?:more than|over|above|at least|exceed\w*)\s(?:an?\s)?$", re.I)
SUMS = re.compile(
    r"\b(?:between them|together|in all|altogether|total\w*|make[s]?|made|in sum|combined|both|more|less|fewer"
    r"|additional|further|difference|sum|left|remain\w*|rest|short|above|below|to go|gap|higher|lower)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date in a text: what it says (`value`, `unit`), the words behind it, and where it stands.

    A date's value is all that it can mean, each as (year, month, day) with None for what is not said.
    """

    kind: str
    words: str
    start: int
    end: int
    value: float = 0.0
    unit: str = ""
    step: float = 0.0
    sense: str = ""
    heads: tuple[str, ...] = ()
    dates: tuple[tuple[int | None, int | None, int | None], ...] = ()
    weekday: int = field(default=-1)

    @property
    def grain(self) -> int:
        """How fine a date is: 0 for a year, 1 for a month, 2 for a day."""
        return 2 if not self.dates or self.dates[0][2] else 1 if self.dates[0][1] else 0


def figures(text: str, published: date | None = None) -> list[Figure]:
    """Return the dates, then the numbers of a text. `published` tells what *Tuesday* or *last May* means.

    >>> [(f.words, f.value, f.unit) for f in figures("Three firms paid €1.3 billion, a third of it.")]
    [('Three', 3.0, 'firms'), ('€1.3 billion', 1300000000.0, '€'), ('a third', 0.3333333333333333, 'share')]
    >>> figures("On Tuesday.", date(2022, 7, 14))[0].dates
    ((2022, 7, 12), (2022, 7, 19))
    """
    found = [_date(match, published) for match in _DATE.finditer(text) if not _is_verb(match)]
    blank = list(text)
    for one in found:
        blank[one.start : one.end] = "·" * (one.end - one.start)
    rest = "".join(blank)
    numbers = [number for match in _NUMBER.finditer(rest) if (number := _number(match, text))]
    return found + _ranges(numbers, text)


def since(number: Figure, text: str, published: date | None) -> Figure | None:
    """Return the day, month or year that *two days ago* or *four months after* means, from the day of publication."""
    after = re.match(r"\s(day|month|year)s?\s(?:ago|after|earlier|before|since|later)\b", text[number.end :][:20])
    if not after or not published or number.unit not in {"month", "s"} or number.value > 1e8:
        return None
    if after[1] == "day":
        day = published - timedelta(seconds=number.value)
        return replace(number, kind="date", dates=((day.year, day.month, day.day),))
    months = published.year * 12 + published.month - 1 - int(number.value)
    when = (months // 12, months % 12 + 1 if after[1] == "month" else None, None)
    return replace(number, kind="date", dates=(when,))


def _is_verb(match: re.Match[str]) -> bool:
    """Return whether *May* or *March* may be a verb: it opens a sentence and no year follows."""
    return match[0] in {"May", "March"} and re.search(r"(?:^|[.!?]\s)$", match.string[: match.start()][-3:]) is not None


def _date(match: re.Match[str], published: date | None) -> Figure:
    g, days, weekday = match.groupdict(), [], -1
    month = next((g[m] for m in ("m1", "m2", "m3") if g[m]), "")
    number = next((n for n, name in enumerate(_MONTHS, 1) if month and name.startswith(month[:3])), None)
    year = next((int(g[y]) for y in ("y1", "y2", "y3", "y4") if g[y]), None)
    day = next((int(g[d]) for d in ("d1", "d2") if g[d]), None)
    today = published or date(1, 1, 8)
    if g["iso"]:
        year, number, day = map(int, g["iso"].split("-"))
    if g["side"] and published and number and not year:
        year = today.year + {"last": -(number >= today.month), "next": number <= today.month, "this": 0}[g["side"]]
    if g["span"]:
        move = {"last": -1, "this": 0, "next": 1}[g["which"]]
        months = today.year * 12 + today.month - 1 + (move if g["span"] == "month" else 12 * move)
        year, number = months // 12, months % 12 + 1 if g["span"] == "month" else None
    days = [(year, number, day)]
    if g["day"] or g["near"]:
        weekday = _DAYS.index(g["day"]) if g["day"] else -1
        back = (today.weekday() - weekday) % 7
        moves = [-back, 7 - back] if g["day"] else [{"yesterday": -1, "today": 0, "tomorrow": 1}[g["near"]]]
        then = [today + timedelta(move) for move in moves]
        days = [(d.year, d.month, d.day) for d in then]
    if not published and (g["day"] or g["near"] or g["span"]):
        days = []
    return Figure("date", match[0], *match.span(), dates=tuple(days), weekday=weekday)


def _number(match: re.Match[str], text: str) -> Figure | None:
    """Return the number that was matched, or None for one that belongs to a name (Ariane 6) or says little (one)."""
    g, start = match.groupdict(), match.start() + len(match[0]) - len(match[0].lstrip())
    before = text[max(0, start - 24) : start]
    words, end = text[start : match.end()], match.end()
    sense = (
        "less" if _LESS.search(before) else "more" if _MORE.search(before) else "about" if _ABOUT.search(before) else ""
    )
    after = re.findall(r"[^\W\d_]+", re.split(r"[.,;:()“”\"]", text[end : end + 60])[0].lower())[:3]
    heads = tuple(takewhile(lambda word: word not in stop_words(), after))
    if g["part"] or g["clock"]:
        return _share_or_time(g, words, (start, end), sense or "about")
    unit = _MONEY.get(g["money"] or "", "") or _unit((g["unit"] or "").strip().lower())
    if g["digits"]:
        plain = re.sub(r"[\u00a0\u202f]|,(?=\d{3}(?!\d))", "", g["digits"]).replace(",", ".")
        if len(plain) > 15:
            return None
        value, step = float(plain), 10.0 ** -len(plain.partition(".")[2])
    else:
        value = float(
            sum(_SMALL.get(w, _TENS.get(w, w in {"a", "an"})) for w in re.findall(r"[a-z]+", g["words"].lower()))
        )
        step = 1.0
    named = re.search(r"[A-Z]\w*\s?$", before) and not re.search(
        r"(?:^|[.!?:]\s)\w+\s$", before[-14:] if len(before) > 14 else before
    )
    lone = not unit and not g["scale"]
    if lone and ((value == 1 and (heads or ("",))[0] not in _MEASURES) or (named and g["digits"] and value < 100)):
        return None
    if value >= 10 and value == int(value):
        zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
        step = max(step, 10.0 ** min(zeros, floor(log10(value))))
    for scale in re.findall(r"\w+", (g["scale"] or "").lower()):
        metres = scale == "m" and not unit
        heads = ("metre",) if metres else heads
        value, step = (value, step) if metres else (value * _SCALES[scale], step * _SCALES[scale])
    head = heads[0] if heads else ""
    base, factor = _MEASURES.get(head, _MEASURES.get(head.removesuffix("s"), (head, 1.0))) if not unit else (unit, 1.0)
    return Figure("number", words, start, end, value * factor, base, step * factor, sense, heads)


def _share_or_time(g: dict[str, str | None], words: str, span: tuple[int, int], sense: str) -> Figure | None:
    """Return *a third* or *one in ten* as a share of 1, and *5:42 p.m.* as minutes since midnight."""
    if g["clock"]:
        hour, minute = map(int, re.findall(r"\d+", g["clock"])[:2])
        late = 12 * ((hour < 12 and "p" in words.lower()) - (hour == 12 and "a" in words.lower()))
        return Figure("number", words, *span, (hour + late) * 60 + minute, "clock")
    top = (g["few"] or g["of"] or "one").lower()
    low = _PARTS[g["size"].lower().rstrip("s")] if g["size"] else _SMALL.get((g["many"] or "").lower(), 0)
    return Figure("number", words, *span, _SMALL.get(top, 1) / low, "share", 0.05, sense) if low else None


def _unit(words: str) -> str:
    return "%" if words.startswith(("%", "per")) else _MONEY.get(words.rstrip("s"), "")


def _ranges(numbers: list[Figure], text: str) -> list[Figure]:
    """Return the numbers, the first of *7–8 per cent* with the unit of the second."""
    for n, (one, two) in enumerate(pairwise(numbers)):
        if re.fullmatch(r"\s?(?:–|-|to|or|and)\s?", text[one.end : two.start]) and two.unit in {"%", "€", "$", "£"}:
            scale = two.step if one.value < two.value / 1000 else 1
            numbers[n] = replace(one, unit=two.unit, value=one.value * scale)
    return numbers

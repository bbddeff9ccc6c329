"""Numbers and dates in a text, read into values that can be compared: €1.3 billion is 1,300 million euros."""

import re
from calendar import day_name, month_name
from datetime import date, timedelta
from typing import NamedTuple

from toolkit.wordlists import stop_words

_TO_NINE = "zero one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
COUNTS = dict(zip(f"{_TO_NINE} {_TEENS} {_TENS}".split(), [*range(20), *range(20, 100, 10)], strict=True))
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "dozen": 12.0, "trillion": 1e12}
_SCALES |= dict.fromkeys(("million", "millions", "millionen", "mn", "mln", "млн", "m"), 1e6)
_SCALES |= dict.fromkeys(("billion", "billions", "bn", "milliarde", "milliarden", "milliards", "mrd", "млрд"), 1e9)
_UNITS = {"€": "€", "euro": "€", "eur": "€", "$": "$", "dollar": "$", "usd": "$", "£": "£", "pound": "£", "¥": "¥"}
_UNITS |= {"%": "%", "per cent": "%", "percent": "%"}
_MEASURES = {"second": ("s", 1.0), "minute": ("s", 60.0), "hour": ("s", 3600.0), "day": ("s", 86400.0)}
_MEASURES |= {"week": ("s", 604800.0), "month": ("month", 1.0), "year": ("month", 12.0), "decade": ("month", 120.0)}
_MEASURES |= dict.fromkeys(("m", "metre", "meter"), ("m", 1.0)) | {"cm": ("m", 0.01), "mm": ("m", 0.001)}
_MEASURES |= dict.fromkeys(("km", "kilometre", "kilometer"), ("m", 1e3)) | {"centimetre": ("m", 0.01)}
_MEASURES |= dict.fromkeys(("g", "gram"), ("g", 1.0)) | dict.fromkeys(("kg", "kilo", "kilogram"), ("g", 1e3))
_MEASURES |= dict.fromkeys(("tonne", "ton"), ("g", 1e6))
MEASURED = frozenset({*_UNITS.values(), *(unit for unit, _ in _MEASURES.values())})  # each says what no other says

_WORD = "|".join(COUNTS)
_SCALE = "|".join(sorted(_SCALES.keys() - {"m"}, key=len, reverse=True))
_NUMBER = re.compile(
    rf"""(?:(?P<money>[€$£¥])\s?)? (?<![\w.,-])
    (?: (?P<digits>\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+(?:\.\d+)? | \d{{1,12}}(?:[.,:]\d{{1,6}})?)
      | (?:(?P<few>an?|{_WORD})[\s-])? (?P<part>half|thirds?|quarters?|fifths?|tenths?)\b
        (?=\s(?:of|the|its|their|more|less)\b|[.,;)])
      | (?P<words>(?:{_WORD}|an?(?=\s(?:{_SCALE}|{"|".join(w for w in _MEASURES if len(w) > 2)})\b))
        (?:[\s-](?:and\s)?(?:{_WORD}))?)\b )
    (?P<scale>(?:[\s-]?(?:{_SCALE})\b)+ | (?(money)m\b|(?!)))?
    (?:\s?(?P<unit>% | € | per\scent\b | (?:percent|euro|dollar|pound|EUR|USD)(?=s?\b)) s?)? (?!\w*\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT = re.compile(
    r"(?i)\b(?:about|around|nearly|almost|some|roughly|approximately|close to|up to|an estimated|under"
    r"|(?:less|fewer|more) than|below|over|above|at (?:least|most)|exceed\w*)\s(?:an?\s)?$"
)
_MONTHS, _DAYS = list(month_name)[1:], list(day_name)
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_MONTH = rf"(?:(?:{'|'.join(_MONTHS)}|(?:{'|'.join(m[:3] for m in _MONTHS if m != 'May')}|Sept)\b\.?)(?!\w))"
_YEAR = r"(?:19|20)\d\d(?![\w%]|[.,-]\d)"
_DATE = re.compile(
    rf"""\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m1>{_MONTH})(?:,?\s(?P<y1>{_YEAR}))?
    | \b(?P<m2>{_MONTH})(?:\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]))?(?:,?\s(?:of\s)?(?P<y2>{_YEAR}))?
    | \b(?P<day>{"|".join([*_DAYS, *_NEAR])})\b | (?<![\w€$£.,-])(?P<y3>{_YEAR})""",
    re.VERBOSE,
)

Day = tuple[int | None, int | None, int | None]  # year, month and day of a date, with None for what is not said


class Item(NamedTuple):
    """A number, date or name in a source or a summary: its words, where they stand, and what they mean.

    A number has a value, a unit (or the word after it) and, behind *about* and the like, how far it may be off
    (`play`); a date has all that it can mean; a name whom it stands for, and a sort where one is known.
    """

    kind: str
    words: str
    start: int
    end: int
    value: float = 0.0
    unit: str = ""
    play: float = 0.0
    dates: tuple[Day, ...] = ()
    whom: str = ""
    sort: str = ""
    preposition: str = ""
    row: int = -1


def figures(text: str, published: date | None = None) -> list[Item]:
    """Return the dates, then the numbers of a text. `published` tells what *Tuesday* means.

    >>> [(f.words, f.value, f.unit) for f in figures("Three firms paid €1.3 billion, half of it.")]
    [('Three', 3.0, 'firms'), ('€1.3 billion', 1300000000.0, '€'), ('half', 50.0, '%')]
    >>> figures("On Tuesday.", date(2022, 7, 14))[0].dates
    ((2022, 7, 12), (2022, 7, 19))
    """
    dates = [Item("date", m[0], *m.span(), dates=tuple(_meant(m, published))) for m in _DATE.finditer(text)]
    rest = _DATE.sub(lambda match: "·" * len(match[0]), text)
    return dates + [number for match in _NUMBER.finditer(rest) if (number := _number(match, text))]


def _meant(match: re.Match[str], published: date | None) -> list[Day]:
    """Return the days, months or years that the words of a date can mean: the last or the next *Tuesday*."""
    g = match.groupdict()
    if name := g["day"]:
        back = (published.weekday() - _DAYS.index(name)) % 7 if published and name in _DAYS else 0
        moves = [-back, 7 - back] if name in _DAYS else [_NEAR[name]]
        days = [published + timedelta(move) for move in moves] if published else []
        return [(then.year, then.month, then.day) for then in days]
    month, year, day = g["m1"] or g["m2"], g["y1"] or g["y2"] or g["y3"], g["d1"] or g["d2"]
    number = next((n for n, name in enumerate(_MONTHS, 1) if month and name.startswith(month[:3])), None)
    return [(int(year) if year else None, number, int(day) if day else None)]


def _number(match: re.Match[str], text: str) -> Item | None:
    """Return the number that was matched, or None for *one* that counts nothing."""
    start, end = match.span()
    if match["part"]:
        share = 100 * COUNTS.get((match["few"] or "").lower(), 1) / _PARTS[match["part"].lower().rstrip("s")]
        return Item("number", match[0], start, end, share, "%", 2.0)
    value, step = _value(match)
    unit, factor = _UNITS.get((match["money"] or match["unit"] or "").lower().replace("\u00a0", " "), ""), 1.0
    head = re.match(r"[\s-]?([^\W\d_]+)", text[end : end + 60].lower())
    if not unit and head and head[1] not in stop_words():
        unit, factor = _MEASURES.get(head[1], _MEASURES.get(head[1].removesuffix("s"), (head[1], 1.0)))
    if value == 1 and unit not in MEASURED:
        return None
    about = _ABOUT.search(text[max(0, start - 24) : start]) is not None
    return Item("number", match[0], start, end, value * factor, unit, step * factor * about)


def _value(match: re.Match[str]) -> tuple[float, float]:
    """Return the value of a number, and what its last digit that is not 0 counts for: 0.1 for 1.3, 10 for 430."""
    words = re.findall(r"[a-z]+", (match["words"] or "").lower())
    said = match["digits"] or str(sum(COUNTS.get(word, word in {"a", "an"}) for word in words))
    digits = re.sub(r"[\u00a0\u202f]|,(?=\d{3}(?!\d))", "", said)
    whole, _, decimals = re.sub("[,:]", ".", digits).partition(".")
    value, step = float(f"{whole}.{decimals}"), 10.0 ** (len(whole) - len(whole.rstrip("0")) - len(decimals))
    for scale in re.findall(r"\w+", (match["scale"] or "").lower()):
        value, step = value * _SCALES[scale], step * _SCALES[scale]
    return value, step


def number_agrees(said: Item, had: Item) -> bool:
    """Return whether a number of the source says what one of the summary says, as far as that one goes.

    *About 180* and *more than 170* are 179.4: the difference is less than one in the last digit that is not 0.
    Without such a word the numbers must be equal; *16.9* without a unit may be billions.

    >>> about, exact = figures("about €180 million")[0], figures("€179.4 million")[0]
    >>> number_agrees(about, exact), number_agrees(exact, about)
    (True, False)
    """
    if not said.unit and said.value % 1 and round(had.value / said.value, 3) in (1e3, 1e6, 1e9):
        return True
    gap = abs(had.value - said.value)
    return len({said.unit, had.unit} & MEASURED) < 2 and (gap < said.play or gap < 1e-9 * max(1.0, said.value))


def date_agrees(said: Item, had: Item) -> bool:
    """Return whether a date of the source is, or lies within, one of the summary; a year that is not said is any.

    >>> date_agrees(figures("in May")[0], figures("on 3 May 2022")[0])
    True
    """
    if not said.dates or not had.dates:
        return said.words == had.words
    return any(
        (year in (None, y) or (y is None and month is not None)) and month in (None, m) and day in (None, d)
        for y, m, d in had.dates
        for year, month, day in said.dates
    )

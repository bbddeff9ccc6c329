"""The labels of a chart in another language, from a table that anybody can write."""

from __future__ import annotations

import csv
import html
import re
import textwrap
from functools import cache

import plotly.graph_objects as go

from toolkit.charts.look import label
from toolkit.choices import one_of
from toolkit.files import course_folder, read_text


def languages() -> list[str]:
    """Return the languages for which there is a table in `datasets/labels`.

    >>> languages()
    ['german', 'russian']
    """
    return sorted(path.stem for path in (course_folder("datasets") / "labels").glob("*.csv"))


@cache
def _phrases(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the lines of a table: a pattern for the English phrase, and its translation."""
    path = course_folder("datasets") / "labels" / f"{one_of('language', language, languages())}.csv"
    lines = csv.DictReader(read_text(path).text.splitlines())
    return tuple((re.compile(re.escape(row["english"]).replace(r"\{\}", "(.+?)")), row["translation"]) for row in lines)


def translated(text: str, language: str) -> str:
    """Return a label, or a note of several sentences, in another language; what the table has not stays as it is.

    >>> translated("n = 3 articles. 2 of them counted in more than one group.", "german")
    'n = 3 Artikel. 2 davon in mehr als einer Gruppe gezählt.'
    """
    for pattern, translation in _phrases(language):
        if found := pattern.fullmatch(text):
            return translation.format(*found.groups())
    sentences = re.split(r"(?<=\.)\s", text)
    if len(sentences) > 1 or text.endswith("."):
        return " ".join(f"{translated(one[:-1], language)}." if one.endswith(".") else one for one in sentences)
    return text


def in_language(figure: go.Figure, language: str) -> go.Figure:
    """Return a chart with its labels in a language of `languages()`: title, axes, legend, categories and note.

    >>> from toolkit.charts.words import chart_terms
    >>> in_language(chart_terms({"mars": 3}), "russian").layout.title.text
    'Самые частые слова'
    """
    copy = go.Figure(figure)

    def said(text: str | None) -> str | None:
        return label(translated(html.unescape(text), language)) if text else text

    copy.layout.title.text = said(copy.layout.title.text)
    for name in copy.layout:
        if re.match(r"[xy]axis", name):
            copy.layout[name].title.text = said(copy.layout[name].title.text)
    for trace in copy.data:
        trace.name = said(trace.name)
        for side in ("x", "y"):
            values = getattr(trace, side, None)
            if values is not None and len(values) and isinstance(values[0], str):
                trace[side] = [said(value) for value in values]
    note = (figure.layout.meta or {}).get("note", "")
    if note and copy.layout.annotations:
        told = translated(note, language)
        copy.layout.annotations[-1].text = "<br>".join(map(label, textwrap.wrap(told, 120)))
        copy.layout.meta = {**figure.layout.meta, "note": told}
    return copy

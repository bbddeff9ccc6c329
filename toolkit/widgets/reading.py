"""The reading desk: an article with layers to switch on and off, and words to mark with the mouse or the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from toolkit.annotation import Annotations, load_codebook
from toolkit.article import Article
from toolkit.choices import need
from toolkit.datasets import load
from toolkit.judging import evaluative
from toolkit.naming import actors
from toolkit.quoting import quotations
from toolkit.widgets.keys import literal

PART = 12_000
"""The most characters of a text that are shown at once; a longer one is turned like pages."""

MOST = 2_000
"""The most highlights of one layer that are shown in a part."""

Spans = Iterable[Sequence[Any]]
"""What a layer highlights: each begins with start and end, and may go on with a label."""

OWN = "Your marks"

HELP = """With the mouse: select words, then choose a label or press its letter; three clicks select a paragraph.
With the keyboard: the arrow keys move from word to word and line to line, Home and End to the ends of a line, with
Shift they select more, Control and A selects all that is shown. The letter of a label marks, Delete removes the mark
that you are in, Control and Z takes back, Escape cancels. Tab goes to the highlights, the arrow keys from one to the
next, Enter selects its words. A mark covers whole words."""


class ReadingDesk(anywidget.AnyWidget):
    """An article on the screen; the layers in `shown` are highlighted, and marks are kept by `annotations`.

    Setting `shown` or `part` in code does what a hand on the controls does. `mark`, `remove` and `undo` are what the
    keys and buttons call; `says` has what the desk last told the reader, `code` the lines of Python for it.
    """

    _esm = Path(__file__).with_name("reading.js")
    _css = Path(__file__).with_name("reading.css")
    head = traitlets.Dict().tag(sync=True)
    page = traitlets.Dict().tag(sync=True)
    part = traitlets.Int().tag(sync=True)
    shown = traitlets.List(traitlets.Unicode()).tag(sync=True)
    says = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    answered = traitlets.Int().tag(sync=True)

    def __init__(self, article: Article, layers: Mapping[str, Spans] | None, annotations: Annotations | None) -> None:
        """Show the beginning of an article; raise ValueError for marks on another article."""
        if annotations is not None and annotations.article != article:
            raise ValueError(f"these annotations are of {annotations.article!r}, not of {article!r}")
        self.article, self.annotations = article, annotations
        given = found_layers(article) if layers is None else layers
        self.layers = {name: sorted(map(_span, spans)) for name, spans in given.items()}
        self._parts = _parts(article.text)
        codes = [] if annotations is None else [code._asdict() for code in annotations.codes]
        facts = {"title": _plain(article.title), "dateline": _plain(article.dateline)}
        super().__init__(
            head={**facts, "own": OWN, "help": HELP, "codes": codes},
            shown=[*(layers or ()), *([OWN] if codes else [])],
        )
        if layers is None:
            self._write("quotations(article), actors(article), evaluative(article)", "actors evaluative quotations")
        self.on_msg(self._hear)
        lost = annotations.lost if annotations is not None else ()
        self._draw(f"Not found again in this text: {', '.join(lost)}." if lost else "")

    def mark(self, start: int, end: int, label: str) -> None:
        """Mark `article.text[start:end]` with a label, and say so."""
        mark = self._kept().add(start, end, label)
        brief = len(mark.text) <= 60 and self.article.text.find(mark.text) == mark.start
        call = f"mark({literal(mark.text)}, " if brief else f"add({mark.start}, {mark.end}, "
        self._write(f"{self._opened()}.{call}{literal(label)})", "Annotations")
        self._draw(f"Marked “{_short(mark.text)}” as {label}. {self._count()}")

    def remove(self, key: str) -> None:
        """Remove the mark with this id, and say so."""
        words = next((mark.text for mark in self._kept() if mark.id == key), "")
        self._kept().remove(key)
        self._write(f"{self._opened()}.remove({literal(key)})", "Annotations")
        self._draw(f"Removed the mark on “{_short(words)}”. {self._count()}")

    def undo(self) -> None:
        """Take back the latest change, and say so."""
        undone = self._kept().undo()
        self.code = ""
        self._draw(f"Undone. {self._count()}" if undone else "There is nothing to undo.")

    def _write(self, line: str, names: str) -> None:
        """Show a line of Python that does the same, with the lines that it needs to run."""
        known = self.article.desk and any(article == self.article for article in load("desk"))
        where = f'article = load("desk")[{literal(self.article.id)}]' if known else "# article is the one shown here"
        needed = ", ".join(sorted([*names.split(), *(["load"] if known else [])]))
        self.code = _plain(f"from toolkit import {needed}\n{where}\n{line}")

    def _opened(self) -> str:
        """Return the Python that opens the annotations of this desk."""
        kept = self._kept()
        more = f", codebook={[tuple(code) for code in kept.codes]}" if kept.codes != load_codebook() else ""
        more += f", creator={literal(kept.creator)}" if kept.creator != "me" else ""
        return f"Annotations(article, {literal(str(kept.path))}{more})"

    def _kept(self) -> Annotations:
        if self.annotations is None:
            raise ValueError("this desk has no annotations; open it with read_closely(article, annotations=…)")
        return self.annotations

    def _count(self) -> str:
        kept = self._kept()
        return f"{len(kept)} mark{'' if len(kept) == 1 else 's'} in {kept.path.name}."

    def _hear(self, _desk: object, message: dict[str, Any], _buffers: object) -> None:
        """Do what the browser asks for; what cannot be done is said, and nothing else happens."""
        try:
            match message:
                case {"do": "mark", "start": int(start), "end": int(end), "label": str(label)}:
                    self.mark(start, end, label)
                case {"do": "remove", "id": str(key)}:
                    self.remove(key)
                case {"do": "undo"}:
                    self.undo()
        except ValueError as error:
            self._draw(f"Not done: {error}.")  # what another notebook has changed meanwhile is seen
        self.answered += 1

    @traitlets.observe("part")
    def _turn(self, _change: object) -> None:
        if hasattr(self, "_parts"):
            self.part = min(max(self.part, 0), len(self._parts) - 1)
            self._draw()

    def _draw(self, says: str = "") -> None:
        """Send the part of the text that is shown, and what is highlighted in it."""
        start, end = self._parts[self.part]
        named = [*zip(self.layers, _letters(self.layers), self.layers.values(), strict=True)]
        if self.annotations is not None:
            keys = {code.label: code.key for code in self.annotations.codes}
            marks = [(m.start, m.end, m.label, keys.get(m.label, "?"), m.id) for m in self.annotations]
            named.append((OWN, "", marks))
        layers: list[dict[str, Any]] = [
            {"name": name, "letter": letter, "count": len(spans), "spans": _within(spans, start, end)}
            for name, letter, spans in named
        ]
        note = f"Characters {start + 1:,} to {end:,} of {len(self.article.text):,} are shown. " * (len(self._parts) > 1)
        if any(len(layer["spans"]) == MOST < layer["count"] for layer in layers):
            note += f"At most {MOST:,} highlights of a layer are shown."
        text = _plain(self.article.text[start:end])
        self.page = {"start": start, "text": text, "layers": layers, "parts": len(self._parts), "note": note.strip()}
        if says:
            self.says = _plain(says)


def found_layers(article: Article) -> dict[str, list[tuple[int, int, str]]]:
    """Return what the toolkit finds in an article, as layers of the desk: who speaks, who is named, who judges.

    >>> {name: spans for name, spans in found_layers(Article("1", "", "ESA’s answer is clumsy.")).items() if spans}
    {'Actors': [(0, 3, 'ESA')], 'Judging words': [(16, 22, '')]}
    """
    said = quotations(article)
    return {
        "Direct speech": [(quote.start, quote.end, quote.speaker) for quote in said if quote.mode == "direct"],
        "Reported speech": [(quote.start, quote.end, quote.speaker) for quote in said if quote.mode == "indirect"],
        "Actors": [(place.start, place.end, actor.name) for actor in actors(article) for place in actor.mentions],
        "Judging words": [(word.start, word.end, "") for word in evaluative(article)],
    }


def read_closely(
    article: Article, annotations: Annotations | None = None, *, layers: Mapping[str, Spans] | None = None
) -> ReadingDesk:
    """Return the reading desk for an article.

    `layers` is what can be switched on and off: a name, and its spans `(start, end)` or `(start, end, label)`; without
    it the desk has what `quotations`, `actors` and `evaluative` find, switched off until you ask. With `annotations`
    words can be marked, and every mark is saved in their file.

    >>> desk = read_closely(Article("1", "", "An arm moved."), layers={"Actors": [(3, 6, "the arm")]})
    >>> desk.page["layers"][0]["letter"], desk.page["layers"][0]["spans"]
    ('A', [[3, 6, 'the arm']])
    """
    need("read_closely", article, Article, 'give one article: read_closely(load("desk")["2022-07-12-wire"])')
    advice = 'type marks = Annotations(article, "my-marks.jsonld"), then read_closely(article, annotations=marks)'
    need("read_closely", annotations, (Annotations, type(None)), advice)
    need("read_closely", layers, (Mapping, type(None)), 'give layers={"Actors": [(0, 3)]}: a name, and its spans')
    return ReadingDesk(article, layers, annotations)


def _span(span: Sequence[Any]) -> tuple[Any, ...]:
    return int(span[0]), int(span[1]), _plain(span[2]) if len(span) > 2 else ""


def _within(spans: Iterable[Sequence[Any]], start: int, end: int) -> list[list[Any]]:
    """Return the spans that touch a part of the text, cut to it, with offsets in it; at most `MOST`."""
    touching = ((max(a, start), min(b, end), rest) for a, b, *rest in spans if a < end and b > start)
    return [[a - start, b - start, *map(_plain, rest)] for a, b, rest in islice(touching, MOST)]


def _parts(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the parts of a text: at most `PART` characters, cut where a paragraph or word ends."""
    parts, start = [], 0
    while len(text) - start > PART:
        half, end = start + PART // 2, start + PART
        cut = next((at for gap in ("\n\n", " ") if (at := text.rfind(gap, half, end)) > 0), end)
        parts.append((start, cut))
        start = cut
    return [*parts, (start, len(text))]


def _letters(names: Iterable[str]) -> list[str]:
    """Return a capital for each name, its first that no name before has, else a number.

    >>> _letters(["Actors", "Aims", "A"])
    ['A', 'I', '3']
    """
    letters: list[str] = []
    for number, name in enumerate(names, 1):
        free = (letter for letter in name.upper() if letter.isalpha() and letter not in letters)
        letters.append(next(free, str(number)))
    return letters


def _plain(text: object) -> str:
    """Return text that can travel to a browser: half a surrogate pair, which cannot, becomes �."""
    return re.sub("[\ud800-\udfff]", "\ufffd", str(text))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:40]} … {text[-15:]}"

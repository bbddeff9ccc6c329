"""The reading desk: an article with layers to switch on and off, and words to mark with the mouse or the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from toolkit.annotation import Annotations
from toolkit.article import Article
from toolkit.judging import evaluative
from toolkit.naming import actors
from toolkit.quoting import quotations

PART = 12_000
"""The most characters of a text that are shown at once; a longer one is turned like pages."""

MOST = 2_000
"""The most highlights of one layer that are shown in a part."""

Spans = Iterable[Sequence[Any]]
"""What a layer highlights: each begins with start and end, and may go on with a label."""

OWN = "Your marks"


class ReadingDesk(anywidget.AnyWidget):
    """An article on the screen; the layers in `shown` are highlighted, and marks are kept by `annotations`.

    Setting `shown` or `part` in code does what a hand on the controls does. `mark`, `remove` and `undo` are what the
    keys and buttons call; `says` has what the desk last told the reader, `code` the line of Python for it.
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

    def __init__(self, article: Article, layers: Mapping[str, Spans], annotations: Annotations | None) -> None:
        """Show the beginning of an article with all its layers; raise ValueError for marks on another article."""
        if annotations is not None and annotations.article != article:
            raise ValueError(f"these annotations are of {annotations.article!r}, not of {article!r}")
        self.article, self.annotations = article, annotations
        self.layers = {name: sorted(map(_span, spans)) for name, spans in layers.items()}
        self._parts = _parts(article.text)
        codes = annotations.codes if annotations is not None else ()
        lost = (
            f"Not found again in this text: {', '.join(annotations.lost)}." if annotations and annotations.lost else ""
        )
        super().__init__(
            head={"title": _plain(article.title), "dateline": _plain(article.dateline), "own": OWN,
                  "codes": [code._asdict() for code in codes]},
            shown=[*self.layers, *([OWN] if codes else [])],
            says=_plain(lost),
        )  # fmt: skip
        self.on_msg(self._hear)
        self._draw()

    def mark(self, start: int, end: int, label: str) -> None:
        """Mark `article.text[start:end]` with a label, and say so."""
        mark = self._kept().add(start, end, label)
        brief = len(mark.text) <= 60 and self.article.text.find(mark.text) == mark.start
        call = f"mark({mark.text!r}, " if brief else f"add({mark.start}, {mark.end}, "
        self.code = _plain(f"annotations.{call}{label!r})")
        self._draw(f"Marked “{_short(mark.text)}” as {label}. {self._count()}")

    def remove(self, key: str) -> None:
        """Remove the mark with this id, and say so."""
        mark = next((mark for mark in self._kept() if mark.id == key), None)
        self._kept().remove(key)
        self.code = "annotations.undo()  # brings the mark back" if mark else ""
        self._draw(f"Removed the mark on “{_short(mark.text) if mark else ''}”. {self._count()}")

    def undo(self) -> None:
        """Take back the latest change, and say so."""
        undone = self._kept().undo()
        self.code = "annotations.undo()"
        self._draw(f"Undone. {self._count()}" if undone else "There is nothing to undo.")

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
            self.says = _plain(f"Not done: {error}.")
        self.answered += 1

    @traitlets.observe("part")
    def _turn(self, _change: object) -> None:
        if hasattr(self, "_parts"):
            self.part = min(max(self.part, 0), len(self._parts) - 1)
            self._draw()

    def _draw(self, says: str = "") -> None:
        """Send the part of the text that is shown, and what is highlighted in it."""
        start, end = self._parts[self.part]
        layers: list[dict[str, Any]] = [
            {"name": name, "letter": letter, "count": len(spans), "spans": _within(spans, start, end)}
            for (name, spans), letter in zip(self.layers.items(), _letters(self.layers), strict=True)
        ]
        if self.annotations is not None:
            keys = {code.label: code.key for code in self.annotations.codes}
            marks = [(m.start, m.end, m.label, keys.get(m.label, "?"), m.id) for m in self.annotations]
            layers.append({"name": OWN, "letter": "", "count": len(marks), "spans": _within(marks, start, end)})
        notes = []
        if len(self._parts) > 1:
            notes.append(f"Characters {start + 1:,} to {end:,} of {len(self.article.text):,} are shown.")
        if any(len(layer["spans"]) == MOST < layer["count"] for layer in layers):
            notes.append(f"At most {MOST:,} highlights of a layer are shown.")
        text = _plain(self.article.text[start:end])
        self.page = {"start": start, "text": text, "layers": layers, "parts": len(self._parts), "note": " ".join(notes)}
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
    article: Article, *, layers: Mapping[str, Spans] | None = None, annotations: Annotations | None = None
) -> ReadingDesk:
    """Return the reading desk for an article.

    `layers` is what can be switched on and off: a name, and its spans `(start, end)` or `(start, end, label)`; without
    it the desk has what `quotations`, `actors` and `evaluative` find. With `annotations` words can be marked, and
    every mark is saved in their file.

    >>> desk = read_closely(Article("1", "", "An arm moved."), layers={"Actors": [(3, 6, "the arm")]})
    >>> desk.page["layers"][0]["letter"], desk.page["layers"][0]["spans"]
    ('A', [[3, 6, 'the arm']])
    """
    desk = ReadingDesk(article, found_layers(article) if layers is None else layers, annotations)
    desk.code = "quotations(article), actors(article), evaluative(article)" if layers is None else ""
    return desk


def _span(span: Sequence[Any]) -> tuple[int, int, str]:
    return int(span[0]), int(span[1]), _plain(span[2]) if len(span) > 2 else ""


def _within(spans: Iterable[Sequence[Any]], start: int, end: int) -> list[list[Any]]:
    """Return the spans that touch a part of the text, cut to it, with offsets in it."""
    cut = (
        [max(a, start) - start, min(b, end) - start, *map(_plain, rest)]
        for a, b, *rest in spans
        if a < end and b > start
    )
    return [span for _, span in zip(range(MOST), cut, strict=False)]


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

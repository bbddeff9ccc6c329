"""Mark words of an article with the labels of a codebook, and keep the marks in a file beside the notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from heapq import nsmallest
from operator import eq
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import uuid4

from toolkit.article import Article
from toolkit.choices import need, need_folder, one_of
from toolkit.files import MAX_BYTES, BadInput, course_folder, read_text, write_atomically
from toolkit.markup import table

CONTEXT = 32
"""How many characters before and after a mark are kept, to find its place again in a text that has changed."""

LONGEST = 20_000
"""The most characters that one mark may cover."""

Item = dict[str, Any]


class Code(NamedTuple):
    """A label of a codebook, the key that sets it in the reading desk, and when it is to be set."""

    label: str
    key: str
    definition: str


class Mark(NamedTuple):
    """Words that somebody has marked: `article.text[start:end] == text`; offsets count characters (code points)."""

    start: int
    end: int
    label: str
    text: str
    creator: str
    created: str
    id: str


def load_codebook() -> tuple[Code, ...]:
    """Return the labels of the codebook `datasets/codebooks/spans.json`.

    >>> [code.label for code in load_codebook()]
    ['direct speech', 'reported speech', 'evaluative word', 'actor']
    """
    rows = json.loads(read_text(course_folder("datasets") / "codebooks" / "spans.json").text)
    return tuple(Code(**row) for row in rows)


class Annotations:
    """The marks on one article, in the order of the text, kept in a file; every change is written at once.

    A `codebook` of your own lists labels: `[("metaphor", "m", "Said of another thing.")]`.
    The file is W3C Web Annotation JSON-LD (an AnnotationCollection) and may hold the marks of many articles and of
    other programs, which are left as they are. A file that is something else is refused and never written over.
    When the text has changed, marks are found again by their words and what stood round them; `lost` has the words of
    those that were not, which stay in the file.

    >>> import tempfile; folder = tempfile.TemporaryDirectory()
    >>> article = Article("1", "", "He called it sabotage.")
    >>> annotations = Annotations(article, f"{folder.name}/my-marks.jsonld")
    >>> annotations.mark("sabotage", "evaluative word")[:4]
    (13, 21, 'evaluative word', 'sabotage')
    >>> Annotations(article, annotations.path)
    Annotations of '1': 1 mark in my-marks.jsonld
    >>> folder.cleanup()
    """

    def __init__(
        self,
        article: Article,
        path: str | Path = "my-marks.jsonld",
        *,
        codebook: Iterable[Sequence[str]] = (),
        creator: str = "me",
    ) -> None:
        """Read the marks that a file has on an article; without such a file there are none yet."""
        need("Annotations", article, Article, 'choose one article: Annotations(corpus[0], "my-marks.jsonld")')
        need_folder(path)
        self.article, self.path, self.creator = article, Path(path), creator
        self.codes = tuple(Code(*code) for code in codebook) or load_codebook()
        self.marks: tuple[Mark, ...] = ()
        self.lost: tuple[str, ...] = ()
        self._done: list[tuple[list[Item], list[Item]]] = []
        self._load()

    def add(self, start: int, end: int, label: str) -> Mark:
        """Mark `article.text[start:end]`, without white space at its ends, save it, and return the mark.

        What this creator has marked so before is not marked twice. Raises ValueError for a label that the codebook
        does not have and for offsets with no word between them.
        """
        one_of("label", label, [code.label for code in self.codes])
        piece = self.article.text[start:end] if start >= 0 else ""
        start, end = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if not start < end or end - start > LONGEST:
            raise ValueError(f"a mark needs some words of the text, and at most {LONGEST:,} characters")
        self._load()
        wanted = (start, end, label, self.creator)
        if wanted not in {(*mark[:3], mark.creator) for mark in self}:
            self._change([_item(self.article, *wanted)], [])
        return next(mark for mark in self if (*mark[:3], mark.creator) == wanted)

    def mark(self, words: str, label: str, *, which: int = 1) -> Mark:
        """Mark these words where they stand in the text for the first time, or for the `which`-th, and save it."""
        need("mark", words, str, 'give the words as they stand in the text: marks.mark("sabotage", "actor")')
        found = [m.start() for m in re.finditer(re.escape(words), self.article.text)] if words.strip() else []
        if not 1 <= which <= len(found):
            raise ValueError(f"{words!r} stands {len(found)} times in {self.article!r}; which={which} is not there")
        return self.add(found[which - 1], found[which - 1] + len(words), label)

    def remove(self, mark: Mark | str) -> None:
        """Remove a mark, given itself or its id, and save that. Raises ValueError when it is not there."""
        need("remove", mark, (Mark, str), "give a mark: marks.remove(marks.marks[0])")
        key = mark if isinstance(mark, str) else mark.id
        gone = [item for item in self._load() if item.get("id") == key]
        if not gone:
            raise ValueError("this mark is not there; it may have been removed before")
        self._change([], gone)

    def undo(self) -> bool:
        """Take back the latest change of this session and save that; return False when there is none."""
        if not self._done:
            return False
        put, gone = self._done[-1]
        self._change(gone, put)
        del self._done[-2:]
        return True

    def _change(self, put: list[Item], gone: list[Item]) -> None:
        """Change the file as it is now, so that what another notebook has written meanwhile is kept."""
        collection = _read(self.path)
        ids = {item["id"] for item in put + gone}
        items = [item for item in collection["first"]["items"] if item.get("id") not in ids] + put
        collection["first"]["items"], collection["total"] = items, len(items)
        written = json.dumps(collection, ensure_ascii=False, indent=1) + "\n"
        if len(written.encode()) > MAX_BYTES:
            raise BadInput(f"{self.path} is full: more than {MAX_BYTES:,} bytes; begin another file")
        write_atomically(self.path, written)
        self._done.append((put, gone))
        self._load()

    def _load(self) -> list[Item]:
        """Find the marks that the file has now, and return all that it has."""
        items: list[Item] = _read(self.path)["first"]["items"]
        found = [_mark(item, self.article) for item in items]
        self.marks = tuple(sorted(mark for mark in found if isinstance(mark, Mark)))
        self.lost = tuple(words for words in found if isinstance(words, str))
        return items

    def __iter__(self) -> Iterator[Mark]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)

    def __repr__(self) -> str:
        lost = f"; not found again in this text: {', '.join(map(repr, self.lost))}" if self.lost else ""
        marks = f"{len(self)} mark{'' if len(self) == 1 else 's'}"
        return f"Annotations of {self.article.id!r}: {marks} in {self.path.name}{lost}"

    def _repr_html_(self) -> str:
        rows = [(mark.label, mark.text, mark.start, mark.end, mark.creator) for mark in self.marks[:200]]
        note = f"{self!r}{', the first 200 shown' if len(self) > 200 else ''}"
        return table(["label", "words", "start", "end", "by"], rows, caption=note, align="llrrl")


def find_again(text: str, exact: str, *, before: str = "", after: str = "", near: int = 0) -> int | None:
    """Return where `exact` stands in a text that may have changed, or None.

    Of several places the one is taken with most of what stood `before` and `after` (at least 8 characters of it), then
    the one nearest to `near`.

    >>> find_again("An arm. The arm moved.", "arm", before="The ", after=" moved", near=3)
    12
    """
    if text[max(0, near - len(before)) : near + len(exact) + len(after)] == before + exact + after:
        return near
    found = [match.start() for match in re.finditer(re.escape(exact), text)]
    places = []
    for start in nsmallest(200, found, key=lambda start: abs(start - near)):
        end = start + len(exact)
        left, right = text[max(0, start - len(before)) : start], text[end : end + len(after)]
        alike = sum(map(eq, left[::-1], before[::-1])) + sum(map(eq, right, after))
        places.append((alike, -abs(start - near), start))
    most, _, start = max(places, default=(-1, 0, 0))
    return start if len(found) == 1 or most >= min(8, len(before + after)) else None


def _item(article: Article, start: int, end: int, label: str, creator: str) -> Item:
    """Return the annotation that says that somebody has marked words of an article."""
    text = article.text
    around = {"prefix": text[max(0, start - CONTEXT) : start], "suffix": text[end : end + CONTEXT]}
    words = {"type": "TextQuoteSelector", "exact": text[start:end], **around}
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    return {
        "id": uuid4().urn,
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"type": "Person", "name": creator},
        "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "body": {"type": "TextualBody", "value": label, "purpose": "tagging", "format": "text/plain"},
        "target": {"source": _sources(article)[0], "selector": [words, place]},
    }


def _sources(article: Article) -> tuple[str, ...]:
    """Return the addresses by which an article may be named in the file, the one that is written first."""
    urn = f"urn:x-article:{quote(article.id, safe='')}"
    return (article.url, urn) if article.url.startswith(("https://", "http://")) else (urn,)


def _read(path: Path) -> Item:
    """Return the collection in a file, or an empty one where there is no file; refuse a file of another kind."""
    if not path.exists():
        first = {"id": uuid4().urn, "type": "AnnotationPage", "startIndex": 0, "items": []}
        kind = {"@context": "http://www.w3.org/ns/anno.jsonld", "id": uuid4().urn, "type": "AnnotationCollection"}
        return {**kind, "total": 0, "first": first}
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        collection: Item = json.loads(read_text(path).text)
        items = collection["first"]["items"]
        if collection["type"] == "AnnotationCollection" and {*map(type, items)} <= {dict}:
            return collection
    raise BadInput(f"{path} is not a whole file of annotations; it is left as it is: give another name for your marks")


def _mark(item: Item, article: Article) -> Mark | str | None:
    """Return the mark that an annotation makes on an article, its words if they are lost, or None if it makes none."""
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        target, body, creator = item["target"], item["body"], item.get("creator") or {}
        selectors = {selector["type"]: selector for selector in target["selector"]}
        words, place = selectors["TextQuoteSelector"], selectors.get("TextPositionSelector", {})
        exact, near = str(words["exact"]), max(0, int(place.get("start", 0)))
        if target["source"] in _sources(article) and body["purpose"] == "tagging" and exact:
            before, after = str(words.get("prefix", "")), str(words.get("suffix", ""))
            start = find_again(article.text, exact, before=before, after=after, near=near)
            name = creator if isinstance(creator, str) else creator.get("name", "")
            facts = (str(body["value"]), exact, str(name), str(item.get("created", "")), str(item["id"]))
            return exact if start is None else Mark(start, start + len(exact), *facts)
    return None

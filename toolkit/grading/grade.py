"""Grade what a class handed in: take it in, run it shut in, judge, write down; stopped at any moment, it goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from toolkit.exercises.judging import Response, missing
from toolkit.exercises.plain import canonical
from toolkit.exercises.question import MARKING, Key, Question, read_key
from toolkit.files import BadInput
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.incoming import incoming
from toolkit.grading.marks import Record, forbidden, mark, may_vary, worse
from toolkit.grading.running import Run, run
from toolkit.grading.salvage import salvage
from toolkit.grading.sandbox import Sandbox, sandbox
from toolkit.grading.taking_in import WHO, Submission, submission, take_in
from toolkit.grading.written import as_written, why_missing

LONGEST_TEXT = 20_000
"""The most characters of a written answer that are kept."""


@dataclass(frozen=True, slots=True)
class How:
    """How to grade: whose a single file is, when all was received, how many run at once, whether without a sandbox.

    `again` grades also what was graded before. `watch(steps, n)` shows how far a loop of n steps is, and yields them.
    """

    student: str = ""
    received: datetime | None = None
    jobs: int = os.cpu_count() or 1
    unsafe: bool = False
    again: bool = False
    watch: Callable[[Iterable[Any], int], Iterable[Any]] = lambda steps, _: steps


@dataclass(slots=True)
class Graded:
    """What came of grading: how many were graded, and before, also by another key; why others were not; how shut in.

    `versions` were kept beside a newer one of the same student; `lapsed` are marks by hand that no longer count, since
    the student handed in something else.
    """

    graded: int = 0
    versions: int = 0
    before: int = 0
    other_key: int = 0
    refused: list[str] = field(default_factory=list)
    lapsed: list[str] = field(default_factory=list)
    isolation: str = ""


def grade(source: str | Path, key: str | Path, book: Gradebook, how: How | None = None) -> Graded:
    """Grade everything handed in at a place and write it into the gradebook, each as soon as it is done.

    What was graded before, by its bytes, is left as it is: after Ctrl-C, or a power cut, the same call goes on. Every
    file gets a receipt and is kept, also one that is refused. Raises `BadInput` where there is no key, nothing handed
    in, or nothing to shut students' code in.
    """
    how, known, done, taken = how or How(), read_key(Path(key)), Graded(), dict[str, Submission]()
    _need_handed_in(Path(source))
    name, refused = book.put_key(Path(key).read_bytes()), list[Submission]()
    for one in take_in(incoming(source, known.name, student=how.student), known, book, how.received):
        if one.refused:
            refused.append(one)
        else:
            taken[one.student] = one
    done.versions = sum(one.student in taken for one in refused)
    done.refused = [f"{one.student}: {one.refused}" for one in refused if one.student not in taken]
    graded = book.latest("graded", known.name)
    left = [one for one in taken.values() if not _is_done(one, graded.get(one.student))]
    if how.again:
        left = [_dated(one, graded.get(one.student), how) for one in taken.values()]
    done.before = len(taken) - len(left)
    stay = taken.keys() - {one.student for one in left}
    done.other_key = sum(graded[student]["key"] != name for student in stay)
    for record in _graded(left, known, how, done.refused):
        student = record["student"]
        before = book.graded(student, known.name)
        if how.again or not _is_done(taken[student], before):  # two may grade at once
            done.lapsed += _lapsing(book, known.name, record, before)
            book.append("graded", who=WHO, assignment=known.name, key=name, **record)
            done.graded, done.isolation = done.graded + 1, record["isolation"]
    return done


def _need_handed_in(source: Path) -> None:
    """Raise `BadInput` for a folder that is a teacher's own."""
    if source.is_dir() and any(
        [*source.glob("journal.jsonl"), *source.glob("*/journal.jsonl"), *source.glob(f"*{MARKING}")]
    ):
        raise BadInput(f"{source} has a gradebook or a key in it; give the folder that holds only what was handed in")


def _is_done(one: Submission, before: Record | None) -> bool:
    return before is not None and before["submission"] == one.sha256


def _dated(one: Submission, before: Record | None, how: How) -> Submission:
    """Return a submission as late as it was, where nobody says anew when it was received."""
    known = how.received is None and before is not None and _is_done(one, before)
    return replace(one, days_late=before["days_late"]) if known and before else one


def _lapsing(book: Gradebook, name: str, record: Record, before: Record | None) -> list[str]:
    """Return the marks by hand that are for another answer than the one that is graded now."""
    if before is None or before["submission"] == record["submission"]:
        return []
    marks = book.marks(name, student=record["student"])
    return [f"{mark.student} {mark.question} ({mark.who})" for mark in marks if mark.who]


@dataclass(frozen=True, slots=True)
class Moved:
    """A mark that another key moves; None waits for a person."""

    student: str
    question: str
    before: float | None
    after: float | None

    def __str__(self) -> str:
        before, after = ("waits" if one is None else f"{one:g}" for one in (self.before, self.after))
        return f"{self.student}  {self.question}  {before} → {after}"


def regrade(key: str | Path, book: Gradebook, how: How | None = None, *, write: bool = False) -> list[Moved]:
    """Return whose automatic marks move when all that is kept is graded by another key; unless `write`, only that.

    Marks that a person gave stay, whatever the key.
    """
    known, moved, records = read_key(Path(key)), list[Moved](), list[Record]()
    before = book.latest("graded", known.name)
    if not before:
        raise BadInput(f"nothing of {known.name} is in the gradebook {book.folder}; grade it first: toolkit grade")
    works = [_kept(student, found, book, known) for student, found in before.items()]
    lost = list[str]()
    by_hand = {(mark.student, mark.question) for mark in book.marks(known.name) if mark.who}
    for record in _graded(works, known, how or How(), lost):
        old = before[record["student"]]["marks"]
        for id, new in record["marks"].items():
            points = old[id]["points"] if id in old else None
            if points != new["points"] and (record["student"], id) not in by_hand:
                moved.append(Moved(record["student"], id, points, new["points"]))
        records.append(record)
    if lost:
        raise BadInput(lost[0])
    if write:
        name = book.put_key(Path(key).read_bytes())
        for record in records:
            now = book.graded(record["student"], known.name)
            if now is None or now["submission"] != record["submission"]:
                continue  # it was withdrawn, or another one was graded meanwhile
            book.append("graded", who=WHO, assignment=known.name, key=name, **record)
    return sorted(moved, key=lambda one: (one.student, one.question))


def _kept(student: str, found: Record, book: Gradebook, key: Key) -> Submission:
    """Return a submission that was graded before, from the bytes that were kept."""
    sha, file = found["submission"], found.get("file", "")
    read = salvage(book.kept(sha), file)
    told = {"notes": read.repairs, "days_late": found["days_late"]}
    return submission(read, key, student=student, sha256=sha, file=file, **told)


class _Sandboxes:
    """Warm sandboxes, two of different hashes as a pair, for threads to take and to give back."""

    def __init__(self, unsafe: bool) -> None:
        self.unsafe, self.closed, self._all = unsafe, False, list[Sandbox]()
        self._free = SimpleQueue[dict[int, Sandbox]]()
        pair = dict[int, Sandbox]()
        self.isolation = self.of(pair, 0).isolation
        self._free.put(pair)

    def take(self) -> dict[int, Sandbox]:
        """Return a pair that nobody uses, by their seeds; what is missing in it is started when it is needed."""
        try:
            return self._free.get_nowait()
        except Empty:
            return {}

    def give(self, pair: dict[int, Sandbox]) -> None:
        self._free.put(pair)

    def of(self, pair: dict[int, Sandbox], seed: int) -> Sandbox:
        if seed not in pair:
            pair[seed] = sandbox(unsafe=self.unsafe, seed=seed)
            self._all.append(pair[seed])
            if self.closed:
                self.close()
        return pair[seed]

    def close(self) -> None:
        self.closed = True
        while self._all:
            self._all.pop().close()


def _graded(works: Sequence[Submission], key: Key, how: How, lost: list[str]) -> Iterator[Record]:
    """Yield what each submission is worth as soon as it is known; some run at once, each in a sandbox of its own.

    Those that could not be graded, which is no fault of theirs, are told in `lost`; the others are.
    """
    if not works:
        return
    boxes = _Sandboxes(how.unsafe)
    pool = ThreadPoolExecutor(min(how.jobs, len(works)))
    try:
        futures = [pool.submit(_tried, work, key, boxes) for work in works]
        for future in how.watch(as_completed(futures), len(works)):
            record = future.result()
            if isinstance(record, str):
                lost.append(record)
            else:
                yield record
    finally:  # after Ctrl-C what is not begun is not, and what runs is stopped
        pool.shutdown(wait=False, cancel_futures=True)
        boxes.close()


def _tried(work: Submission, key: Key, boxes: _Sandboxes, again: bool = True) -> Record | str:
    """Return the record of one submission, or a sentence when it cannot be made, tried twice: the others go on."""
    pair = boxes.take()
    try:
        record = _worth(work, key, boxes, pair)
    except Exception as error:
        for box in pair.values():
            box.close()
        if again and not boxes.closed:
            return _tried(work, key, boxes, again=False)
        why = error if isinstance(error, BadInput) else type(error).__name__
        return f"{work.student}: could not be graded ({why}); the same command tries again"
    boxes.give(pair)
    return record


def _worth(work: Submission, key: Key, boxes: _Sandboxes, pair: dict[int, Sandbox]) -> Record:
    """Return the record of one submission; the same submission and key give the same marks, byte for byte."""
    questions = list(key.questions.values())
    first = run(boxes.of(pair, 0), work.cells, questions)
    marks = {one.id: mark(one, first.responses[one.id], stopped=first.stopped) for one in questions}
    asked = [one for one in questions if marks[one.id]["points"]]
    if asked and may_vary(work.names):
        again = run(boxes.of(pair, 1), work.cells, asked)
        for one in asked:
            if _said(again.responses[one.id]) != _said(first.responses[one.id]):
                marks[one.id] = worse(marks[one.id], mark(one, again.responses[one.id], stopped=again.stopped))
    for one in questions:
        if told := forbidden(one, work.names):
            marks[one.id]["look"] = " ".join(filter(None, [marks[one.id].get("look"), told]))
    for one in questions:
        if marks[one.id]["mistake"] == missing(one.answer).refused:
            marks[one.id]["mistake"] = why_missing(one.answer, work.cells, first.stopped)
    notes = [*work.notes, *first.stopped]
    if not any(response.counts for response in first.responses.values()):
        notes.append("nothing was written in it")
    answers = _texts(work, [one for one in questions if one.kind == "free"], first, marks)
    found = {"student": work.student, "submission": work.sha256, "file": work.file, "isolation": boxes.isolation}
    return {**found, "answers": answers, "marks": marks, "notes": notes, "days_late": work.days_late}


def _texts(work: Submission, questions: Sequence[Question], first: Run, marks: dict[str, Record]) -> dict[str, str]:
    """Return the texts that a person marks; one that its cell does not give, as it stands there: none is lost."""
    texts = dict[str, str]()
    for one in questions:
        if marks[one.id]["points"] is None:
            texts[one.id] = str(first.responses[one.id].results[0].value)[:LONGEST_TEXT]
        elif text := as_written(one.answer, work.page):
            texts[one.id] = text[:LONGEST_TEXT]
            told = f"{marks[one.id]['mistake']} It is read as it stands in its cell."
            marks[one.id] |= {"points": None, "mistake": told}
    return texts


def _said(response: Response) -> str:
    return canonical([[one.value, one.problem] for one in response.results]) + response.refused

"""The names of students, as a learning platform gave them: what people know each other by, where ids are numbers."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from toolkit.files import BadInput

if TYPE_CHECKING:
    from toolkit.grading.gradebook import Gradebook


def names_of(book: Gradebook) -> dict[str, str]:
    """Return the names of students by their ids, from the receipts; who never came with a name has none.

    The newest name counts, of whichever assignment: what came by e-mail later has none, and takes none away. Of a
    journal that is damaged it has the names before that place, for `verify` says where that is.
    """
    found = dict[str, str]()
    with suppress(BadInput):
        for record in book.records():
            if record["kind"] == "received" and (name := " ".join(str(record.get("name") or "").split())):
                found[record["student"]] = name
    return found


def called(student: str, names: dict[str, str]) -> str:
    """Return what a student is called in a line for people: the name with the id, or where there is none, the id.

    >>> called("1234501", {"1234501": "Ada Lovelace"}), called("ada", {})
    ('Ada Lovelace (1234501)', 'ada')
    """
    name = names.get(student, "")
    return f"{name} ({student})" if name not in ("", student) else student

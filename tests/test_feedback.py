"""Feedback says what was earned and what is wrong; it gives away nothing, and what students wrote stays text."""

import json

import nbformat
import pytest
from nbconvert.filters import markdown2html

from tests.conftest import HOSTILE
from tests.gradebooks import KEY, OWN, SECRET, graded, handed_in, new_book
from toolkit.files import BadInput
from toolkit.grading.feedback import write_feedback
from toolkit.grading.feedback_pages import fenced, visible

NASTY = f"{HOSTILE}</textarea><script>bad()</script>\n```\n[x](javascript:bad()) ![y](https://example.org/z.png)\n<svg/onload=bad()>"


@pytest.fixture
def book(tmp_path):
    return new_book(tmp_path)


def feedback(book, student="ann", **how):
    """The page and the notebook of a student, as text."""
    paths = write_feedback(book, "a2", book.folder.parent / "feedback", **how)
    own = [path for path in paths if path.stem == student]
    return [path.read_text(encoding="utf-8") for path in own]


def test_both_forms_say_points_mistake_input_and_counts(book):
    graded(book, "ann", gives=[1, 3, 1], tokens=3)
    page, notebook = feedback(book)
    for text in (page, json.loads(notebook)["cells"][2]["source"]):
        assert "a2.1" in text and "2 of 4 points" in text and "You counted tokens, not types." in text
        assert "1 of 2 right" in text and "1 of 1 right; they are not shown" in text
    assert "[&#x27;a&#x27;, &#x27;b&#x27;, &#x27;a&#x27;]" in page and "<dt>Expected</dt>" in page
    assert "2 of 10; 1 question waits for a person" in page
    assert '<html lang="en">' in page and '<th scope="col"' in page


def test_nothing_is_given_away(book):
    graded(book, "ann", gives=[1, 3, 2], tokens=3)
    graded(book, "bob", answer="Bob’s own words")
    for text in feedback(book):
        assert SECRET not in text and "31337" not in text and "model" not in text and "bob" not in text.lower()
    page, notebook = feedback(book, solutions=True)
    assert (
        all("31337" in text and "The model answer." in text for text in (page, notebook))
        and SECRET not in page + notebook
    )


def test_a_record_that_has_a_held_out_case_is_not_believed(book):
    record = graded(book, "ann", gives=[1, 3, 2])
    record["marks"]["a2.1"]["case"] = {"arguments": [[SECRET] * 2], "expected": 1}
    book.append("graded", **{name: record[name] for name in record.keys() - {"n", "at", "kind", "prev"}})
    assert not any(SECRET in text or "Expected" in text for text in feedback(book))


def test_a_persons_mark_comes_with_its_rubric_and_comment(book):
    graded(book, "ann")
    book.mark("ann", "a2", "a2.3", 3, who="Ms Berg", rubric=[0], comment="Well <argued>.")
    page, notebook = feedback(book)
    assert "✓ met (3): names a reason\n✗ not met (1): gives an example" in page
    assert "Well &lt;argued&gt;." in page and "9 of 10" in page and "Berg" not in page + notebook


def test_points_without_the_rubric_leave_the_rubric_out(book):
    graded(book, "ann")
    book.mark("ann", "a2", "a2.3", 3, who="Ms Berg", comment="Well argued.")
    for text in feedback(book):
        assert "by a person" in text and "Well argued." in text and "Rubric" not in text and "not met" not in text


def test_the_name_that_the_platform_gave_stands_beside_the_id(book):
    named(book, "ann", "Ada <b>`\u202eLovelace")
    page, notebook = feedback(book)
    assert "feedback for Ada &lt;b&gt;`" in page and "Lovelace (ann)" in page and "<b>" not in page
    assert "Lovelace (ann)`" in json.loads(notebook)["cells"][0]["source"] and "\u202e" not in page + notebook


def named(book, student, name, **more):
    """A student who came by a learning platform, and then once more by e-mail, without a name."""
    record = graded(book, student)
    told = {field: record[field] for field in ("student", "assignment", "submission")}
    told |= {"file": "a2.ipynb", "size": 7, "received": "2026-11-29T06:00:00", "repairs": [], "refused": ""}
    for each in (name, ""):
        book.append("received", who="toolkit", **told, **more, name=each)


def test_when_it_was_received_is_said_only_where_the_teacher_told(book):
    graded(book, "ann")
    named(book, "bob", "Bob", told=True)
    assert all("Taken in" in text and "Received" not in text for text in feedback(book))
    assert all("Received" in text and "Taken in" not in text for text in feedback(book, "bob"))


def test_lateness_and_the_receipt_are_told(book):
    record = graded(book, "ann", days_late=1.2, repairs=["cell 3 had no id"], file="<b>.ipynb")
    page, _ = feedback(book)
    assert "6 of 10" in page and "20 per cent of the points are taken off" in page and "4.8 of 10" in page
    assert record["submission"] in page and "2026-11-29T06:00:00+00:00" in page
    assert "cell 3 had no id" in page and "&lt;b&gt;.ipynb" in page


def test_a_later_file_that_is_not_marked_is_told(book):
    graded(book, "ann")
    book.append(
        "received", who="toolkit", student="ann", assignment="a2", submission="", file="b.txt", size=0,
        received="now", repairs=[], refused="b.txt is empty",
    )  # fmt: skip
    page, _ = feedback(book)
    assert "b.txt is empty" in page and "an earlier file is" in page


def test_the_notebook_has_the_own_cells_each_followed_by_what_is_said(book):
    graded(book, "ann", data=handed_in(("markdown", "My *text*"), ("code", "why = 'Because.'")))
    read = nbformat.reads(feedback(book)[1], as_version=4)
    nbformat.validate(read)
    said = [cell.source.splitlines()[0] for cell in read.cells]
    own = [OWN.splitlines()[0], "## `a2.1`: 4 of 4 points", 'check("a2.1", n_types)', "tokens = 3"]
    then = ["## `a2.2`: 2 of 2 points", "```text", "why = 'Because.'", "## `a2.3`: waits for a person"]
    assert said == ["# Feedback on `a2` for `ann`", *own, *then, "## What was received"]
    assert all(cell.get("outputs", []) == [] for cell in read.cells)


def test_what_is_damaged_still_gets_feedback(book):
    graded(book, "ann", data=b"{")
    assert [cell["cell_type"] for cell in json.loads(feedback(book)[1])["cells"]] == ["markdown"] * 5


def test_a_hostile_answer_stays_text_in_both_forms(book):
    graded(book, "ann", answer=NASTY, tokens=NASTY, repairs=[NASTY], file=NASTY, data=handed_in(("markdown", NASTY)))
    book.mark("ann", "a2", "a2.3", 3, who="Ms Berg", comment=NASTY)
    page, notebook = feedback(book)
    assert (
        not any(tag in page for tag in ("<script", "<img", "<svg", "</textarea", "\u202e")) and "⟨U+202E⟩evil" in page
    )
    for cell in json.loads(notebook)["cells"]:
        shown = markdown2html(cell["source"]) if cell["cell_type"] == "markdown" else ""
        assert not any(tag in shown for tag in ("<script", "<img", "<svg", 'href="j', 'href="h', "\u202e"))


def test_a_fence_is_longer_than_any_in_the_text_and_half_a_character_is_written(book):
    assert fenced("`````").startswith("``````text\n") and visible("\u2067a\0") == "⟨U+2067⟩a⟨U+0000⟩"
    graded(book, "ann", answer="\ud83d alone")
    assert all("? alone" in text for text in feedback(book))


def test_a_long_answer_is_cut_with_a_note():
    assert visible("a" * 20_005).endswith("a\n… and 5 more characters")


def test_the_same_gradebook_gives_the_same_bytes_to_each_student(book):
    graded(book, "ann"), graded(book, "bob")
    folder = book.folder.parent / "feedback"
    paths = write_feedback(book, "a2", folder)
    assert [str(path.relative_to(folder)) for path in paths] == [
        f"a2/{name}" for name in ("ann.html", "ann.ipynb", "bob.html", "bob.ipynb")
    ]
    first = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in write_feedback(book, "a2", folder)] == first


def test_without_a_graded_student_there_is_no_feedback(book):
    with pytest.raises(BadInput, match="grade it first"):
        feedback(book)


def test_the_key_of_these_tests_is_one_of_ten_points():
    assert KEY.points == 10

"""Marking by hand: nobody's name is shown, what is chosen is booked once, and nobody's mark is overwritten unseen."""

import json
from dataclasses import replace

import pytest

from toolkit.exercises.question import Case, Key, Question, write_key
from toolkit.files import BadInput
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.marking import LONGEST_COMMENT, Changed, Choice, Pile, _shuffled, chosen
from toolkit.grading.sheets import codes, marking_csv
from toolkit.markup import SHOWN_CHARACTERS
from toolkit.widgets.marking import HELP, mark_answers

RUBRIC = ({"points": 1, "say": "names a source"}, {"points": 2, "say": "weighs <b>it</b>"})
ANSWERS = {"anna": "Because.", "ben": "The agency said so.", "chidi": "I do not know."}
NAMES = ("a2_tokenising", [*ANSWERS])


@pytest.fixture
def book(tmp_path):
    """A gradebook with an automatic question a2.6 and a free one a2.7, answered by three students."""
    return make_book(tmp_path / "book", ANSWERS)


def make_book(folder, answers):
    book = Gradebook(folder)
    free = Question("a2.7", "free", "why", 3, title="Why?", rubric=RUBRIC, cases=(Case([], "A model answer."),))
    questions = {"a2.6": Question("a2.6", "number", "n", 2), "a2.7": free}
    key = book.put_key(write_key(Key("a2_tokenising", questions), folder)[0].read_bytes())
    for student, answer in answers.items():
        hand_in(book, student, answer, key)
    return book


def hand_in(book, student, answer, key=""):
    marks = {"a2.6": {"points": 2, "of": 2}, "a2.7": {"points": None, "of": 3}}
    book.append(
        "graded", who="toolkit", student=student, assignment="a2_tokenising", submission="", isolation="strong",
        key=key or book.graded("anna", "a2_tokenising")["key"], marks=marks, answers={"a2.7": answer}, notes=[],
        days_late=0,
    )  # fmt: skip


@pytest.fixture
def pile(book):
    return Pile(book, "a2_tokenising", "a2.7", who="Ada")


@pytest.fixture
def desk(book):
    return mark_answers(book.folder, "a2_tokenising", "a2.7", who="Ada")


def booked(book, kind="marked"):
    return [record for record in book.records() if record["kind"] == kind]


def hear(desk, do, rubric=(), own="", comment="", **more):
    """What the desk says when the browser sends a key and what is chosen."""
    choice = {"rubric": list(rubric), "own": own, "comment": comment}
    desk._hear(desk, {"do": do, "code": desk.page["code"], "choice": choice, **more}, [])
    return desk.says


# The pile


def test_the_order_is_the_same_every_time_and_another_for_another_question(book, pile):
    again = Pile(book, "a2_tokenising", "a2.7", who="Ben")
    assert pile.codes == again.codes and len({*pile.codes}) == len(pile) == 3
    assert all(code in marking_csv(book, "a2_tokenising", "a2.7") for code in pile.codes)
    other = sorted(pile.marks, key=lambda mark: _shuffled(replace(mark, question="a2.8"), codes(*NAMES)))
    assert [mark.student for mark in pile.marks] not in ([mark.student for mark in other], sorted(ANSWERS))
    hand_in(book, "dora", "Later.")
    more = Pile(book, "a2_tokenising", "a2.7", who="Ada").codes
    assert [code for code in more if code in pile.codes] == pile.codes and len(more) == 4


def test_points_are_the_sum_of_the_items_or_those_that_are_typed(pile):
    for choice, points in [(Choice((0, 1)), 3), (Choice((0,), "2.5"), 2.5), (Choice(own="0"), 0)]:
        assert pile.save(0, choice) and pile.marks[0].points == points
        assert chosen(pile.marks[0], pile.question) == choice
    assert not pile.save(0, Choice(own="0,00"))
    for typed in ("4", "-1", "1e0", "nan", "٣", "two", "1.2.3"):
        with pytest.raises(BadInput, match="type a number from 0 to 3"):
            pile.save(0, Choice(own=typed))
    with pytest.raises(BadInput, match="the rubric has 2 items"):
        pile.save(0, Choice((2,)))
    with pytest.raises(BadInput, match=f"at most {LONGEST_COMMENT:,} characters"):
        pile.save(0, Choice((1,), comment="x" * (LONGEST_COMMENT + 1)))


def test_what_the_book_says_already_is_not_booked_again(book, pile):
    assert not pile.save(0, Choice()) and pile.save(0, Choice((1,), comment="Good."))
    assert not pile.save(0, Choice((1,), comment=" Good.\n")) and not pile.save(0, Choice((1,), "2", "Good."))
    (record,) = booked(book)
    assert record["who"] == "Ada" and record["rubric"] == [1] and record["comment"] == "Good."
    book.mark("ben", "a2_tokenising", "a2.7", 1, who="Ben", rubric=[0], comment=" a\r\nb" + " " * LONGEST_COMMENT)
    mark = next(mark for mark in Pile(book, "a2_tokenising", "a2.7", who="Ada").marks if mark.student == "ben")
    assert chosen(mark, pile.question) == Choice((0,), "", "a\nb")


def test_a_mark_that_somebody_has_changed_meanwhile_is_overwritten_only_when_saved_again(book, pile):
    student = pile.marks[0].student
    book.mark(student, "a2_tokenising", "a2.7", 3, who="Ben", rubric=[0, 1], comment="Fine.")
    assert not pile.save(1, Choice()) and pile.marks[0].who == ""
    with pytest.raises(Changed, match="Ben has meanwhile given 3 of 3 points and “Fine.”"):
        pile.save(0, Choice((0,)))
    assert pile.marks[0].points == 3 and len(booked(book)) == 1
    assert pile.save(0, Choice((0,))) and booked(book)[-1]["before"] == 3
    hand_in(book, student, "Another answer.")
    with pytest.raises(Changed, match="another answer was handed in"):
        pile.save(0, Choice((1,)))


def test_undo_takes_back_what_this_pile_booked_the_latest_first(book, pile):
    book.mark(pile.marks[2].student, "a2_tokenising", "a2.7", 3, who="Ben")
    pile.save(0, Choice((0,)))
    pile.save(0, Choice((1,)))
    pile.save(1, Choice((1,)))
    assert [pile.undo(), pile.undo()] == [1, 0] and pile.marks[0].points == 1 and pile.marks[1].points is None
    assert pile.undo() == 0 and pile.undo() is None and len(booked(book, "undone")) == 3
    assert pile.look_again(2).points == 3


def test_the_next_unmarked_answer_is_one_that_nobody_has_marked_and_those_with_a_flag_come_last(book, pile):
    assert pile.next_unmarked(0) == 1 and pile.next_flagged(0) is None
    pile.flags = {1}
    assert pile.next_unmarked(0) == 2 and pile.next_flagged(2) == 1
    book.mark(pile.marks[2].student, "a2_tokenising", "a2.7", 3, who="Ben")
    pile.save(0, Choice((0,)))
    assert pile.next_unmarked(0) == 1 and pile.marked == 2
    pile.save(1, Choice((0,)))
    assert pile.next_unmarked(1) is None


def test_lines_of_comments_used_before_are_offered_the_most_frequent_first(pile):
    pile.save(0, Choice((0,), comment="Weigh it.\nName a source."))
    pile.save(1, Choice((0,), comment="Name a source."))
    assert pile.comments == ["Name a source.", "Weigh it."]
    pile.save(2, Choice((0,), comment="\n".join(f"Line {number}." for number in range(20))))
    assert len(pile.comments) == 9 and pile.comments[0] == "Name a source."


@pytest.mark.parametrize(
    "assignment, question, who, said",
    [
        ("a2_tokenizing", "a2.7", "Ada", "did you mean 'a2_tokenising'"),
        ("a2_tokenising", "a2.6", "Ada", "'a2.6' is marked by the toolkit; people mark a2.7"),
        ("a2_tokenising", "a2.9", "Ada", "'a2.9' is not a question of a2_tokenising"),
        ("a2_tokenising", "a2.7", " ", "give who="),
    ],
)
def test_what_cannot_be_marked_is_said(book, assignment, question, who, said):
    with pytest.raises(BadInput, match=said):
        mark_answers(book, assignment, question, who=who)


def test_a_folder_that_is_none_is_not_made(tmp_path):
    with pytest.raises(BadInput, match="there is no folder .*bok, which toolkit grade would have made$"):
        mark_answers(tmp_path / "bok", "a2_tokenising", "a2.7", who="Ada")
    assert not (tmp_path / "bok").exists()
    with pytest.raises(BadInput, match=r'the lessons are in a folder of their own: try "\.\./bok"'):
        mark_answers("bok", "a2_tokenising", "a2.7", who="Ada")
    with pytest.raises(TypeError, match="mark_answers cannot use a dict; give the folder"):
        mark_answers({}, "a2_tokenising", "a2.7", who="Ada")


# The desk


def test_nothing_that_reaches_the_browser_names_a_student(desk):
    for do in ("next", "next", "save", "previous"):
        hear(desk, do, own="1")
        sent = json.dumps(desk.get_state(["head", "page", "says"]))
        assert not any(student in sent for student in ANSWERS)
    assert desk.head["title"] == "a2.7 Why?" and desk.head["model"] == "A model answer."


def test_an_answer_is_booked_on_the_way_to_the_next(desk, book):
    assert desk.says == "Answer 1 of 3, not marked." and desk.page["book"] == "not marked"
    assert hear(desk, "next", rubric=[1], comment="Good.") == "2 of 3 points: saved. Answer 2 of 3, not marked."
    assert desk.page["progress"] == "1 of 3 marked" and desk.page["comments"] == ["Good."]
    assert hear(desk, "next") == "Answer 3 of 3, not marked." and len(booked(book)) == 1
    assert hear(desk, "next", own="3") == "3 of 3 points: saved. This is the last answer. Answer 3 of 3, 3 of 3 points."
    assert hear(desk, "unmarked", own="3") == "Answer 2 of 3, not marked."
    assert hear(desk, "save", rubric=[0]) == "1 of 3 points: saved." and len(booked(book)) == 3
    assert hear(desk, "unmarked", rubric=[0]).startswith("All answers have points.")
    assert hear(desk, "previous", rubric=[0]) == "Answer 1 of 3, 2 of 3 points."
    assert desk.page["choice"] == {"rubric": [1], "own": "", "comment": "Good."}
    assert mark_answers(book, "a2_tokenising", "a2.7", who="Ada").says.startswith("All answers have points.")


def test_undo_first_takes_back_what_is_not_saved_then_goes_to_what_was_saved_last(desk, book):
    hear(desk, "next", rubric=[1])
    assert hear(desk, "undo", rubric=[0]).startswith("What was not saved is taken back.") and desk.at == 1
    assert hear(desk, "undo") == "Undone. Answer 1 of 3, not marked." and desk.page["choice"]["rubric"] == []
    assert hear(desk, "undo").startswith("There is nothing to undo.") and book.verify() == []
    hear(desk, "save", rubric=[1])
    book.undo(booked(book)[-1]["n"], who="Ben")
    assert hear(desk, "undo", rubric=[1]).startswith("Not undone: record")


def test_a_comment_without_points_is_not_lost_in_silence(desk, book):
    assert hear(desk, "next", comment="Hm.").startswith("Not saved: no points are chosen; press 0")
    assert desk.at == 0 and desk.page["choice"]["comment"] == "Hm."
    assert hear(desk, "next", comment="Hm.") == "Answer 2 of 3, not marked." and booked(book) == []
    assert hear(desk, "next", own="7").startswith("Not saved: '7' cannot be the points") and desk.at == 1


def test_the_mark_of_another_person_is_shown_and_stays_unless_a_key_is_pressed_again(desk, book):
    student = desk.pile.marks[0].student
    book.mark(student, "a2_tokenising", "a2.7", 3, who="Ben <b>", comment="Fine.")
    assert "Ben <b> has meanwhile given 3 of 3 points and “Fine.”. Press again" in hear(desk, "next", rubric=[0])
    assert desk.page["book"] == "3 of 3 points, by Ben <b>" and desk.page["choice"]["rubric"] == [0]
    assert hear(desk, "undo", rubric=[0]).startswith("What was not saved is taken back.")
    assert desk.page["choice"] == {"rubric": [], "own": "3", "comment": "Fine."}
    book.mark(student, "a2_tokenising", "a2.7", 2, who="Ben")
    assert "Press again" in hear(desk, "save", rubric=[0])
    assert hear(desk, "save", rubric=[0]) == "1 of 3 points: saved." and booked(book)[-1]["before"] == 2


def test_a_flag_keeps_what_is_chosen_and_is_gone_to(desk):
    assert hear(desk, "flag", rubric=[0]) == "Flag on." and desk.page["flag"] and desk.page["choice"]["rubric"] == [0]
    hear(desk, "next")
    hear(desk, "next", rubric=[0])
    assert hear(desk, "flagged").startswith("Answer 1 of 3")
    assert hear(desk, "flag", rubric=[0]) == "Flag off." and hear(desk, "flagged", rubric=[0]).startswith("1 of 3")


@pytest.mark.parametrize(
    "message",
    [{"do": "drop"}, {"do": 3}, {"code": "000000"}, {"choice": {}}, {"choice": None}],
)
def test_a_message_that_makes_no_sense_does_nothing_but_is_answered(desk, book, message):
    assert hear(desk, **{"do": "next", "own": "1", **message}) == "Answer 1 of 3, not marked."
    assert booked(book) == [] and desk.answered == 1 and desk.at == 0
    assert hear(desk, "next", rubric=["0"]) == hear(desk, "next", rubric=[True]) == "Answer 1 of 3, not marked."


def test_an_answer_of_any_kind_travels_as_text_and_what_cannot_be_seen_is_told(tmp_path):
    unseen = "x" * SHOWN_CHARACTERS + "\u202e\u200b\ud800\0"
    book = make_book(tmp_path / "book", {"anna": "", "ben": unseen, "chidi": "<script>alert(1)</script>\r\n$x^2$"})
    desk = mark_answers(book, "a2_tokenising", "a2.7", who="Ada")
    seen = {}
    for _ in ANSWERS:
        seen[desk.page["text"][:8]] = (desk.page["note"], len(desk.page["text"]))
        hear(desk, "next")
    assert seen[""] == ("Nothing was written.", 0) and seen["<script>"][0] == "" and seen["xxxxxxxx"][1] == 20_000
    assert seen["xxxxxxxx"][0].startswith("The first 20,000 of 20,004 characters are shown. 3 characters in it cannot")


def test_every_key_is_in_the_help(desk):
    source = desk._esm if isinstance(desk._esm, str) else (desk._esm.path.read_text(encoding="utf-8"))
    keys = {*"npugfz", "Enter"} | {key for key in "0otmc" if f'key === "{key}"' in source}
    assert {*HELP} - {"1 … 9"} == keys

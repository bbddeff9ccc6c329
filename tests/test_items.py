"""The statistics of a class are those that can be counted by hand; likeness names pairs, and no verdict."""

import math

import pytest

from tests.conftest import HOSTILE
from tests.gradebooks import KEY, graded, new_book
from toolkit.charts import chart_items, chart_totals, check_chart
from toolkit.describing import describe
from toolkit.files import BadInput
from toolkit.grading.class_page import write_class_report
from toolkit.grading.items import class_report, discrimination, general
from toolkit.grading.likeness import alike, code_tokens

CODE = """
def n_types(words):
    found = {}  # one for each
    for place, word in enumerate(words):
        if word.lower() not in found:
            found[word.lower()] = place
    return len(found)
"""
OTHERS = [
    f"def n_types(words):\n    return len({{word{'.strip()' * number} for word in words if {'x + ' * number}1}})"
    for number in range(1, 12)
]


@pytest.fixture
def book(tmp_path):
    return new_book(tmp_path)


@pytest.fixture
def of_four(book):
    graded(book, "ann"), graded(book, "bob", tokens=31338)
    graded(book, "cem", gives=[1, 3, 2], tokens=31340), graded(book, "dot", gives=[1, 3, 2])
    book.mark("ann", "a2", "a2.3", 4, who="Ms Berg")
    return book


def test_totals_spread_as_they_are_counted_by_hand(of_four):
    told = class_report(of_four, "a2").totals  # 10, 4, 0, 2
    assert (told.n, told.of, told.low, told.high) == (4, 10, 1.5, 5.5)
    assert (told.mean, told.median) == (4, 3)
    assert [count for _, count in told.bars] == [1, 0, 1, 0, 1, 0, 0, 0, 0, 1] and told.bars[9][0] == "9–10"


def test_difficulty_is_the_share_of_the_points_of_those_that_are_marked(of_four):
    first, second, third = class_report(of_four, "a2").items
    assert first.difficulty == (4 + 4 + 0 + 0) / 16 and second.difficulty == 0.5
    assert (third.difficulty, third.n, third.waiting, third.discrimination) == (None, 1, 3, None)
    for student in ("bob", "cem", "dot"):
        of_four.mark(student, "a2", "a2.3", 2, who="Ms Berg")
    assert class_report(of_four, "a2").items[2].difficulty == (4 + 2 + 2 + 2) / 16


def test_the_question_itself_is_no_part_of_the_rest(book):
    for number in range(12):
        graded(book, f"s{number}", gives=[1, 2, 1] if number % 2 else [1, 3, 2], tokens=31337 + (number % 3 > 0))
    first, second, _ = class_report(book, "a2").items
    assert first.discrimination == second.discrimination == pytest.approx(0, abs=1e-6)  # half and a third, crossed


def test_discrimination_is_a_correlation_where_there_is_one_to_tell():
    pairs = [(i, i * i) for i in range(10)]
    expected = 4.5 * 10 * (sum(i**3 for i in range(10)) / 10 - 4.5 * 28.5)
    spread = math.sqrt(82.5 * sum((i * i - 28.5) ** 2 for i in range(10)))
    assert discrimination(pairs) == pytest.approx(expected / 4.5 / spread, abs=1e-6)
    assert discrimination([(i, -i) for i in range(10)]) == -1
    assert discrimination([(1, i) for i in range(10)]) is discrimination([(i, None) for i in range(99)]) is None


def test_the_same_mistake_meets_and_one_that_a_person_forgave_does_not_count(of_four):
    of_four.mark("dot", "a2", "a2.1", 4, who="Ms Berg")
    wrong = ("a2.2", "This is not the answer expected.", 2), ("a2.1", "You counted tokens, not types.", 1)
    assert class_report(of_four, "a2").mistakes == wrong
    assert general("“a” has 3, “b” 2.5") == "“…” has …, “…” …" and general("of “a2”: 1") == "of “…”: …"


def test_renamed_code_is_found_and_what_all_share_is_not():
    sources = {f"s{number:02}": {"a2.1": text} for number, text in enumerate(OTHERS)}
    assert alike(KEY, sources) == []
    sources |= {"x": {"a2.1": CODE}, "y": {"a2.1": CODE.replace("found", "seen").replace("# one for each", "")}}
    [pair] = alike(KEY, sources)
    assert (pair.question, pair.first, pair.second, pair.likeness) == ("a2.1", "x", "y", 1)
    assert pair.shared == CODE.strip()
    assert alike(KEY, {f"s{number}": {"a2.1": CODE} for number in range(30)}) == []


def test_a_shared_part_is_shown_and_short_answers_say_nothing():
    text = "The rover waits because the partners could not agree on who pays for the lander that Moscow had built. "
    sources = {"ann": {"a2.3": f"First: {text}"}, "bob": {"a2.3": f"{text} So it is."}, "cem": {"a2.2": "tokens = 3"}}
    [pair] = alike(KEY, sources | {"dot": {"a2.2": "tokens = 3"}})
    assert pair.shared == text.strip(" .") and 0.5 < pair.likeness < 1


def test_code_that_does_not_run_is_cut_all_the_same():
    tokens = [token for token, _, _ in code_tokens("def f(:\n  return 'a\n  x = '''open")]
    assert tokens == ["def", "n", "(", ":", "return", "t", "n", "=", "t"]
    assert len(code_tokens("x " + " " * 1_000_000 + "'" + "“" * 100_000)) == 2  # in one pass, or this test never ends


def test_at_most_fifty_pairs_are_listed():
    called = {i: "\n".join(f"words.way_{i}_{step}()" for step in range(10)) for i in range(60)}
    sources = {f"s{i}{student}": {"a2.1": text} for i, text in called.items() for student in "ab"}
    assert len(alike(KEY, sources)) == 50


def test_the_charts_break_no_rule_and_can_be_put_into_words():
    totals = chart_totals([("0–5", 3), ("5–10", 9)], note="Mean 7.")
    items = chart_items([("a2.1", 0.9, -0.3), ("a2.2", 0.5, 0.6), ("<b>", 0.4, 0.1)], n=12)
    for figure in (totals, items):
        assert list(check_chart(figure)) == [] and "n = 12 students" in describe(figure)
    assert "<b>, difficulty 0.4 (0.1)" not in describe(items) and "&lt;b&gt;" in items.data[0].text[0]
    assert items.layout.yaxis.range[0] < -0.3
    with pytest.raises(ValueError, match="10 students"):
        chart_items([], n=3)


def test_the_page_has_all_of_it_and_is_the_same_each_time(of_four, tmp_path):
    sources = {"ann": {"a2.1": CODE}, "bob": {"a2.1": CODE + HOSTILE}, "cem": {"a2.1": OTHERS[1]}}
    page = write_class_report(of_four, "a2", tmp_path / "class.html", sources).read_text(encoding="utf-8")
    body = page[page.index("<main>") : page.index("</main>")]
    for text in ("never a verdict", "You counted tokens, not types.", "answers that wait", "Henrysson 1963"):
        assert text in body
    assert "a2.1: ann and bob" in body and "<script" not in body and "\u202e" not in body
    assert write_class_report(of_four, "a2", tmp_path / "class.html", sources).read_text(encoding="utf-8") == page


def test_who_was_not_taken_is_listed_by_name_with_the_reason(of_four, tmp_path):
    told = {"assignment": "a2", "submission": "", "file": "b.txt", "size": 0, "received": "now", "repairs": []}
    for student, refused, name in (
        ("eve", "b.txt is empty", "Eve <b>\u202eRoe"), ("fay", "", ""), ("ann", "c.txt is empty.", "Ann Lee"),
        ("bob", "old.ipynb is kept; another version, a2.ipynb, was taken", ""),
    ):  # fmt: skip
        of_four.append("received", who="toolkit", student=student, **told, refused=refused, name=name)
    assert class_report(of_four, "a2").not_taken == (
        ("Ann Lee (ann)", "c.txt is empty; an earlier file counts"),
        ("Eve <b>\u202eRoe (eve)", "b.txt is empty"),
        ("fay", "it was taken in and could not be graded; grade it once more"),
    )
    sources = {"ann": {"a2.1": CODE}, "bob": {"a2.1": CODE}, "cem": {"a2.1": OTHERS[1]}}
    page = write_class_report(of_four, "a2", tmp_path / "class.html", sources).read_text(encoding="utf-8")
    assert "Who was not taken" in page and "&lt;b&gt;⟨U+202E⟩Roe (eve)" in page and "<b>" not in page
    assert "a2.1: Ann Lee (ann) and bob" in page


def test_of_nothing_there_is_no_report(book, tmp_path):
    with pytest.raises(BadInput, match="grade it first"):
        write_class_report(book, "a2", tmp_path / "class.html")

"""Feedback in a browser: it reads well, asks nobody for anything, and what a student wrote does nothing in it."""

from tests.browser.barriers import barriers
from tests.conftest import HOSTILE
from tests.gradebooks import graded, new_book
from toolkit.grading.class_page import write_class_report
from toolkit.grading.feedback import write_feedback

NASTY = f"""{HOSTILE}</textarea><script>alert(3)</script>
[a link](javascript:alert(4)) ![a picture](https://example.org/z.png) <a href="javascript:alert(5)">x</a>
<svg/onload=alert(6)></dd></dl><iframe src="https://example.org"></iframe><style>@import "https://example.org"</style>"""


def opened(page, path):
    page.on("dialog", lambda dialog: (page.errors.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    return page


def test_a_hostile_answer_does_nothing_in_the_feedback(page, tmp_path, artefact):
    book = new_book(tmp_path)
    graded(book, "ann", gives=[1, 3, 2], tokens=NASTY, answer=NASTY, repairs=[NASTY], file=NASTY, days_late=1.2)
    book.mark("ann", "a2", "a2.3", 3, who="Ms Berg", rubric=[0], comment=NASTY)
    opened(page, write_feedback(book, "a2", tmp_path)[0])
    assert page.errors == [] and page.outside == []
    assert page.locator("main :is(script, img, svg, iframe, style, textarea, a)").count() == 0
    assert page.locator("dd", has_text="</textarea><script>alert(3)</script>").count() == 5
    assert "⟨U+202E⟩evil" in page.locator("#part-4 + dl").inner_text()
    kept, broken = barriers(page, page.locator("body"))
    assert kept > 10 and broken == []
    page.screenshot(path=artefact("feedback-hostile"), full_page=True)


def test_the_feedback_is_read_without_barriers(page, tmp_path, artefact):
    book = new_book(tmp_path)
    graded(book, "ann", gives=[1, 3, 2], repairs=["cell 3 had no id; it was given one"])
    opened(page, write_feedback(book, "a2", tmp_path)[0])
    assert [one.inner_text() for one in page.locator("h2").all()][1] == "a2.1 Types: 0 of 4 points"
    page.get_by_role("link", name="a2.3 Why: waits for a person").click()
    assert page.locator("#part-4").is_visible() and page.errors == []
    assert barriers(page, page.locator("body"))[1] == []
    page.screenshot(path=artefact("feedback"), full_page=True)


def test_the_page_of_a_class_draws_its_charts_and_asks_nobody(page, tmp_path, artefact):
    book = new_book(tmp_path)
    for number in range(12):
        graded(book, f"s{number:02}", gives=[1, 2 + number % 2, 1 + (number < 4)], tokens=31337 + (number % 3 > 0))
        book.mark(f"s{number:02}", "a2", "a2.3", number % 5, who="Ms Berg")
    code = "def n_types(words):\n    seen = []\n    for word in words:\n        if word not in seen:\n"
    code += "            seen.append(word)\n    return len(seen)  # <script>alert(1)</script>\n"
    sources = {"s03": {"a2.1": code}, "s07": {"a2.1": code.replace("seen", "kept")}, "s08": {"a2.1": "pass\n" * 30}}
    opened(page, write_class_report(book, "a2", tmp_path / "class.html", sources))
    page.wait_for_function("document.querySelectorAll('.chart .main-svg').length >= 2")
    assert page.errors == [] and page.outside == []
    assert page.locator("dl dt", has_text="likeness").all_inner_texts() == ["a2.1: s03 and s07, likeness 1.00"]
    assert page.locator('dt:has-text("likeness") + dd').inner_text() == code.partition("  #")[0]
    assert barriers(page, page.locator("body"))[1] == []
    page.screenshot(path=artefact("class"), full_page=True)

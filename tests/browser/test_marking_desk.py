"""A teacher marks three answers by keyboard alone; a hostile answer is text; what was marked is in the book."""

import json
import urllib.request

import nbformat
import pytest

from tests.browser.barriers import barriers
from tests.browser.test_lab import RUN_ALL
from tests.browser.test_reading_desk import KERNEL, RESTART, press
from tests.test_marking import make_book
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.marking import Pile

EVIL = (
    "<img src=https://evil.example/x onerror=alert(1)><script>alert(2)</script>[a](javascript:alert(3)) $\\frac12$ "
    "\u202etxet siht\u200b </p></div>\n\n" + "x" * 400 + "\n\n" + "a\u0301" * 15_000
)
ANSWERS = {"anna": "Because the agency said so.", "ben": "ماذا قال؟", "chidi": EVIL}
WIDE = """desk => [...desk.querySelectorAll('*')]
  .filter(part => part.getBoundingClientRect().right > desk.getBoundingClientRect().right + 1).length"""


@pytest.fixture
def folder(tmp_path):
    return make_book(tmp_path / "book", ANSWERS).folder


@pytest.fixture
def opened(lab, page, folder):
    """The marking desk of the three answers, in a notebook of its own, with the focus in the cell above it."""
    page.on("dialog", lambda dialog: page.errors.append(dialog.message))
    page.set_viewport_size({"width": 1280, "height": 1500})
    code = "from toolkit.widgets.marking import mark_answers\n"
    code += f'mark_answers({str(folder)!r}, "a2_tokenising", "a2.7", who="Ada")'
    content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)], metadata=KERNEL)
    body = json.dumps({"type": "notebook", "content": content}).encode()
    address = f"{lab}/api/contents/marking.ipynb?token=lesson"
    urllib.request.urlopen(urllib.request.Request(address, body, method="PUT")).close()
    page.goto(f"{lab}/lab/tree/marking.ipynb?token=lesson&reset")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    page.evaluate(RUN_ALL)
    desk = page.locator(".marking-desk").first
    desk.locator(".text").wait_for(timeout=30_000)
    return desk


def said(page, words):
    page.wait_for_function(
        "words => document.querySelector('.marking-desk .status')?.textContent.includes(words)", arg=words
    )


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.tagName")


def order(folder):
    return [mark.student for mark in Pile(Gradebook(folder), "a2_tokenising", "a2.7", who="Ada").marks]


def marks(folder):
    found = {mark.student: mark for mark in Gradebook(folder).marks(question="a2.7")}
    return [(found[student].points, found[student].rubric, found[student].comment) for student in order(folder)]


def test_three_answers_are_marked_by_keyboard_alone(opened, page, folder, artefact):
    page.locator(".jp-Cell .cm-content").first.focus()
    press(page, "Escape")  # the cell is chosen: letters are commands of the notebook
    for _ in range(30):
        if focused(page) == "Answer 1 of 3":
            break
        press(page, "Tab")
    assert focused(page) == "Answer 1 of 3"
    assert opened.locator(".text").evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    said(page, "Answer 1 of 3, not marked.")

    press(page, "2")
    said(page, "Item 2 chosen: 2 of 3 points.")
    press(page, "2")
    said(page, "Item 2 left out: no points chosen.")
    press(page, "2", "t")
    page.keyboard.type("Weighs 1 of 2 sources, not n.")  # keys of the desk are letters here
    press(page, "Enter")
    said(page, "2 of 3 points: saved.")
    assert marks(folder)[0] == (2, (1,), "Weighs 1 of 2 sources, not n.") and focused(page) == "Answer 1 of 3"

    press(page, "n", "1", "2", "c", "1", "n")  # faster than Python answers: nothing is lost or mixed up
    said(page, "3 of 3 points: saved. Answer 3 of 3, not marked.")
    assert marks(folder)[1] == (3, (0, 1), "Weighs 1 of 2 sources, not n.")
    press(page, "z")
    said(page, "Undone. Answer 2 of 3, not marked.")
    assert marks(folder)[1] == (None, (), "")

    press(page, "o", "2", ",", "5", "Enter")
    said(page, "2.5 of 3 points: saved.")
    press(page, "f", "u", "0", "n")
    said(page, "0 of 3 points: saved. This is the last answer.")
    press(page, "d", "d", "x", "b")  # in JupyterLab bare letters delete, cut and add cells
    assert [points for points, _, _ in marks(folder)] == [2, 2.5, 0] and page.locator(
        ".jp-Notebook .jp-Cell"
    ).count() == 1
    assert opened.locator(".place").inner_text().replace("\n", " ").endswith("3 of 3 marked")

    press(page, "g", "m")
    said(page, "Model answer opened")
    assert opened.locator(".model p").is_visible() and opened.locator(".model p").inner_text() == "A model answer."
    assert opened.locator(".flag").inner_text() == "⚑ flag"
    opened.locator(".help summary").click()
    opened.screenshot(path=artefact("marking-desk"))
    kept, broken = barriers(page, opened)
    assert kept > 10 and broken == []
    assert page.errors == [] and page.outside == [] and Gradebook(folder).verify() == []


def test_an_answer_that_means_harm_is_text(opened, page, folder, artefact):
    for _ in range(order(folder).index("chidi")):
        press(page, "Tab")
        opened.get_by_role("button", name="Save and next").click()
    page.wait_for_function("document.querySelector('.marking-desk .text').textContent.startsWith('<img src=https')")
    assert (
        opened.locator(".text *:not(p)").count() == 0 and opened.locator("img, script, a, mjx-container").count() == 0
    )
    assert "$\\frac12$" in opened.locator(".text").inner_text()
    assert "The first 20,000 of" in opened.locator(".note").inner_text()
    assert opened.evaluate(WIDE) == 0
    opened.screenshot(path=artefact("marking-desk-hostile"))
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    opened.screenshot(path=artefact("marking-desk-dark"))
    kept, broken = barriers(page, opened)
    assert kept > 10 and broken == []
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})")
    page.locator("body[data-jp-theme-light=true]").wait_for(state="attached")
    assert page.errors == [] and page.outside == []


def test_what_another_teacher_gave_meanwhile_is_shown_and_a_lost_python_is_told(opened, page, folder):
    Gradebook(folder).mark(order(folder)[0], "a2_tokenising", "a2.7", 3, who="Ben", comment="<b>Fine.</b>")
    opened.locator(".text").focus()
    press(page, "1", "n")
    said(page, "Not saved: Ben has meanwhile given 3 of 3 points and “<b>Fine.</b>”. Press again and yours counts")
    assert "in the book: 3 of 3 points, by Ben" in opened.locator(".points").inner_text()
    assert opened.get_by_role("checkbox").first.is_checked() and marks(folder)[0][0] == 3
    press(page, "n")
    said(page, "1 of 3 points: saved. Answer 2 of 3")
    assert marks(folder)[0][0] == 1

    page.evaluate(RESTART)
    said(page, "Nothing is saved any more: Python was restarted")
    press(page, "1", "n")
    said(page, "Nothing is saved any more")
    assert opened.get_by_role("checkbox").first.is_checked() and marks(folder)[1][0] is None

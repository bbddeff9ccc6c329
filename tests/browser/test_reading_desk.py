"""A student marks words in the reading desk with the mouse and with the keyboard, and finds them after a reload."""

import json
import urllib.request

import nbformat
import pytest

from tests.browser.barriers import barriers
from tests.browser.test_lab import RUN_ALL
from toolkit.datasets import load
from toolkit.widgets.reading import found_layers

IMPORTS = """from toolkit import Article, load
from toolkit.annotation import Annotations
from toolkit.widgets.reading import read_closely"""
TEXT = "🚀 He called it sabotage, twice.\n\nSabotage, said Dr. Vago, was no word for it."
SMALL = f"""article = Article("a", "Sabotage", {TEXT!r})
layers = {{"Quotations": [(15, 23, "direct")], "Actors": [(52, 56, "Jorge Vago")]}}
read_closely(article, layers=layers, annotations=Annotations(article, "marks.jsonld"))"""
REAL = """article = load("desk")["2022-07-12-wire"]
annotations = Annotations(article, "real.jsonld")
for words, label in [("Roscosmos", "actor"), ("sabotage", "direct speech"), ("sabotage", "evaluative word")]:
    annotations.mark(words, label)
read_closely(article, annotations=annotations)"""
EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>\u202eevil &amp; "
HARM = f"""evil = {EVIL!r}
article = Article("<b>", evil, (evil * 10 + "\\n\\n") * 2_500 + "x" * 400_000)
spans = [(i, i + 9, evil) for i in range(0, len(article.text), 5)]
read_closely(article, layers={{evil: spans}}, annotations=Annotations(article, "harm.jsonld"))"""
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
RESTART = """async () => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  await kernel.restart(); await kernel.info;
}"""
FOCUS = "() => document.activeElement.closest('.reading-desk') ? document.activeElement.className : 'outside'"
SAVE = "async () => await window.jupyterapp.shell.currentWidget.context.save()"


@pytest.fixture
def notebook(lab, page):
    """A function that puts cells into a notebook of the lab, opens it and runs it; it returns the desk."""

    def opened(name, cells):
        cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
        body = json.dumps(
            {"type": "notebook", "content": nbformat.v4.new_notebook(cells=cells, metadata=KERNEL)}
        ).encode()
        address = f"{lab}/api/contents/{name}.ipynb?token=lesson"
        urllib.request.urlopen(urllib.request.Request(address, body, method="PUT")).close()
        page.goto(f"{lab}/lab/tree/{name}.ipynb?token=lesson&reset")
        page.wait_for_selector(".jp-Notebook", timeout=60_000)
        page.evaluate(RUN_ALL)
        assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']").count() == 0
        return desk_of(page)

    return opened


def desk_of(page):
    desk = page.locator(".reading-desk").first
    desk.locator(".text p").first.wait_for(timeout=30_000)
    desk.scroll_into_view_if_needed()
    return desk


def said(page, words):
    page.wait_for_function(
        "words => document.querySelector('.reading-desk .status')?.textContent.includes(words)", arg=words
    )


def labels(desk):
    return [" ".join(label.split()) for label in desk.locator("label").all_inner_texts()]


def own(desk):
    return desk.locator(".text .own").all_inner_texts()


def place(page, words):
    """Left, right and middle height of words on the screen."""
    return page.evaluate(
        """words => { const walk = document.createTreeWalker(document.querySelector('.reading-desk .text'), 4);
        for (let node; (node = walk.nextNode());) { const at = node.data.indexOf(words); if (at < 0) continue;
          const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + words.length);
          const {left, right, top, height} = range.getBoundingClientRect();
          return [left, right, top + height / 2]; } }""",
        words,
    )


def drag(page, here, there):
    page.mouse.move(*here)
    page.mouse.down()
    page.mouse.move(*there, steps=4)
    page.mouse.up()


def drag_over(page, words):
    """Select words as a hand on the mouse does: press before the first, let go after the last."""
    left, right, height = place(page, words)
    drag(page, (left + 1, height), (right - 1, height))


def click_on(page, words, times=1):
    left, right, height = place(page, words)
    page.mouse.click((left + right) / 2, height, click_count=times)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_words_marked_with_mouse_and_keyboard_are_there_after_a_reload(notebook, page):
    desk = notebook("small", [IMPORTS, SMALL])
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    assert labels(desk) == ["Q Quotations (1)", "A Actors (1)", "✎ Your marks (0)"]

    drag_over(page, "twice")
    desk.get_by_role("button", name="Mark as evaluative word").click()
    said(page, "Marked “twice” as evaluative word. 1 mark in marks.jsonld.")
    line = 'Annotations(article, "marks.jsonld").mark("twice", "evaluative word")'
    assert desk.locator(".code code").inner_text().split("\n")[-1] == line

    desk.locator(".text").focus()
    press(page, "Escape", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    said(page, "Selected: said Dr")
    press(page, "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "a")
    said(page, "Marked “. Vago,” as actor. 2 marks")
    press(page, "Control+z")
    said(page, "Undone. 1 mark")

    desk.get_by_role("button", name="Actors 1, Jorge Vago: Vago").focus()
    press(page, "Enter", "a")
    said(page, "Marked “Vago” as actor. 2 marks")
    desk.get_by_role("button", name="Your marks 1, evaluative word: twice").focus()
    press(page, "Delete")
    said(page, "Removed the mark on “twice”")
    press(page, "Escape", "d", "d", "x", "b")  # in JupyterLab bare letters delete, cut and add cells
    assert own(desk) == ["Vago"] and page.locator(".jp-Notebook .jp-Cell").count() == cells

    page.evaluate(SAVE)
    page.reload()
    assert own(desk_of(page)) == ["Vago"]
    page.evaluate("document.querySelector('.reading-desk').remove()")
    page.evaluate(RUN_ALL)
    assert own(desk_of(page)) == ["Vago"]
    assert page.errors == [] and page.outside == []


def test_keys_and_mouse_wherever_they_are_used_in_the_desk_mark_and_never_touch_the_cell(notebook, page):
    desk = notebook("keys", [IMPORTS, SMALL.replace("marks.jsonld", "keys.jsonld")])
    left, right, height = place(page, "twice")
    title = desk.locator("h3").bounding_box()
    for start in [(title["x"] + 5, title["y"] + 8), (title["x"] + title["width"] + 80, height)]:
        drag(page, start, (right - 1, height))
        press(page, "e")
        said(page, "as evaluative word. 1 mark")
        press(page, "Control+z")
        said(page, "Undone. 0 marks")
    desk.locator(".dateline").click()
    press(page, "Escape")
    desk.locator(".status").click()
    press(page, "d", "d", "r", "x", "b")
    said(page, "First select some words")
    assert page.locator(".jp-Notebook .jp-CodeCell").count() == 2 == page.locator(".jp-Notebook .jp-Cell").count()

    drag(page, (left + 8, height), (right - 8, height))  # half a word
    press(page, "a")
    said(page, "Marked “twice” as actor")
    press(page, "Escape")
    click_on(page, "twice")
    press(page, "Delete")
    said(page, "Removed the mark on “twice”. 0 marks")
    click_on(page, "Vago", times=3)
    press(page, "r")
    said(page, "Marked “Sabotage, said Dr. Vago, was no word for it.” as reported speech. 1 mark")
    press(page, "Control+z")
    said(page, "Undone. 0 marks")
    press(page, "Control+a", "e")
    said(page, "Marked “🚀 He called it sabotage, twice.\n\nSab")
    press(page, "Control+z")
    said(page, "Undone. 0 marks")
    press(page, "Escape", "ArrowRight", "End", "Shift+Home")
    said(page, "Selected: 🚀 He called it sabotage, twice.")


def test_the_focus_stays_on_a_box_and_the_highlights_are_one_stop(notebook, page):
    desk = notebook("stops", [IMPORTS, SMALL.replace("marks.jsonld", "stops.jsonld")])
    box = desk.get_by_role("checkbox", name="Actors")
    box.focus()
    press(page, "Space")
    said(page, "Actors hidden.")
    press(page, "Space")
    said(page, "Actors shown: 1.")
    assert box.is_checked() and box.evaluate("node => node === document.activeElement")
    desk.locator(".text").focus()
    press(page, "Tab")
    assert desk.get_by_role("button", name="Quotations 1").evaluate("node => node === document.activeElement")
    press(page, "ArrowRight", "Enter")
    said(page, "Selected: Vago")
    press(page, "Tab", "Tab")
    assert page.evaluate(FOCUS) == "outside"


def test_when_python_is_restarted_the_desks_say_so_and_nothing_is_lost_in_silence(notebook, page):
    tokens = 'from toolkit.widgets.tokens import explore_tokens\nexplore_tokens("The arm moved.")'
    desk = notebook("restart", [IMPORTS, SMALL.replace("marks.jsonld", "restart.jsonld"), tokens])
    page.locator(".toolkit-desk [role=status]").wait_for()
    page.evaluate(RESTART)
    said(page, "Python was restarted")
    page.get_by_text("nothing moves here any more: choose Run, then Run All Above").wait_for()
    drag_over(page, "twice")
    press(page, "ArrowRight", "e")
    said(page, "Nothing is saved any more: Python was restarted or has stopped.")
    desk.locator("label", has_text="Actors").click()
    said(page, "Nothing is saved any more")


def test_layers_are_switched_and_axe_finds_nothing_that_is_ours(notebook, page, artefact):
    page.set_viewport_size({"width": 1280, "height": 1500})
    desk = notebook("real", [IMPORTS, REAL])
    found = {name: len(spans) for name, spans in found_layers(load("desk")["2022-07-12-wire"]).items()}
    assert labels(desk) == [*(f"{name[0]} {name} (?)" for name in found), "✎ Your marks (3)"]
    assert "quotations(article)" in desk.locator(".code").inner_text() and desk.locator(".text .layer").count() == 0
    for name in found:
        desk.locator("label", has_text=name).click()
    assert labels(desk) == [*(f"{name[0]} {name} ({n})" for name, n in found.items()), "✎ Your marks (3)"]
    desk.screenshot(path=artefact("reading-desk"))
    desk.locator("label", has_text="Direct speech").click()
    page.wait_for_function("!document.querySelector('.reading-desk .text .style0')")
    assert labels(desk)[0] == f"D Direct speech ({found['Direct speech']})"
    assert desk.locator(".text .style1").count() > 10 and own(desk) != [] and page.outside == []
    desk.locator("label", has_text="Direct speech").click()
    desk.locator("summary").click()
    kept, broken = barriers(page, desk)
    assert kept > 10 and broken == []
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    desk.screenshot(path=artefact("reading-desk-dark"))
    page.evaluate("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})")
    page.locator("body[data-jp-theme-light=true]").wait_for(state="attached")


def test_a_hostile_text_of_two_million_characters_is_harmless_and_quick(notebook, page):
    page.on("dialog", lambda dialog: page.errors.append(dialog.message))
    desk = notebook("harm", [IMPORTS, HARM])
    assert desk.locator("img").count() == 0 == desk.locator("script").count()
    assert desk.locator("h3").inner_text().startswith("<img src=x onerror")
    assert "Characters 1 to" in desk.locator(".pages").inner_text()
    assert len(desk.locator(".text").inner_text()) < 40_000

    desk.get_by_role("button", name="Later part").click()
    page.wait_for_function("!document.querySelector('.pages').textContent.includes('Characters 1 to')")
    desk.locator(".text").focus()
    press(page, "ArrowRight", "ArrowDown", "Shift+ArrowRight", "e")
    said(page, "1 mark in harm.jsonld")
    assert own(desk) != []
    assert page.errors == [] and page.outside == []

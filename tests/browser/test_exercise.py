"""A student opens a built exercise in JupyterLab: wrong, explained, a hint, right, progress; and it is kept."""

from tests.browser.barriers import barriers
from tests.browser.test_lab import RUN_ALL

CELL = ".jp-Notebook .jp-CodeCell"


def cell_with(page, code):
    """The cell that has this code now, also when it has another later."""
    cell = page.locator(CELL).filter(has=page.locator(".cm-content", has_text=code)).first
    return page.locator(f"{CELL}[data-windowed-list-index='{cell.get_attribute('data-windowed-list-index')}']")


def run(page, cell, code=None):
    """Type a cell anew where code is given, run it by keyboard, and return what it says."""
    cell.locator(".cm-content").click()
    if code:
        page.keyboard.press("Control+a")
        page.keyboard.type(code)
    page.keyboard.press("Control+Enter")
    return cell.locator("[role=status]")


def test_wrong_explained_hint_right_progress_and_all_is_kept(lab, page, artefact):
    page.goto(f"{lab}/lab/tree/exercises/00_practice.ipynb?token=lesson&reset")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    page.evaluate(RUN_ALL)
    answer, check = cell_with(page, "hours = ..."), cell_with(page, 'check("0.1", hours)')
    page.wait_for_function("document.querySelectorAll('.jp-CodeCell [role=status]').length > 2", timeout=60_000)
    check.scroll_into_view_if_needed()
    check.locator("[role=status]").filter(has_text="There is still …").wait_for()

    run(page, answer, "hours = 24")
    said = run(page, check)
    said.filter(has_text="✗ Not yet: 0.1. That is one day").wait_for()
    check.screenshot(path=artefact("exercise-not-yet"))
    run(page, check, 'hint("0.1")').filter(has_text="Hint 1 of 3 for 0.1. A nudge").wait_for()
    run(page, answer, "hours = 24 * 7")
    run(page, check, 'check("0.1", hours)').filter(has_text="✓ Right: 0.1 (1 point)").wait_for()
    kept, broken = barriers(page, check.locator(".jp-OutputArea"))
    assert kept > 3 and broken == []

    looping = cell_with(page, "def in_minutes(hours):")
    run(page, looping, "def in_minutes(hours):\nwhile True:\npass")
    run(page, cell_with(page, 'check("0.5"')).filter(has_text="a loop that never ends").wait_for()

    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    page.reload()
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    page.evaluate(RUN_ALL)
    last = cell_with(page, "progress()")
    last.scroll_into_view_if_needed()
    last.locator("[role=status]").filter(has_text="0.1 check").wait_for(timeout=60_000)
    told = last.inner_text()
    assert "✓ solved (1 point), 2 attempts, 1 hint" in told and "questions are solved. Next: 0.2" in told
    last.screenshot(path=artefact("exercise-progress"))
    kept, broken = barriers(page, last.locator(".jp-OutputArea"))
    assert kept > 3 and broken == [] and page.outside == []

"""The token desk and the summary desk in a real browser: by keyboard, announced, and without barriers that are ours."""

from tests.browser.barriers import barriers
from tests.browser.test_lab import RUN_ALL


def test_the_token_desk_is_used_by_keyboard_and_has_no_barrier(lab, page, artefact):
    page.set_viewport_size({"width": 1400, "height": 1200})
    page.goto(f"{lab}/lab/tree/02_tokenising.ipynb?token=lesson&reset")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    page.evaluate(RUN_ALL)
    desk = page.locator(".toolkit-desk").first
    desk.scroll_into_view_if_needed()
    desk.get_by_role("checkbox", name="drop_stop").focus()
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelector('.toolkit-desk [role=status]').textContent.includes('10 kept')")
    assert desk.locator("s").count() == 5
    desk.screenshot(path=artefact("token-desk"))
    kept, broken = barriers(page, desk)
    assert kept > 5 and broken == [] and page.outside == []

"""The coverage desk of lesson 4 in a real browser: by mouse, by keyboard alone, without barriers, after a reload."""

import pytest

from tests.browser.barriers import barriers
from tests.browser.test_lab import RUN_ALL
from tests.browser.test_reading_desk import SAVE

DESK = ".toolkit-desk"
SLOW = "[anywidget] Failed to initialize model."
"""What anywidget says when a busy machine takes more than two seconds to load Plotly; it loads all the same."""

ENTRIES = f"{DESK} ol li"


def listed(page, number, heading):
    page.wait_for_function(f"n => document.querySelectorAll('{ENTRIES}').length == n", arg=number)
    page.locator(f"{DESK} [role=status]").filter(has_text=heading).wait_for()


def choose(page, label, typed):
    """Choose in a list by its keyboard: focus, and type how the choice begins."""
    page.locator(DESK).get_by_label(label, exact=True).focus()
    page.keyboard.type(typed)


def click_bar(page, bar):
    """Click in the middle of a bar, as a hand does: above it Plotly has a layer that takes the mouse."""
    box = bar.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.up()


@pytest.fixture
def desk(lab, page):
    page.set_viewport_size({"width": 1400, "height": 1700})
    page.goto(f"{lab}/lab/tree/04_charting.ipynb?token=lesson&reset")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    page.evaluate(RUN_ALL)
    return opened(page)


def opened(page):
    desk = page.locator(DESK).first
    desk.locator(".bars path").first.wait_for(timeout=180_000)
    desk.scroll_into_view_if_needed()
    return desk


def test_the_articles_behind_a_bar_are_listed_by_mouse_and_by_keyboard_alone(desk, page, artefact):
    page.locator(f"{DESK} [role=status]").filter(has_text="No bar is chosen. Click one").wait_for()
    desk.get_by_label("Country", exact=True).select_option("GB (29)")
    page.locator(f"{DESK} [role=status]").filter(has_text="by frame. Bar chart, 9 bars").wait_for()
    click_bar(page, desk.locator(".js-plotly-plot").nth(1).locator(".bars path").first)
    listed(page, 19, "economic: 19 articles")
    assert desk.get_by_label("Bar", exact=True).input_value() == "economic (19)"
    assert desk.locator("ol a").first.get_attribute("rel") == "noopener noreferrer"
    desk.screenshot(path=artefact("coverage-desk"))
    desk.locator("summary").first.click()
    kept, broken = barriers(page, desk)
    assert kept > 10 and broken == []

    choose(page, "Bar", "autonomy")
    listed(page, 11, "autonomy: 11 articles")
    choose(page, "Language", "ru")
    page.locator(f"{DESK} [role=status]").filter(has_text="No article has all of this: Country GB").wait_for()
    assert desk.locator("ol").count() == 0 and desk.locator(".bars path:visible").count() == 0
    choose(page, "Country", "all")
    page.locator(f"{DESK} [role=status]").filter(has_text="n = 34 articles").first.wait_for()

    state = desk.get_by_label("State")
    state.fill('{"outlet_country": "GB", "bar": ["frames", "security"]}')
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    listed(page, 7, "security: 7 articles")
    page.evaluate(SAVE)
    page.reload()
    desk = opened(page)
    listed(page, 7, "security: 7 articles")
    assert desk.get_by_label("Country", exact=True).input_value() == "GB (29)"
    choose(page, "Bar", "2016 (3)")
    listed(page, 3, "2016: 3 articles")
    assert desk.get_attribute("aria-label") == "Coverage desk" and page.outside == []
    assert [error for error in page.errors if error != SLOW] == []

"""The token desk and the summary desk in a real browser: by keyboard, announced, and without barriers that are ours."""

from tests.browser.barriers import barriers
from tests.browser.test_lab import RUN_ALL
from toolkit import normalize, tokenize

CUT_OFF = """desk => [...desk.querySelectorAll('textarea, select, input, p, code')]
  .filter(part => part.getBoundingClientRect().right > desk.parentNode.getBoundingClientRect().right)
  .map(part => part.outerHTML)"""


def told(page, words):
    page.wait_for_function(
        "words => document.querySelector('.toolkit-desk [role=status]').textContent.includes(words)", arg=words
    )


def test_the_token_desk_is_used_by_keyboard_and_has_no_barrier(lab, page, artefact):
    page.set_viewport_size({"width": 1400, "height": 1200})
    page.goto(f"{lab}/lab/tree/02_tokenising.ipynb?token=lesson&reset")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    page.evaluate(RUN_ALL)
    desk = page.locator(".toolkit-desk").first
    desk.scroll_into_view_if_needed()
    desk.get_by_role("checkbox", name="drop_stop").focus()
    page.keyboard.press("Space")
    told(page, "10 kept")
    page.wait_for_function("document.querySelectorAll('.toolkit-desk s').length == 5")
    desk.screenshot(path=artefact("token-desk"))
    kept, broken = barriers(page, desk)
    assert kept > 5 and broken == [] and page.outside == []

    assert desk.get_attribute("aria-label") == "Token desk" and desk.locator("textarea").get_attribute("dir") == "auto"
    steps = page.get_by_role("region", name="Token desk").get_by_role("group", name="Steps, taken from left to right")
    desk.locator("summary").click()
    steps.get_by_role("checkbox", name="porter").check()
    steps.get_by_role("checkbox", name="snowball").check()
    told(page, "Stemmed twice: by porter, then by snowball.")
    assert desk.locator("details").get_attribute("open") is not None

    page.set_viewport_size({"width": 700, "height": 1200})
    desk.locator("textarea").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Hello, don’t!")
    told(page, "5 tokens, 3 kept")
    page.wait_for_function("document.querySelector('.toolkit-desk code').textContent.includes('don’t!')")
    code = desk.locator("code").inner_text()
    assert code.startswith('from toolkit import normalize, tokenize\nnormalize(tokenize("Hello, don’t!", tokenizer=')
    assert eval(code.split("\n")[1], {"normalize": normalize, "tokenize": tokenize}).texts
    assert desk.locator("textarea").input_value() == "Hello, don’t!"
    assert desk.evaluate(CUT_OFF) == []
    desk.screenshot(path=artefact("token-desk-narrow"))

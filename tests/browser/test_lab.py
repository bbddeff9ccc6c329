"""A student opens lesson 3 in JupyterLab, runs it, and takes the controls of the summary desk."""

from tests.browser.barriers import barriers

RUN_ALL = """async () => {
  const app = window.jupyterapp; await app.restored;
  const notebook = app.shell.currentWidget;
  await notebook.context.ready; await notebook.sessionContext.ready;
  await notebook.sessionContext.session.kernel.info;
  await app.commands.execute('notebook:run-all-cells');
}"""
DESK = ".toolkit-desk"


def test_the_lab_opens_at_the_first_lesson_and_asks_nobody_anything(lab, page):
    page.goto(f"{lab}/?token=lesson")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    assert page.url.partition("?")[0] == f"{lab}/lab/tree/00_start.ipynb"
    page.wait_for_timeout(3_000)
    assert page.outside == []
    assert page.get_by_text("Would you like to get notified about official Jupyter news").count() == 0


def test_lesson_3_runs_and_the_slider_moves_the_sentences_and_the_chart(lab, page, artefact):
    page.set_viewport_size({"width": 1400, "height": 1500})
    page.goto(f"{lab}/lab/tree/03_summarising.ipynb?token=lesson&reset")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    page.evaluate(RUN_ALL)
    desk = page.locator(DESK).first
    desk.scroll_into_view_if_needed()
    desk.locator(".js-plotly-plot .bars path").first.wait_for(timeout=180_000)
    assert desk.locator("mark").count() == 3

    before = desk.locator(".js-plotly-plot").first.inner_html()
    desk.locator(".noUi-handle").first.press("ArrowRight")
    page.wait_for_function(f"document.querySelectorAll('{DESK} mark').length == 4", timeout=10_000)
    page.wait_for_function(
        "seen => document.querySelector('.toolkit-desk .js-plotly-plot').innerHTML != seen", arg=before
    )
    assert "Hatched, in the summary:" in desk.get_by_role("status").filter(has_text="Sentence scores").inner_text()
    assert desk.get_by_role("slider", name="Sentences").count() == 1

    desk.screenshot(path=artefact("summary-desk"))
    kept, broken = barriers(page, desk)
    assert kept > 5 and broken == []

    desk.locator("select").nth(1).focus()
    page.keyboard.press("l")
    page.keyboard.press("e")
    page.keyboard.press("a")
    page.wait_for_function("document.querySelector('.toolkit-desk .gtitle').textContent.includes('lead')")
    assert desk.locator("mark b").all_inner_texts() == ["[1]", "[2]", "[3]", "[4]"]
    page.screenshot(path=artefact("lesson-3"))

    desk.get_by_role("tab", name="Your own").click()
    desk.get_by_label("Yours").fill("ESA ended the partnership on 13 July 2022. <img src=x onerror=alert(1)>")
    page.keyboard.press("Tab")
    page.wait_for_function("document.querySelector('.toolkit-desk').textContent.includes('rouge2, F1')")
    assert "13 July" in desk.inner_text() and desk.locator("img").count() == 0
    desk.screenshot(path=artefact("summary-desk-own"))
    kept, broken = barriers(page, desk)
    assert kept > 5 and broken == []
    assert page.outside == []
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0

"""A report opens in a browser with no network: charts drawn, nothing asked for, nothing complained about."""

import pytest

from tests.browser.barriers import barriers
from tests.conftest import HOSTILE
from toolkit import Corpus
from toolkit.report import report_corpus, write_report


@pytest.mark.parametrize("source, charts", [("desk", 3), ("coverage", 5), ("story.txt", 2)])
def test_a_report_draws_its_charts_and_asks_nobody(source, charts, page, tmp_path, monkeypatch, desk, artefact):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text(f"{desk[0].title}\n\n{desk[0].text}\n", encoding="utf-8")
    page.goto(write_report(source).absolute().as_uri())
    page.wait_for_function(f"document.querySelectorAll('.chart .main-svg .bars').length >= {charts}")
    assert page.outside == [] and page.errors == []
    kept, broken = barriers(page, page.locator("body"))
    assert kept > 10 and broken == []
    page.screenshot(path=artefact(f"report-{source.removesuffix('.txt')}"), full_page=True)


def test_a_hostile_text_does_nothing_in_a_report(page, tmp_path, hostile):
    path = tmp_path / "hostile.html"
    path.write_text(report_corpus(Corpus((hostile,)), HOSTILE, [HOSTILE]).html(), encoding="utf-8")
    page.on("dialog", lambda dialog: page.errors.append(dialog.message))
    page.goto(path.as_uri())
    page.wait_for_selector(".chart .main-svg")
    assert page.errors == [] and page.locator("img").count() == 0
    assert page.locator("h1").inner_text().startswith("<script>alert('x')</script>")


def test_without_scripts_the_words_and_the_numbers_remain(browser, tmp_path, desk):
    path = tmp_path / "desk.html"
    path.write_text(report_corpus(desk[:3], "Three", ["told"]).html(), encoding="utf-8")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(path.as_uri())
    assert "Most frequent words. Bar chart" in page.locator("figcaption").first.inner_text()
    assert page.locator("figure table").count() == 3

"""From a hand on a control of a desk to the changed page, in real Chromium: python benchmarks/desks.py

Summary desk: an article of 60 sentences, a key on the slider, for the page of scores and for the network.
Coverage desk: a filter, to the chart and the words beside it, with the index of 518 articles and with 50,000 rows
drawn from it by lot, with bars by year and by month. Prints the median and the slowest of 20.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from statistics import median

import nbformat
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.browser.conftest import QUIET, chromium, free_port, wait_for
from tests.browser.test_lab import RUN_ALL

SUMMARY = """from toolkit import Article, Corpus, explore_summaries, load
from toolkit import split_sentences
sentences = [s.text for a in load("desk") for s in split_sentences(a.text)][:60]
explore_summaries(Corpus((Article("long", "Sixty sentences", " ".join(sentences)),)))"""
COVERAGE = """from toolkit import explore_coverage, load_coverage
coverage = load_coverage()
rows = coverage.sample(ROWS, replace=ROWS > len(coverage), random_state=12).reset_index(drop=True)
explore_coverage(rows)"""
PRESS = """key => new Promise(done => {
  const handle = document.querySelector('.toolkit-desk .noUi-handle'), start = performance.now();
  const page = document.querySelector('.toolkit-desk');
  const seen = new MutationObserver(() => {
    if (page.querySelectorAll('mark').length === Number(handle.getAttribute('aria-valuenow'))) {
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    }
  });
  seen.observe(page, {childList: true, subtree: true, characterData: true});
  handle.focus();
  handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
})"""
FILTER = """number => new Promise(done => {
  const desk = document.querySelector('.toolkit-desk'), filter = desk.querySelectorAll('.coverage-filters select')[2];
  const changed = [...desk.querySelectorAll('.cartesianlayer')].map(bars => new Promise(drawn =>
    new MutationObserver(drawn).observe(bars, {childList: true, subtree: true, attributes: true})));
  const start = performance.now();
  Promise.all(changed).then(() =>
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))));
  filter.selectedIndex = number;
  filter.dispatchEvent(new Event('change', {bubbles: true}));
})"""


def told(what, times, aim):
    print(f"{what}: median {median(times):.0f} ms, slowest {max(times):.0f} ms (aim {aim} ms)", flush=True)


def measure_summary(page):
    """Print the time of 20 presses on the slider, for two pages of the summary desk."""
    for tab in ("Scores", "Likeness"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(1500)
        times = []
        for number in range(20):
            times.append(page.evaluate(PRESS, "ArrowRight" if number % 10 < 5 else "ArrowLeft"))
            page.wait_for_timeout(300)
        told(f"slider to changed page, {tab}", times, 100)


def measure_coverage(page, rows, aim):
    """Print the time from a choice of a country to both charts, for bars by year and by month."""
    countries = page.locator(".coverage-filters select").nth(2)
    large = [i for i, text in enumerate(countries.locator("option").all_inner_texts()) if text[:2] in LARGE]
    for span in ("year", "month"):
        page.locator(".toolkit-desk").get_by_label("Bars by").select_option(span)
        page.wait_for_timeout(1500)
        times = []
        for number in range(20):
            times.append(page.evaluate(FILTER, [*large, 0][number % (len(large) + 1)]))
            page.wait_for_timeout(300)
        told(f"filter to changed charts, {rows:,} rows, bars by {span}", times, aim)


LARGE = ("US", "RU", "DE", "FR", "GB", "IT", "ES")


def opened(page, lab, name, cell):
    """Open a notebook with one cell and run it, until the desk has its chart."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    body = json.dumps({"type": "notebook", "content": notebook}).encode()
    address = f"{lab}/api/contents/{name}.ipynb?token=lesson"
    urllib.request.urlopen(urllib.request.Request(address, body, method="PUT")).close()
    page.goto(f"{lab}/lab/tree/{name}.ipynb?token=lesson&reset")
    page.wait_for_selector(".jp-Notebook", timeout=60_000)
    page.evaluate(RUN_ALL)
    page.locator(".toolkit-desk .bars path").first.wait_for(timeout=60_000)
    page.wait_for_timeout(2000)


def main():
    """Start JupyterLab, open a notebook for each desk, and take its controls."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        port = free_port()
        options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=lesson", "--expose-app-in-browser"]
        command = [sys.executable, "-m", "toolkit", "lab", "--folder", f"{home}/my-lessons", "--", *options]
        server = subprocess.Popen(
            command, env={**os.environ, "HOME": home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            lab = f"http://127.0.0.1:{port}"
            wait_for(f"{lab}/api?token=lesson", server)
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            page = browser.new_page(viewport={"width": 1500, "height": 1400})
            opened(page, lab, "summary", SUMMARY)
            measure_summary(page)
            for rows, aim in ((518, 100), (50_000, 300)):
                opened(page, lab, f"coverage-{rows}", COVERAGE.replace("ROWS", str(rows)))
                measure_coverage(page, rows, aim)
            browser.close()
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()

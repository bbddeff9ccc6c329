"""From a key on the slider of the summary desk to the changed page, in real Chromium: python benchmarks/desks.py

The article has 60 sentences. Prints the median of 20 presses, for the page of scores and for the network.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

import nbformat
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.browser.conftest import QUIET, chromium, free_port, wait_for
from tests.browser.test_lab import RUN_ALL

CELL = """from toolkit import Article, Corpus, explore_summaries, load
from toolkit import split_sentences
sentences = [s.text for a in load("desk") for s in split_sentences(a.text)][:60]
explore_summaries(Corpus((Article("long", "Sixty sentences", " ".join(sentences)),)))"""
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


def measure(page, tab):
    """Print the median time of 20 presses while one page of the desk is looked at."""
    page.get_by_role("tab", name=tab).click()
    page.wait_for_timeout(1500)
    times = []
    for number in range(20):
        times.append(page.evaluate(PRESS, "ArrowRight" if number % 10 < 5 else "ArrowLeft"))
        page.wait_for_timeout(300)
    print(f"slider to changed page, {tab}: median {median(times):.0f} ms, slowest {max(times):.0f} ms (aim 100 ms)")


def main():
    """Start JupyterLab, open a notebook with the desk, and press keys."""
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
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
            notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
            body = json.dumps({"type": "notebook", "content": notebook}).encode()
            request = urllib.request.Request(f"{lab}/api/contents/desk.ipynb?token=lesson", body, method="PUT")
            urllib.request.urlopen(request).close()
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            page = browser.new_page(viewport={"width": 1500, "height": 1400})
            page.goto(f"{lab}/lab/tree/desk.ipynb?token=lesson&reset")
            page.wait_for_selector(".jp-Notebook", timeout=60_000)
            page.evaluate(RUN_ALL)
            page.locator(".toolkit-desk .js-plotly-plot").first.wait_for(timeout=60_000)
            time.sleep(2)
            for tab in ("Scores", "Likeness"):
                measure(page, tab)
            browser.close()
        finally:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()

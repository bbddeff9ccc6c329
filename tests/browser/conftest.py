"""A real Chromium that reports every request and every error, and a real JupyterLab with the lessons."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
ARTEFACTS = Path(__file__).parents[2] / "artefacts"


def chromium():
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture(scope="session")
def browser():
    """Chromium; without one these tests are skipped, but never where CI promised it."""
    if not chromium():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page that collects requests to other machines, and errors, in `page.outside` and `page.errors`."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.outside, page.errors = [], []
    page.on("request", lambda r: page.outside.append(r.url) if not is_local(r.url) else None)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: page.errors.append(message.text) if message.type == "error" else None)
    yield page
    page.close()


def is_local(url):
    return url.startswith(("file:", "data:", "blob:", "http://127.0.0.1:", "ws://127.0.0.1:"))


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The address of a JupyterLab as `toolkit lab` starts it, with an empty home and a fresh copy of the lessons."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    options = ["--no-browser", f"--port={port}", "--IdentityProvider.token=lesson", "--expose-app-in-browser"]
    command = [sys.executable, "-m", "toolkit", "lab", "--folder", str(home / "my-lessons"), "--", *options]
    log = (home / "log").open("wb")
    server = subprocess.Popen(command, env={**os.environ, "HOME": str(home)}, cwd=home, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token=lesson", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def wait_for(url, server):
    for _ in range(120):
        assert server.poll() is None, "JupyterLab ended before it answered"
        try:
            return urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.5)
    raise AssertionError("JupyterLab did not answer within a minute")


@pytest.fixture(scope="session")
def artefact():
    """A function from a name to the path of a picture that is kept."""
    ARTEFACTS.mkdir(exist_ok=True)
    return lambda name: str(ARTEFACTS / f"{name}.png")

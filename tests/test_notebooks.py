"""Every lesson runs from top to bottom, has no output in git, and looks as a lesson should."""

import os

import nbformat
import pytest
from nbclient import NotebookClient

from toolkit.files import course_folder

LESSONS = sorted((course_folder("notebooks") / "lessons").glob("*.ipynb"))
HEADER = ("You will be able to", "Time", "You need", "Data")


def read(path):
    return nbformat.read(path, as_version=4)


def cells(path, kind):
    return [cell for cell in read(path).cells if cell.cell_type == kind]


def test_the_course_is_complete():
    assert [path.stem for path in LESSONS] == [
        "00_start",
        "01_reading",
        "02_tokenising",
        "03_summarising",
        "04_charting",
        "05_own_coverage",
        "06_your_story",
    ]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_runs_from_top_to_bottom_without_a_network(path, tmp_path):
    closed = "http://127.0.0.1:9"
    env = {**os.environ, "HOME": str(tmp_path), "http_proxy": closed, "https_proxy": closed, "NLTK_DATA": str(tmp_path)}
    client = NotebookClient(
        read(path), timeout=120, resources={"metadata": {"path": str(tmp_path)}}, store_widget_state=False
    )
    client.execute(env=env)
    outputs = [output for cell in client.nb.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs and not [output.text for output in outputs if output.get("name") == "stderr"]
    raised = [output.evalue for output in outputs if output.output_type == "error"]
    assert len(raised) == sum("raises-exception" in cell.metadata.get("tags", []) for cell in cells(path, "code"))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_is_committed_clean(path):
    assert all(not cell.outputs and cell.execution_count is None for cell in cells(path, "code"))
    nbformat.validate(read(path))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_looks_like_one(path):
    prose = [cell.source for cell in cells(path, "markdown")]
    text = "\n".join(prose)
    assert prose[0].startswith("# ") and all(f"**{word}**" in prose[0] for word in HEADER)
    assert "## Three questions to discuss" in text and "## The way on" in text and "**For the teacher.**" in text
    assert text.count("**Predict") >= 2 and ("**The limit" in text or "first limit" in text)
    code = [cell.source for cell in cells(path, "code")]
    assert all(len([line for line in source.splitlines() if line.strip()]) <= 4 for source in code)
    assert len(text.split()) > 4 * len("\n".join(code).split())

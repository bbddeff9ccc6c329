"""What a student sees in a notebook after a mistake: the own line, one sentence, nothing of the toolkit's inside."""

import re
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from toolkit.mistakes import shorten_in_notebooks

CELLS = {
    "from toolkit import load, summarize\nsummarize(load('desk')[0], method='lexrnak')": "did you mean 'lexrank'?",
    "from toolkit import summarise": "toolkit has no name 'summarise'; did you mean 'summarize'?",
    "load('desk')[0].txt": "Article has no 'txt'; did you mean 'text'?",
    "load('nosuch')": "nosuch",
    "from toolkit import load_coverage\nload_coverage()['outlet_contry']": "did you mean 'outlet_country'?; it has id",
    "load_coverage().drop(columns='x')": "not found in axis",
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Run the wrong cells, and one whose error arises in a library, in a real kernel; return what each shows."""
    wrong_table = "from toolkit import count_coverage\nimport json\njson.loads('{')"
    cells = [nbformat.v4.new_code_cell(code) for code in [*CELLS, wrong_table]]
    book = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(book, allow_errors=True, resources={"metadata": {"path": tmp_path_factory.mktemp("nb")}}).execute()
    plain = [re.sub(r"\x1b\[[\d;]*m", "", "\n".join(cell.outputs[0].traceback)) for cell in cells]
    return dict(zip([*CELLS, "library"], plain, strict=True))


@pytest.mark.parametrize("code", CELLS)
def test_the_own_line_and_one_sentence_are_shown(shown, code):
    told = shown[code]
    assert code.splitlines()[-1] in told and CELLS[code] in told.splitlines()[-1]
    assert "toolkit/" not in told and "toolkit\\" not in told
    assert "site-packages" not in told or "drop" in code


def test_an_error_of_a_library_is_shown_whole(shown):
    assert "json/decoder.py" in shown["library"].replace("\\", "/")


def test_without_ipython_nothing_is_changed(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", None)
    assert shorten_in_notebooks() is None

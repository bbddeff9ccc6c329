"""A chart is kept as a picture, a page, or numbers; what cannot be made says what to do instead."""

import csv
import json

import pytest

from tests.conftest import HOSTILE
from toolkit import chart_terms
from toolkit.exporting import save
from toolkit.files import BadInput


@pytest.fixture
def chart():
    return chart_terms({"mars": 3, "=1+1": 2, HOSTILE: 1}, title="Words & more")


def test_the_page_opens_offline_with_words_and_numbers(chart, tmp_path):
    page = save(chart, tmp_path / "terms.html").read_text(encoding="utf-8")
    assert "Highest: mars (3)" in page and "The numbers behind this chart" in page and "<script>alert" not in page


def test_the_numbers_are_no_formulas(chart, tmp_path):
    rows = list(csv.reader(save(chart, tmp_path / "terms.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[:3] == [["group", "label", "value"], ["", "mars", "3"], ["", "'=1+1", "2"]]


def test_the_figure_can_be_read_again(chart, tmp_path):
    assert json.loads(save(chart, tmp_path / "terms.json").read_text())["layout"]["title"]["text"] == "Words &amp; more"


def test_pictures_are_made_and_described(chart, tmp_path):
    assert save(chart, tmp_path / "terms.png").read_bytes().startswith(b"\x89PNG")
    picture = save(chart, tmp_path / "terms.svg").read_text(encoding="utf-8")
    assert "<svg" in picture and 'role="img"' in picture and "<desc>Words" in picture and "<script>" not in picture


def test_without_a_browser_nothing_is_written_and_another_way_is_named(chart, tmp_path, monkeypatch):
    def no_browser(kind):
        raise RuntimeError("Kaleido requires Google Chrome to be installed.\nmore")

    monkeypatch.setattr(type(chart), "to_image", lambda self, kind: no_browser(kind))
    with pytest.raises(BadInput, match="requires Google Chrome .* or save as .html"):
        save(chart, tmp_path / "terms.png")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "what, where, said",
    [
        ("a text", "a.png", "give a chart first"),
        (None, "a.gif", "is not one of '.html', '.csv'"),
        (None, 3, "a file second"),
    ],
)
def test_wrong_calls_are_answered(chart, what, where, said):
    with pytest.raises((TypeError, ValueError)) as error:
        save(what or chart, where)
    assert said in str(error.value)

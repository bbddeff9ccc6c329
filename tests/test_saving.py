"""A summary is kept with all that made it, and made again; what has changed since is said."""

import json
from dataclasses import replace

import pytest

from toolkit import Corpus, load_summary, save_summary, summarize
from toolkit.files import BadInput


def test_a_summary_comes_back_with_its_settings(desk, tmp_path):
    summary = summarize(desk[0], words=50, method="lexrank", redundancy=0.4)
    assert load_summary(save_summary(summary, tmp_path / "mine.json"), desk) == summary


def test_a_summary_of_several_articles_comes_back(desk, tmp_path):
    day = desk.where(event="2022-07-12-exomars-terminated")
    summary = summarize(day, sentences=4)
    assert load_summary(save_summary(summary, tmp_path / "mine.json"), desk).text == summary.text


def test_a_summary_of_articles_in_another_order_than_the_corpus_comes_back(desk, tmp_path):
    summary = summarize([desk[5], desk[2]], sentences=4)
    assert load_summary(save_summary(summary, tmp_path / "mine.json"), desk).text == summary.text


def test_a_text_that_has_changed_is_noticed(desk, tmp_path):
    path = save_summary(summarize(desk[0]), tmp_path / "mine.json")
    with pytest.raises(BadInput, match="the text or the method has changed"):
        load_summary(path, Corpus((replace(desk[0], text="Another text. And more. And more. And more."),)))


@pytest.mark.parametrize(
    "change, said",
    [
        ("not json", "does not describe a summary"),
        ([], "does not describe a summary"),
        ({"articles": ["elsewhere"]}, "give the corpus that has them"),
        ({"articles": []}, "is about no article"),
        ({"method": "<b>"}, "which is not in METHODS"),
        ({"settings": {"sentences": "many"}}, "settings that cannot be used"),
        ({"settings": {"redundancy": 7}}, "redundancy=7 must be a number from 0 to 1"),
    ],
)
def test_a_file_that_describes_no_summary_says_why(desk, tmp_path, change, said):
    path = save_summary(summarize(desk[0]), tmp_path / "mine.json")
    kept = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(change if isinstance(change, str) else json.dumps(kept | change if change else change), "utf-8")
    with pytest.raises(BadInput, match=said):
        load_summary(path, desk)

"""One visible step at a time, and for each token what happened to it."""

import pytest

from toolkit.normalising import STEPS, join_terms, ngrams, normalize, why
from toolkit.tokens import tokenize


def test_steps_are_taken_in_the_order_in_which_they_are_given():
    text = "The U.K. was cold."
    assert normalize(text, "lower", "drop_stop", "drop_marks").texts == ["u.k.", "cold"]
    assert "wa" in normalize(text, "porter", "drop_stop").texts
    assert "wa" not in normalize(text, "drop_stop", "porter").texts


@pytest.mark.parametrize(
    "step, text, expected",
    [
        ("lower", "ESA", "esa"), ("straighten", "’s", "'s"), ("mask_numbers", "1,500", "#"),
        ("porter", "missions", "mission"),
        ("fold_diacritics", "Valérie", "Valerie"), ("snowball", "cosmonauts", "cosmonaut"),
    ],
)  # fmt: skip
def test_each_step_does_what_its_name_says(step, text, expected):
    assert normalize(text, step).texts == [expected]


@pytest.mark.parametrize("language, text, expected", [("de", "Raketen", "raket"), ("ru", "ракеты", "ракет")])
def test_stems_and_stop_words_are_those_of_the_language(language, text, expected):
    assert normalize(text, "snowball", language=language).texts == [expected]
    assert normalize("и der", "drop_stop", language=language).texts != ["и", "der"]


def test_what_was_left_out_is_counted():
    forms = normalize("The arm and the rover.", "drop_stop", "drop_marks")
    assert forms.left_out == {"The": 1, "the": 1, "and": 1, ".": 1} and forms.texts == ["arm", "rover"]
    assert "3 kept" not in repr(forms) and "left out" in forms._repr_html_()


def test_every_token_can_be_explained():
    forms = normalize("ESA’s <b>rovers</b>", "lower", "drop_marks", "porter")
    assert why(forms[2]) == "'<' at 6–7: any other mark stands alone; drop_marks left it out"
    assert why(normalize(tokenize("a b", tokenizer="whitespace"))[0]) == "'a' at 0–1"
    assert all(why(form) for form in forms) and "<b>" not in forms._repr_html_()


def test_a_step_of_ones_own_is_a_function():
    assert normalize("a bb", lambda text: text * 2).texts == ["aa", "bbbb"]


def test_wrong_steps_and_missing_data_are_explained(monkeypatch):
    import nltk

    with pytest.raises(ValueError, match="step='stem' is not one of 'lower'"):
        normalize("a", "stem")
    monkeypatch.setattr(nltk.data, "path", [])
    with pytest.raises(LookupError, match="needs NLTK's data package wordnet.*nltk.downloader wordnet"):
        normalize("words", "lemma")


def test_runs_and_terms():
    assert ngrams(["a", "b", "c"], 2) == ["a b", "b c"] and ngrams(["a"], 2) == []
    words = ["the", "european", "space", "agency", "and", "space"]
    assert join_terms(words, ["european space agency", "space agency"])[1] == "european space agency"
    assert "drop_stop" in STEPS

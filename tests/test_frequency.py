"""Words in, numbers out."""

import pytest

from toolkit import collocations, per_thousand, type_token_ratio, words


def test_type_token_ratio_of_four_words_two_distinct_is_half():
    assert type_token_ratio(["a", "b", "a", "b"]) == 0.5


def test_type_token_ratio_falls_as_a_text_repeats_itself():
    text = words("the arm and the rover")
    assert type_token_ratio(text * 2) == type_token_ratio(text) / 2


def test_nothing_to_count_says_what_to_look_at():
    with pytest.raises(ValueError, match=r"look at what words\(text\) returned"):
        type_token_ratio([])
    with pytest.raises(ValueError, match="needs a total above 0, not 0"):
        per_thousand(3, 0)


def test_words_that_always_stand_together_are_the_firmest_pair():
    text = words("director general of the arm, director general of the rover, the director general")
    best = collocations(text, top=1, at_least=3)[0]
    assert best.words == ("director", "general") and best.count == 3 and best.score > 0
    assert collocations(text, at_least=9) == []


def test_pairs_that_avoid_each_other_are_no_collocations():
    text = ["a", "a"] * 50 + ["b", "b"] * 50 + ["a", "b"]
    assert {pair.words for pair in collocations(text, at_least=1)} == {("a", "a"), ("b", "b")}

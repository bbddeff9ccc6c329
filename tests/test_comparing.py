"""Tokenizers side by side, and one that is learned."""

import pytest

from toolkit.byte_pairs import learn_byte_pairs
from toolkit.comparing import compare_tokenizers
from toolkit.tokens import TOKENIZERS, by_pattern, tokenize


def test_only_where_they_part_is_shown_and_with_the_reason():
    compared = compare_tokenizers("The arm didn’t move.", ["whitespace", "wordpunct"])
    assert [parting.text for parting in compared.partings] == ["didn’t", "move."]
    assert compared.counts == {"toolkit": 6, "whitespace": 4, "wordpunct": 7}
    assert "means not" in compared.partings[0].rule


def test_all_tokenizers_can_be_compared_on_every_text(desk):
    learned = learn_byte_pairs([article.text for article in desk[:4]], merges=100)
    compared = compare_tokenizers(desk[0].text, {**TOKENIZERS, "learned": learned, "capitals": by_pattern("[A-Z]+")})
    assert len(compared.counts) >= 7 and compared.partings
    for parting in compared.partings:
        assert parting.text in desk[0].text[parting.start : parting.end]
    assert "&lt;" in compare_tokenizers("<b>x</b>.")._repr_html_()


def test_byte_pairs_keep_frequent_words_whole_and_cut_rare_ones(desk):
    learned = learn_byte_pairs([article.text for article in desk], merges=400)
    assert tokenize("Roscosmos", tokenizer=learned).texts == ["Roscosmos"]
    pieces = tokenize("unroscosmically", tokenizer=learned).texts
    assert len(pieces) > 2 and "".join(pieces) == "unroscosmically"


def test_byte_pairs_lose_nothing_and_are_the_same_every_time(desk):
    texts = [article.text for article in desk[:3]]
    assert learn_byte_pairs(texts, merges=50) == learn_byte_pairs(texts, merges=50)
    found = tokenize(desk[5].text, tokenizer=learn_byte_pairs(texts, merges=50))
    assert "".join(found.texts) == "".join(desk[5].text.split())
    assert tokenize("", tokenizer=learn_byte_pairs([])).texts == []


def test_a_pattern_of_ones_own_must_be_one_and_must_fit_something():
    with pytest.raises(ValueError, match="is not a regular expression"):
        by_pattern("(")
    with pytest.raises(ValueError, match=r"fits where nothing stands; write \+"):
        by_pattern(r"\w*")

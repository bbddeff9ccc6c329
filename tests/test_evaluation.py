"""Measures of a summary: equal to Google's ROUGE, and countable by hand."""

import random

import pytest
from rouge_score.rouge_scorer import RougeScorer

from toolkit import (
    Article,
    bootstrap,
    compare_methods,
    extraction,
    load,
    paired_bootstrap,
    readability,
    repetition,
    rouge,
    split_sentences,
    summarize,
)
from toolkit.evaluation import MEASURES

DESK = load("desk")


@pytest.mark.parametrize("stemming", [True, False])
def test_rouge_is_equal_to_googles(stemming):
    theirs = RougeScorer(list(MEASURES), use_stemmer=stemming)
    for article in DESK:
        summary = summarize(article, sentences=4)
        lines = [["\n".join(s.text for s in split_sentences(text))] for text in article.gold.references]
        made = "\n".join(sentence.text for sentence in summary.sentences)
        for reference, [split] in zip(article.gold.references, lines, strict=True):
            ours, wanted = rouge(summary, reference, stemming=stemming), theirs.score(split, made)
            for name in MEASURES:
                assert ours[name] == pytest.approx(tuple(wanted[name]), abs=1e-9)


def test_of_several_references_the_best_counts():
    scores = rouge("The arm moved.", ["The arm moved.", "Tea is hot."])
    assert scores["rouge1"].f1 == 1 and scores["rouge2"] == (1, 1, 1)


def test_what_was_copied_word_for_word_and_what_shares_nothing():
    assert rouge("A. B.", "A. B.")["rougeLsum"].f1 == 1 and rouge("Tea.", "The arm moved.")["rouge1"].f1 == 0


def test_stemming_makes_rovers_and_rover_one_word():
    assert rouge("rovers", "rover")["rouge1"].f1 == 1 > rouge("rovers", "rover", stemming=False)["rouge1"].f1


def test_russian_is_compared_by_its_words():
    assert rouge("Марсоход ждёт.", "Марсоход ждёт в Турине.", language="ru")["rouge1"].recall == 0.5


@pytest.mark.parametrize("given", [(3, "a"), ("a", 3), ("a", [3])])
def test_what_is_no_text_is_refused(given):
    with pytest.raises(TypeError, match="rouge cannot use an int"):
        rouge(*given)
    with pytest.raises(ValueError, match="needs a reference"):
        rouge("a", [])


def test_extraction_of_new_words_and_of_a_copy():
    assert extraction("Tea is hot.", "The arm moved.") == (0, 0, 1)
    assert extraction("The arm moved.", "The arm moved. It stopped.") == (1, 3, 5 / 3)


def test_repetition_is_1_for_a_sentence_said_twice_and_0_for_one_alone():
    assert repetition("Mars is far. Mars is far.") == 1 and repetition("Mars is far.") == 0 == repetition("")


def test_readability_counts_long_words():
    assert readability("The spacecraft waited. It waited.") == 5 / 2 + 100 / 5


def test_an_interval_holds_the_mean_and_narrows_with_more_values():
    few, many = bootstrap([0, 1] * 5), bootstrap([0, 1] * 500)
    assert few.low < 0.5 < few.high and few.high - few.low > 5 * (many.high - many.low)
    with pytest.raises(ValueError, match="no value to draw from"):
        bootstrap([])


def test_a_small_steady_difference_is_significant_and_a_wild_one_is_not():
    lot = random.Random(1)
    base = [lot.random() for _ in range(40)]
    assert paired_bootstrap([x + 0.01 for x in base], base) < 0.01
    assert paired_bootstrap([lot.random() for _ in base], base) > 0.05
    with pytest.raises(ValueError, match="not 1 and 2"):
        paired_bootstrap([1], [1, 2])


def test_methods_are_compared_on_the_same_articles():
    table = compare_methods(DESK[:6], methods=["news", "random"])
    assert table["method"].tolist() == ["lead", "news", "random"] and table.attrs["articles"] == 6
    assert (table["low"] <= table["rouge2"]).all() and (table["rouge2"] <= table["high"]).all()
    assert table["p_lead"].isna().tolist() == [True, False, False]
    assert table["place"][0] < table["place"][2]
    assert compare_methods(DESK[0], methods=["luhn"])["low"].isna().all()


def test_an_article_without_a_reference_cannot_be_compared():
    with pytest.raises(ValueError, match="no article has a reference summary"):
        compare_methods(Article("a", "", "The arm moved."))

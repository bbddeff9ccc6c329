"""Rich or poor, frequent or rare, even or lumpy: measures that can be counted on fingers."""

import math
import random
from collections import Counter
from itertools import pairwise

import pytest
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

from toolkit.frequency import dispersion
from toolkit.pairs import MEASURES, collocations
from toolkit.tokens import words
from toolkit.vocabulary import hapaxes, hdd, heaps, mattr, type_token_ratio, zipf


@pytest.fixture(scope="module")
def all_words(desk):
    return [word for article in desk for word in words(article.text)]


def test_the_plain_ratio_falls_with_length_and_the_moving_average_does_not():
    text = words("the arm and the rover and the arm")
    assert type_token_ratio(text * 3) == pytest.approx(type_token_ratio(text) / 3)
    assert mattr(text * 30, window=8) == pytest.approx(mattr(text * 3, window=8), rel=0.01)


def test_the_moving_average_is_the_mean_over_all_windows(all_words):
    some = all_words[:300]
    windows = [len(set(some[i : i + 50])) / 50 for i in range(len(some) - 49)]
    assert mattr(some, window=50) == pytest.approx(sum(windows) / len(windows))


def test_hdd_is_what_drawing_by_lot_would_give():
    assert hdd(["a", "b", "c", "d"], sample=2) == pytest.approx(1)
    assert hdd(["a"] * 10, sample=5) == pytest.approx(1 / 5)
    with pytest.raises(ValueError, match="hdd draws 42 words and there are only 3"):
        hdd(["a", "b", "c"])


def test_half_of_a_vocabulary_occurs_once(all_words):
    counts = {word: all_words.count(word) for word in set(all_words[:2000])}
    assert hapaxes({"a": 1, "b": 2}) == ["a"] and hapaxes(counts)


def test_two_laws_hold_on_the_desk_corpus(all_words):
    from toolkit.frequency import term_counts

    law = zipf(term_counts(all_words))
    assert -1.2 < law.exponent < -0.7 and law.r2 > 0.9
    growth = heaps(all_words)
    assert 0.4 < growth.exponent < 0.9 and growth.r2 > 0.98 and growth.ys[-1] == len(set(all_words))


@pytest.mark.parametrize(
    "measure, theirs", [("log_likelihood", "likelihood_ratio"), ("pmi", "pmi"), ("t", "student_t")]
)
def test_collocations_have_the_scores_of_nltk(all_words, measure, theirs):
    finder = BigramCollocationFinder.from_words(all_words)
    finder.apply_freq_filter(3)
    n, single = finder.N, finder.word_fd
    scored = finder.score_ngrams(getattr(BigramAssocMeasures, theirs))
    expected = {pair: score for pair, score in scored if finder.ngram_fd[pair] * n > single[pair[0]] * single[pair[1]]}
    found = {pair.words: pair.score for pair in collocations(all_words, top=10_000, measure=measure)}
    assert found == pytest.approx(expected, abs=1e-9) and measure in MEASURES


@pytest.mark.parametrize("different", [15, 16, 255, 256, 66_000])
def test_every_pair_is_counted_however_many_words_there_are(different):
    some = [f"w{number}" for number in range(different)] * 2
    random.Random(1).shuffle(some)
    found = collocations(some, top=len(some), at_least=1)
    assert {pair.words: pair.count for pair in found} == Counter(pairwise(some))


def test_too_few_words_have_no_collocations():
    assert collocations([]) == collocations(["a"]) == collocations(["a", "b"]) == []


def test_a_word_in_every_part_alike_is_even_and_one_in_a_single_part_is_not():
    even = dispersion("arm", [["arm", "a"], ["arm", "b"], ["arm", "c"]])
    assert (even.juilland_d, even.gries_dp, even.parts) == (1, pytest.approx(0), 3)
    lumpy = dispersion("arm", [["arm", "arm"], ["a", "b"], ["c", "d"]])
    assert (lumpy.juilland_d, lumpy.gries_dp, lumpy.parts) == (pytest.approx(0), pytest.approx(2 / 3), 1)
    assert math.isnan(dispersion("mars", [["a"], ["b"]]).gries_dp)
    with pytest.raises(ValueError, match="at least two parts"):
        dispersion("a", [["a"]])

"""Sentences in reading order, each with its score, and the scores of all the others too."""

import math

import pytest

from toolkit import METHODS, Article, split_sentences, summarize
from toolkit.summaries import MOST_SENTENCES, _cosines, _overlaps, lexrank, luhn, textrank


@pytest.mark.parametrize("method", METHODS)
def test_a_summary_keeps_reading_order_scores_and_offsets(desk, method):
    for article in desk[:8]:
        summary = summarize(article, sentences=4, method=method)
        assert [s.number for s in summary.sentences] == sorted(s.number for s in summary.sentences)
        assert len(summary.sentences) == 4 and len(summary.scored) == len(split_sentences(article.text))
        assert all(article.text[s.start : s.end] == s.text for s in summary.scored)
        worst = min(s.score for s in summary.sentences)
        assert all(s.score <= worst + 1e-9 for s in summary.scored if s not in summary.sentences)


def test_lead_takes_the_first(desk):
    assert [s.number for s in summarize(desk[0], sentences=3, method="lead").sentences] == [1, 2, 3]


def test_luhn_squares_the_words_of_the_densest_cluster_and_divides_by_its_length():
    gap = ["x1", "x2", "x3", "x4"]
    assert luhn([["mars", *gap, "mars"], ["tea"]]) == [2**2 / 6, 0]
    assert luhn([["mars", *gap, "x5", "mars"], ["tea"]]) == [0, 0]


def test_the_weights_of_a_pair_are_those_of_the_papers():
    a, b, c = ["mars", "rover", "drill"], ["mars", "rover"], ["tea"]
    assert _overlaps([a, b, c])[0, 1] == pytest.approx(2 / (math.log(3) + math.log(2)))
    common, rare = math.log(3 / 2), math.log(3)
    cosine = 2 * common**2 / (math.hypot(common, common, rare) * math.hypot(common, common))
    assert _cosines([a, b, c])[0, 1] == pytest.approx(cosine) and _cosines([a, b, c])[0, 2] == 0


def test_lead_falls_evenly():
    assert METHODS["lead"]([["a"]] * 4) == [1, 0.75, 0.5, 0.25]


@pytest.mark.parametrize("method", [textrank, lexrank])
def test_a_sentence_unlike_all_others_comes_last(method):
    scores = method([["mars", "rover"], ["mars", "rover", "drill"], ["drill", "mars"], ["tea", "milk"]])
    assert scores[3] == min(scores) and sum(scores) == pytest.approx(1)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("text", ["One.", "Same. Same. Same.", "The of and. It is so!", "Слово раз. Слово два."])
def test_odd_texts_have_summaries_too(text, method):
    summary = summarize(text, sentences=99, method=method)
    assert summary.text == text and all(summary.why(s.number) for s in summary.sentences)
    assert summarize(text, sentences=0, method=method).sentences == ()


def test_equal_scores_are_ranked_in_reading_order():
    assert [s.number for s in summarize("Same. Same. Same.", sentences=2, method="textrank").sentences] == [1, 2]


def test_what_cannot_be_summarised_says_why():
    for text in ("", "One. " * (MOST_SENTENCES + 1)):
        with pytest.raises(ValueError, match="a summary needs 1 to 3,000"):
            summarize(text)
    with pytest.raises(ValueError, match="sentences=-1 is below 0"):
        summarize("One.", sentences=-1)
    with pytest.raises(ValueError, match="did you mean 'lexrank'"):
        summarize("One.", method="lexrnk")


def test_a_summary_shows_its_reasons(desk):
    summary = summarize(desk["2022-07-12-wire"], method="lexrank")
    assert "most like sentence" in summary._repr_html_()
    assert "7 × 7 / 16" in summarize(desk["2022-07-12-wire"], method="luhn").why(1)
    assert "place alone" in summarize(desk[0], method="lead").why(2)
    assert str(summary).startswith("[1] PARIS") and "3 of 16 sentences" in repr(summary)


def test_a_method_of_ones_own_is_one_function_and_one_line(monkeypatch):
    monkeypatch.setitem(METHODS, "longest", lambda sentences: [len(sentence) for sentence in sentences])
    text = "Short. A much longer sentence about the drill."
    assert summarize(Article("a", "", text), sentences=1, method="longest").sentences[0].number == 2

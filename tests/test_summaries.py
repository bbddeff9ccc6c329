"""Sentences in reading order, each with its score and its reasons; the options; many articles as one."""

import math

import pytest

from toolkit import METHODS, Article, Corpus, split_sentences, summarize
from toolkit.summaries import MOST_SENTENCES
from toolkit.term_matrix import tf_idf

TEXT = "Mars is far. The rover is ready for Mars. A rover is ready for Mars. Tea is hot. The drill is long."


def numbers(summary):
    return [sentence.number for sentence in summary.sentences]


@pytest.mark.parametrize("method", METHODS)
def test_a_summary_keeps_reading_order_scores_and_offsets(desk, method):
    for article in desk[:8]:
        summary = summarize(article, sentences=4, method=method)
        assert numbers(summary) == sorted(numbers(summary)) and len(summary.sentences) == 4
        assert len(summary.scored) == len(split_sentences(article.text))
        assert all(article.text[s.start : s.end] == s.text for s in summary.scored)
        assert sorted(s.rank for s in summary.scored) == list(range(1, len(summary.scored) + 1))
        assert {s.rank for s in summary.sentences} == {1, 2, 3, 4}


def test_lead_takes_the_first_and_without_a_length_there_are_three(desk):
    assert numbers(summarize(desk[0], method="lead")) == [1, 2, 3]


def test_a_length_in_words_passes_what_is_too_long():
    assert numbers(summarize(TEXT, words=3, method="lead")) == [1]
    assert numbers(summarize(TEXT, words=6, method="lead")) == [1, 4]
    assert numbers(summarize(TEXT, words=2, method="lead")) == []


def test_a_length_as_a_share_is_rounded_up():
    assert numbers(summarize(TEXT, share=0.5, method="lead")) == [1, 2, 3]
    assert numbers(summarize(TEXT, share=0, method="lead")) == []


def test_position_mixes_in_how_early_a_sentence_stands():
    summary = summarize(TEXT, position=1, method="luhn")
    assert numbers(summary) == [1, 2, 3] and summary.scored[0].score == 1
    assert summary.scored[3].bonus == pytest.approx(0.367879441)  # e^(-3/3)
    assert "its place gave 1.00" in summary.why(1)


def test_redundancy_passes_over_what_repeats():
    twice = "The rover waits. Mars is far. Mars is far. The drill waits."
    assert numbers(summarize(twice, sentences=2, method="frequency")) == [2, 3]
    summary = summarize(twice, sentences=2, method="frequency", redundancy=0.5)
    assert numbers(summary) == [1, 2] and summary.scored[2].like == 2
    assert "0.500 taken off: like sentence 2 (ranked by" in summary.why(3)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("text", ["One.", "Same. Same. Same.", "The of and. It is so!", "Слово раз. Слово два."])
def test_odd_texts_have_summaries_too(text, method):
    summary = summarize(text, sentences=99, method=method)
    assert summary.text == text and all(summary.why(s.number) for s in summary.sentences)
    assert summarize(text, sentences=0, method=method).sentences == ()


def test_twenty_thousand_sentences_are_summarised():
    text = " ".join(f"Word{i % 977} meets word{i % 1009} and thing{i % 31}." for i in range(MOST_SENTENCES))
    assert len(summarize(text).sentences) == 3


def test_equal_scores_are_ranked_in_reading_order():
    assert numbers(summarize("Same. Same. Same.", sentences=2, method="textrank")) == [1, 2]


@pytest.mark.parametrize(
    "given, said",
    [
        ({"sentences": -1}, "sentences=-1 is below 0"),
        ({"sentences": 2, "words": 50}, "sentences=2 and words=50 are 2 lengths; give one of"),
        ({"share": 30}, "share=30 must be a number from 0 to 1, for example share=0.3"),
        ({"redundancy": "much"}, "redundancy='much' must be a number from 0 to 1"),
        ({"method": "lexrnk"}, "did you mean 'lexrank'"),
    ],
)
def test_what_is_not_possible_says_what_is(given, said):
    with pytest.raises(ValueError, match=said):
        summarize(TEXT, **given)


@pytest.mark.parametrize("text", ["", "One. " * (MOST_SENTENCES + 1)], ids=["nothing", "too much"])
def test_a_text_without_sentences_or_with_too_many_says_so(text):
    with pytest.raises(ValueError, match="a summary needs 1 to 20,000"):
        summarize(text)


def test_an_event_told_by_six_desks_is_one_summary_that_names_them(desk):
    day = desk.where(event="2022-07-12-exomars-terminated")
    summary = summarize(day, sentences=5)
    assert len(summary.desks) == 6 and len({s.source for s in summary.sentences}) > 1
    for sentence in summary.sentences:
        assert day[sentence.source].text[sentence.start : sentence.end] == sentence.text
        assert f"] {day[sentence.source].desk}: {sentence.text}" in str(summary)
    matrix = tf_idf(summary.content)
    chosen = [sentence.number - 1 for sentence in summary.sentences]
    assert all(matrix.times(matrix.row(a))[b] < 0.5 for a in chosen for b in chosen if a != b)


def test_the_same_story_twice_is_told_once():
    story = "The rover waits in Turin. The drill is ready. Nobody knows the date."
    summary = summarize([Article("a", "", story, desk="wire"), Article("b", "", story, desk="agency")], sentences=3)
    assert sorted(sentence.text for sentence in summary.sentences) == sorted(s.text for s in split_sentences(story))


def test_a_summary_shows_its_reasons(desk):
    summary = summarize(desk["2022-07-12-wire"], method="lexrank")
    assert "most like sentence" in summary._repr_html_()
    assert "7 × 7 / 16" in summarize(desk["2022-07-12-wire"], method="luhn").why(1)
    assert "in place 2" in summarize(desk[0], method="lead").why(2)
    assert "like the text as a whole, by" in summarize(desk[0]).why(1)
    assert str(summary).startswith("[1] PARIS") and "3 of 16 sentences" in repr(summary)


def test_a_method_of_ones_own_is_one_function_and_one_line(monkeypatch):
    monkeypatch.setitem(METHODS, "longest", lambda sentences: [len(sentence) for sentence in sentences])
    text = "Short. A much longer sentence about the drill."
    assert numbers(summarize(Corpus((Article("a", "", text),)), sentences=1, method="longest")) == [2]


LANGUAGES = {
    "de": "Die Sonde ist bereit. Die Sonde fliegt nicht, sagte die ESA. Der Rat tagt am Dienstag. Es regnet.",
    "fr": "La sonde est prête. La sonde ne part pas, dit l’ESA. Le conseil se réunit mardi. Il pleut.",
    "ru": "Зонд готов. Зонд не летит, сказали в ЕКА. Совет соберётся во вторник. Идёт дождь.",
    "pl": "Sonda jest gotowa. Sonda nie leci, mówi ESA. Rada zbiera się we wtorek. Pada deszcz.",
    "ja": "探査機は準備ができた。 探査機は飛ばない。 会議は火曜日。",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.filterwarnings("ignore:no abbreviations:UserWarning")
def test_other_languages_are_split_and_weighed_by_their_own_stop_words(language):
    article = Article("1", "", LANGUAGES[language], language=language)
    summary = summarize(article, sentences=1, method="frequency")
    if language != "ja":
        assert len(summary.scored) == 4 and summary.sentences[0].number in {1, 2}
    assert all(math.isfinite(sentence.score) for sentence in summary.scored) and summary.why(1)

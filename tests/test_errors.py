"""What students type by mistake, and the sentence they get: what was given, and what to type next."""

import re

import pytest

import toolkit
from toolkit import (
    chart_coverage,
    chart_scores,
    chart_terms,
    collocations,
    concordance,
    count_coverage,
    describe,
    explore_summaries,
    load,
    load_coverage,
    load_events,
    per_thousand,
    read_page,
    split_sentences,
    summarize,
    term_counts,
    tokenize,
    type_token_ratio,
    words,
)

DESK = load("desk")
ARTICLE = DESK[0]
MISTAKES = {
    "an article for a text": (lambda: tokenize(ARTICLE), "type tokenize(article.text)"),
    "a corpus for a text": (lambda: tokenize(DESK), "type tokenize(corpus[0].text)"),
    "nothing for a text": (lambda: split_sentences(None), "split_sentences takes a text, not NoneType"),
    "words of an article": (lambda: words(ARTICLE), "type words(article.text)"),
    "words of a corpus": (lambda: words(DESK), "type words(corpus[0].text)"),
    "words of words": (lambda: words(["a"]), "words takes a text, not list"),
    "one stop word": (lambda: words("a", stop="the"), 'give a list of words: stop=["the", "of"]'),
    "counting a text": (lambda: term_counts(ARTICLE.text), "type term_counts(words(text))"),
    "counting an article": (lambda: term_counts(ARTICLE), "type term_counts(words(article.text))"),
    "ratio of a text": (lambda: type_token_ratio("a text"), "type type_token_ratio(words(text))"),
    "pairs of a text": (lambda: collocations("a text"), "type collocations(words(text))"),
    "a word for a count": (lambda: per_thousand("a", 3), "per_thousand(words.count"),
    "words for a total": (lambda: per_thousand(3, ["a"]), "per_thousand(words.count"),
    "places exchanged": (lambda: concordance("war", DESK), 'type concordance(corpus, "word")'),
    "a text for a corpus": (lambda: concordance("a text", "word"), 'type concordance(corpus, "word")'),
    "a width in quotation marks": (lambda: concordance(DESK, "war", width="45"), "a whole number"),
    "a summary of a number": (lambda: summarize(7), "summarize(corpus[0])"),
    "two lengths": (lambda: summarize(ARTICLE, sentences=2, words=9), "give one of sentences=, words=, share="),
    "half a sentence": (lambda: summarize(ARTICLE, sentences=2.5), "sentences=2.5 must be a whole number"),
    "a number in quotation marks": (lambda: summarize(ARTICLE, sentences="3"), "for example sentences=3"),
    "a sentence too far": (lambda: summarize(ARTICLE).why(99), "there is no sentence 99; the text has"),
    "a chart of words": (lambda: chart_terms(["a", "b"]), "chart_terms(term_counts(words))"),
    "fewer than no bars": (lambda: chart_terms({"a": 1}, top=-3), "top=-3 is below 1"),
    "scores of an article": (lambda: chart_scores(ARTICLE), "chart_scores(summarize(article))"),
    "a chart before counting": (lambda: chart_coverage(load_coverage()), "count first: chart_coverage(count_coverage("),
    "events by name": (lambda: chart_coverage(count_coverage(load_coverage()), events="x"), "rows of load_events()"),
    "counting a corpus": (lambda: count_coverage(DESK), "or corpus.table()"),
    "counting events": (lambda: count_coverage(load_events()), "without month, month_basis"),
    "describing a word": (lambda: describe("x"), "give what a chart function returned"),
    "a desk for an article": (lambda: explore_summaries(ARTICLE), 'explore_summaries(load("desk"))'),
    "a table as a corpus": (lambda: load("coverage"), "type load_coverage()"),
    "a practice page by its bare name": (
        lambda: read_page("ecliptic-gazette.txt"),
        "sample_page('ecliptic-gazette.txt')",
    ),
    "an address for a page": (lambda: read_page("https://example.org/a"), "save the page"),
    "a British spelling": (lambda: toolkit.summarise, "no name 'summarise'; did you mean 'summarize'"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered_with_what_to_type(mistake):
    wrong, said = MISTAKES[mistake]
    with pytest.raises((TypeError, ValueError, AttributeError)) as error:
        wrong()
    message = str(error.value)
    assert any(part in message for part in said.split("|")), message
    assert "\n" not in message and len(message) < 300 and not re.search(r"object has no|not supported", message)


def test_a_method_of_ones_own_that_returns_one_number_is_explained(monkeypatch):
    monkeypatch.setitem(toolkit.METHODS, "mine", lambda sentences: 3)
    with pytest.raises(
        ValueError, match="method='mine' must return a list with one number for each of the 12 sentences"
    ):
        summarize(ARTICLE, method="mine")


def test_pairs_from_most_common_can_be_drawn_too():
    assert chart_terms(term_counts(["a", "a", "b"]).most_common(1)).data[0].x == (2,)

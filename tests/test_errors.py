"""What students type by mistake, and the sentence they get: what was given, and what to type next."""

import re

import pytest

import toolkit
from toolkit import (
    Annotations,
    actors,
    chart_coverage,
    chart_scores,
    chart_terms,
    cohen_kappa,
    collect,
    collocations,
    compare_tokenizers,
    concordance,
    count_coverage,
    describe,
    differences,
    dispersion,
    evaluative,
    explore_summaries,
    gold_spans,
    hapaxes,
    hdd,
    heaps,
    join_terms,
    learn_byte_pairs,
    load,
    load_coverage,
    load_events,
    mark_agreement,
    ngrams,
    normalize,
    per_thousand,
    read_page,
    split_sentences,
    summarize,
    term_counts,
    tokenize,
    type_token_ratio,
    why,
    words,
    zipf,
)

DESK = load("desk")
ARTICLE = DESK[0]
MARK = (0, 3, "actor")
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
    "hapaxes of words": (lambda: hapaxes(["a"]), "type hapaxes(term_counts(words(text)))"),
    "a law of words": (lambda: zipf(["a"]), "type zipf(term_counts(words(text)))"),
    "a law of no counts": (lambda: zipf({"a": 2, "b": 0}), "at least two different points"),
    "growth at no point": (lambda: heaps(["a", "b"], points=0), "points=0 is below 2"),
    "a sample of nothing": (lambda: hdd(["a"], sample=0), "sample=0 is below 1"),
    "a number among words": (lambda: collocations(["a", 1]), "takes a list of words, not list with int in it"),
    "letters for words": (lambda: dispersion("a", ["abca", "b"]), "[words(a.text) for a in corpus]"),
    "a corpus for parts": (lambda: dispersion("a", DESK), "[words(a.text) for a in corpus]"),
    "a number for parts": (lambda: dispersion("a", 3), "dispersion cannot use an int; give a word and the parts"),
    "why of a word": (lambda: why("x"), "why(normalize(text"),
    "runs of a word": (lambda: ngrams(["a"], "x"), "n='x' must be a whole number"),
    "runs of nothing": (lambda: ngrams(["a"], 0), "n=0 is below 1"),
    "one term": (lambda: join_terms(["a"], "director general"), 'type join_terms(words, ["director general"])'),
    "one tokenizer": (lambda: compare_tokenizers("a", "treebank"), "takes a list of names, not str"),
    "tokenizers of an article": (lambda: compare_tokenizers(ARTICLE), "type compare_tokenizers(article.text)"),
    "a number for a step": (lambda: normalize("a", 5), "step=5 is not one of 'lower'"),
    "pieces of a text": (lambda: learn_byte_pairs("a text"), "[a.text for a in corpus]"),
    "merges in quotation marks": (lambda: learn_byte_pairs(["a"], merges="x"), "merges='x' must be a whole number"),
    "fewer than no merges": (lambda: learn_byte_pairs(["a"], merges=-1), "merges=-1 is below 0"),
    "actors of a corpus": (lambda: actors(DESK), "type actors(corpus[0])"),
    "judging a number": (lambda: evaluative(5), "evaluative takes a text or an article, not int"),
    "gold of a word": (lambda: gold_spans("x"), "gold_spans(corpus[0])"),
    "marks on a word": (lambda: Annotations("x.jsonld", "y"), 'Annotations(corpus[0], "my-marks.jsonld")'),
    "marks in no folder": (
        lambda: Annotations(ARTICLE, "nodir/x.jsonld"),
        "there is no folder nodir for x.jsonld; make",
    ),
    "agreement on a corpus": (lambda: mark_agreement(DESK, [], []), "mark_agreement cannot use a Corpus; choose one"),
    "marks without a label": (lambda: mark_agreement(ARTICLE, [(0, 5)], []), "such as [(3, 6, 'actor')], not (0, 5)"),
    "a word for marks": (lambda: differences(ARTICLE, [MARK], "abc"), "differences takes marks such as"),
    "one mark for marks": (lambda: differences(ARTICLE, MARK, []), "takes marks such as [(3, 6, 'actor')], not 0"),
    "no number of marks": (lambda: differences(ARTICLE, 5, []), "takes marks such as"),
    "words for offsets": (lambda: mark_agreement(ARTICLE, [("a", "b", "c")], []), "not ('a', 'b', 'c')"),
    "a mark too far": (lambda: differences(ARTICLE, [(0, 99_999, "a")], []), "(0, 99999, 'a') has no place in Art"),
    "one name for two": (lambda: differences(ARTICLE, [MARK], [], names=("a",)), 'type names=("me", "gold")'),
    "labels of numbers": (lambda: cohen_kappa(5, 5), "give the labels of two coders"),
    "a column by name": (lambda: collect("t.csv", columns="a"), 'columns={"text": "its name"}'),
    "a number for a file": (lambda: collect("t.csv", into=5), 'into="mine.jsonl"'),
    "a store in no folder": (lambda: collect("t.csv", into="nodir/x.jsonl"), "there is no folder nodir"),
    "a file transfer": (lambda: collect("ftp://example.org/a"), "give one like https://"),
    "a value without its field": (lambda: DESK.where("wire"), "type where(desk='wire')"),
    "a field cut short": (lambda: ARTICLE.txt, "Article has no 'txt'; did you mean 'text'?"),
    "a corpus that filters": (lambda: DESK.filter, "Corpus has no 'filter'; it has articles, table, where"),
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

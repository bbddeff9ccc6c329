"""A summary held against its source: what is found, what is let pass, and what is said about it."""

from datetime import date

import pytest

from tests.conftest import HOSTILE
from toolkit import Article, Corpus
from toolkit.claims import MOST_SUMMARY, support
from toolkit.claims.figures import figures

SOURCE = Article(
    "1",
    "The rover waits",
    "ESA has paid €1.3 billion for the rover. Four missions were on hold on Tuesday. "
    "The rover stands in Turin. “We will wait for years,” Jorge Vago said. "
    "“Nobody asked us,” Dmitry Rogozin replied. The council approved a quick study of the lander. "
    "Two drops of the parachute are planned in Oregon. A launch on a Falcon is not allowed. "
    "NASA might contribute an engine for the landing. About 428 of the 648 satellites are in orbit.",
    published=date(2022, 7, 14),
)
CHANGED = {
    "number": [
        "For the rover ESA has paid €1.5 billion.",
        "ESA has paid €1.3 million for the rover.",
        "Six missions were on hold.",
    ],
    "date": ["Four missions were on hold on Monday.", "On 11 July four missions were on hold."],
    "name": ["The rover stands in Paris.", "Two parachute drops are planned in Sweden."],
    "speaker": ["“We will wait for years,” Dmitry Rogozin said.", "“Nobody asked us,” said Jorge Vago."],
    "quotation": ["“We will wait for months,” Jorge Vago said.", "Rogozin replied: “Nobody told us.”"],
    "negation": [
        "The council rejected a quick study of the lander.",
        "The council has not approved a quick study of the lander.",
        "A launch on a Falcon is allowed.",
    ],
    "hedge": ["NASA will contribute an engine for the landing."],
}
SAME = [
    "ESA has paid 1,300 million euros for the rover.",
    "The European Space Agency has paid €1.3bn for the rover.",
    "On 12 July 2022 four missions were on hold.",
    "4 missions were on hold on Tuesday.",
    "Vago said: “we will wait for years”.",
    "A quick study of the lander was approved by the council.",
    "NASA may contribute an engine for the landing.",
    "A Falcon launch is not allowed.",
    "About two-thirds of the satellites are in orbit.",
    "Some 430 satellites are in orbit.",
]


@pytest.mark.parametrize("kind, said", [(kind, said) for kind, all_said in CHANGED.items() for said in all_said])
def test_a_change_is_found_and_named(kind, said):
    assert kind in {problem.kind for problem in support(said, SOURCE).problems}


@pytest.mark.parametrize("said", SAME)
def test_what_says_the_same_is_let_pass(said):
    assert support(said, SOURCE)[0].problems == ()


def test_every_sentence_of_the_source_supports_itself():
    assert [found.sentence for found in support(SOURCE, SOURCE) if not found.supported] == []


def test_the_explanation_says_what_the_source_has_and_where():
    [problem] = support("ESA has paid €1.5 billion for the rover.", SOURCE).problems
    assert problem.explanation == "the source has €1.3 billion, not €1.5 billion (sentence 1)"


def test_a_problem_and_its_evidence_have_offsets():
    said = "ESA has paid €1.5 billion for the rover."
    [found] = support(said, SOURCE)
    assert all(said[p.start : p.end] == p.words for p in found.problems)
    assert all(SOURCE.text[e.start : e.end] == e.text for e in found.evidence)
    assert found.evidence[0].number == 1


def test_a_fused_sentence_has_two_sentences_of_evidence():
    [found] = support("The rover stands in Turin, and four missions were on hold.", SOURCE)
    assert {e.number for e in found.evidence} == {2, 3}


def test_several_articles_are_named_in_the_evidence():
    other = Article("2", "", "Euclid flew from Florida.")
    [found] = support("Euclid flew from Florida.", Corpus((SOURCE, other)))
    assert found.supported and [e.source for e in found.evidence] == ["2"]


def test_what_is_added_is_called_invented():
    [problem] = support("The rover stands in Turin, said Reuters.", "The rover stands in Turin.").problems
    assert (problem.kind, problem.words) == ("invented", "Reuters")


@pytest.mark.parametrize("text, value", [("half of it", 50), ("a dozen", 12), ("eighty-seven", 87)])
def test_numbers_in_words_have_a_value(text, value):
    assert figures(f"They sent {text}.")[0].value == value


def test_the_repr_is_the_text_twin_and_the_page_escapes_everything():
    found = support(f"{HOSTILE} costs €2.", Article("<b>", HOSTILE, f"{HOSTILE} costs €3."))
    page = found._repr_html_()
    assert "<script>alert" not in page and "<img" not in page and "mathjax_ignore" in page
    assert "the source has €3, not €2" in repr(found) and "[number]" in page


def test_the_page_shows_the_evidence_in_its_place():
    assert "<b>[carries 1]</b> The rover stands in Turin." in support("The rover is in Turin.", SOURCE)._repr_html_()


@pytest.mark.parametrize(
    "said, source, advice",
    [
        ("", SOURCE, "the summary is empty; give its text"),
        ("A sentence.", " ", "the source is empty; give the article"),
        ("One. " * (MOST_SUMMARY + 1), SOURCE, "so give a part"),
    ],
)
def test_empty_or_endless_is_answered_with_what_to_give(said, source, advice):
    with pytest.raises(ValueError, match=advice):
        support(said, source)


def test_other_things_than_texts_are_answered_too():
    with pytest.raises(TypeError, match="give a text first, then its source"):
        support(3, SOURCE)
    with pytest.raises(TypeError, match="give articles as the source"):
        support("One.", [1])


@pytest.mark.parametrize("text", ["", "1", "not ", "1 ", "“", "Ab ", "May ", "\n"])
def test_odd_texts_do_no_harm(text):
    assert len(support(text * 5_000 + "end.", "ESA paid €1.3 billion.")) > 0
    assert len(support("ESA paid €1.3 billion.", text * 20_000 + "end.")) == 1


def test_numbers_and_quotations_are_compared_in_another_language():
    source = Article("de", "", "Die ESA zahlt 1,3 Milliarden Euro. „Das ist viel“, sagte Vago.", language="de")
    kinds = {
        problem.kind for problem in support("Die ESA zahlt 1,5 Milliarden Euro: „Das ist wenig“.", source).problems
    }
    assert {"number", "quotation"} <= kinds

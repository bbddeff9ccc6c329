"""Two people mark the same text: how far they agree, and where they do not."""

import math
import random

import pytest
from nltk.metrics.agreement import AnnotationTask

from toolkit.agreement import (
    coder_agreement,
    cohen_kappa,
    differences,
    gold_spans,
    krippendorff_alpha,
    mark_agreement,
    token_labels,
)
from toolkit.annotation import Annotations

MINE = [(4, 7, "actor"), (15, 24, "actor"), (33, 37, "evaluative word")]  # arm, The rover, (Dr. V)
GOLD = [(4, 7, "actor"), (19, 24, "actor")]


def test_one_of_three_marks_is_alike_and_one_more_nearly(small):
    table = mark_agreement(small, MINE, GOLD).set_index("label")
    actor = table.loc["actor"]
    assert list(table.index) == ["actor", "evaluative word", "all"]
    assert (actor["first"], actor["second"], actor["precision"], actor["recall"]) == (2, 2, 0.5, 0.5)
    assert (actor["token_precision"], actor["token_recall"]) == (0.667, 1)
    assert 0 < table.loc["all", "kappa"] < 1 and 0 < table.loc["all", "alpha"] < 1


def test_full_agreement_is_one_and_the_order_of_marks_does_not_matter(small):
    table = mark_agreement(small, GOLD, GOLD[::-1])
    assert list(table["label"]) == ["actor"]  # and no row for all, which would say the same
    assert (table.set_index("label").loc[:, "precision":] == 1).all(axis=None)


def test_without_any_mark_every_figure_is_missing_and_the_counts_say_why(small):
    table = mark_agreement(small, [], [])
    assert list(table["label"]) == ["all"] and list(table.loc[0, ["first", "second"]]) == [0, 0]
    assert table.loc[0, "precision":].isna().all()


def test_marks_of_one_person_alone_have_no_precision_and_no_recall_but_zero_f1(small):
    row = mark_agreement(small, [], GOLD).iloc[-1]
    assert math.isnan(row["precision"]) and row["recall"] == 0 == row["f1"] and row["kappa"] == 0


def test_a_students_annotations_are_marks_as_they_are(small, tmp_path):
    mine = Annotations(small, tmp_path / "mine.jsonld")
    mine.mark("arm", "actor")
    assert mark_agreement(small, mine, GOLD).iloc[-1]["recall"] == 0.5
    assert "arm | me and gold: actor" in repr(differences(small, mine, GOLD, names=("me", "gold")))


def test_a_token_has_every_label_that_touches_it(small):
    labels = token_labels(small.text, [(0, 7, "a"), (5, 6, "b"), (16, 18, "c")])
    assert [sorted(found) for found in labels[:6]] == [["a"], ["a", "b"], [], [], ["c"], []]


def test_kappa_and_alpha_follow_their_formulas():
    first, second = "yyyyynnnnn", "yyyynnnnny"
    observed, expected = 0.8, 0.5
    assert cohen_kappa(first, second) == pytest.approx((observed - expected) / (1 - expected))
    pairs = 2 * 10 * 10 / (20 * 19)
    assert krippendorff_alpha(first, second) == pytest.approx(1 - 0.2 / pairs)


@pytest.mark.parametrize("labels", ["yn", "abcd"])
@pytest.mark.parametrize("items", [2, 7, 300])
def test_kappa_and_alpha_are_those_of_nltk_and_of_what_both_have_coded(labels, items):
    for seed in range(9):
        first, second = (
            ["y", "n", *random.Random(seed).choices(labels, k=items)],
            random.Random(99).choices(labels, k=items),
        )
        second = ["y", "y", *second]
        task = AnnotationTask([(c, i, x) for c, side in enumerate((first, second)) for i, x in enumerate(side)])
        for side, other in ((first, second), ([*first, None, "y"], [*second, "n", None])):
            assert cohen_kappa(side, other) == pytest.approx(task.kappa(), abs=1e-9)
            assert krippendorff_alpha(side, other) == pytest.approx(task.alpha(), abs=1e-9)


@pytest.mark.parametrize("measure", [cohen_kappa, krippendorff_alpha])
def test_where_only_one_label_was_used_chance_cannot_be_told_from_agreement(measure):
    assert math.isnan(measure("nnn", "nnn")) and math.isnan(measure("", ""))
    assert measure("nnn", "yyy") <= 0
    with pytest.raises(ValueError, match="the same items, not 2 and 3"):
        measure("ny", "nyn")


def test_the_text_shows_where_two_people_part(small):
    shown = differences(small, MINE, GOLD, names=("me", "gold"))
    said = "The [arm | me and gold: actor] moved. [The  | me: actor][rover | me and gold: actor] waits."
    assert repr(shown).startswith(said)
    assert "".join(piece[0] for piece in shown.pieces) == small.text
    html = shown._repr_html_()
    assert html.count("<mark") == 4 and html.count("<p dir") == 2
    assert {"3px double", "2px solid"} <= {part.split(":")[-1] for part in html.replace('"', ";").split(";")}


def test_a_mark_across_a_paragraph_is_shown_in_both(small):
    html = differences(small, [], [(25, 36, "actor")])._repr_html_()
    assert html.count("<p dir") == 2 == html.count("</p>") and html.count("<mark") == 2 == html.count("2px dashed")


def test_differences_show_markup_as_text_and_cut_a_book(hostile, small):
    html = differences(hostile, [(0, 50, "<img>")], [], names=("<b>", "x"))._repr_html_()
    assert not any(bad in html for bad in ("<script", "<img", "<b>"))
    book = type(small)("book", "", "word " * 50_000)
    html = differences(book, [], [])._repr_html_()
    assert len(html) < 30_000 and "cut here" in html


def test_the_gold_of_every_desk_article_stands_in_its_text(desk):
    article = desk["2022-07-12-wire"]
    spans = gold_spans(article)
    assert len(spans) == 11 and article.text[slice(*spans[0][:2])] == "continue to prevail"
    assert all(0 <= start < end <= len(one.text) for one in desk for start, end, _ in gold_spans(one))
    assert (mark_agreement(article, spans, spans)["f1"] == 1).all()


def test_the_real_double_coding_agrees_on_genre_and_less_on_some_frames():
    table = coder_agreement().set_index("code")
    assert coder_agreement().attrs["articles"] == 120 and len(table) == 10
    assert table["percent"].between(75, 100).all() and table["kappa"].between(0.4, 0.9).all()
    human = table.loc["human"]
    assert human["percent"] > 98 and human["kappa"] < 0.7  # what is rare agrees by chance
    assert (table["kappa"] - table["alpha"]).abs().max() < 0.02


@pytest.mark.parametrize("compare", [mark_agreement, differences])
def test_marks_on_another_article_are_refused(desk, tmp_path, compare):
    marks = Annotations(desk[0], tmp_path / "marks.jsonld")
    with pytest.raises(ValueError, match="give the article that was marked"):
        compare(desk[1], marks, marks)

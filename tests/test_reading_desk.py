"""The reading desk without a browser: what it sends, and what it does with what it hears."""

import pytest

from toolkit.annotation import Annotations
from toolkit.article import Article
from toolkit.datasets import load
from toolkit.judging import evaluative
from toolkit.naming import actors
from toolkit.quoting import quotations
from toolkit.widgets.reading import MOST, OWN, PART, read_closely


@pytest.fixture
def kept(small, tmp_path):
    return Annotations(small, tmp_path / "marks.jsonld")


@pytest.fixture
def desk(small, kept):
    return read_closely(small, layers={"Actors": [(4, 7, "the arm"), (19, 24)]}, annotations=kept)


def hear(desk, **message):
    desk._hear(desk, message, [])
    return desk.says


def layer(desk, name):
    return next(layer for layer in desk.page["layers"] if layer["name"] == name)


def test_the_desk_opens_with_every_layer_shown_and_counted(desk):
    assert desk.shown == ["Actors", OWN] and desk.page["note"] == ""
    assert layer(desk, "Actors") == {
        "name": "Actors",
        "letter": "A",
        "count": 2,
        "spans": [[4, 7, "the arm"], [19, 24, ""]],
    }
    assert [code["key"] for code in desk.head["codes"]] == ["d", "r", "e", "a"]


def test_a_mark_is_saved_told_and_shown_as_code(desk, kept, small):
    assert hear(desk, do="mark", start=4, end=8, label="actor") == "Marked “arm” as actor. 1 mark in marks.jsonld."
    assert desk.code.endswith('marks.jsonld").mark("arm", "actor")')
    assert layer(desk, OWN)["spans"][0][:4] == [4, 7, "actor", "a"] and layer(desk, OWN)["count"] == 1
    assert len(Annotations(small, kept.path)) == 1
    hear(desk, do="mark", start=15, end=18, label="actor")
    assert desk.code.endswith('.add(15, 18, "actor")')  # the second "The": its words alone would not find it


def test_a_mark_is_removed_and_undone(desk, kept):
    desk.mark(4, 7, "actor")
    assert hear(desk, do="remove", id=kept.marks[0].id).startswith("Removed the mark on “arm”. 0 marks")
    assert desk.code.endswith('")') and '.remove("urn:uuid:' in desk.code
    assert hear(desk, do="undo").startswith("Undone. 1 mark") and desk.code == ""
    assert hear(desk, do="undo").startswith("Undone. 0 marks") and hear(desk, do="undo") == "There is nothing to undo."


@pytest.fixture
def wire():
    return load("desk")["2022-07-12-wire"]


def test_the_lines_of_code_run_as_they_stand_in_an_empty_notebook(wire, tmp_path):
    codes = [("metaphor", "m", "Said of another thing.")]
    kept = Annotations(wire, tmp_path / "ann's.jsonld", codebook=codes, creator="Ann")
    desk = read_closely(wire, kept)
    exec(desk.code, {})
    assert desk.code.startswith("from toolkit import actors, evaluative, load, quotations\narticle = load(")
    desk.mark(0, 5, "metaphor")
    before = kept.path.read_text()
    exec(desk.code, {})
    assert kept.path.read_text() == before and len(kept) == 1  # what is marked is not marked twice
    key = kept.marks[0].id
    desk.remove(key)
    Annotations(wire, kept.path, codebook=codes).add(0, 5, "metaphor")
    kept.undo()
    exec(desk.code, {})
    assert key not in kept.path.read_text() and "Annotation" in kept.path.read_text()


def test_the_code_for_an_article_of_your_own_says_what_article_is(desk):
    desk.mark(4, 7, "actor")
    assert desk.code.startswith(
        "from toolkit import Annotations\n# article is the one shown here\nAnnotations(article,"
    )


def test_a_mark_that_another_notebook_has_removed_disappears(desk, kept, small):
    desk.mark(4, 7, "actor")
    desk.mark(19, 24, "actor")
    other = Annotations(small, kept.path)
    other.remove(other.marks[0])
    gone = layer(desk, OWN)["spans"][0][4]
    assert hear(desk, do="remove", id=gone).startswith("Not done: this mark is not there")
    assert layer(desk, OWN)["count"] == 1 == len(kept)


def test_what_is_counted_is_in_the_file(desk, kept, small):
    desk.mark(4, 7, "actor")
    kept.path.unlink()
    assert hear(desk, do="mark", start=4, end=7, label="actor").endswith("1 mark in marks.jsonld.")
    assert len(Annotations(small, kept.path)) == 1


@pytest.mark.parametrize(
    "message",
    [{}, {"do": "mark"}, {"do": "mark", "start": "4", "end": 7, "label": "actor"}, {"do": "remove", "id": 3}],
)
def test_a_message_that_makes_no_sense_does_nothing(desk, kept, message):
    assert hear(desk, **message) == "" and len(kept) == 0


def test_what_cannot_be_saved_is_said(desk, kept):
    assert hear(desk, do="mark", start=7, end=8, label="actor").startswith("Not done: a mark needs some words")
    assert "is not one of" in hear(desk, do="mark", start=4, end=7, label="<b>")
    kept.path.write_text("shopping list")
    assert "is left as it is" in hear(desk, do="mark", start=4, end=7, label="actor")


def test_without_annotations_there_is_nothing_to_mark_with(small):
    desk = read_closely(small, layers={})
    assert desk.head["codes"] == [] and desk.page["layers"] == []
    assert "open it with read_closely" in hear(desk, do="undo")


def test_annotations_of_another_article_are_refused(kept):
    with pytest.raises(ValueError, match="these annotations are of Article"):
        read_closely(Article("b", "", "Another."), annotations=kept)


@pytest.mark.parametrize(
    "given", [("wire",), (load("desk"),), ("article", "my-marks.jsonld")], ids=["text", "corpus", "path"]
)
def test_what_is_no_article_and_no_annotations_is_told_what_to_type(given, small):
    with pytest.raises(TypeError, match=r"read_closely cannot use a .*; .*read_closely\("):
        read_closely(*[small if value == "article" else value for value in given])


def test_a_long_text_is_turned_in_parts_that_join_to_the_whole(tmp_path):
    article = Article("long", "", "One two three.\n\n" * 3_000 + "x" * 30_000)
    desk = read_closely(article, layers={"Every": [(i, i + 1) for i in range(0, 78_000, 2)]})
    seen = []
    for part in range(desk.page["parts"]):
        desk.part = part
        seen.append(desk.page["text"])
        assert len(desk.page["text"]) <= PART and len(layer(desk, "Every")["spans"]) <= MOST
    assert "".join(seen) == article.text and "At most 2,000 highlights" in desk.page["note"]
    desk.part = 999
    assert desk.part == desk.page["parts"] - 1 and f"of {len(article.text):,} are shown" in desk.page["note"]


def test_a_mark_across_two_parts_is_shown_in_both(tmp_path):
    article = Article("long", "", "x" * (PART + 100))
    desk = read_closely(article, layers={"Across": [(PART - 5, PART + 5)]})
    assert desk.page["layers"][0]["spans"] == [[PART - 5, PART, ""]]
    desk.part = 1
    assert desk.page["layers"][0]["spans"] == [[0, 5, ""]]


def test_half_a_surrogate_pair_and_no_text_at_all_are_shown(tmp_path):
    assert read_closely(Article("odd", "", "a\ud83db")).page["text"] == "a\ufffdb"
    assert read_closely(Article("none", "", "")).page["text"] == ""


def test_without_layers_of_your_own_the_desk_has_what_the_toolkit_finds_switched_off(wire):
    article, desk = wire, read_closely(wire)
    counts = {layer["name"]: layer["count"] for layer in desk.page["layers"]}
    said = quotations(article)
    assert desk.shown == []
    assert counts["Direct speech"] + counts["Reported speech"] == len(said)
    assert counts["Actors"] == sum(len(actor.mentions) for actor in actors(article))
    assert counts["Judging words"] == len(evaluative(article))

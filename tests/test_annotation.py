"""A student marks words; the file keeps them, whatever happens to the text, the file or the notebook."""

import json

import pytest

from toolkit.annotation import LONGEST, Annotations, find_again
from toolkit.article import Article
from toolkit.files import BadInput


@pytest.fixture
def path(tmp_path):
    return tmp_path / "my-marks.jsonld"


@pytest.fixture
def annotations(small, path):
    return Annotations(small, path, creator="Ada")


def words(annotations):
    return [(mark.text, mark.label) for mark in annotations]


def test_a_mark_is_there_when_the_notebook_is_run_again(annotations, small, path):
    assert len(annotations) == 0 and not path.exists()
    annotations.mark("rover", "actor")
    annotations.mark("arm", "actor")
    again = Annotations(small, path)
    assert words(again) == [("arm", "actor"), ("rover", "actor")] == words(annotations)
    assert [small.text[mark.start : mark.end] for mark in again] == ["arm", "rover"]
    assert again.marks[0].creator == "Ada"


def test_the_file_is_a_w3c_annotation_collection(annotations, path):
    annotations.mark("arm", "actor")
    collection = json.loads(path.read_text(encoding="utf-8"))
    [item] = collection["first"]["items"]
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection" and collection["first"]["type"] == "AnnotationPage"
    assert (item["type"], item["motivation"], item["creator"]["name"]) == ("Annotation", "tagging", "Ada")
    assert item["body"] == {"type": "TextualBody", "value": "actor", "purpose": "tagging", "format": "text/plain"}
    assert item["target"]["source"] == "urn:x-article:small" and item["created"].endswith("Z")
    quote, place = item["target"]["selector"]
    assert place == {"type": "TextPositionSelector", "start": 4, "end": 7}
    assert quote.pop("suffix").startswith(" moved. The rover")
    assert quote == {"type": "TextQuoteSelector", "exact": "arm", "prefix": "The "}


def test_the_same_mark_twice_is_one_and_white_space_is_not_marked(annotations):
    first = annotations.add(3, 8, "actor")
    assert first.text == "arm" and annotations.mark("arm", "actor") == first and len(annotations) == 1
    annotations.mark("arm", "evaluative word")
    assert len(annotations) == 2


def test_the_second_of_equal_words_can_be_named(annotations):
    assert annotations.mark("The", "actor", which=2).start == 15
    for missing in [("The", 3), ("Mars", 1), (" ", 1)]:
        with pytest.raises(ValueError, match="stands .* times"):
            annotations.mark(missing[0], "actor", which=missing[1])


def test_a_label_outside_the_codebook_and_a_place_outside_the_text_are_refused(annotations, path):
    with pytest.raises(ValueError, match="label='actress' is not one of 'direct speech'.*did you mean 'actor'"):
        annotations.mark("arm", "actress")
    for start, end in [(3, 4), (5, 5), (9, 2), (-3, 4), (999, 1_000)]:
        with pytest.raises(ValueError, match="needs some words"):
            annotations.add(start, end, "actor")
    with pytest.raises(ValueError, match="at most"):
        Annotations(Article("long", "", "x" * 30_000), path).add(0, LONGEST + 1, "actor")
    assert not path.exists()


def test_undo_takes_back_step_by_step_also_a_removal(annotations, small, path):
    mark = annotations.mark("arm", "actor")
    annotations.remove(mark)
    assert words(Annotations(small, path)) == []
    assert annotations.undo() and words(Annotations(small, path)) == [("arm", "actor")]
    assert annotations.undo() and words(annotations) == [] and not annotations.undo()
    with pytest.raises(ValueError, match="not there"):
        annotations.remove(mark)


def test_two_notebooks_on_one_file_do_not_overwrite_each_other(annotations, small, path):
    other, third = Annotations(small, path), Annotations(Article("b", "", "Another text."), path)
    annotations.mark("arm", "actor")
    other.mark("rover", "actor")
    third.mark("text", "actor")
    assert words(Annotations(small, path)) == [("arm", "actor"), ("rover", "actor")]
    assert words(Annotations(third.article, path)) == [("text", "actor")]


@pytest.mark.parametrize(
    "content",
    ["shopping list", "[]", '{"type": "Annotation"}', '{"type": "AnnotationCollection"}', "", "[" * 100_000,
     '{"type": "AnnotationCollection", "first": {"items": ["'],
)  # fmt: skip
def test_a_foreign_or_damaged_file_is_refused_and_left_as_it_is(annotations, small, path, content):
    annotations.mark("arm", "actor")
    path.write_text(content, encoding="utf-8")
    for attempt in (lambda: Annotations(small, path), lambda: annotations.mark("rover", "actor"), annotations.undo):
        with pytest.raises(BadInput, match="give another name for your marks"):
            attempt()
    assert path.read_text(encoding="utf-8") == content


def test_what_other_programs_wrote_into_the_file_is_kept(annotations, small, path):
    annotations.mark("arm", "actor")
    collection = json.loads(path.read_text(encoding="utf-8"))
    foreign = [{"type": "Annotation", "id": "x", "body": "hello", "target": "https://example.org"}, {}, {"target": 3}]
    collection["first"]["items"] += foreign
    path.write_text(json.dumps(collection), encoding="utf-8")
    annotations.mark("rover", "actor")
    assert json.loads(path.read_text(encoding="utf-8"))["first"]["items"][1:4] == foreign
    assert len(Annotations(small, path)) == 2


def test_marks_are_found_again_when_the_text_has_changed(annotations, path):
    """Offsets count characters, also beyond the basic plane."""
    annotations.mark("The", "actor", which=2)
    annotations.mark("Vago", "actor")
    longer = Article("small", "", "New 🚀🚀 words. The arm moved. The rover waits.\n\nThe end.")
    changed = Annotations(longer, path)
    assert [(mark.start, mark.text) for mark in changed] == [(29, "The")]
    assert changed.lost == ("Vago",) and "not found again in this text: 'Vago'" in repr(changed)
    changed.mark("end", "actor")
    assert "Vago" in path.read_text(encoding="utf-8")


def test_in_doubt_a_place_is_not_guessed():
    assert find_again("an arm, no arm", "arm", before="their strong ", after=" fell", near=3) is None
    assert find_again("one arm only", "arm", before="their strong ", after=" fell", near=90) == 4


def test_a_common_letter_in_two_megabytes_is_not_guessed_either():
    assert find_again("ab " * 700_000, "a", before="x" * 32, after="y" * 32, near=1_000) is None


def test_a_codebook_of_ones_own_is_a_list_of_labels(small, path):
    annotations = Annotations(small, path, codebook=[("metaphor", "m", "Said of another thing.")])
    annotations.mark("arm", "metaphor")
    assert words(Annotations(small, path)) == [("arm", "metaphor")]


def test_the_display_shows_markup_as_text(hostile, path):
    annotations = Annotations(hostile, path, creator="<img src=x>")
    annotations.add(0, 40, "actor")
    shown = annotations._repr_html_()
    assert "<script" not in shown and "<img" not in shown and "1 mark" in shown

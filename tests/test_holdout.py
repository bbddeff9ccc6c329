"""Held-out texts: the same by the same lot, seen by nobody, refused where there is too little to mix."""

import json

import pytest

from toolkit.files import BadInput
from toolkit.grading.holdout import holdout, read_holdout
from toolkit.sentences import split_sentences


def test_texts_are_mixed_from_several_articles_and_none_is_an_article(tmp_path, desk):
    texts = read_holdout(holdout("desk", tmp_path / "held.jsonl", n=12, seed=3))
    known = {article.id: " ".join(article.text.split()) for article in desk}
    assert [one["id"] for one in texts][::11] == ["held-001", "held-012"] and {one["seed"] for one in texts} == {3}
    for one in texts:
        sentences = [" ".join(sentence.text.split()) for sentence in split_sentences(one["text"])]
        assert len(one["sources"]) >= 3 and 5 <= len(sentences) <= 12
        assert " ".join(one["text"].split()) not in known.values()
        assert all(any(sentence in known[name] for name in one["sources"]) for sentence in sentences)
        assert all(any(sentence in known[name] for sentence in sentences) for name in one["sources"])
    assert len({one["text"] for one in texts}) == 12


def test_the_same_seed_gives_the_same_bytes_and_another_other_texts(tmp_path):
    one, again, other = (holdout("desk", tmp_path / f"{i}.jsonl", seed=seed) for i, seed in enumerate((7, 7, 8)))
    assert one.read_bytes() == again.read_bytes() != other.read_bytes()


def test_without_a_seed_nobody_can_guess_it_and_nothing_is_replaced(tmp_path):
    one, other = (read_holdout(holdout("desk", tmp_path / f"{i}.jsonl", n=2)) for i in range(2))
    assert one[0]["seed"] != other[0]["seed"] and one[0]["text"] != other[0]["text"]
    before = (tmp_path / "0.jsonl").read_bytes()
    with pytest.raises(BadInput, match=r"0\.jsonl is there, .*; give another name with -o"):
        holdout("desk", tmp_path / "0.jsonl", n=2)
    assert (tmp_path / "0.jsonl").read_bytes() == before


def test_a_corpus_of_ones_own_will_do_and_languages_are_not_mixed(tmp_path):
    rows = [{"id": f"{lang}{i}", "title": "T", "language": lang, "text": " ".join(
        f"Wort {lang} {i} steht hier {day}." for day in ("eins", "zwei", "drei", "vier"))}
        for lang in ("de", "en") for i in range(3)]  # fmt: skip
    (tmp_path / "own.jsonl").write_text("\n".join(map(json.dumps, rows)))
    texts = read_holdout(holdout(tmp_path / "own.jsonl", tmp_path, n=8))
    assert (tmp_path / "held-out.jsonl").is_file()
    assert all(len({name[:2] for name in one["sources"]}) == 1 for one in texts)


@pytest.mark.parametrize("n, error", [(0, "below 1"), (1001, "more than 1,000"), (2.5, "whole number")])
def test_a_number_of_texts_that_makes_no_sense_is_told(tmp_path, n, error):
    with pytest.raises((ValueError, TypeError), match=error):
        holdout("desk", tmp_path / "x.jsonl", n=n)


def test_too_few_or_too_short_articles_and_a_place_among_them_are_told(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("A title\n\nIt flew on Monday at noon. It came back.")
    with pytest.raises(BadInput, match="at least 3 articles.*this corpus has 0.*type desk"):
        holdout(folder, tmp_path / "x.jsonl")
    for name in "bcd":
        text = " ".join(f"The {name} flew on {day} at noon." for day in ("Monday", "Tuesday", "Friday", "Sunday"))
        (folder / f"{name}.txt").write_text(f"A title of {name}\n\n{text}")
    with pytest.raises(BadInput, match="lies in the corpus"):
        holdout(folder, folder / "x.jsonl")


def test_a_folder_of_texts_and_lines_without_an_id_are_read(tmp_path):
    (tmp_path / "one.txt").write_text("A real article.\n")
    assert read_holdout(tmp_path) == [{"id": "one", "text": "A real article."}]
    (tmp_path / "x.jsonl").write_text('\n{"text": "We wait."}\n')
    assert read_holdout(tmp_path / "x.jsonl") == [{"id": "held-001", "text": "We wait."}]


@pytest.mark.parametrize(
    "lines, said",
    [
        ("no json", "line 1 is no JSON"),
        ("[" * 100_000, "line 1 is no JSON"),
        ("[]", "text 1 has no text"),
        ('{"text": 3}', "text 1 has no text"),
        ('{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}', "the id 'a' twice"),
        ('{"text": "x"}\n' * 1001, "more than 1,000 texts"),
        (json.dumps({"text": "x" * 200_001}), "more than 200,000 characters"),
    ],
)
def test_held_out_texts_that_cannot_be_used_are_told(tmp_path, lines, said):
    (tmp_path / "x.jsonl").write_text(lines)
    with pytest.raises(BadInput, match=said):
        read_holdout(tmp_path / "x.jsonl")


def test_a_folder_without_texts_is_told(tmp_path):
    with pytest.raises(BadInput, match="toolkit holdout makes"):
        read_holdout(tmp_path)

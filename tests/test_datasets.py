"""The data keep their promises: ids, dates, strings that occur, sentences that rebuild the text."""

import json
from datetime import date

import pytest

from toolkit import Article, load, load_coverage, load_events, load_terms, provenance, sample_page
from toolkit.datasets import datasheet, read_desk_article
from toolkit.files import course_folder, read_text

DATA = course_folder("datasets")
FRAMES = {
    *("conflict", "responsibility", "economic", "science_loss", "security"),
    *("autonomy", "cooperation", "human", "procedural"),
}
GENRES = {"news", "analysis", "opinion", "statement", "explainer", "interview"}


def rows(name):
    return [json.loads(line) for line in (DATA / "coverage" / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("article", list(load("desk")), ids=lambda article: article.id)
def test_a_desk_article_is_whole(article):
    gold = article.gold
    assert article.id == f"{article.event[:10]}-{article.desk}" and article.event in set(load_events()["id"])
    assert article.genre in GENRES and all(url.startswith(("http://", "https://")) for url in article.sources)
    assert len(gold.references) == 2 and all(40 <= len(text.split()) <= 75 for text in gold.references)
    assert len(gold.key_sentences) == 3 and all(1 <= n <= len(gold.sentences) for n in gold.key_sentences)
    assert all(article.text[q.start : q.end] == q.text and q.mode in {"direct", "indirect"} for q in gold.quotations)
    assert all(words in article.text for words in gold.evaluative)
    assert " ".join(" ".join(gold.sentences).split()) == " ".join(article.text.split())


def test_a_quotation_that_does_not_occur_is_refused(tmp_path):
    source, broken = DATA / "desk" / "articles" / "2022-07-12-wire.md", tmp_path / "broken.md"
    broken.write_text(source.read_text("utf-8").replace('"sabotage"', '"sabotages"'), "utf-8")
    with pytest.raises(ValueError, match="the quotation 'sabotages' does not occur"):
        read_desk_article(broken)


def test_the_coverage_index_is_whole():
    coverage = load_coverage()
    assert len(coverage) == 518 and coverage["id"].is_unique and coverage["url"].is_unique
    assert coverage["month"].str.fullmatch(r"20\d\d-(0[1-9]|1[0-2])").all()
    dated = coverage[coverage["date"].notna()]
    assert (dated["date"].dt.strftime("%Y-%m") == dated["month"]).all() and set(dated["month_basis"]) == {"stated"}
    assert set(coverage["month_basis"]) == {"stated", "event"} and set(coverage["genre"]) <= GENRES
    assert {frame for frames in coverage["frames"] for frame in frames} == FRAMES
    assert set(coverage["event_id"]) - {""} <= set(load_events()["id"]) and (coverage["excerpt_words"] > 0).all()
    assert all(url.startswith(("http://", "https://")) for url in coverage["url"])


def test_the_datasheet_states_the_figures_of_the_index():
    coverage, said = load_coverage(), " ".join(datasheet("coverage"))
    assert f"missing for {coverage['date'].isna().sum()} of the 518 rows" in said
    assert f"For {(coverage['month_basis'] == 'event').sum()} of them" in said
    assert f"Opinion pieces ({(coverage['genre'] == 'opinion').sum()})" in said
    sheet = read_text(DATA / "coverage" / "DATASHEET.md").text
    counted = [coverage[name].nunique() for name in ("outlet", "outlet_country", "language")]
    assert "518 real articles from {} outlets in {} countries and {} languages".format(*counted) in sheet


def test_events_have_iso_dates_sources_and_an_order():
    events = load_events()
    assert len(events) == 128 and events["id"].is_unique and events["date"].is_monotonic_increasing
    assert events["date_text"].str.fullmatch(r"\d{4}-\d\d(-\d\d)?").all()
    assert all(event.date_text == str(event.date)[: len(event.date_text)] for event in events.itertuples())
    assert events["sources"].map(len).min() >= 1 and events["title"].str.len().min() > 0


def test_terms_count_every_article_and_add_up():
    terms = load_terms()
    assert set(terms["id"]) == set(load_coverage()["id"]) and (terms["count"] > 0).all()
    totals = terms.groupby("id")["count"].sum()
    assert all(row["words"] == totals[row["id"]] for row in rows("terms.jsonl"))


def test_the_second_coding_has_120_rows_of_the_index():
    coded = rows("second_coding.jsonl")
    assert len({row["id"] for row in coded}) == 120 and {row["id"] for row in coded} <= set(load_coverage()["id"])
    assert all(row["genre"] in GENRES and set(row["frames"]) <= FRAMES for row in coded)


def test_every_page_has_its_gold_and_every_gold_paragraph_is_in_its_article():
    pages = [path for path in (DATA / "pages").iterdir() if path.suffix in {".html", ".txt"}]
    assert len(pages) == 12
    for path in pages:
        gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        assert all(paragraph in load("desk")[gold["article_id"]].paragraphs for paragraph in gold["paragraphs"])
        assert gold["published"] is None or date.fromisoformat(gold["published"])
        assert sample_page(path.name) == path


@pytest.mark.parametrize("name", ["coverage", "desk", "pages", "wordlists"])
def test_every_data_set_says_what_must_be_known(name, capsys):
    provenance(name)
    said = capsys.readouterr().out
    assert said.startswith("• ") and len(said.splitlines()) >= 2
    for heading in ("## Origin and licence", "## Before you quote a figure"):
        assert heading in read_text(DATA / name / "DATASHEET.md").text


def test_wrong_names_are_explained():
    for ask in (load, provenance, sample_page):
        with pytest.raises(ValueError, match="='nothing' is not one of"):
            ask("nothing")


def test_the_corpus_is_loaded_once_and_is_made_of_articles():
    assert load() is load("desk") and all(isinstance(article, Article) for article in load())

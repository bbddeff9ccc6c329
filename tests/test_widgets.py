"""A desk passes what was chosen on, and shows what came back."""

import pytest

from toolkit import TOKENIZERS, Corpus, explore_summaries, explore_tokens, save_summary, summarize


@pytest.fixture
def summary_desk(desk):
    return explore_summaries(desk.where(event="2022-07-12-exomars-terminated"))


def hatched(summary_desk):
    return list(summary_desk.scores.data[0].marker.pattern.shape).count("/")


def test_the_desk_opens_with_three_sentences_marked(summary_desk):
    assert summary_desk.text.value.count("<mark") == 3 == hatched(summary_desk)
    assert "summarize(corpus[&quot;2022-07-12-agency&quot;], sentences=3" in summary_desk.code.value


def test_length_method_and_article_move_text_chart_and_words(summary_desk):
    summary_desk.length.value = 5
    assert summary_desk.text.value.count("<mark") == 5 == hatched(summary_desk)
    summary_desk.method.value = "lead"
    assert "Sentence scores by lead" in summary_desk.words.value and "1, 2, 3, 4, 5" in summary_desk.words.value
    summary_desk.article.value = "2022-07-12-opinion"
    assert "A clean break" in summary_desk.text.value and len(summary_desk.scores.data[0].y) == 22


def test_no_sentence_at_all_is_a_choice_too(summary_desk):
    summary_desk.length.value = 0
    assert "<mark" not in summary_desk.text.value and "none" in summary_desk.words.value


def test_every_choice_is_summarized_once(desk, monkeypatch):
    from toolkit.widgets import summary

    asked = []
    monkeypatch.setattr(summary, "summarize", lambda *given, **more: asked.append(more) or summarize(*given, **more))
    summary_desk = explore_summaries(desk)
    summary_desk.length.value = 2
    assert [more["sentences"] for more in asked] == [3, 2]


def test_an_empty_corpus_is_refused():
    with pytest.raises(ValueError, match="there is no article to show"):
        explore_summaries(Corpus(()))


def test_a_method_brings_its_usual_settings(summary_desk):
    assert (summary_desk.redundancy.value, summary_desk.position.value) == (0.2, 0.5)
    summary_desk.method.value = "lexrank"
    assert (summary_desk.redundancy.value, summary_desk.position.value) == (0, 0)
    summary_desk.position.value = 1
    assert summary_desk.summary.numbers == {1, 2, 3} and "position=1.0" in summary_desk.code.value


def test_every_sentence_shows_its_score(summary_desk):
    scored = summary_desk.summary.scored
    assert all(f"<small>{sentence.score:.3f}</small>" in summary_desk.text.value for sentence in scored)


def test_a_page_is_made_when_it_is_looked_at(summary_desk):
    assert summary_desk.judged.value == ""
    summary_desk.pages.selected_index = 1
    assert "Network" in summary_desk.links.value
    summary_desk.pages.selected_index = 2
    assert "rouge2, F1" in summary_desk.judged.value


def test_a_summary_of_ones_own_is_judged_alike(summary_desk):
    summary_desk.pages.selected_index = 3
    assert "Type a summary" in summary_desk.own_judged.value
    summary_desk.own.value = "ESA ended the partnership on 13 July 2022. <script>alert(1)</script>"
    assert "rouge2, F1" in summary_desk.own_judged.value and "13 July" in summary_desk.own_judged.value
    assert "<script>" not in summary_desk.own_judged.value


def test_a_summary_is_saved_with_ones_own_and_restored_and_nothing_is_overwritten(summary_desk, tmp_path):
    name = str(tmp_path / "my-summary.json")
    summary_desk.file.value = name
    save, restore = summary_desk.children[5].children[1:3]
    restore.click()
    assert "Not done: there is no file" in summary_desk.said.value
    summary_desk.method.value, summary_desk.length.value, summary_desk.own.value = "luhn", 5, "Mine."
    save.click()
    summary_desk.method.value, summary_desk.article.value = "news", "2022-07-12-wire"
    assert summary_desk.own.value == ""
    save.click()
    assert summary_desk.file.value.endswith("my-summary-2.json")
    summary_desk.file.value = name
    restore.click()
    assert (summary_desk.method.value, summary_desk.length.value, summary_desk.own.value) == ("luhn", 5, "Mine.")
    assert summary_desk.article.value == "2022-07-12-agency" and "Restored from" in summary_desk.said.value


def test_a_summary_of_several_articles_is_not_shown_as_one_of_the_first(summary_desk, tmp_path):
    summary_desk.file.value = str(save_summary(summarize(list(summary_desk.corpus)[:2]), tmp_path / "two.json"))
    summary_desk.children[5].children[2].click()
    assert "is about 2 articles and the desk shows one" in summary_desk.said.value


@pytest.fixture
def token_desk():
    return explore_tokens("ESA’s <b>arms</b> weren't moved in 2022.")


def test_the_token_desk_shows_every_token_and_what_became_of_it(token_desk):
    assert token_desk.counts.value.startswith("<p>16 tokens, 16 kept") and "<b>arms" not in token_desk.tokens.value
    token_desk.steps["drop_marks"].value = True
    token_desk.steps["porter"].value = True
    assert "<s>&lt;</s> left out" in token_desk.tokens.value and "arms → <b>arm</b>" in token_desk.tokens.value
    assert "&quot;drop_marks&quot;, &quot;porter&quot;" in token_desk.code.value


@pytest.mark.parametrize("tokenizer", TOKENIZERS)
def test_the_token_desk_takes_every_tokenizer_and_any_text(token_desk, tokenizer):
    token_desk.tokenizer.value = tokenizer
    for text in ("", "x" * 100_000, "<img src=x onerror=alert(1)>\u202e"):
        token_desk.text.value = text
        assert "<img" not in token_desk.tokens.value and "tokens" in token_desk.counts.value

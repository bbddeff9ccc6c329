"""Tokens and sentences say what they are and where they stand."""

from itertools import pairwise

import pytest

from toolkit import TOKENIZERS, split_sentences, stop_words, term_counts, tokenize, words
from toolkit.sentences import SPLITTERS

ODD = "“It’s €1.3 billion,” Dr. O’Neil of the U.S. said…\n\nНе так! e-mail:\tx@y.org — 17:42 (naïve)  "


def texts(found):
    return [piece.text for piece in found]


@pytest.mark.parametrize("tokenizer", TOKENIZERS)
@pytest.mark.parametrize("text", ["", " ", ODD, ODD * 20])
def test_every_token_stands_where_it_says(text, tokenizer):
    tokens = tokenize(text, tokenizer=tokenizer)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    if tokenizer != "trigrams":
        assert all(left.end <= right.start for left, right in pairwise(tokens))
        assert "".join(texts(tokens)) == "".join(text.split())


@pytest.mark.parametrize("splitter", ["rules", "punkt"])
def test_every_sentence_stands_where_it_says_and_nothing_is_lost(desk, splitter):
    for article in desk:
        sentences = split_sentences(article.text, splitter=splitter)
        assert all(article.text[s.start : s.end] == s.text for s in sentences)
        assert "".join("".join(s.text.split()) for s in sentences) == "".join(article.text.split())


@pytest.mark.parametrize(
    "text, tokens",
    [
        ("ESA’s", "ESA ’s"), ("don't", "do n't"), ("U.S.-built", "U.S.-built"), ("€1.3", "€ 1.3"), ("1,500", "1,500"),
        ("two-metre", "two-metre"), ("16–17", "16 – 17"), ("end.", "end ."),
        ("https://a.org/b?c.", "https://a.org/b?c ."), ("www.esa.int.", "www.esa.int ."),
        ("press@esa.int.", "press@esa.int ."),
        ("O’Brien’s", "O’Brien ’s"), ("d'Escatha", "d'Escatha"), ("I’M", "I ’M"),
        ("Soyuz-2.1b", "Soyuz-2.1b"), ("ESA-2.", "ESA-2 ."),
        ("12/07/2022", "12/07/2022"), ("and/or", "and / or"), ("Ph.D.", "Ph.D."), ("AT&T", "AT&T"),
        ("R&D.", "R&D ."), ("x&y", "x & y"),
        ("👩‍🚀🇪🇺🇪🇺👍🏽❤️!", "👩‍🚀 🇪🇺 🇪🇺 👍🏽 ❤️ !"),
    ],
)  # fmt: skip
def test_our_tokenizer_keeps_and_cuts_what_the_lesson_says(text, tokens):
    assert texts(tokenize(text)) == tokens.split()


@pytest.mark.parametrize(
    "text, count",
    [
        ("Dr. Vago spoke at 5 p.m. in Turin.", 1), ("He came to the U.K. It rained.", 2),
        ("In the U.S. Senate he spoke.", 1),
        ("“No.” He left.", 2), ("Why? eROSITA slept.", 2), ("It ended. eROSITA slept.", 2), ("He said ... nothing.", 1),
        ("A heading\n\nA text", 2), ("a line\nand the next", 1), ("No. 5 is alive.", 1), ("", 0), ("...", 1),
        ("J. P. Morgan paid.", 1), ("See p. 5.", 1), ("He said 'no.' She left.", 2), ("It fell.[1] It rose.", 2),
        ("“Is it late?” Ann Lee asked.", 1), ("“Is it late?” He asked.", 2), ("“I … I do not know,” he said.", 1),
        ("Messrs. Lee and Ray met.", 1), ("He met—Dr. Vago.", 1), ("He met\u00a0Dr. Vago.", 1),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(text, count):
    assert len(split_sentences(text)) == count


def test_sentence_limits_agree_with_the_writers_on_the_desk_corpus(desk):
    gold = {(article.id, sentence) for article in desk for sentence in article.gold.sentences}
    ours = {(article.id, s.text) for article in desk for s in split_sentences(article.text)}
    assert 2 * len(gold & ours) / (len(gold) + len(ours)) >= 0.995


LANGUAGES = {
    "de": "Am 12. Juli 2022 endete es.| Die ESA schrieb u. a. an Roskosmos.| Prof. Dr. Müller sagte „Nein.“| Er ging.",
    "fr": "M. Aschbacher a parlé.| «Non.»| L’agence n’a pas répondu, p. ex. en mars.",
    "ru": "Д. О. Рогозин сообщил об этом 12 июля 2022 г. в Москве.| Он сказал: «Нет».| Это стоило 1,3 млрд. евро.",
    "es": "El Sr. Aschbacher habló.| ¿Por qué?| La EE. UU. no dijo nada.| Fin.",
    "it": "Il dott. Rossi ha parlato.| Perché?| L’ESA, ecc. ecc. ha detto no.",
    "pl": "Prof. dr hab. Nowak mówił m.in. o Marsie.| Kiedy?| W 2022 r. w Warszawie.| To koniec.",
    "pt": "O Sr. Silva falou.| A ESA não respondeu, p.ex. em março.| Fim.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_other_languages_end_where_a_reader_would_end_them(language):
    expected = LANGUAGES[language].split("| ")
    assert texts(split_sentences(" ".join(expected), language=language)) == expected


def test_a_language_without_lists_is_split_with_a_warning():
    with pytest.warns(UserWarning, match="no abbreviations are known for language='fi'"):
        assert len(split_sentences("Yksi. Kaksi.", language="fi")) == 2


def test_words_have_no_marks_and_one_case_unless_asked():
    assert words("The arm. THE arm!") == ["the", "arm", "the", "arm"]
    assert words("The arm.", lower=False) == ["The", "arm"]
    assert words("The arm, not the rover", stop=stop_words()) == ["arm", "rover"]
    assert words(tokenize("The arm.")) == words("The arm.")


def test_counts_are_a_counter():
    assert term_counts(words("a b a")).most_common(1) == [("a", 2)]


def test_a_wrong_choice_lists_the_right_ones():
    with pytest.raises(ValueError, match="tokenizer='tree' is not one of 'toolkit', 'whitespace'"):
        tokenize("x", tokenizer="tree")
    with pytest.raises(ValueError, match="language='klingon' is not one of 'english', 'german'"):
        stop_words("klingon")


def test_the_splitter_that_needs_data_says_which_and_how_to_get_it(monkeypatch):
    import nltk

    monkeypatch.setattr(nltk.data, "path", [])
    with pytest.raises(LookupError, match=r"needs NLTK's data package punkt_tab.*python -m nltk.downloader punkt_tab"):
        list(split_sentences("A text.", splitter="punkt_tab"))
    assert set(SPLITTERS) == {"rules", "punkt", "punkt_tab"}


@pytest.mark.parametrize(
    "sign, count",
    [("a", 1), ("7", 1), ("-", 1), (".", 1), ('"', 9000), ("”", 9000), ("'", 9000), ("a.", 1), ("’s", 9000), (" ", 0)],
)
def test_a_text_of_one_sign_has_the_tokens_that_the_rules_say(sign, count):
    assert len(tokenize(sign * 9000)) == count


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "." * 300_000, "“" * 300_000, "a." * 150_000, ". " * 150_000, "\n" * 300_000]
)
def test_odd_and_long_texts_come_through_whole(text):
    assert "".join(texts(tokenize(text))) == "".join(text.split())
    assert "".join("".join(s.split()) for s in texts(split_sentences(text))) == "".join(text.split())

"""Cut a text into tokens and sentences, and keep for each one where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from toolkit.choices import one_of
from toolkit.wordlists import wordlist

Spans = Iterable[tuple[int, int]]


class Token(NamedTuple):
    """A word, number or mark, and its offsets: `text[start:end]` of what was tokenised is `token.text`."""

    text: str
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence and its offsets: `text[start:end]` of what was split is `sentence.text`."""

    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"""
      https?://[^\s<>"”]+[\w/]          # a web address stays whole
    | (?:[^\W\d_]\.){2,}(?:-\w+)*       # U.S.  e.g.  U.S.-built
    | \d+(?:[.,:]\d+)*                  # 2022  1,500  16.9  17:42
    | [^\W\d_]+?(?=n['’]t\b)            # do|n’t
    | n['’]t\b
    | ['’](?:s|m|re|ve|ll|d)\b          # ESA|’s
    | \w+(?:[-‐‑]\w+)*                  # word  two-metre  ExoMars-2022
    | \.{2,}|[-–—]{2,}                  # ...  --
    | [^\w\s]                           # any other mark, one at a time
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _toolkit_spans(text: str) -> Spans:
    return (match.span() for match in _TOKEN.finditer(text))


def _whitespace_spans(text: str) -> Spans:
    return (match.span() for match in re.finditer(r"\S+", text))


def _wordpunct_spans(text: str) -> Spans:
    from nltk.tokenize import WordPunctTokenizer

    return WordPunctTokenizer().span_tokenize(text)  # type: ignore[no-any-return]


def _treebank_spans(text: str) -> Spans:
    from nltk.tokenize import NLTKWordTokenizer

    return NLTKWordTokenizer().span_tokenize(text)  # type: ignore[no-any-return]


TOKENIZERS: dict[str, Callable[[str], Spans]] = {
    "toolkit": _toolkit_spans,
    "whitespace": _whitespace_spans,
    "wordpunct": _wordpunct_spans,
    "treebank": _treebank_spans,
}
"""Ways to cut a text into tokens: a name, and a function from a text to (start, end) offsets.

`toolkit` is ours; `whitespace` cuts at white space alone; `wordpunct` and `treebank` are NLTK's.
"""


def tokenize(text: str, *, tokenizer: str = "toolkit") -> tuple[Token, ...]:
    """Return the tokens of a text in order, each with its offsets. Punctuation marks are tokens too.

    Ours keeps numbers, abbreviations and hyphenated words whole and splits off ’s and n’t, as the Penn Treebank does.

    >>> tokenize("Europe’s rover")
    (Token(text='Europe', start=0, end=6), Token(text='’s', start=6, end=8), Token(text='rover', start=9, end=14))
    >>> [token.text for token in tokenize("It cost €1.3 billion.", tokenizer="wordpunct")]
    ['It', 'cost', '€', '1', '.', '3', 'billion', '.']
    """
    spans = TOKENIZERS[one_of("tokenizer", tokenizer, TOKENIZERS)](text)
    return tuple(Token(text[start:end], start, end) for start, end in spans)


def words(text: str | Iterable[Token], *, lower: bool = True, stop: Collection[str] = ()) -> list[str]:
    """Return the words of a text (or of its tokens) in order: tokens that begin with a letter or a digit.

    They are made lower case unless `lower=False`; those in `stop` are left out, whatever their case.

    >>> words("ESA said no. No!")
    ['esa', 'said', 'no', 'no']
    >>> words("ESA said no. No!", lower=False, stop=["no"])
    ['ESA', 'said']
    """
    tokens = tokenize(text) if isinstance(text, str) else text
    found = [token.text for token in tokens if token.text[0].isalnum()]
    if stop:
        unwanted = frozenset(word.lower() for word in stop)
        found = [word for word in found if word.lower() not in unwanted]
    return [word.lower() for word in found] if lower else found


def stop_words(language: str = "english") -> frozenset[str]:
    """Return the words that say little about a text, from `datasets/wordlists/`; editing that file is allowed.

    >>> sorted(stop_words())[:4]
    ["'d", "'ll", "'m", "'re"]
    """
    return wordlist(f"{language}-stop")


_END = re.compile(r"""(?<![.!?…])[.!?…]++["”’»)\]]*+(?=\s|\Z)|\n\s*\n""")
_DOTTED = re.compile(r"(?:\w\.)+\w")
_LAST_WORD = re.compile(r"[\w.’'-]*\w\Z")
_NEXT_WORD = re.compile(r"""\s*["“‘«(\[]*(\w{1,40})""")


def _rule_spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        if match[0].isspace():
            yield start, match.start()
        elif _ends_sentence(text, match):
            yield start, match.end()
        else:
            continue
        start = match.end()
    yield start, len(text)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Return whether the mark that was found ends a sentence, by the words before and after it."""
    following = _NEXT_WORD.match(text, match.end())
    if not following:
        return True
    if following[1].islower():
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    last = _LAST_WORD.search(text[max(0, match.start() - 40) : match.start()])
    before = last[0].lower() if last else ""
    if before in wordlist("english-titles"):
        return False
    abbreviated = len(before) == 1 or before in wordlist("english-abbreviations") or _DOTTED.fullmatch(before)
    return not abbreviated or following[1].lower() in stop_words()


def _punkt_spans(text: str) -> Spans:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(wordlist("english-abbreviations") | wordlist("english-titles"))
    return PunktSentenceTokenizer(parameters).span_tokenize(text)  # type: ignore[no-any-return]


def _punkt_tab_spans(text: str) -> Spans:
    from nltk.tokenize import PunktTokenizer

    try:
        return PunktTokenizer("english").span_tokenize(text)  # type: ignore[no-any-return]
    except LookupError:
        raise LookupError(
            "splitter='punkt_tab' needs NLTK's data package punkt_tab, which is not on this computer: with a network, "
            "run  python -m nltk.downloader punkt_tab  once; or use splitter='punkt', which needs no data"
        ) from None


SPLITTERS: dict[str, Callable[[str], Spans]] = {
    "rules": _rule_spans,
    "punkt": _punkt_spans,
    "punkt_tab": _punkt_tab_spans,
}
"""Ways to split a text into sentences: our rules; NLTK's Punkt (Kiss and Strunk 2006) with our list of
abbreviations; Punkt as trained by NLTK, which needs a data package."""


def split_sentences(text: str, *, splitter: str = "rules") -> tuple[Sentence, ...]:
    """Return the sentences of a text in order, each with its offsets. A blank line always ends a sentence.

    Our rules end one at . ! ? … before a word that is not in lower case, unless the full stop belongs to a title,
    an initial or another abbreviation (`datasets/wordlists/english-abbreviations.txt`).

    >>> [sentence.text for sentence in split_sentences("Dr. Vago spoke in May. Was it late? Perhaps.")]
    ['Dr. Vago spoke in May.', 'Was it late?', 'Perhaps.']
    """
    spans = SPLITTERS[one_of("splitter", splitter, SPLITTERS)](text)
    return tuple(Sentence(text[a:b], a, b) for a, b in (_trimmed(text, *span) for span in spans) if a < b)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of `text[start:end]` without the white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())

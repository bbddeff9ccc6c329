"""Cut a text into sentences, and keep for each one where it stands."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from toolkit.choices import need_text, one_of
from toolkit.markup import escape
from toolkit.wordlists import language_name, stop_words, wordlist


class Sentence(NamedTuple):
    """A sentence and its offsets: `text[start:end]` of what was split is `sentence.text`."""

    text: str
    start: int
    end: int


class Sentences(tuple[Sentence, ...]):
    """The sentences of a text, in order: a tuple that a notebook shows as a numbered list, beginning with 1."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        items = "".join(f'<li dir="auto">{escape(sentence.text)}</li>' for sentence in self[:500])
        more = f"<p>… and {len(self) - 500:,} more</p>" if len(self) > 500 else ""
        return f'<ol class="mathjax_ignore" style="max-width:44em">{items}</ol>{more}'


_END = re.compile(r"""[.!?…]++["”’'»“)\]]*+(?:\[\d{1,3}\]|[¹²³⁰-⁹])*+(?=\s|\Z)|\n[^\S\n]*+\n\s*+""")
_NEXT = re.compile(r"""[^\S\n]*+\n?+[^\S\n]*+["“„‘«(\[¿¡—–-]*+[^\S\n]*+(\w{1,40})(\.?)""")
_ASKED = re.compile(r"\s((?:[^\W\da-z_][\w’'-]*+\.? ){1,4})([a-z]+)\b")
"""After a quotation: a name, and what may be a verb of speech: *“Is it late?” Ann Lee asked.*"""
_DOTTED = re.compile(r"(?:\w\.)+\w")
_SPACE = re.compile(r"\s*+")
_REACH = 30
"""How far back the word before a full stop is looked for, in characters."""

SPLITTERS = ("rules", "punkt", "punkt_tab")
"""Ways to split: our rules; NLTK's Punkt (Kiss and Strunk 2006) with our abbreviations; Punkt as trained by NLTK,
which needs a data package."""


def split_sentences(text: str, *, splitter: str = "rules", language: str = "english") -> Sentences:
    """Return the sentences of a text in order, each with its offsets. A blank line always ends a sentence.

    Our rules end one at . ! ? … before a word that is not in lower case, unless the full stop belongs to a title, an
    initial, an abbreviation (`datasets/wordlists/english-abbreviations.txt`) or, in German and Polish, a number. After
    an abbreviation the sentence ends too when a stop word with a capital follows: `in the U.K. The`. `language` is one
    of `LANGUAGES`; any other is split by the English lists, with a warning that says so.

    >>> [sentence.text for sentence in split_sentences("Dr. Vago spoke in May. Was it late? Perhaps.")]
    ['Dr. Vago spoke in May.', 'Was it late?', 'Perhaps.']
    """
    need_text("split_sentences", text)
    one_of("splitter", splitter, SPLITTERS)
    try:
        known = language_name(language)
    except ValueError:
        warnings.warn(f"no abbreviations are known for language={language!r}; split as if English", stacklevel=2)
        known = "english"
    split = {"rules": _rule_spans, "punkt": _punkt_spans, "punkt_tab": _punkt_tab_spans}[splitter]
    return Sentences(Sentence(text[a:b], a, b) for a, b in split(text, known) if a < b)


def _rule_spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences stand, from the first to the last character that is not white space."""
    no_end, english = _AbbreviationRule(language), language == "english"
    start = _skip_space(text, 0)
    for match in _END.finditer(text):
        mark, end = match.span()
        if text[mark] == "\n":
            end = mark
        elif following := _NEXT.match(text, end):
            lone_stop = end == mark + 1 and text[mark] == "."
            if following[1].islower() or (lone_stop and no_end(text, mark, following)):
                continue
            if english and _goes_on(text, mark, end):
                continue
        if end > start:
            yield start, end
        start = _skip_space(text, match.end())
    yield start, len(text.rstrip())


def _goes_on(text: str, mark: int, end: int) -> bool:
    """Return whether *he asked* with a name follows a question in marks, or *I*, always a capital, follows dots.

    >>> [_goes_on(text, mark, mark + 2) for text, mark in (("“No?” Ann Lee asked.", 3), ("No?) Ann Lee came.", 2))]
    [True, False]
    """
    if text[mark] in "!?" and text[end - 1] in "\"”’'":
        named = _ASKED.match(text, end)
        return named is not None and named[2] in _said() and named[1].split()[0].lower() not in stop_words()
    return text[end - 1] == "…" and text[end : end + 3] in {" I ", " I’", " I'"}


@cache
def _said() -> frozenset[str]:
    return wordlist("english-verbs-say") | wordlist("english-verbs-report")


def _skip_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    return found.end() if found else start


class _AbbreviationRule:
    """Whether a full stop belongs to the word before it, by the lists of one language."""

    def __init__(self, language: str) -> None:
        self.titles, self.known = wordlist(f"{language}-titles"), wordlist(f"{language}-abbreviations")
        self.starters = stop_words(language)
        self.before_digit = wordlist(f"{language}-before-digit") if language == "english" else frozenset()
        self.ordinals = language in {"german", "polish"}
        self.longest = max(map(len, self.titles | self.known))

    def __call__(self, text: str, mark: int, following: re.Match[str]) -> bool:
        word = text[max(0, mark - _REACH) : mark].replace("—", " ").replace("–", " ").rsplit(None, 1)[-1:]
        if not word or len(word[0]) > self.longest + 3 or text[mark - 1].isspace():
            return False
        before, (after, stop) = word[0].strip('("“„«[').lower(), following.groups()
        if before in self.titles:
            return True
        if before in self.before_digit and not (len(before) == 1 and text[mark - 1].isupper()):
            return after[0].isdigit()
        short = before in self.known or len(before) == 1 or (self.ordinals and before.isdigit() and len(before) < 3)
        starts = after.lower() in self.starters and not (len(after) == 1 and stop)
        return (short or _DOTTED.fullmatch(before) is not None) and not starts


def _punkt_spans(text: str, language: str) -> Iterable[tuple[int, int]]:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    parameters = PunktParameters()
    parameters.abbrev_types = set(wordlist(f"{language}-abbreviations") | wordlist(f"{language}-titles"))
    return PunktSentenceTokenizer(parameters).span_tokenize(text)  # type: ignore[no-any-return]


def _punkt_tab_spans(text: str, language: str) -> Iterable[tuple[int, int]]:
    from nltk.tokenize import PunktTokenizer

    try:
        return PunktTokenizer(language).span_tokenize(text)  # type: ignore[no-any-return]
    except LookupError:
        raise LookupError(
            "splitter='punkt_tab' needs NLTK's data package punkt_tab, which is not on this computer: with a network, "
            "run  python -m nltk.downloader punkt_tab  once; or use splitter='punkt', which needs no data"
        ) from None

"""Cut a text into tokens, and keep for each one where it stands. Several ways to do so, to compare."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from sys import intern
from typing import NamedTuple, SupportsIndex, overload

from toolkit.choices import need, need_text, one_of

Spans = Iterable[tuple[int, int]]


class Token(NamedTuple):
    """A word, number or mark, and its offsets: `text[start:end]` of what was tokenised is `token.text`."""

    text: str
    start: int
    end: int


class Tokens(Sequence[Token]):
    """The tokens of a text, in order: a sequence like any other, in which a `Token` is made when it is looked at.

    `source` is the text; `texts` and `starts` hold what every token is and where it begins.

    >>> tokens = tokenize("The arm.")
    >>> len(tokens), tokens[-1], tokens.texts
    (3, Token(text='.', start=7, end=8), ['The', 'arm', '.'])
    """

    __slots__ = ("_pieces", "_texts", "by_rules", "source", "starts")

    def __init__(self, source: str, pieces: list[str], starts: list[int], *, by_rules: bool = False) -> None:
        """Keep a text, its tokens with any white space behind them, where they begin, and whether `RULES` cut them."""
        self.source, self.starts, self._pieces, self.by_rules = source, starts, pieces, by_rules
        self._texts: list[str] | None = None

    @property
    def texts(self) -> list[str]:
        """What every token is, without offsets."""
        if self._texts is None:
            self._texts = list(map(str.rstrip, self._pieces))
        return self._texts

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, key: SupportsIndex) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Tokens: ...

    def __getitem__(self, key: SupportsIndex | slice) -> Token | Tokens:
        if isinstance(key, slice):
            return Tokens(self.source, self._pieces[key], self.starts[key], by_rules=self.by_rules)
        text, start = self._pieces[key].rstrip(), self.starts[key]
        return Token(text, start, start + len(text))

    def __iter__(self) -> Iterator[Token]:
        return (Token(text, start, start + len(text)) for text, start in zip(self.texts, self.starts, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and not isinstance(other, str) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ",\n ".join(map(repr, self[:60]))
        return f"({shown}{f', … {len(self) - 60:,} more' if len(self) > 60 else ''})"


RULES = {
    "plain": (
        r"[A-Za-z]++(?=[ ,\n])|\w++(?!['’‐‑-]|[.,:/&@]\w|://)",
        "letters and digits up to the next space or mark",
    ),
    "clitic": (r"['’](?:[sSmMdD]|[rR][eE]|[vV][eE]|[lL][lL])\b", "’s, ’m, ’re, ’ve, ’ll and ’d are cut off: ESA|’s"),
    "run": (r"\.{2,}|[-–—]{2,}", "dots or dashes in a row are one mark"),
    "emoji": (
        r"[\U0001F1E6-\U0001F1FF]{2}|[^\w\s\0-‼](?:[\uFE0F\U0001F3FB-\U0001F3FF\U000E0020-\U000E007F]|\u200D[^\w\s])++",
        "a flag is one mark; so is a little picture with its colour, or several that are joined: 👩‍🚀",
    ),
    "mark": (r"[^\w\s]", "any other mark stands alone"),
    "address": (
        r"(?:[hH][tT][tT][pP][sS]?://|[wW]{3}\.)[^\s<>\"”]+[\w/]|[\w.+-]{1,64}+@[\w-]++(?:\.[\w-]++)++",
        "a web or mail address stays whole: www.esa.int, press@esa.int",
    ),
    "initials": (
        r"(?:(?:[^\W\d_]\.){2,}|[A-Z][a-z]\.(?:[A-Z]\.)++)(?:-\w+)*",
        "letters with full stops between them stay whole: U.S., e.g., Ph.D.",
    ),
    "number": (
        r"\d+(?:[.,:/]\d+)*+\w*+(?:[-‐‑]\w+)*+",
        "a number keeps its point, comma, colon or stroke: 1.3, 1,500, 17:42, 12/07/2022",
    ),
    "before n’t": (r"[^\W\d_]+?(?=[nN]['’][tT]\b)", "the verb is cut from its n’t: did|n’t"),
    "n’t": (r"[nN]['’][tT]\b", "n’t is a word of its own, for it means not"),
    "word": (
        r"\w++(?:[-‐‑](?:\d++\.(?=\d))?+\w++|(?<=[A-Z])&[A-Z]\w*+|(?<=\b[^\W\d_])['’][A-ZÀ-ÖØ-Þ][^\W\d_A-Z]\w*+)*+",
        "a word, with its hyphens if it has any: two-metre, Soyuz-2.1b; R&D and O’Brien too",
    ),
}
"""The rules of our tokenizer, the first that fits wins: a name, a regular expression, and what it is for.

Marks come before the rarer kinds of words: a page of nothing but marks then takes hardly longer than one of words.
"""

_TOKEN = re.compile(rf"(?:{'|'.join(pattern for pattern, _ in RULES.values())})\s*+")
"""One token and the white space behind it: no character is left between two matches, so that lengths give offsets."""


Tokenizer = Callable[[str], Spans]
"""What cuts a text: a function from the text to the (start, end) offsets of its tokens."""


def tokenize(text: str, *, tokenizer: str | Tokenizer = "toolkit") -> Tokens:
    """Return the tokens of a text in order, each with its offsets. Punctuation marks are tokens too.

    Ours keeps numbers, abbreviations and hyphenated words whole and splits off ’s and n’t, as the Penn Treebank does;
    `RULES` are its rules. `tokenizer` is one of `TOKENIZERS`, or a function like them: `by_pattern(r"[A-Z]+")`.

    >>> tokenize("Europe’s rover").texts
    ['Europe', '’s', 'rover']
    >>> tokenize("It cost €1.3 billion.", tokenizer="wordpunct").texts
    ['It', 'cost', '€', '1', '.', '3', 'billion', '.']
    """
    need_text("tokenize", text)
    if tokenizer == "toolkit":
        return _our_tokens(text)
    cut = tokenizer if callable(tokenizer) else TOKENIZERS[one_of("tokenizer", tokenizer, TOKENIZERS)]
    spans = list(cut(text))
    return Tokens(text, [text[start:end] for start, end in spans], [start for start, _ in spans])


def _our_tokens(text: str) -> Tokens:
    lead = len(text) - len(text.lstrip())
    pieces = _TOKEN.findall(text, lead)
    starts = list(accumulate(map(len, pieces), initial=lead))[:-1]
    return Tokens(text, pieces, starts, by_rules=True)


def by_pattern(pattern: str) -> Tokenizer:
    """Return a tokenizer of your own: every place where a regular expression fits is a token.

    Raises ValueError when the pattern is no regular expression, or fits where nothing stands.

    >>> tokenize("2013 to 2022", tokenizer=by_pattern(r"\\d+")).texts
    ['2013', '2022']
    """
    found = regular_expression(pattern)
    if found.search(""):
        raise ValueError(f"pattern={pattern!r} fits where nothing stands; write + in place of *, as in r'\\w+'")
    return lambda text: [match.span() for match in found.finditer(text)]


def regular_expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression that somebody typed, ready to search with. Raises ValueError when it is none.

    >>> regular_expression("[A-Z]+").findall("ESA and NASA")
    ['ESA', 'NASA']
    """
    try:
        return re.compile(pattern, flags)
    except (re.error, OverflowError) as error:
        advice = "write a backslash before a sign that is meant as itself, as in r'\\('"
        raise ValueError(f"pattern={pattern!r} is not a regular expression: {error}; {advice}") from None


def rule_at(text: str, start: int) -> str:
    """Return the name of the rule by which our tokenizer made the token that starts here.

    >>> rule_at("ESA’s", 3), RULES["clitic"][1]
    ('clitic', '’s, ’m, ’re, ’ve, ’ll and ’d are cut off: ESA|’s')
    """
    return next(name for name, (pattern, _) in RULES.items() if re.compile(pattern).match(text, start))


def words(text: str | Iterable[Token], *, lower: bool = True, stop: Collection[str] = ()) -> list[str]:
    """Return the words of a text (or of its tokens) in order: tokens that begin with a letter or a digit.

    They are made lower case unless `lower=False`; those in `stop` are left out, whatever their case. Equal words are
    one object, which makes a long list small and quick to count.

    >>> words("ESA said no. No!")
    ['esa', 'said', 'no', 'no']
    >>> words("ESA said no. No!", lower=False, stop=["no"])
    ['ESA', 'said']
    """
    if isinstance(text, str):
        texts = list(map(str.rstrip, _TOKEN.findall(text)))
    elif isinstance(text, Tokens):
        texts = text.texts
    else:
        tokens = list(text) if isinstance(text, Iterable) else [None]
        if not all(isinstance(token, Token) for token in tokens):
            need_text("words", text)
        texts = [token.text for token in tokens if token]
    found = [word for word in texts if word[0].isalnum()]
    need("words(…, stop=…)", stop, (list, tuple, set, frozenset), 'give a list of words: stop=["the", "of"]')
    unwanted = _unwanted(frozenset(stop))
    if lower:
        return [intern(small) for word in found if (small := word.lower()) not in unwanted]
    return [intern(word) for word in found if word.lower() not in unwanted]


def word_counts(texts: str | Iterable[str]) -> Counter[str]:
    """Return how often each word occurs in a text, or in several together: `term_counts(words(text))` in half the time.

    For millions of words: every different token is looked at once, not every token, so no list of words is made.

    >>> word_counts("ESA said no. No!")
    Counter({'no': 2, 'esa': 1, 'said': 1})
    >>> word_counts(["The arm.", "The rover."])["the"]
    2
    """
    pieces, found = Counter[str](), Counter[str]()
    for text in [texts] if isinstance(texts, str) else texts:
        need_text("word_counts", text)
        pieces.update(_TOKEN.findall(text))
    for piece, count in pieces.items():
        if piece[0].isalnum():
            found[intern(piece.rstrip().lower())] += count
    return found


@lru_cache(maxsize=16)
def _unwanted(stop: frozenset[str]) -> frozenset[str]:
    """Return stop words in small letters, each with either apostrophe."""
    small = [folded(word) for word in stop]
    return frozenset([*small, *(word.replace("'", "’") for word in small)])


def folded(word: str) -> str:
    """Return a word as it is compared: in small letters, with a straight apostrophe.

    >>> folded("Don’t")
    "don't"
    """
    return word.lower().replace("’", "'").replace("i\u0307", "i")  # İ alone becomes two signs


def _toolkit_spans(text: str) -> Spans:
    return [(token.start, token.end) for token in _our_tokens(text)]


def _character_spans(text: str) -> Spans:
    return [(i, i + 1) for i, character in enumerate(text) if not character.isspace()]


def _trigram_spans(text: str) -> Spans:
    return [(a, a + 3) for start, end in TOKENIZERS["whitespace"](text) for a in range(start, max(start + 1, end - 2))]


def _treebank_spans(text: str) -> Spans:
    from nltk.tokenize import NLTKWordTokenizer

    return NLTKWordTokenizer().span_tokenize(text)  # type: ignore[no-any-return]


def _tweet_spans(text: str) -> Spans:
    from nltk.tokenize import TweetTokenizer

    return [match.span() for match in TweetTokenizer().WORD_RE.finditer(text)]


TOKENIZERS: dict[str, Tokenizer] = {
    "toolkit": _toolkit_spans,
    "whitespace": by_pattern(r"\S+"),
    "wordpunct": by_pattern(r"\w+|[^\w\s]+"),
    "treebank": _treebank_spans,
    "tweet": _tweet_spans,
    "characters": _character_spans,
    "trigrams": _trigram_spans,
}
"""Ways to cut a text into tokens: a name, and a function from a text to the offsets of its tokens.

`toolkit` is ours; `whitespace` cuts at white space alone; `wordpunct` wherever letters meet marks (as NLTK's
WordPunctTokenizer); `treebank` is NLTK's NLTKWordTokenizer, `tweet` the pattern of its TweetTokenizer; `characters`
makes every character a token; `trigrams` every three characters of what stands between white space, overlapping.
`learn_byte_pairs` makes one that is learned from texts, `by_pattern` one from a pattern of your own.
"""

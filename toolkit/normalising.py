"""Make tokens comparable, one visible step at a time, and say of each token what happened to it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from toolkit.choices import need, need_count, need_words, one_of
from toolkit.markup import table
from toolkit.stems import stem
from toolkit.tokens import RULES, Token, Tokens, folded, rule_at, tokenize
from toolkit.wordlists import language_name, stop_words

Step = Callable[[str], str]
"""What a step does: from the text of a token to its new text; an empty text means that the token is left out."""


def lower(text: str) -> str:
    """Return a token in small letters: *The* and *the* become one word, and so do *US* and *us*."""
    return text.lower()


def straighten(text: str) -> str:
    """Return a token with the apostrophes, quotation marks and hyphens of the typewriter.

    >>> straighten("don’t")
    "don't"
    """
    return text.translate(_STRAIGHT)


_STRAIGHT = str.maketrans("’‘“”„«»‐‑–—", '\'\'"""""----')


def drop_marks(text: str) -> str:
    """Return nothing for a token that has no letter and no digit."""
    return text if any(map(str.isalnum, text)) else ""


def mask_numbers(text: str) -> str:
    """Return `#` for a token that begins with a digit: all numbers become one word."""
    return "#" if text[0].isdigit() else text


def fold_diacritics(text: str) -> str:
    """Return a token without accents and the like: *Valérie* and *Valerie* become one word, *für* and *fur* too.

    >>> fold_diacritics("Valérie")
    'Valerie'
    """
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _without(words: frozenset[str]) -> Step:
    return lambda text: "" if folded(text) in words else text


@cache
def _snowball(language: str) -> Step:
    from nltk.stem import SnowballStemmer

    one_of("language of snowball", language_name(language), SnowballStemmer.languages)
    return SnowballStemmer(language_name(language)).stem  # type: ignore[no-any-return]


@cache
def _lemma() -> Step:
    from nltk.stem import WordNetLemmatizer

    try:
        WordNetLemmatizer().lemmatize("words")
    except LookupError:
        raise LookupError(
            "the step 'lemma' needs NLTK's data package wordnet, which is not on this computer: with a network, run  "
            "python -m nltk.downloader wordnet  once; or use the step 'snowball', which needs no data"
        ) from None
    return WordNetLemmatizer().lemmatize  # type: ignore[no-any-return]


STEPS: dict[str, Callable[[str], Step]] = {
    "lower": lambda language: lower,
    "straighten": lambda language: straighten,
    "drop_marks": lambda language: drop_marks,
    "mask_numbers": lambda language: mask_numbers,
    "fold_diacritics": lambda language: fold_diacritics,
    "drop_stop": lambda language: _without(stop_words(language)),
    "porter": lambda language: stem,
    "snowball": _snowball,
    "lemma": lambda language: _lemma(),
}
"""The steps by name: each is made for a language. A step of your own is any function from a text to a text."""


@dataclass(frozen=True, slots=True)
class Form:
    """A token, what it became (`text`, empty when it was left out), and each step that changed it with its result.

    `rule` says why our tokenizer cut it so; it is empty for the tokens of another one.
    """

    token: Token
    text: str
    rule: str
    changes: tuple[tuple[str, str], ...]


class Forms(Sequence[Form]):
    """The forms of all tokens, in order. `texts` are those that were not left out, ready for counting."""

    def __init__(self, tokens: Tokens, steps: dict[str, Step]) -> None:
        """Apply the steps, in order, to every different token."""
        self.tokens, self.steps = tokens, steps
        self._last = {text: self._changes(text)[-1][1] for text in set(tokens.texts)}

    def _changes(self, text: str) -> list[tuple[str, str]]:
        """Return the text before the first step and after each step that changed it."""
        changes = [("token", text)]
        for name, step in self.steps.items():
            if not (after := step(changes[-1][1])):
                return [*changes, (name, "")]
            if after != changes[-1][1]:
                changes.append((name, after))
        return changes

    @property
    def texts(self) -> list[str]:
        """What the tokens became, in order, without those that were left out."""
        return [form for form in map(self._last.__getitem__, self.tokens.texts) if form]

    @property
    def left_out(self) -> Counter[str]:
        """How often each token was left out."""
        return Counter(text for text in self.tokens.texts if not self._last[text])

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, key):  # type: ignore[no-untyped-def]  # noqa: ANN001
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        token = self.tokens[key]
        changes = self._changes(token.text)
        rule = RULES[rule_at(self.tokens.source, token.start)][1] if self.tokens.by_rules else ""
        return Form(token, changes[-1][1], rule, tuple(changes[1:]))

    def __iter__(self) -> Iterator[Form]:
        return (self[i] for i in range(len(self)))

    def __repr__(self) -> str:
        return f"Forms({len(self)} tokens, {len(self.texts)} kept, {self.left_out.total()} left out)"

    def _repr_html_(self) -> str:
        rows = [(f.token.text, f.text or "left out", why(f)) for f in self[:100]]
        return table(["token", "form", "why"], rows, caption=f"{self!r}{', the first 100 shown' * (len(self) > 100)}")


def normalize(source: str | Tokens, *steps: str | Step, language: str = "english") -> Forms:
    """Return the tokens of a text after the steps, which are taken in the order in which they are given.

    A step is one of `STEPS`, or a function of your own from a text to a text. The order matters: `drop_stop` after
    `porter` misses *was*, which is *wa* by then.

    >>> normalize("The cats’ dishes!", "drop_marks", "lower", "drop_stop", "porter").texts
    ['cat', 'dish']
    """
    made = {}
    for number, step in enumerate(steps, 1):
        name = (
            step if isinstance(step, str) else getattr(step, "__name__", "your step").replace("<lambda>", "your step")
        )
        made[name if name not in made else f"{name} ({number})"] = (
            step if callable(step) else STEPS[one_of("step", step, STEPS)](language)
        )
    return Forms(source if isinstance(source, Tokens) else tokenize(source), made)


def why(form: Form) -> str:
    """Return in words what happened to one token: the rule that cut it, and each step that changed it.

    >>> print(why(normalize("ESA’s rovers", "lower", "porter")[2]))
    'rovers' at 6–12: letters and digits up to the next space or mark; porter made it 'rover'
    """
    need("why", form, Form, 'give one form: why(normalize(text, "lower")[0])')
    told = [f"{form.token.text!r} at {form.token.start}–{form.token.end}{': ' * bool(form.rule)}{form.rule}"]
    told += [f"{name} made it {text!r}" if text else f"{name} left it out" for name, text in form.changes]
    return "; ".join(told)


def ngrams(words: Sequence[str], n: int = 2) -> list[str]:
    """Return every run of n words as one text, parted by spaces.

    >>> ngrams(["the", "robot", "arm"], 2)
    ['the robot', 'robot arm']
    """
    need_count("n", n, least=1)
    words = need_words("ngrams", words)
    return [" ".join(group) for group in zip(*(words[i:] for i in range(n)), strict=False)]


def join_terms(words: Sequence[str], terms: Sequence[str]) -> list[str]:
    """Return the words with every multiword term joined into one: NLTK's MWETokenizer, the longest term first.

    >>> join_terms(["the", "director", "general", "left"], ["director general"])
    ['the', 'director general', 'left']
    """
    from nltk.tokenize import MWETokenizer

    terms = need_words("join_terms", terms, of="terms", advice='type join_terms(words, ["director general"])')
    joined = MWETokenizer([tuple(re.split(r"\s+", term.strip())) for term in terms], separator=" ")
    return list(joined.tokenize(need_words("join_terms", words)))

"""Words by which a writer judges, found with a list that students can dispute and edit."""

from __future__ import annotations

import re
from functools import cache

from toolkit.article import Article
from toolkit.choices import text_of
from toolkit.quotemarks import blank_quotes
from toolkit.tokens import Token
from toolkit.wordlists import wordlist


@cache
def _judging() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the single words of the list, and one expression for words and phrases: *too late*, *the most anxious*."""
    entries = sorted(wordlist("english-evaluative"), key=lambda entry: (-len(entry), entry))
    phrases = "|".join(re.escape(entry).replace("_", r"\s").replace("’", "[’']") for entry in entries if "_" in entry)
    graded = r"(?:too|rather)\s(?!many\b|much\b|few\b|than\b|the\b|an?\b)[a-z]{3,}|(?:the|is|are)\smost\s[a-z]{4,}"
    return frozenset(entries), re.compile(rf"\b(?:{phrases}|{graded})\b|[^\W\d_]+(?:[-’'][^\W\d_]+)*+", re.I)


def evaluative(article: Article | str) -> tuple[Token, ...]:
    """Return the words by which the writer judges, in order, outside quotation marks, with their offsets.

    Looked up are the words and phrases of `datasets/wordlists/english-evaluative.txt`, in any case, and two patterns:
    *too* or *rather* with a word (*too late*), and *the most* with one (*the most sensible*).
    Limits: agreement with a reader is low. *A direction rather than a date* judges in words that are each neutral;
    *hard* judges a decision but not a landing. Use it to find places to read, not to score a writer.

    >>> [j.text for j in evaluative("A clumsy answer came too late. He called it “absurd”.")]
    ['clumsy', 'too late']
    """
    text = text_of("evaluative", article)
    listed, pattern = _judging()
    found = pattern.finditer(blank_quotes(text))
    return tuple(Token(m[0], *m.span()) for m in found if " " in m[0] or m[0].lower() in listed)

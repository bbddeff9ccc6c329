"""How far two people agree who have marked the same text, or coded the same articles; and where they do not."""

from __future__ import annotations

import math
import random
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from numbers import Integral
from operator import eq
from reprlib import repr as short_repr
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.article import Article
from toolkit.choices import need, need_words
from toolkit.datasets import coverage_rows
from toolkit.markup import SHOWN_CHARACTERS, escape
from toolkit.tokens import tokenize

if TYPE_CHECKING:
    import pandas as pd

Spans = Iterable[Sequence[Any]]
"""Marks: each begins with start, end and label, as a `Mark` does; `Annotations` are such."""


class Scores(NamedTuple):
    """Precision, recall and F1, each from 0 to 1; nan where there is nothing to divide by."""

    precision: float
    recall: float
    f1: float


def f1_scores(found: Iterable[Hashable], expected: Iterable[Hashable]) -> Scores:
    """Return how well what was found covers what was expected; equal things count as one.

    Precision = both / found, recall = both / expected, F1 = 2 both / (found + expected): higher is better.
    Source: van Rijsbergen (1979).

    >>> f1_scores("abcd", "cdef")
    Scores(precision=0.5, recall=0.5, f1=0.5)
    """
    mine, other = set(found), set(expected)
    both = len(mine & other)
    return Scores(_ratio(both, len(mine)), _ratio(both, len(other)), _ratio(2 * both, len(mine) + len(other)))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return Cohen's kappa: how far two coders agree beyond what their habits would give by chance.

    kappa = (Ao - Ae) / (1 - Ae); Ao is the share of items coded alike, Ae the sum over labels of the product of the
    two coders' shares. 1 is full agreement, 0 is chance, below 0 is worse than chance. When both used one and the same
    label throughout, or there is no item, it is undefined: nan. An item that one of them did not code (None) is left
    out. Source: Cohen (1960).

    >>> cohen_kappa("yyyn", "yynn")
    0.5
    """
    pairs = _coded(first, second)
    one, two = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    by_chance = _ratio(sum(one[label] * two[label] for label in one), len(pairs) ** 2)
    return _ratio(_ratio(sum(a == b for a, b in pairs), len(pairs)) - by_chance, 1 - by_chance)


def krippendorff_alpha(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return Krippendorff's alpha for two coders and labels without order (nominal).

    alpha = 1 - Do / De; Do is the observed disagreement, De that of all labels paired at random, whoever set them.
    1 is full agreement, 0 is chance, below 0 is worse. Krippendorff asks for 0.8, and for 0.667 where a conclusion may
    be tentative. Undefined, nan, when only one label was ever used. An item that one of them did not code (None) is
    left out. Source: Krippendorff (2004).

    >>> round(krippendorff_alpha("yyyn", "yynn"), 3)
    0.533
    """
    pairs = _coded(first, second)
    given, n = Counter(label for pair in pairs for label in pair), 2 * len(pairs)
    expected = _ratio(n * n - sum(count * count for count in given.values()), n * (n - 1))
    return 1 - _ratio(_ratio(sum(a != b for a, b in pairs), len(pairs)), expected)


def _coded(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[tuple[Hashable, Hashable]]:
    """Return the two labels of every item that both have coded."""
    for side in (first, second):
        need("agreement", side, Collection, 'give the labels of two coders: cohen_kappa(["yes", "no"], ["yes", "yes"])')
    if len(first) != len(second):
        raise ValueError(f"both coders must have coded the same items, not {len(first)} and {len(second)}")
    return [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]


def marks_on(article: Article, spans: Spans, call: str) -> list[tuple[int, int, str]]:
    """Return start, end and label of marks, or raise an error that says what is none, or goes beyond the article.

    >>> marks_on(Article("1", "", "An arm."), [(0, 5)], "differences")
    Traceback (most recent call last):
        ...
    TypeError: differences takes marks such as [(3, 6, 'actor')], not (0, 5)
    """
    need(call, article, Article, f"choose one article: {call}(corpus[0], first, second)")
    other = getattr(spans, "article", article)
    if other.text != article.text:
        raise ValueError(f"these marks are on {other!r}, not on {article!r}; give the article that was marked")
    found = []
    for mark in spans if isinstance(spans, Iterable) else [spans]:
        start, end, label, *_ = mark if isinstance(mark, Sequence) and len(mark) > 2 else (None,) * 3
        if not (isinstance(start, Integral) and isinstance(end, Integral) and isinstance(label, str)):
            raise TypeError(f"{call} takes marks such as [(3, 6, 'actor')], not {short_repr(mark)}")
        if not 0 <= int(start) < int(end) <= len(article.text):
            raise ValueError(f"the mark {short_repr(mark[:3])} has no place in {article!r}")
        found.append((int(start), int(end), label))
    return found


def token_labels(text: str, spans: Spans) -> list[frozenset[str]]:
    """Return for every token of a text the labels of the marks that touch it.

    >>> [sorted(labels) for labels in token_labels("An arm moved", [(3, 6, "actor")])]
    [[], ['actor'], []]
    """
    tokens = tokenize(text)
    ends, labels = [token.end for token in tokens], [frozenset[str]()] * len(tokens)
    for start, end, label, *_ in spans:
        for i in range(bisect_right(ends, start), bisect_left(tokens.starts, end)):
            labels[i] |= {label}
    return labels


def mark_agreement(article: Article, first: Spans, second: Spans) -> pd.DataFrame:
    """Return how far two sets of marks on an article agree: a DataFrame, a row for each label and one for `all`.

    `second` is the partner's, or the gold. Columns: first, second (marks); precision, recall, f1 (marks alike to the
    character); token_precision, token_recall, token_f1 (tokens marked alike, so that nearly right counts); kappa and
    alpha over all tokens of the text, marked with the label or not. Figures are rounded to three places; one that is
    undefined is missing. Where there is a single label, there is no row for `all`.
    """
    import pandas as pd

    sides = [set(marks_on(article, spans, "mark_agreement")) for spans in (first, second)]
    labels = sorted({span[2] for side in sides for span in side})
    rows = []
    for label in labels if len(labels) == 1 else [*labels, "all"]:
        own = [{span for span in side if label in {span[2], "all"}} for side in sides]
        tokens = [token_labels(article.text, side) for side in own]
        marked = [{(i, name) for i, names in enumerate(side) for name in names} for side in tokens]
        chance = cohen_kappa(*tokens), krippendorff_alpha(*tokens)
        rows.append((label, *map(len, own), *f1_scores(*own), *f1_scores(*marked), *chance))
    figures = [*Scores._fields, *(f"token_{name}" for name in Scores._fields), "kappa", "alpha"]
    return pd.DataFrame(rows, columns=["label", "first", "second", *figures]).round(3)


STYLES = ("border-bottom:3px double", "border-bottom:2px solid", "border-bottom:2px dashed")
"""How words are underlined that both have marked alike, only the first, only the second; the words say it too."""


@dataclass(frozen=True, slots=True)
class Differences:
    """A text in pieces `(words, labels of both, of the first alone, of the second alone)`, which shows itself.

    >>> Differences((("An ", (), (), ()), ("arm", (), ("actor",), ())), ("me", "gold"))
    An [arm | me: actor]
    """

    pieces: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]
    names: tuple[str, str]

    def __repr__(self) -> str:
        return "".join(f"[{words} | {said}]" if said else words for words, said, _ in self._said())

    def _repr_html_(self) -> str:
        parts, left = [], SHOWN_CHARACTERS
        for words, said, line in self._said():
            style, inside = f"background:none;color:inherit;{line}", escape(words[:left])
            parts.append(f'<mark style="{style}">{inside}<sub> {escape(said)}</sub></mark>' if said else inside)
            left -= len(words)
            if left < 0:
                parts.append("<em> … cut here; print(…) shows the rest</em>")
                break
        body = "".join(f'<p dir="auto">{part}</p>' for part in "".join(parts).split("\n\n"))
        return f'<article class="mathjax_ignore" style="max-width:44em;line-height:2">{body}</article>'

    def _said(self) -> Iterator[tuple[str, str, str]]:
        """Yield the words of each piece, who gave them which labels, and how they are underlined."""
        who = (" and ".join(self.names), *self.names)
        for words, *labels in self.pieces:
            said = "; ".join(f"{name}: {', '.join(own)}" for name, own in zip(who, labels, strict=True) if own)
            yield words, said, STYLES[1 if labels[1] else 2 if labels[2] else 0]


def differences(
    article: Article, first: Spans, second: Spans, *, names: tuple[str, str] = ("first", "second")
) -> Differences:
    """Return the text of an article with the marks of two people, and where they part.

    >>> article = Article("1", "", "He called it sabotage.")
    >>> differences(article, [(13, 21, "evaluative word")], [(10, 21, "evaluative word")], names=("me", "gold"))
    He called [it  | gold: evaluative word][sabotage | me and gold: evaluative word].
    """
    if len(need_words("differences", names, of="names", advice='type names=("me", "gold")')) != 2:
        raise ValueError(f'names={names!r} must be two names: type names=("me", "gold")')
    sides, text = [marks_on(article, spans, "differences") for spans in (first, second)], article.text
    ends = {place for side in sides for span in side for place in span[:2]}
    gaps = {place for gap in re.finditer("\n\n+", text) for place in gap.span()}
    pieces = []
    for start, end in pairwise(sorted({0, len(text)} | ends | gaps)):
        words = text[start:end]
        one, two = ({span[2] for span in side if span[0] < end and start < span[1] and words.strip()} for side in sides)
        pieces.append((words, tuple(sorted(one & two)), tuple(sorted(one - two)), tuple(sorted(two - one))))
    return Differences(tuple(pieces), names)


def gold_spans(article: Article) -> list[tuple[int, int, str]]:
    """Return what the careful reader marked in an article of the desk, in the labels of the codebook `spans`.

    An evaluative word is taken where it first stands. Actors were not marked.

    >>> from toolkit.datasets import load
    >>> gold_spans(load("desk")["2022-07-12-wire"])[0]
    (442, 461, 'direct speech')
    """
    need("gold_spans", article, Article, "choose one article: gold_spans(corpus[0])")
    modes = {"direct": "direct speech", "indirect": "reported speech"}
    spans = [(said.start, said.end, modes[said.mode]) for said in article.gold.quotations]
    places = [(article.text.find(word), word) for word in article.gold.evaluative]
    return sorted(spans + [(at, at + len(word), "evaluative word") for at, word in places if at >= 0])


def coder_agreement() -> pd.DataFrame:
    """Return how far the two coders of the coverage index agree, from the articles that both of them coded.

    A DataFrame, one row for the genre and one for each frame. Columns: code; first, second (articles to which the
    coder gave the frame); percent (coded alike, 0 to 100), kappa, alpha, all three rounded to three places; low and
    high, between which alpha falls in 95 of 100 samples of articles (bootstrap). `attrs["articles"]` is how many both
    coded.
    Percent flatters a rare frame: who hardly ever gives it agrees on nearly all articles. Both are language models.

    >>> coder_agreement().attrs["articles"]
    120
    """
    import pandas as pd

    one, two = ({row["id"]: row for row in coverage_rows(name)} for name in ("articles", "second_coding"))
    pairs = [(one[key], two[key]) for key in two if key in one]
    codings = {"genre": [[row["genre"] for row in side] for side in zip(*pairs, strict=True)]}
    for frame in sorted({frame for pair in pairs for row in pair for frame in row["frames"]}):
        codings[frame] = [[frame in row["frames"] for row in side] for side in zip(*pairs, strict=True)]
    rows: list[tuple[Any, ...]] = []
    for code, (first, second) in codings.items():
        given = (None, None) if code == "genre" else (sum(first), sum(second))
        measures = 100 * sum(map(eq, first, second)) / len(pairs), cohen_kappa(first, second)
        rows.append((code, *given, *measures, krippendorff_alpha(first, second), *_alpha_interval(first, second)))
    table = pd.DataFrame(rows, columns=["code", "first", "second", "percent", "kappa", "alpha", "low", "high"])
    table = table.round(3).astype({"first": "Int64", "second": "Int64"})
    table.attrs["articles"] = len(pairs)
    return table


def _alpha_interval(first: Sequence[Hashable], second: Sequence[Hashable], samples: int = 1_000) -> list[float]:
    """Return the 95 per cent bootstrap interval of alpha: items drawn anew, with putting back."""
    import numpy as np

    lot, items = random.Random(1), list(zip(first, second, strict=True))
    drawn = (zip(*lot.choices(items, k=len(items)), strict=True) for _ in range(samples))
    alphas = [krippendorff_alpha(*map(list, sample)) for sample in drawn]
    return list(np.nanquantile(alphas, [0.025, 0.975]))

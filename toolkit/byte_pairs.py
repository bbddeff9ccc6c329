"""Byte-pair encoding, the tokenizer of language models, learned here on the texts in front of you."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from toolkit.choices import need_count, need_words

_PIECE = re.compile(r"\w+|[^\w\s]+")
MOST_LETTERS = 40
"""Longer runs of letters are cut first, so that no single word can take for ever."""


@dataclass(frozen=True, slots=True)
class BytePairs:
    """A learned tokenizer: the merges in the order in which they were learned. Use it as `tokenizer=` of `tokenize`.

    Words seen often in training stay whole; rare ones fall to pieces that were seen often in others.
    """

    merges: tuple[tuple[str, str], ...]

    def pieces(self, word: str) -> list[str]:
        """Return a word as pieces: its letters, joined by every merge that fits, the earliest learned first.

        >>> BytePairs((("a", "r"), ("ar", "m"))).pieces("arms")
        ['arm', 's']
        """
        rank = {pair: i for i, pair in enumerate(self.merges)}
        parts = list(word)
        while len(parts) > 1:
            best = min(pairwise(parts), key=lambda pair: rank.get(pair, len(rank)))
            if best not in rank:
                break
            parts = _merged(parts, best)
        return parts

    def __call__(self, text: str) -> list[tuple[int, int]]:
        """Return the offsets of all pieces of a text."""
        known: dict[str, list[str]] = {}
        spans = []
        for match in _PIECE.finditer(text):
            for start in range(match.start(), match.end(), MOST_LETTERS):
                word = text[start : min(start + MOST_LETTERS, match.end())]
                if word not in known:
                    known[word] = self.pieces(word)
                for piece in known[word]:
                    spans.append((start, start + len(piece)))
                    start += len(piece)  # noqa: PLW2901
        return spans


def learn_byte_pairs(texts: Iterable[str], *, merges: int = 500) -> BytePairs:
    """Return a tokenizer learned from texts: again and again, the most frequent pair of neighbours becomes one piece.

    Characters stand where the original has bytes. Pairs that occur once are not merged; equally frequent pairs are
    merged in the order of the alphabet. Source: Gage (1994); Sennrich, Haddow and Birch (2016).

    >>> learn_byte_pairs(["arm arm army"], merges=2).merges
    (('a', 'r'), ('ar', 'm'))
    """
    need_count("merges", merges)
    texts = need_words("learn_byte_pairs", texts, of="texts", advice="type learn_byte_pairs([a.text for a in corpus])")
    counts = Counter(word[:MOST_LETTERS] for text in texts for word in _PIECE.findall(text))
    parts = {word: list(word) for word in counts}
    pairs: Counter[tuple[str, str]] = Counter()
    where: dict[tuple[str, str], set[str]] = {}
    for word, letters in parts.items():
        _count(word, letters, counts[word], pairs, where)
    learned: list[tuple[str, str]] = []
    while len(learned) < merges and pairs:
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        if pairs[best] < 2:
            break
        learned.append(best)
        for word in where.pop(best):
            _count(word, parts[word], -counts[word], pairs, where)
            parts[word] = _merged(parts[word], best)
            _count(word, parts[word], counts[word], pairs, where)
        pairs.pop(best, None)
    return BytePairs(tuple(learned))


def _count(
    word: str, parts: list[str], n: int, pairs: Counter[tuple[str, str]], where: dict[tuple[str, str], set[str]]
) -> None:
    """Add the pairs of one word to the counts, or, with a negative n, take them out."""
    for pair in pairwise(parts):
        pairs[pair] += n
        where.setdefault(pair, set()).add(word)


def _merged(parts: list[str], pair: tuple[str, str]) -> list[str]:
    merged, i = [], 0
    while i < len(parts):
        step = 2 if tuple(parts[i : i + 2]) == pair else 1
        merged.append("".join(parts[i : i + step]))
        i += step
    return merged

"""Find articles that tell the same in nearly the same words: agency copy, reprints, second editions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple, TypeVar
from zlib import crc32

from toolkit.article import Article

T = TypeVar("T")


class NearDuplicate(NamedTuple):
    """Two articles by their ids, the earlier in the corpus first, and the share of passages they have in common."""

    first: str
    second: str
    similarity: float


def progress(things: Iterable[T], unit: str, total: int | None = None) -> Iterable[T]:
    """Return the same things, with a progress bar once they have taken a second."""
    from tqdm.auto import tqdm

    return tqdm(things, delay=1, total=total, unit=f" {unit}")  # type: ignore[no-any-return]


def near_duplicates(articles: Sequence[Article]) -> tuple[NearDuplicate, ...]:
    """Return the pairs of articles whose similarity is at least 0.5, the most similar first.

    Similarity = passages in both / passages in either (Jaccard), from 0 to 1, where a passage is five words in a
    row, whatever their case and punctuation. Without a text, titles are compared. Only pairs that share one of the
    32 passages with the smallest numbers are looked at: two articles half alike escape once in 2^32. Source: Broder
    (1997), "On the resemblance and containment of documents". An article that borrows a paragraph stays below 0.5.

    >>> told = "The agency said on Friday that the launch of the rover would not go ahead in"
    >>> near_duplicates([Article("a", "", f"{told} May."), Article("b", "", f"{told} spring!")])
    (NearDuplicate(first='a', second='b', similarity=0.86),)
    """
    sets = [_passages(article.text or article.title) for article in progress(articles, "compared")]
    found = []
    for a, b in sorted(_candidates(sets)):
        similarity = len(sets[a] & sets[b]) / len(sets[a] | sets[b])
        if similarity >= 0.5:
            found.append(NearDuplicate(articles[a].id, articles[b].id, round(similarity, 2)))
    return tuple(sorted(found, key=lambda pair: -pair.similarity))


def _passages(text: str) -> set[int]:
    """Return one number for each different run of five words; a shorter text is one run."""
    words = re.findall(r"\w+", text.lower())
    runs = (" ".join(words[n : n + 5]) for n in range(max(len(words) - 4, bool(words))))
    return {crc32(run.encode("utf-8", "replace")) for run in runs}


def _candidates(sets: Sequence[set[int]]) -> set[tuple[int, int]]:
    """Return pairs that share a passage; one that more than 20 articles share links each to the next only."""
    owners = defaultdict[int, list[int]](list)
    for number, passages in enumerate(sets):
        for passage in sorted(passages)[:32]:
            owners[passage].append(number)
    return {pair for who in owners.values() for pair in (combinations(who, 2) if len(who) <= 20 else pairwise(who))}

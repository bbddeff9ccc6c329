"""The methods of summarising by name: each takes the content words of each sentence and returns one score each."""

from collections.abc import Callable
from functools import partial

from toolkit.methods.by_likeness import (
    by_neighbours,
    cosines,
    lexrank,
    lexrank_thresholded,
    overlaps,
    textrank,
)
from toolkit.methods.by_place import by_lot, by_place, lead, random
from toolkit.methods.by_topic import by_terms, centroid, lsa
from toolkit.methods.by_words import by_cluster, by_frequency, by_turn, frequency, kl, luhn, sumbasic
from toolkit.term_matrix import Words

METHODS: dict[str, Callable[[Words], list[float]]] = {
    "lead": lead,
    "random": random,
    "frequency": frequency,
    "luhn": luhn,
    "sumbasic": sumbasic,
    "kl": kl,
    "textrank": textrank,
    "lexrank": lexrank,
    "lexrank_thresholded": lexrank_thresholded,
    "centroid": centroid,
    "lsa": lsa,
    "mmr": centroid,
    "news": centroid,
}
"""Ways to score sentences: a name, and a function from the content words of each sentence to one score each."""

USUAL = {"mmr": {"redundancy": 0.3}, "news": {"redundancy": 0.2, "position": 0.5}}
"""The options of `summarize` that belong to a method: mmr and news are centroid with a choice made for them."""

REASONS: dict[str, Callable[[Words, int], str]] = {
    "lead": by_place,
    "random": by_lot,
    "frequency": by_frequency,
    "luhn": by_cluster,
    "sumbasic": by_turn,
    "kl": by_turn,
    "textrank": partial(by_neighbours, overlaps),
    "lexrank": partial(by_neighbours, cosines),
    "lexrank_thresholded": partial(by_neighbours, cosines),
    **dict.fromkeys(("centroid", "lsa", "mmr", "news"), by_terms),
}
"""For each method, what to say of one sentence; one of your own needs no entry."""

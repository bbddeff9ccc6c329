"""Methods that look for what a text is about as a whole, and for the sentences nearest to that."""

from __future__ import annotations

from toolkit.term_matrix import Words, term_matrix, tf_idf

STEPS = 60
"""How many steps lsa takes towards the strongest topics."""


def centroid(sentences: Words) -> list[float]:
    """Score a sentence by how near it is to the middle of the text: a cosine, from 0 to 1.

    The middle is the sum of the tf-idf vectors of all sentences. Source: Radev and others, Centroid-based
    summarization of multiple documents (2004); without their position and first-sentence scores.

    >>> [round(score, 2) for score in centroid([["a", "b"], ["a", "b"], ["x", "y"]])]
    [0.89, 0.89, 0.45]
    """
    import numpy as np

    matrix = tf_idf(sentences)
    middle = matrix.across(np.ones(matrix.height))
    return list(map(float, matrix.times(middle) / max(np.linalg.norm(middle), 1e-9)))


def lsa(sentences: Words, *, topics: int = 3) -> list[float]:
    """Score a sentence by its weight in the strongest topics of the text; 0 is the least, there is no upper limit.

    Topics are the first `topics` singular vectors of the table of counts, found in 60 steps of Lanczos (1950) from a
    fixed start, exact up to 60 sentences. Formula: √ Σ (strength of the topic × weight of the sentence in it)².
    Source: Steinberger and Ježek, Using latent semantic analysis in text summarization (2004).

    >>> [round(score, 2) for score in lsa([["a", "b"], ["a", "b"], ["x"]], topics=1)]
    [1.41, 1.41, 0.0]
    """
    import numpy as np

    matrix, chance = term_matrix(sentences), np.random.default_rng(1)
    basis = np.zeros((0, matrix.height))
    step = chance.normal(size=matrix.height)
    for _ in range(min(STEPS, matrix.height)):
        for _ in "12":  # once is not enough: rounding would creep in
            step -= basis.T @ (basis @ step)
        basis = np.vstack([basis, step / np.linalg.norm(step)])
        step = matrix.times(matrix.across(basis[-1]))
        rest = step - basis.T @ (basis @ step)
        if np.linalg.norm(rest) < 1e-9 * max(float(np.linalg.norm(step)), 1.0):
            step = chance.normal(size=matrix.height)
    turned, strength, _ = np.linalg.svd(np.stack([matrix.across(row) for row in basis]), full_matrices=False)
    return list(map(float, np.linalg.norm((basis.T @ turned * strength)[:, :topics], axis=1)))


def by_terms(content: Words, i: int) -> str:
    """Say which words make a sentence like the text as a whole, and with what part of the likeness."""
    import numpy as np

    matrix = tf_idf(content)
    weights = matrix.row(i) * matrix.across(np.ones(matrix.height))
    best = [n for n in map(int, np.argsort(-weights, kind="stable")[:4]) if weights[n] > 0]
    total = float(weights.sum())
    words = ", ".join(f"{matrix.vocabulary[n]} ({float(weights[n]) / total:.0%} of the likeness)" for n in best)
    return f"like the text as a whole, by {words}" if words else "it has no word that tells sentences apart"

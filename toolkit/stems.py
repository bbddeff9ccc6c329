"""The stem of an English word: what *rover* and *rovers* have in common."""

from functools import lru_cache


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of a word in small letters, as Porter's algorithm cuts it: no dictionary, so *Mars* is *mar*.

    Source: Porter, An algorithm for suffix stripping (1980), in the version of NLTK.

    >>> stem("rovers"), stem("Suspended"), stem("suspension")
    ('rover', 'suspend', 'suspens')
    """
    from nltk.stem import PorterStemmer

    return str(PorterStemmer().stem(word.lower()[:60]))

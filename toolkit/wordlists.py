"""Word lists are data: plain text files that a student can open, dispute and edit."""

import re
from contextlib import suppress
from functools import cache

from toolkit.choices import one_of
from toolkit.files import course_folder, read_text

LANGUAGES = {"en": "english", "de": "german", "es": "spanish", "fr": "french",
             "it": "italian", "pl": "polish", "pt": "portuguese", "ru": "russian"}  # fmt: skip
"""The languages that have lists: the ISO 639 code, and the name that the lists bear."""


@cache
def wordlist(name: str) -> frozenset[str]:
    """Return the words of a list in `datasets/wordlists`, in lower case; lines that begin with # are comments.

    >>> "the" in wordlist("english-stop"), "rover" in wordlist("english-stop")
    (True, False)
    """
    folder = course_folder("datasets") / "wordlists"
    one_of("wordlist", name, sorted(path.stem for path in folder.glob("*.txt")))
    lines = read_text(folder / f"{name}.txt").text.splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.lower().split())


def stop_words(language: str = "english") -> frozenset[str]:
    """Return the words that say little about a text, from a list in `datasets/wordlists` that you may edit.

    >>> "the" in stop_words(), "der" in stop_words("de")
    (True, True)
    """
    return wordlist(f"{language_name(language)}-stop")


def guess_language(text: str) -> str:
    """Return the code of the language whose stop words make up most of a text, or nothing where they are few.

    Of the first 2,000 words; fewer than one in ten says nothing. Limit: it knows the languages of `LANGUAGES` alone.

    >>> guess_language("Der Rat tagt am Dienstag, und die Sonde ist bereit."), guess_language("Kazachok!")
    ('de', '')
    """
    words = re.findall(r"\w+", text[:20_000].lower())[:2_000]
    shares = {code: sum(word in stop_words(code) for word in words) for code in LANGUAGES}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] * 10 >= max(len(words), 1) else ""


def stop_words_or_none(language: str) -> frozenset[str]:
    """Return the stop words of a language, or none where there is no list for it."""
    with suppress(ValueError):
        return stop_words(language)
    return frozenset()


def language_name(language: str) -> str:
    """Return the name of a language that has lists, given its code or its name.

    >>> language_name("de"), language_name("german")
    ('german', 'german')
    """
    known = LANGUAGES.get(language[:2].lower() if len(language) in {2, 5} else "", language)
    return one_of("language", known, LANGUAGES.values())

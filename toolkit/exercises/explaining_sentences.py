"""Mistakes in sentences, summaries and short texts: cut after an abbreviation, in another order, altered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from toolkit.exercises.explaining_lists import Words, bare, first_difference, flat, joint, slipped, stretch, worn
from toolkit.exercises.explaining_shapes import Rule, characters, first, quote
from toolkit.exercises.plain import Plain
from toolkit.quotemarks import quoted
from toolkit.sentences import split_sentences
from toolkit.wordlists import wordlist

_WORDS = re.compile(r"\w+").findall
MOST = 100_000
"""How many characters of an article are looked at."""


def why_cut(whole: str, part: str) -> str:
    """Name the place at which a sentence was cut in two.

    >>> why_cut("Dr. Vago spoke.", "Dr.")
    'A sentence was cut after “Dr.”, an abbreviation: its full stop ends no sentence here.'
    """
    place = joint(whole, part)
    before, after = whole[:place], whole[place:]
    word, short = re.split(r"[\s(“\"]", before)[-1], after[:1] == "."
    known = wordlist("english-titles") | wordlist("english-abbreviations")
    number = word.lower() in wordlist("english-before-digit") and re.match(r"\.\s*\d", after)
    dotted = number or word.lower() in known or re.fullmatch(r"(\w\.)+\w", word)
    inside = any(start <= place < end - 1 for start, end in quoted(whole))
    stop = quote(word + ".")
    return first(
        (
            before[-1:].isdigit() and re.match(r"[.,]\d", after),
            f"A sentence was cut inside a number, after {quote(word + after[:1])}.",
        ),
        (
            short and len(word) == 1 and word.isupper(),
            f"A sentence was cut after an initial, {stop}: its full stop ends no sentence.",
        ),
        (short and dotted, f"A sentence was cut after {stop}, an abbreviation: its full stop ends no sentence here."),
        (inside, f"A sentence was cut inside a quotation, after {quote(word)}."),
        (after[:1] == "\n", f"A sentence was cut at a line break, after {quote(word)}."),
        (True, f"A sentence was cut in two after {quote(word)}: {quote(whole)} is one."),
    )


def only_words(expected: Words, given: Words, source: str) -> str:
    """Name words in place of sentences.

    >>> only_words(["It fell."], ["It", "fell", "."], "")
    'These are words; sentences are asked for.'
    """
    words = len(given) > 2 * len(expected) and not any(" " in one.strip() for one in given)
    return "These are words; sentences are asked for." if words else ""


def boundary(expected: Words, given: Words, source: str) -> str:
    """Name what happened to the first sentence that differs, as long as the letters are the same.

    >>> boundary(["It fell.", "It rose."], ["It fell. It rose."], "")
    'Two sentences were left together: one ends with “It fell.”, and another begins with “It rose.”.'
    """
    e, g = stretch(expected, given)
    if not e or not g:
        return ""
    if len(e) == 1:
        return worn(e[0], g[0]) if len(g) == 1 else why_cut(e[0], g[0])
    end = e[0] if len(e[0]) <= 40 else f"…{e[0][-38:]}"
    if len(g) == 1:
        begins = f"one ends with {quote(end)}, and another begins with {quote(e[1])}"
        return f"Two sentences were left together: {begins}."
    return f"A sentence ends elsewhere: {quote(end)} is the end of one, {quote(g[0][-38:])} is not."


def reading_order(expected: Words, given: Words, source: str) -> str:
    """Name sentences in another order, and one that stands twice.

    >>> reading_order(["A.", "B."], ["B.", "A."], "")
    'The right sentences, but not in reading order: sort the chosen ones by their place in the article.'
    """
    if expected != given and Counter(expected) == Counter(given):
        return "The right sentences, but not in reading order: sort the chosen ones by their place in the article."
    often = Counter(given) - Counter(expected)
    twice = next((one for one in often if given.count(one) > 1), "")
    return f"A sentence stands twice in your summary: {quote(twice)}." if twice else ""


def nearest(sentence: str, pool: Iterable[str]) -> str:
    """Return the sentence that shares most words with another, at least half of all in both; or nothing.

    >>> nearest("It fell down", ["It rose.", "It fell!"])
    'It fell!'
    """
    own = set(_WORDS(sentence.lower()))
    shares = {one: len(own & has) / max(len(own | has), 1) for one in pool if (has := set(_WORDS(one.lower())))}
    best = max(shares, key=lambda one: shares[one], default="")
    return best if best and shares[best] >= 0.5 else ""


def altered(expected: Words, given: Words, source: str) -> str:
    """Name a sentence that is not word for word in the article, or is only part of one there.

    >>> altered(["The arm is ready now."], ["The arm was ready now."], "The arm is ready now.")
    'A sentence was altered: the article has “is”, not “was”, in “The arm is ready now.”.'
    """
    pool = list(dict.fromkeys([*expected, *sentences(source)]))
    odd = next((one for one in given if one not in pool and flat(one)), "")
    whole = nearest(odd, pool) if odd else ""
    if whole and bare(whole) == bare(odd):
        return worn(whole, odd)
    return first(
        (not odd, ""),
        (any(flat(odd) in one for one in pool), f"{quote(odd)} is only a part of a sentence; give whole ones."),
        (flat(odd) in flat(source[:MOST]), f"{quote(odd)} is more than one sentence: give each as an item."),
        (whole, _changed_word(whole, odd)),
        (source, f"{quote(odd)} is no sentence of the article: an extract takes its sentences as they are."),
    )


def sentences(source: str) -> Words:
    """Return the sentences of an article, as far as it is looked at.

    >>> sentences("It fell. It rose.")
    ['It fell.', 'It rose.']
    """
    return [one.text for one in split_sentences(source[:MOST])]


def _changed_word(whole: str, given: str) -> str:
    a, b = [*whole.split(), "(its end)", ""], [*given.split(), "(its end)", ""]
    n = min(first_difference(a, b), len(a) - 1, len(b) - 1)
    return f"A sentence was altered: the article has {quote(a[n])}, not {quote(b[n])}, in {quote(whole)}."


def chosen(expected: Words, given: Words, source: str) -> str:
    """Name a summary that is too long, too short, or made of other sentences.

    >>> chosen(["A."], ["A.", "B."], "")
    'Your summary is too long: 2 sentences in place of 1; “B.” is one too many.'
    """
    extra = next((one for one in given if one not in expected), "")
    missing = next((one for one in expected if one not in given), "")
    sizes = f"{len(given):,} sentence{'s' * (len(given) != 1)} in place of {len(expected):,}"
    right = sum(one in expected for one in given)
    return first(
        (not given, ""),
        (
            extra and given == sentences(source)[: len(given)],
            f"These are the first {len(given)} sentences, the lead: choose by the scores instead.",
        ),
        (extra and not missing, f"Your summary is too long: {sizes}; {quote(extra)} is one too many."),
        (missing and not extra, f"Your summary is too short: {sizes}; {quote(missing)} is missing."),
        (extra, f"{right} of your {len(given)} sentences are right; {quote(extra)} is not among the expected."),
    )


def text(expected: Plain, given: Plain, source: str) -> str:
    """Name what little differs in a short text: space, case, marks; or that it is empty, or longer than asked.

    >>> text("Roscosmos", "roscosmos", "")
    'Only case differs: “Roscosmos” is expected, and “roscosmos” given.'
    """
    offered = [one for one in (expected if isinstance(expected, list) else [expected]) if isinstance(one, str)]
    if not isinstance(given, str) or given in offered:
        return ""
    if not given.strip():
        return "Your answer is empty." if all(offered) else ""
    if said := next(filter(None, (worn(one, given) for one in offered)), ""):
        return said
    inside = next((one for one in offered if one and re.search(rf"\b{re.escape(one)}\b", given)), "")
    return f"{quote(inside)} is right, but there is more in your answer than is asked for." if inside else ""


SENTENCE_RULES: tuple[Rule, ...] = (characters, only_words, slipped, boundary)
SUMMARY_RULES: tuple[Rule, ...] = (characters, only_words, reading_order, altered, chosen, slipped)

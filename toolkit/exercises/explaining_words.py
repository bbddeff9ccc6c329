"""Mistakes in lists of words and sentences, and in texts: undo a step, and if that gives the expected, name it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from itertools import product

from toolkit.exercises.explaining_kinds import as_text, first, lengths, quote, sides, unshared
from toolkit.exercises.plain import Plain
from toolkit.normalising import drop_marks, lower, straighten
from toolkit.sentences import split_sentences
from toolkit.tokens import folded
from toolkit.wordlists import stop_words, wordlist

Words = list[str]
SIZES = sorted(product(range(9), repeat=2), key=sum)
"""How many items of the expected and of the given list may stand for each other, the fewest first."""


def difference(expected: Words, given: Words) -> tuple[int, Words, Words]:
    """Return where two lists begin to differ, and the smallest parts there that stand for each other.

    Parts have the same letters, or the lists go on alike behind them.

    >>> difference(["he", "didn’t", "go"], ["he", "didn", "t", "go"])
    (1, ['didn’t'], ['didn', 't'])
    """
    alike = [a == b for a, b in zip(expected, given, strict=False)]
    n = [*alike, False].index(False)
    e, g = expected[n:], given[n:]
    for i, j in SIZES:
        if e[i : i + 1] == g[j : j + 1] or same_letters(e[:i], g[:j]):
            return n, e[:i], g[:j]
    return (n, e[:1], g[:1]) if e and g else (n, e, g)


def letters(text: str) -> str:
    """Return the letters and digits in small letters: what stays when only cuts, case and marks differ."""
    return "".join(filter(str.isalnum, text)).casefold()


def same_letters(e: Words, g: Words) -> bool:
    """Return whether two parts differ at most in cuts, case and marks."""
    return letters("".join(e)) == letters("".join(g)) != ""


# Lists of any kind

LOST = "The items are right, but their order was lost"
TYPES = "Repetitions were lost: these are the types; each token is to be listed as often as it occurs."
DONE: tuple[tuple[Callable[[Words, Words], bool], str], ...] = (
    (lambda e, g: sorted(g) == e, f"{LOST}: alphabetical order is asked for."),
    (lambda e, g: [*dict.fromkeys(g)] == e, "{0} is listed more than once: types are asked for, not tokens."),
    (lambda e, g: g[:-1] == e, "There is one item too many: the last, {0}."),
    (lambda e, g: g[1:] == e, "There is one item too many: the first, {0}."),
    (lambda e, g: sorted(e) == g, f"{LOST}: they stand in alphabetical order."),
    (lambda e, g: e[::-1] == g, f"{LOST}: they stand backwards."),
    (lambda e, g: g in ([*dict.fromkeys(e)], sorted({*e})), TYPES),
    (lambda e, g: e[1:] == g, "The first item, {0}, is missing: counting begins with 0."),
    (lambda e, g: e[:-1] == g, "The last item, {0}, is missing: does a loop end one too early?"),
)
"""What was done to the whole expected list, or is still to be done to the given one, and what is said of it."""


def in_list(expected: Plain, given: Plain, source: str) -> str:
    """Name what was done to a whole list: order or repetitions lost, an end cut off; else the first difference."""
    whole, ours = list(map(as_text, expected)), list(map(as_text, given))
    n, e, g = difference(whole, ours)
    said = next((said for done, said in DONE if done(whole, ours)), "")
    if said or not (e or g):
        return said.format(quote([*e, *g, ""][0]))
    if sorted(whole) == sorted(ours):
        return f"{LOST}: {quote(ours[n])} is the first out of place, at position {n + 1}."
    if n == len(ours):
        early = "does return stand inside the loop?" if n == 1 else "does a slice or a loop end too early?"
        return f"Only the first {n:,} of {len(whole):,} items are there: {early}"
    here = f"{quote(e[0])} is expected, and {quote(g[0])} given" if e and g else sides(e, g)
    return f"At position {n + 1} {here}.{lengths(whole, ours)}"


def members(expected: Plain, given: Plain, source: str) -> str:
    """Name a step that was missed in a collection without order, or what is missing in it and what is too much."""
    e, g = Counter(map(as_text, expected)), Counter(map(as_text, given))
    missing, extra = unshared(e, g)
    said = sides(missing, extra) or sides([*(e - g)], [*(g - e)])
    return step_between(missing, extra, e, g) or (f"{said}.{lengths(expected, given)}" if said else "")


def smaller_units(expected: Plain, given: Plain, source: str) -> str:
    """Name single characters where words or sentences are asked for, and words where sentences are."""
    if len(given) > len(expected) and max(map(len, given)) == 1 < max(map(len, expected), default=0):
        looped = "a loop over a text, or list(text), goes letter by letter"
        return f"These are single characters: {looped}. Cut it up first."
    words = " " in "".join(expected) and len(given) > 2 * len(expected) and not any(" " in one.strip() for one in given)
    return "These are words; sentences are asked for." * words


# Words

Step = Callable[[str], str]


strip_marks: Step = lambda text: re.sub(r"^\W+(?=\w)|(?<=\w)\W+$", "", text)  # a mark that stands alone stays
drop_stop: Step = lambda text: "" if folded(text) in stop_words() else text
STEPS_MISSED: dict[Step, str] = {
    str: 'There are empty texts in your list, as split(" ") leaves them: split() alone does not.',
    str.strip: "White space was kept at the ends of {0}.",
    drop_marks: "Punctuation was kept: {0} is a mark, and only words are asked for.",
    lower: "Case: {0} should be {1}, all words in small letters.",
    strip_marks: "Punctuation sticks to a word: {0} should be {1}.",
    straighten: "Curly and straight signs: {0} should be {1}.",
    drop_stop: "A stop word was left in: {0} is one, and they are to be left out here.",
}
"""Steps, and what is said where one is still to be done on the given words."""
STEPS_OVERDONE: dict[Step, str] = {
    drop_marks: "Punctuation was lost: the mark {0} is a token here too.",
    lower: "Case was lost: {0} became {1}, but capitals are to stay.",
    strip_marks: "A word lost its mark: {0} became {1}.",
    straighten: "A curly or long sign was made straight: {0} became {1}.",
    drop_stop: "Stop words were left out: {0} is one, and they are to stay here.",
    lambda text: re.sub(r"(?<=\w)[-‐‑](?=\w)", "", text): "A hyphen was lost: {0} became {1}.",
    lambda text: re.sub(r"(?<=\w)['’](?=\w)", "", text): "An apostrophe was lost: {0} became {1}.",
}
"""Steps, and what is said where one was done without need."""


def step_between(e: Words, g: Words, expected: Collection[str], given: Collection[str], exact: bool = False) -> str:
    """Name the step between two parts: it changes words of one into words of the other side, or leaves them out.

    It is named only if no word contradicts it: who is to leave out marks has none among the expected. If `exact`, it
    must make the one part into the other.

    >>> step_between([], ["."], ["mars"], ["mars", "."])
    'Punctuation was kept: “.” is a mark, and only words are asked for.'
    """
    for steps, here, there, whole in ((STEPS_MISSED, g, e, expected), (STEPS_OVERDONE, e, g, given)):
        for step, said in steps.items():
            odd = [one for one in here[:200] if _after(step, [one]) != [one]]
            fits = _after(step, here) == there if exact else any(not step(one) or step(one) in whole for one in odd)
            if odd and fits and _after(step, whole) == [*whole]:
                return said.format(quote(odd[0]), quote(step(odd[0])))
    return ""


def _after(step: Step, words: Collection[str]) -> Words:
    return list(filter(None, map(step, words)))


CUTS = {
    r"['’]([smtd]|re|ve|ll)$": "A contraction was cut: {0} into {1} and {2}; it is one token here.",
    r"\d[.,:/]\d": "A number was cut: {0} into {1} and {2}; its point or comma belongs to it.",
    r"\w['’]\w": "A word was cut at its apostrophe: {0} into {1} and {2}; it is one token here.",
    r"\w[-‐‑–]\w": "A word was cut at its hyphen: {0} into {1} and {2}; it is one token here.",
    r"^(\w\.)*\w{1,4}\.$": "An abbreviation was cut: {0} into {1} and {2}; its full stops belong to it.",
    "": "A token was cut: {0} into {1} and {2}; it is one here.",
}
"""What a token looks like that was cut, and what is said of it."""


def in_words(expected: Plain, given: Plain, source: str) -> str:
    """Name the cut or the step that explains the first difference of two lists of words."""
    n, e, g = difference(expected, given)
    if len(e) == 1 < len(g) and same_letters(e, g):
        said = next(said for looks, said in CUTS.items() if re.search(looks, e[0], re.IGNORECASE))
        return said.format(quote(e[0]), quote(g[0]), quote(g[1]))
    pair = expected[n : n + 2]
    if e and (g[:1] == ["".join(pair)] or (len(e) > 1 == len(g) and same_letters(e, g))):
        name = "Two tokens were left together" if all(map(letters, pair)) else "Punctuation sticks to a word"
        return f"{name}: {quote(g[0])} should be {quote(pair[0])} and {quote(pair[1])}."
    said = step_between(e[:9], g[:9], expected, given, exact=True)
    return said or (unlike_text(e[0], g[0], source) if len(e) == len(g) == 1 else "")


# Sentences and summaries

SENTENCE_CUTS = {
    r"\d\|[.,]\d": "A sentence was cut inside a number, after {0}.",
    r"(^|[^\w.])[A-Z]\|\.": "A sentence was cut after an initial, {0}: its full stop ends no sentence.",
    r"(\w\.)+\w\|\.": "A sentence was cut after {0}, an abbreviation: its full stop ends no sentence here.",
    r"“[^”]*\|": "A sentence was cut inside a quotation, after {0}.",
    r"\|\n": "A sentence was cut at a line break, after {0}.",
    "": "A sentence was cut in two after {0}: {1} is one.",
}
"""What a sentence looks like at the place, |, where it was cut, and what is said of it."""


def in_sentences(expected: Plain, given: Plain, source: str) -> str:
    """Name what happened to the first sentence that differs, as long as the letters are the same."""
    n, e, g = difference(expected, given)
    pair = expected[n : n + 2]
    if len(pair) == 2 and g and letters(g[0]).startswith(letters("".join(pair))):
        ends = quote(pair[0] if len(pair[0]) <= 40 else f"…{pair[0][-38:]}")
        return f"Two sentences were left together: one ends with {ends}, and another begins with {quote(pair[1])}."
    if len(e) > 1 or not same_letters(e, g):
        return ""
    if len(g) == 1:
        return unlike_text(e[0], g[0], source)
    before = g[0].strip().rstrip(".,")
    behind, word = e[0].removeprefix(before), re.split(r"[\s(“\"]", before)[-1]
    known = word.lower() in wordlist("english-titles") | wordlist("english-abbreviations")
    place = f"{'U.S' if known else before}|{behind}"
    said = next(said for looks, said in SENTENCE_CUTS.items() if re.search(looks, place))
    return said.format(quote(f"{word}{behind[:1].strip()}"), quote(e[0]))


def reading_order(expected: Plain, given: Plain, source: str) -> str:
    """Name the right sentences of a summary in another order."""
    same = sorted(expected) == sorted(given)
    return "The right sentences, but not in reading order: sort the chosen ones by their place in the article." * same


def altered(expected: Plain, given: Plain, source: str) -> str:
    """Name a sentence of a summary that is not word for word in the article, or stands twice."""
    pool = [*expected, *(one.text for one in split_sentences(source[:100_000]))]
    often, asked = Counter[str](given), Counter[str](expected)
    twice = next((one for one in often if often[one] > max(1, asked[one])), "")
    odd = next((one for one in unshared(pool, given)[1] if one.strip()), "")
    if twice or not odd:
        return f"A sentence stands twice in your summary: {quote(twice)}." if twice else ""
    whole: str = max(pool, key=lambda one: _alike(one, odd), default="")
    a, b = [*whole.split(), "(its end)"], [*odd.split(), "(its end)"]
    n, *_ = difference(a, b)
    change = f"the article has {quote([*a, ''][n])}, not {quote([*b, ''][n])}, in {quote(whole)}"
    return unlike_text(whole, odd, source) or first(
        (any(odd.strip() in one for one in pool), f"{quote(odd)} is only a part of a sentence; give whole ones."),
        (odd.strip() in source, f"{quote(odd)} is more than one sentence: give each as an item."),
        (_alike(whole, odd) >= 0.5, f"A sentence was altered: {change}."),
        (source, f"{quote(odd)} is no sentence of the article: an extract takes its sentences as they are."),
    )


def _alike(one: str, other: str) -> float:
    a, b = (set(re.findall(r"\w+", text.lower())) for text in (one, other))
    return len(a & b) / max(len(a | b), 1)


def chosen(expected: Plain, given: Plain, source: str) -> str:
    """Name a summary that is too long, too short, or made of other sentences."""
    missing, extra = unshared(expected, given)
    sizes = f"{len(given):,} sentence{'s' * (len(given) != 1)} in place of {len(expected):,}"
    if missing and extra:
        right = f"{len(given) - len(extra)} of your {len(given)} sentences are right"
        return f"{right}; {quote(extra[0])} is not among the expected."
    if missing:
        return f"Your summary is too short: {sizes}; {quote(missing[0])} is missing."
    return f"Your summary is too long: {sizes}; {quote(extra[0])} is one too many." if extra else ""


# Texts

ALIKE: tuple[tuple[Callable[[str], object], str], ...] = (
    (str.strip, "White space was kept at the ends of {1}: strip() takes it off."),
    (str.split, "Only white space differs in {1}: a line break or a space too many or too few."),
    (lambda text: text.lower().split(), "Only case differs: {0} is expected, and {1} given."),
    (lambda text: re.findall(r"\w", text), "Only punctuation differs: {0} is expected, and {1} given."),
    (letters, "Case and punctuation differ: {0} is expected, and {1} given."),
)
"""What makes two texts the same, and what is said where it does."""


def unlike_text(expected: Plain, given: Plain, source: str) -> str:
    """Name what was done to a text of which all letters are still there: space, case or marks kept or lost."""
    if not isinstance(expected, str) or not same_letters([expected], [given]):
        return ""
    kept = given.strip()
    if expected.startswith(kept) and expected.strip() != kept:
        return f"The end of {quote(kept)} was lost: {quote(expected[len(kept) :])} belongs to it."
    said = next(said for made, said in ALIKE if made(expected) == made(given))
    return said.format(quote(expected), quote(given))


def short_answer(expected: Plain, given: Plain, source: str) -> str:
    """Name an empty answer, and one that stands in a longer text."""
    if not isinstance(expected, str) or not expected.strip():
        return ""
    if re.search(rf"\b{re.escape(expected)}\b", given):
        return f"{quote(expected)} is right, but there is more in your answer than is asked for."
    return "" if given.strip() else "Your answer is empty."

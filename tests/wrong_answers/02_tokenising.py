"""Typical wrong answers to 02_tokenising, each with words that the explanation must have."""

import re
from collections import Counter
from itertools import pairwise

from toolkit import split_sentences, tokenize, words

TURIN = "Dr. Lind spoke at 5 p.m. in Turin."
REST = ["The probe weighs 12.5 kg.", "Did it move?", "No."]


def upside_down(found):
    return len(found) / len(set(found)) if found else 0


def hapax_share(found):
    once = [word for word, count in Counter(found).items() if count == 1]
    return len(once) / len(found) if found else 0


def rounded_ratio(found):
    if len(found) == 0:
        return 0
    return round(len(set(found)) / len(found), 1)


def divides_by_nothing(found):
    return len(set(found)) / len(found)


def small_types(found):
    return len({word.lower() for word in found}) / len(found) if found else 0


def small_rate(found, word):
    return 1000 * sum(one.lower() == word for one in found) / max(len(found), 1)


def per_word(found, word):
    if not found:
        return 0
    return found.count(word) / len(found)


def per_hundred(found, word):
    if not found:
        return 0
    return found.count(word) / len(found) * 100


def also_inside(found, word):
    hits = 0
    for one in found:
        if word in one:
            hits += 1
    return hits / len(found) * 1000 if found else 0


def by_types(found, word):
    return found.count(word) / len(set(found)) * 1000 if found else 0


def too_many_starts(found, n):
    made = []
    for i in range(len(found)):
        made.append(" ".join(found[i : i + n]))
    return made


def one_start_short(found, n):
    return [" ".join(found[i : i + n]) for i in range(0, len(found) - n)]


def in_blocks(found, n):
    made = []
    while found:
        made.append(" ".join(found[:n]))
        found = found[n:]
    return made


def as_tuples(found, n):
    return list(zip(*(found[i:] for i in range(n)), strict=False))


def always_pairs(found, n):
    return [f"{a} {b}" for a, b in pairwise(found)]


def returns_in_loop(found, n):
    made = []
    for i in range(len(found) - n + 1):
        made.append(" ".join(found[i : i + n]))
        return made
    return made


def eats_its_input(found, n):
    made = []
    while len(found) >= n:
        made.append(" ".join(found[:n]))
        found.pop(0)
    return made


def letters_only(text):
    return re.findall(r"\w+", text.lower())


def keeps_capitals(text):
    return re.findall(r"\w+(?:[-'’]\w+|[.,]\d\w*)*", text)


def straight_only(text):
    return re.findall(r"\w+(?:[-']\w+|[.,]\d\w*)*", text.lower())


def cuts_hyphens(text):
    return re.findall(r"\w+(?:['’]\w+|[.,]\d\w*)*", text.lower())


def cuts_numbers(text):
    return re.findall(r"\w+(?:[-'’]\w+)*", text.lower())


def at_spaces(text):
    return [piece.lower() for piece in text.split()]


def greedy(text):
    return re.findall(r"[\w'’.,-]+", text.lower())


def cuts_words_with_numbers(text):
    return re.findall(r"\d+(?:[.,]\d+)+|\w+(?:[-'’]\w+)*", text.lower())


def without_accents(text):
    return re.findall(r"[a-z0-9]+(?:[-'’][a-z0-9]+|[.,][0-9][a-z0-9]*)*", text.lower())


def joins_initials(text):
    return re.findall(r"\w+(?:['’.,-]\w+)*", text.lower())


def only_types(text):
    return sorted(set(re.findall(r"\w+(?:[-'’]\w+|[.,]\d\w*)*", text.lower())))


WRONG = [
    ("2.1", 19, "That is what tokenize finds"),
    ("2.1", 15, "That is what words finds"),
    ("2.1", 13, "one piece more"),
    ("2.1", 83, "number of characters"),
    ("2.2", ["c", "d", "a", "b"], "turned round"),
    ("2.2", ["b", "d", "a", "c"], "a and d change places"),
    ("2.2", ["a", "b", "c", "d"], "but their order is not"),
    ("2.2", ["b", "a", "d"], "1 of 4 is missing"),
    ("2.3", "a", "both sentences have 83 characters"),
    ("2.3", "c", "No apostrophe is lost"),
    ("2.4", 2, "as a reader knows it"),
    ("2.4", 4, "another word than us"),
    ("2.5", ["russia", "not", "leave", "station"], "turns the sentence round"),
    ("2.5", ["Russia", "leave", "station"], "Case: “Russia” should be “russia”"),
    ("2.5", ["russia", "will", "leave", "station"], "A stop word was left in: “will”"),
    ("2.5", "russia leave station", "a list is asked for"),
    ("2.6", [TURIN, *REST], "The last item"),
    ("2.6", ["Dr.", TURIN[4:], *REST, "It will soon."], "A sentence was cut after “Dr.”, an abbreviation"),
    ("2.6", [TURIN, *REST[:2], "No. It will soon."], "Two sentences were left together"),
    ("2.6", [one.text.rstrip(".") for one in split_sentences(f"{TURIN} {REST[0]}")], "“.” belongs to it"),
    ("2.7", 307, "Those are the tokens"),
    ("2.7", 210, "Cut at spaces"),
    ("2.7", 196, "two types here"),
    ("2.7", 189, "Off by one"),
    ("2.8", upside_down, "types, the smaller number, belong on top"),
    ("2.8", hapax_share, "the hapaxes"),
    ("2.8", rounded_ratio, "Rounded too early"),
    ("2.8", divides_by_nothing, "what should it return for an empty input"),
    ("2.8", small_types, "You made small letters"),
    ("2.9", ["b", "c", "d"], "still falls with it"),
    ("2.9", ["b"], "two texts of the same length"),
    ("2.9", ["b", "a"], "1 of your 2 choices is right"),
    ("2.10", per_word, "multiply by 1,000"),
    ("2.10", per_hundred, "This is per cent"),
    ("2.10", also_inside, "inside “army”"),
    ("2.10", by_types, "You divided by the types"),
    ("2.10", small_rate, "You made small letters"),
    ("2.11", too_many_starts, "The last runs are too short"),
    ("2.11", one_start_short, "The last run is missing"),
    ("2.11", in_blocks, "Runs overlap"),
    ("2.11", as_tuples, "Each run is a list of words"),
    ("2.11", always_pairs, "whatever n is"),
    ("2.11", returns_in_loop, "does return stand inside the loop"),
    ("2.11", eats_its_input, "It changes the list that it is given"),
    ("2.12", letters_only, "A contraction was cut"),
    ("2.12", keeps_capitals, "Case: "),
    ("2.12", straight_only, "A contraction was cut"),
    ("2.12", cuts_hyphens, "A word was cut at its hyphen"),
    ("2.12", cuts_numbers, "A number was cut"),
    ("2.12", at_spaces, "You cut at spaces alone"),
    ("2.12", greedy, "only between two others"),
    ("2.12", cuts_words_with_numbers, "what is both is cut"),
    ("2.12", without_accents, "cut at her accent"),
    ("2.12", joins_initials, "joins letters here too"),
    ("2.12", only_types, "their order was lost"),
    ("2.12", words, "cuts n’t and ’s off"),
    ("2.12", lambda text: tokenize(text).texts, "tokenize has its own rules"),
]

"""Typical wrong answers to 03_summarising: the question, what a student writes, words of the explanation due."""

from collections import Counter

from pandas import DataFrame

from toolkit import load, split_sentences, stop_words, words

DEAL = [sentence.text for sentence in split_sentences(load("desk")["2024-05-16-wire"].text)]


def total(content, counts):
    points = 0
    for word in content:
        points += counts[word]
    return points


def mean_of_types(content, counts):
    different = set(content)
    return sum(counts[word] for word in different) / max(len(different), 1)


def divides_without_looking(content, counts):
    return sum(counts[word] for word in content) / len(content)


def over_all_words(content, counts):
    return sum(counts[word] for word in content) / len(counts)


def prints_mean(content, counts):
    print(sum(counts[word] for word in content) / max(len(content), 1))


def best_first(scores, n):
    pairs = sorted(((-score, place) for place, score in enumerate(scores)))
    return [place for _, place in pairs[:n]]


def lowest(scores, n):
    ranking = sorted(range(len(scores)), key=scores.__getitem__)
    return sorted(ranking[:n])


def the_scores(scores, n):
    return sorted(scores)[::-1][:n]


def from_one(scores, n):
    ranking = sorted(range(len(scores)), key=lambda place: -scores[place])
    return [place + 1 for place in sorted(ranking[:n])]


def sorts_what_is_given(scores, n):
    copy = list(scores)
    scores.sort(reverse=True)
    return sorted(copy.index(score) for score in scores[:n])


def sentences_of(text):
    return [sentence.text for sentence in split_sentences(text)]


def scored(text, stop, divide=True, counted=None):
    counts = Counter(words(text, stop=stop))
    found = []
    for sentence in sentences_of(text):
        content = words(sentence, stop=stop)
        points = sum(counts[word] for word in content)
        found.append(points / max(len(content), 1) if divide else points)
    return found


def chosen(text, n, scores):
    ranking = sorted(range(len(scores)), key=lambda place: -scores[place])[:n]
    return [sentences_of(text)[place] for place in sorted(ranking)]


def only_lead(text, n):
    return sentences_of(text)[:n]


def with_stop_words(text, n):
    return chosen(text, n, scored(text, ()))


def by_sum(text, n):
    return chosen(text, n, scored(text, stop_words(), divide=False))


def best_sentence_first(text, n):
    scores = scored(text, stop_words())
    ranking = sorted(range(len(scores)), key=lambda place: -scores[place])[:n]
    return [sentences_of(text)[place] for place in ranking]


def stops_too_early(sentences, most):
    kept = []
    for sentence in sentences:
        if len(words(sentence)) > most:
            break
        kept.append(sentence)
        most -= len(words(sentence))
    return kept


def each_for_itself(sentences, most):
    return [sentence for sentence in sentences if len(words(sentence)) <= most]


def never_quite_full(sentences, most):
    kept, used = [], 0
    for sentence in sentences:
        if used + len(words(sentence)) < most:
            kept.append(sentence)
            used += len(words(sentence))
    return kept


def in_characters(sentences, most):
    kept, used = [], 0
    for sentence in sentences:
        if used + len(sentence) <= most:
            kept.append(sentence)
            used += len(sentence)
    return kept


def at_spaces(sentences, most):
    kept = []
    for sentence in sentences:
        if len(sentence.split()) <= most:
            kept.append(sentence)
            most -= len(sentence.split())
    return kept


METHODS = ["lead", "random", "frequency", "luhn"]

WRONG = [
    ("3.1", [DEAL[1], DEAL[2], DEAL[3]], "Python counts from 0"),
    ("3.1", DEAL[10:], "the last three"),
    ("3.1", DEAL[:2], "too short: 2 sentences in place of 3"),
    ("3.1", list(reversed(DEAL[0:3])), "reading order"),
    ("3.1", DEAL[0] + " " + DEAL[1] + " " + DEAL[2], "keep them as a list"),
    ("3.1", [0, 1, 2], "a number where a text"),
    ("3.2", 6, "a mean divides it"),
    ("3.2", 1.0, "divided by all six words"),
    ("3.2", 1.5, "three content words are left"),
    ("3.2", "2", "leave the quotation marks out"),
    ("3.3", "Rogozin", "named only later"),
    ("3.3", "dmitry rogozin", "named only later"),
    ("3.3", "Member States", "who instructed"),
    ("3.3", "ESA.", "is a person"),
    ("3.3", "Rogozin, the director general of Roscosmos", "named only later"),
    ("3.3", "Borrell", "no post at ESA"),
    ("3.4", total, "This is the sum"),
    ("3.4", mean_of_types, "counts twice"),
    ("3.4", over_all_words, "the number of words in the dict"),
    ("3.4", divides_without_looking, "divided by 0"),
    ("3.4", prints_mean, "prints and returns nothing"),
    ("3.5", best_first, "back into reading order"),
    ("3.5", lowest, "the lowest scores"),
    ("3.5", the_scores, "the scores themselves"),
    ("3.5", from_one, "count places from 1"),
    ("3.5", sorts_what_is_given, "changes the list"),
    ("3.6", only_lead, "the lead"),
    ("3.6", with_stop_words, "Stop words took part"),
    ("3.6", by_sum, "added the counts up"),
    ("3.6", best_sentence_first, "back into reading order"),
    ("3.7", stops_too_early, "stopped at the first sentence"),
    ("3.7", each_for_itself, "not all together"),
    ("3.7", never_quite_full, "write <=, not <"),
    ("3.7", at_spaces, "two words of “didn't”"),
    ("3.7", in_characters, "counted characters"),
    ("3.8", {"2": 0.66, "3": 0.67}, "to be weighed as well"),
    ("3.8", {"2": 0.63, "3": 0.49}, "took nothing off"),
    ("3.8", {"2": 0.87, "3": 0.52}, "a fine"),
    ("3.8", {"3": 0.46}, "“2” has no answer yet"),
    ("3.9", 0.444, "which is precision"),
    ("3.9", 1.2, "No share exceeds 1"),
    ("3.9", 80, "100 times too large"),
    ("3.9", 0.6, "keeps stop words"),
    ("3.10", ["f", "c"], "what happened in March 2022"),
    ("3.10", ["d", "c"], "European unit"),
    ("3.10", ["a", "f", "d", "c"], "carried by sentence 1"),
    ("3.10", ["c", "b", "f"], "2 of your 3 choices are right; “b” is not"),
    ("3.10", list("abcdef"), "Not everything fluent is invented"),
    ("3.11", DataFrame({"method": METHODS, "hits": [52, 25, 35, 44]}), "all seven desks"),
    ("3.11", DataFrame({"method": METHODS, "hits": [4 / 12, 3 / 12, 0, 2 / 12]}), "shares of the 12"),
    ("3.11", DataFrame({"method": METHODS[:2] + METHODS[3:], "hits": [4, 3, 2]}), "without any hit is a row too"),
    ("3.11", DataFrame({"Method": METHODS, "hits": [4, 3, 0, 2]}), "A column is misnamed"),
    ("3.11", {"lead": 4, "random": 3, "frequency": 0, "luhn": 2}, "a table is asked for"),
]

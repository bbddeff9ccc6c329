"""Typical wrong answers to 01_reading, each with words that the explanation must have."""


def before_any_dash(text):
    return text.partition(" — ")[0]


def no_capitals_asked(text):
    if " — " in text:
        return text[: text.index(" — ")]
    return ""


def first_word(text):
    words = text.split()
    return words[0] if words and words[0].isupper() else ""


def last_dash(text):
    town, _, _ = text.rpartition(" — ")
    return town if town.isupper() else ""


def as_a_name(text):
    town, dash, _ = text.partition(" — ")
    return town.title() if dash and town.isupper() else ""


def nothing_without(text):
    town, dash, _ = text.partition(" — ")
    if dash and town.isupper():
        return town
    return None


def told_on_screen(text):
    print(text.split(" — ")[0])


def two_texts(text, mark):
    return text.split(mark)[0]


WRONG = [
    ("1.1", ["c", "d", "a"], "pull quote"),
    ("1.1", ["a", "b", "c"], "belongs to another article"),
    ("1.1", ["a", "e", "c"], "appeal to subscribe"),
    ("1.1", ["a"], "goes on behind it"),
    ("1.1", ["a", "b"], "1 of your 2 choices is right"),
    ("1.1", "b", "Your answer is a text, and a list is asked for"),
    ("1.2", 1450 / 4311, "100 times too small"),
    ("1.2", 34.06, "the share of the words"),
    ("1.2", 66.37, "This is the rest"),
    ("1.2", 297.31, "upside down"),
    ("1.2", 5.63, "You counted pieces"),
    ("1.3", {"a": "direct", "b": "reported", "c": "desk", "d": "reported", "e": "reported"}, "Only e is not right yet"),
    ("1.3", {"a": "direct", "b": "reported", "c": "desk", "d": "desk", "e": "desk"}, "he suggested"),
    ("1.3", {"a": "direct", "b": "direct", "c": "desk", "d": "reported", "e": "desk"}, "there are no quotation marks"),
    ("1.3", {"a": "direct", "b": "reported", "c": "desk", "d": "reported"}, "“e” has no answer yet"),
    ("1.3", {"a": "desk", "b": "reported", "c": "desk", "d": "reported", "e": "desk"}, "4 of 5 are right; “a” is not"),
    ("1.4", 8, "counted Roscosmos with its head"),
    ("1.4", 1, "one direct quotation"),
    ("1.4", 11, "whoever speaks"),
    ("1.4", 4, "Off by one"),
    ("1.5", "Called", "introduces the word “sabotage”"),
    ("1.5", "said", "a verb of its own"),
    ("1.5", "Rogozin", "the speaker"),
    ("1.6", 4, "all lines with the word"),
    ("1.6", 1, "two desks"),
    ("1.7", ["Valérie Ciarletti", "Melissa McHugh"], "the last word of each name"),
    ("1.7", ["Valerie Ciarletti", "Melissa McHugh"], "the last word of each name"),
    ("1.7", ["Aschbacher", "Vago", "Rogozin"], "whom the machine found"),
    ("1.7", ["Ciarletti", "Webb", "McHugh"], "name of a telescope"),
    ("1.7", ["mchugh", "ciarletti"], "in small letters"),
    ("1.7", ["McHugh"], "1 of 2 is missing"),
    ("1.8", [[0, 9, "speaker"], [31, 65, "reported speech"], [79, 98, "direct speech"]], "quotation marks were marked"),
    ("1.8", [[0, 9, "speaker"], [26, 65, "reported speech"], [80, 97, "direct speech"]], "The word “that” was marked"),
    ("1.8", [[0, 8, "speaker"], [31, 64, "reported speech"], [80, 96, "direct speech"]], "Every end is one too small"),
    (
        "1.8",
        [[1, 10, "speaker"], [32, 66, "reported speech"], [81, 98, "direct speech"]],
        "first character has",
    ),
    (
        "1.8",
        [[0, 9, "speaker"], [31, 65, "direct speech"], [80, 97, "reported speech"]],
        "labels of speech are",
    ),
    ("1.8", [[0, 9], [31, 65], [80, 97]], "the labels are missing"),
    ("1.8", [[31, 65, "reported speech"], [80, 97, "direct speech"]], "the speaker has no mark yet"),
    ("1.9", 0.8, "100 times too small"),
    ("1.9", 8, "would that be of a hundred"),
    ("1.9", 33.33, "Jaccard"),
    ("1.9", 10.0, "both say no agree as well"),
    ("1.10", 0.12, "what lies above chance"),
    ("1.10", 0.6, "as with a coin"),
    ("1.10", 0.79, "add the case that both say no"),
    ("1.10", 0.18, "divided by chance"),
    ("1.10", 37.5, "kappa is no per cent"),
    ("1.11", before_any_dash, "a dash inside a sentence deceives you"),
    ("1.11", no_capitals_asked, "must be all in capitals"),
    ("1.11", first_word, "You took the first word"),
    ("1.11", last_dash, "You cut at the last dash"),
    ("1.11", as_a_name, "as it stands"),
    ("1.11", nothing_without, "an empty text is asked for"),
    ("1.11", told_on_screen, "write return in place of print"),
    ("1.11", two_texts, "takes 2 parameters"),
    ("1.12", "A judgement is a word that judges.", "at least 40 are asked for"),
]

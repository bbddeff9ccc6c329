"""Typical wrong answers to 00_practice, each with words that the explanation must have."""


def printed(hours):
    print(hours * 60)


def the_other_way(hours):
    return hours / 60.0


def from_four(words):
    kept = []
    for word in words:
        if len(word) > 3:
            kept.append(word)
    return kept


def returns_in_loop(words):
    kept = []
    for word in words:
        if len(word) > 4:
            kept.append(word)
        return kept
    return kept


def counts(words):
    count = 0
    for word in words:
        if len(word) > 4:
            count = count + 1
    return count


WRONG = [
    ("0.1", 24, "That is one day"),
    ("0.1", 120, "working week"),
    ("0.1", 167, "Off by one"),
    ("0.1", "168", "given as a text"),
    ("0.2", 60, "the wrong answer you were asked for"),
    ("0.2", 45.0, "three quarters"),
    ("0.3", "Monday", "the other end"),
    ("0.3", ["Sunday"], "leave the colon out"),
    ("0.3", "Saturday", "the last day but one"),
    ("0.3", "sunday", "Only case differs"),
    ("0.4", "Wednesday", "from right to left"),
    ("0.4", "yadsendeW ", "White space was kept"),
    ("0.5", printed, "It prints and returns nothing"),
    ("0.5", 120, "without brackets after it"),
    ("0.5", lambda hours: hours + 60, "multiply"),
    ("0.5", the_other_way, "the other way round is asked"),
    ("0.6", "a", "has the sign ✓"),
    ("0.6", "d", "waits for another"),
    ("0.7", 7, "set keeps one of each"),
    ("0.7", 4, "has only two letters"),
    ("0.7", 10, "all words of the list"),
    ("0.8", from_four, "“Mars” has four letters"),
    ("0.8", returns_in_loop, "return stands inside the loop"),
    ("0.8", counts, "return the list of the words"),
]

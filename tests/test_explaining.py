"""A mistake is named in the field's words, and only when it is the mistake."""

import random

import pytest

from toolkit.exercises.explaining import FIELDS, explain

MARS = "Dr. Vago spoke in Turin. The rover’s arm cost €1.3 billion. It didn’t move. Nobody knew why."


def table(columns, *rows):
    return {"$table": {"columns": columns.split(), "rows": [list(row) for row in rows]}}


SHAPES = [
    ("tokens", ["a", "b"], None, "return at the end"),
    ("number", 3, None, "return at the end"),
    ("tokens", ["a", "b"], "a b", "a text, and a list is asked for"),
    ("tokens", ["no", "arm"], list("no arm"), "single characters"),
    ("sentences", ["It fell.", "No."], list("It fell. No."), "single characters"),
    ("tokens", ["b", "a"], {"$set": ["a", "b"]}, "a set keeps neither order"),
    ("tokens", ["a", "b"], [["a"], ["b"]], "There are lists inside your list"),
    ("tokens", ["a", "b"], [["a", 0, 1], ["b", 2, 3]], "offsets"),
    ("tokens", ["a", "b"], [["a", "DT"], ["b", "NN"]], "pair"),
    ("tokens", ["a", "b"], ["a", None], "There is nothing where a text is asked for"),
    ("tokens", ["a", "b"], {"a": 1, "b": 1}, "is a dict, and a list"),
    ("number", 3, "3", "as a text"),
    ("number", 3, {"$number": "nan"}, "divided by 0"),
    ("number", 3, [1, 2, 3], "len(…)"),
    ("counts", 3, {"a": 3}, "sum(counts.values())"),
    ("tokens", [1, 2], ["1", "2"], "Numbers are given as texts"),
    ("choice", True, "True", "without quotation marks"),
    ("tokens", {"$set": ["a", "b"]}, ["a", "c"], "“b” is missing, and “c” is too much"),
    ("tokens", {"$set": ["mars"]}, {"$set": [".", "mars"]}, "Punctuation was kept"),
]
TOKENS = [
    ("mars is far", "mars is far .", "Punctuation was kept: “.”"),
    ("mars is far .", "mars is far", "Punctuation was lost: the mark “.”"),
    ("mars is far", "mars, is far.", "Punctuation sticks to a word: “mars,” should be “mars”"),
    ("mars , no .", "mars, no.", "Punctuation sticks to a word: “mars,” should be “mars” and “,”"),
    ("mars is far", "Mars is far", "Case: “Mars” should be “mars”"),
    ("Mars is far", "mars is far", "Case was lost"),
    ("it don’t go", "it don t go", "A contraction was cut: “don’t” into “don” and “t”"),
    ("it don't go", "it do n't go", "A contraction was cut: “don't”"),
    ("it do n’t go", "it don’t go", "Two tokens were left together: “don’t” should be “do” and “n’t”"),
    ("the rover ’s", "the rover ’ s", "A contraction was cut: “’s”"),
    ("it don’t", "it don't", "Curly and straight|made straight"),
    ("it don’t", "it dont", "An apostrophe was lost"),
    ("a two-metre arm", "a two metre arm", "cut at its hyphen: “two-metre”"),
    ("a two-metre arm", "a twometre arm", "A hyphen was lost: “two-metre” became “twometre”"),
    ("a two metre arm", "a twometre arm", "Two tokens were left together"),
    ("O’Brien said", "O Brien said", "A word was cut at its apostrophe"),
    ("and/or no", "and / or no", "A token was cut: “and/or”"),
    ("cost 1,200 euro", "cost 1 , 200 euro", "A number was cut: “1,200”"),
    ("cost 3.5 euro", "cost 3 5 euro", "A number was cut: “3.5”"),
    ("the U.S. said", "the U . S . said", "An abbreviation was cut: “U.S.”"),
    ("the U.S. said", "the U S said", "An abbreviation was cut: “U.S.”"),
    ("rover arm", "the rover arm", "A stop word was left in: “the”"),
    ("the rover and arm", "rover arm", "Stop words were left out: “the”"),
    ("no Mars no", "no Mars", "Repetitions were lost|The last item"),
    ("mars no mars esa", "mars no esa", "Repetitions were lost"),
    ("mars no mars", "mars no", "Repetitions were lost"),
    ("b c b a", "a b b c", "in alphabetical order"),
    ("c a b d", "d b a c", "backwards"),
    ("c a b d", "a c b d", "“a” is the first out of place, at position 1"),
    ("b c a d", "b a c d", "out of place, at position 2"),
    ("a b c", "c a b", "alphabetical order is asked for"),
    ("mars no esa", "mars no esa mars", "listed more than once"),
    ("mars esa arm", "esa arm", "The first item, “mars”, is missing"),
    ("mars esa arm", "mars esa", "The last item, “arm”, is missing"),
    ("mars esa arm", "mars", "return stand inside the loop"),
    ("mars esa arm", "", "Your list is empty"),
    ("Didn’t move .", "didn t move", "A contraction was cut: “Didn’t”"),
    ("mars is far", "Mars, is far.", "“Mars,”"),
    ("mars esa arm", "mars nasa arm", "At position 2 “esa” is expected, and “nasa” given"),
    ("mars esa arm no", "mars arm no", "At position 2 “esa” is missing. You have 3 items, 4 are expected"),
    ("mars esa arm no", "mars esa big arm no", "At position 3 “big” is too much"),
]
SENTENCES = [
    (["Dr. Vago spoke.", "No."], ["Dr.", "Vago spoke.", "No."], "after “Dr.”, an abbreviation"),
    (["Dr. Vago spoke.", "No."], ["Dr", " Vago spoke", " No", ""], "after “Dr.”, an abbreviation"),
    (["In the U.S. Senate.", "No."], ["In the U.S.", "Senate.", "No."], "“U.S.”, an abbreviation"),
    (["J. Wörner left.", "No."], ["J.", "Wörner left.", "No."], "an initial, “J.”"),
    (["It cost 1.3 billion."], ["It cost 1.", "3 billion."], "inside a number"),
    (["“No. We wait,” he said."], ["“No.", "We wait,” he said."], "inside a quotation"),
    (["It fell\nand rose."], ["It fell", "and rose."], "at a line break"),
    (["It fell and Mars rose."], ["It fell and", "Mars rose."], "cut in two after “and”"),
    (["It fell.", "It rose."], ["It fell. It rose."], "Two sentences were left together"),
    ([f"It is {n}." for n in range(12)], [" ".join(f"It is {n}." for n in range(12))], "were left together"),
    (["It fell.", "It rose."], ["It fell", "It rose"], "The end of “It fell” was lost: “.”"),
    (["“It fell.”", "No."], ["“It fell.", "No."], "The end of “““It fell.”|was lost: “””"),
    (["It fell.", "No."], ["It fell.", " No."], "White space was kept"),
    (["It fell down.", "No."], ["It fell\ndown.", "No."], "Only white space differs in “It fell↵down.”"),
    (["It fell.", "No."], ["it fell.", "no."], "Only case differs"),
    (["It fell down there.", "No."], ["It", "fell", "down", "there", ".", "No", "."], "These are words"),
    (["It fell.", "No."], ["It fell."], "The last item, “No.”, is missing"),
]
COUNTS = [
    ({"mars": 3}, {"Mars": 1, "mars": 2}, "Not normalised: “Mars” and “mars” are counted apart"),
    ({"Mars": 1, "mars": 2}, {"mars": 3}, "Case was lost"),
    ({"mars": 3}, {"mars": 3, ".": 4}, "Punctuation was kept: “.”"),
    ({"mars": 3}, {"mars": 2, "mars,": 1}, "Punctuation sticks to a word"),
    ({"mars": 3}, {"mars": 3, "the": 9}, "A stop word was left in: “the”"),
    ({"mars": 3, "esa": 1}, {"mars": 4, "esa": 2}, "Every count is one too high"),
    ({"mars": 3, "esa": 1}, {"mars": 2, "esa": 0}, "Every count is one too low"),
    ({"mars": 3, "esa": 2}, {"mars": 4, "esa": 2}, "Only one count differs: “mars” has 4 in place of 3, one too many"),
    ({"mars": 3, "esa": 2}, {"mars": 1, "esa": 1}, "Every word has 1"),
    ({"mars": 3, "no": 1}, {"m": 3, "a": 3, "r": 3, "s": 3, "n": 1, "o": 1}, "Characters were counted"),
    ({"mars": 3, "esa": 2}, {"mars": 3, "nasa": 2}, "“esa” is missing, and “nasa” is too much"),
    ({"mars": 3}, {"mars": "3"}, "Numbers are given as texts, as “3”"),
    ({"mars": 3}, [["mars", 3]], "dict(…)"),
    ([["mars", 3]], {"mars": 3, "esa": 1}, ".most_common(n)"),
    ([["mars", 3], ["esa", 2]], [["esa", 2], ["mars", 3]], "their order was lost"),
    (
        [["mars", 3], ["esa", 2]],
        [["mars", 3], ["esa", 2], ["arm", 1]],
        "“arm” is too much. You have 3 words, 2 are expected",
    ),
    ([["mars", 3], ["esa", 2]], [["mars", 3]], "“esa” is missing. You have 1 words, 2 are expected"),
    ([["mars", 3], ["esa", 2], ["arm", 2]], [["mars", 3], ["arm", 2], ["esa", 2]], "their order was lost"),
    ([["mars", 3], ["esa", 2], ["arm", 1]], [["mars", 3], ["arm", 1], ["esa", 2]], "their order was lost"),
    ([["mars", 3], ["esa", 2]], ["mars", "esa"], "There is a text where a list is asked for: “mars”"),
    ([["mars", 3], ["esa", 2]], [["the", 9], ["mars", 3]], "A stop word was left in"),
    (7, 8, "Off by one: 8 is one too many"),
    (7, 6, "one too few"),
]
NUMBERS = [
    (0.25, 25, "100 times too large"),
    (1 / 3, 33.3, "100 times too large"),
    (12.5, 0.125, "100 times too small"),
    (12.4, 0.0124, "1,000 times too small"),
    (0.25, 4, "upside down"),
    (0.2, 0.8, "This is the rest"),
    (22.5, 77.5, "This is the rest"),
    (1 / 3, 0.33, "2 decimals"),
    (0.584, 58, "100 times too large"),
    (2.7, 2, "cut to a whole number"),
    (2.7, 3, "rounded to a whole number"),
    (2.5, -2.5, "sign"),
]
SUMMARIES = [
    (["It didn’t move.", "Nobody knew why."], ["Nobody knew why.", "It didn’t move."], "not in reading order"),
    (["It didn’t move."], ["It didn’t move.", "Nobody knew why."], "too long: 2 sentences in place of 1"),
    (["It didn’t move.", "Nobody knew why."], ["Nobody knew why."], "too short: 1 sentence in place of 2"),
    (["It didn’t move."], ["It did not move at all."], "no sentence of the article|altered"),
    (["Nobody knew why."], ["Nobody knew that."], "altered: the article has “why.”, not “that.”"),
    (["Nobody knew why."], ["Nobody knew why"], "The end of “Nobody knew why” was lost"),
    (["Nobody knew why."], ["Roses are red."], "no sentence of the article"),
    (["The rover’s arm cost €1.3 billion."], ["The rover’s arm cost"], "only a part of a sentence"),
    (["Nobody knew why."], ["It didn’t move. Nobody knew why."], "more than one sentence"),
    (["Nobody knew why."], ["Nobody", "knew", "why", "."], "These are words"),
    (["It didn’t move."], ["Nobody knew why."], "0 of your 1 sentences are right"),
    (["It didn’t move.", "Nobody knew why."], ["It didn’t move."] * 2, "stands twice"),
]
SPANS = [
    ([[0, 3], [4, 8]], [[0, 2], [4, 7]], "Every end is one too small"),
    ([[0, 3], [4, 8]], [[1, 4], [5, 9]], "the first character has the place 0"),
    ([[4, 8, "who"]], [[4, 8, "where"]], "label of “Vago” at 4–8 is wrong"),
    ([[4, 8]], [[4, 8, "who"]], "labels are not asked for"),
    ([[18, 23], [4, 8]], [[17, 24], [4, 8]], "too wide: “ Turin.” at 17–24 should be “Turin” at 18–23"),
    ([[0, 8], [18, 23]], [[4, 8], [18, 23]], "too narrow: “Vago” at 4–8 should be “Dr. Vago” at 0–8"),
    ([[4, 8], [18, 23]], [[4, 8]], "A span is missing: “Turin” at 18–23"),
    ([[4, 8]], [[4, 8], [18, 23]], "A span is too much: “Turin” at 18–23"),
    ([[6, 7], [4, 8]], [[44, 45], [4, 8]], "another occurrence|missing"),
]
MONTHS = table("month articles", ("2022-02", 3), ("2022-03", 0), ("2022-04", 5))
TABLES = [
    (
        MONTHS,
        table("month articles", ("2022-02", 3), ("2022-04", 5)),
        "Rows with 0 were left out: an empty period is a row too",
    ),
    (
        MONTHS,
        table("month articles", ("2022-02", 3), ("2022-03", 0)),
        "“2022-04 / 5” is missing. You have 2 rows, 3 are expected",
    ),
    (MONTHS, table("month count", *MONTHS["$table"]["rows"]), "misnamed: “count” should be “articles”"),
    (MONTHS, table("month", ("2022-02",)), "The columns differ: “articles” is missing"),
    (MONTHS, table("month articles n", ("2022-02", 3, 1)), "The columns differ: “n” is too much"),
    (MONTHS, table("articles month", (3, "2022-02"), (0, "2022-03"), (5, "2022-04")), "columns stand in another order"),
    (MONTHS, table("month articles", *MONTHS["$table"]["rows"][::-1]), "they stand in another order"),
    (
        MONTHS,
        table("month articles", ("2022-02", 3), ("2022-03", 1), ("2022-04", 5)),
        "row “2022-03”, “articles” is “1” in place of “0”",
    ),
    (MONTHS, table("month articles", ("2022-02", 300), ("2022-03", 0), ("2022-04", 500)), "“300” in place of “3”"),
    (
        MONTHS,
        table("month articles", ("2022-02", 3), ("2022-03", 0), ("2022-05", 5)),
        "“2022-04 / 5” is missing, and “2022-05 / 5” is too much",
    ),
    (MONTHS, [["2022-02", 3]], "is a list, and a table"),
]
TEXTS = [
    ("text", "Roscosmos", "roscosmos", "Only case differs"),
    ("text", "Roscosmos", " Roscosmos ", "White space"),
    ("text", "Roscosmos", "Roscosmos.", "Only punctuation differs"),
    ("text", "Roscosmos", "", "Your answer is empty"),
    ("text", ["ESA", "the agency"], "It is ESA alone", "“ESA” is right, but there is more"),
    ("choice", ["a", "b"], ["a", "c"], "1 of your 2 choices is right; “c” is not"),
    ("choice", ["a", "b", "c"], ["a"], "2 of 3 are missing"),
    ("choice", {"x": "lead", "y": "quote"}, {"x": "lead", "y": "lead"}, "1 of 2 are right; “y” is not yet"),
    ("choice", {"x": "lead", "y": "quote"}, {"x": "lead"}, "“y” has no answer yet"),
    ("choice", ["a", "b"], ["b", "a"], "The choices are right, but their order is not"),
    ("choice", "a", "A", "Only case differs"),
]
ROWS = [
    *((*row, "") for row in SHAPES),
    *(("tokens", a.split(), b.split(), said, "") for a, b, said in TOKENS),
    ("tokens", ["mars", "no"], ["mars", "", "no"], "empty texts", ""),
    ("tokens", ["mars", "no"], ["mars\n", "no"], "White space was kept at the ends of “mars↵”", ""),
    *(("sentences", *row, "") for row in SENTENCES),
    *(("counts", *row, "") for row in COUNTS),
    *(("number", *row, "") for row in NUMBERS),
    ("number", 18, len(MARS), "92 is the number of characters in the text", MARS),
    ("number", 18, 25, "25 is the number of tokens with punctuation in the text", MARS),
    *(("summary", *row, MARS) for row in SUMMARIES),
    *(("spans", *row, MARS) for row in SPANS),
    *(("table", *row, "") for row in TABLES),
    *((*row, "") for row in TEXTS),
]


@pytest.mark.parametrize("field, expected, given, said, source", ROWS)
def test_a_mistake_is_named(field, expected, given, said, source):
    told = explain(field, expected, given, source)
    assert any(part in told for part in said.split("|")), told
    assert len(told) <= 200


@pytest.mark.parametrize(
    "expected, given, not_said",
    [
        ("mars .", "mars . .", "Punctuation was kept"),
        ("the mars", "the the mars", "stop word"),
        ("Mars esa", "mars nasa", "small letters"),
        ("a-b c", "a d c", "hyphen"),
        ("b a c", "a b d", "order"),
        ("it is", "It is NOT", "one too many: the first"),
        ("don’t go", "don go", "contraction"),
        ("1,200 euro", "1,300 euro", "number was cut"),
        ("arm mars arm", "arm esa", "Repetitions"),
    ],
)
def test_a_near_miss_is_not_named(expected, given, not_said):
    told = explain("tokens", expected.split(), given.split())
    assert told and not_said not in told


@pytest.mark.parametrize(
    "field, expected, given, not_said",
    [
        ("counts", {"a": 60, "b": 40}, {"a": 120, "b": 80}, "share"),
        ("counts", {"mars": 3}, {"mars": 2, "esa": 1}, "Not normalised"),
        ("counts", {"mars": 2, "esa": 3}, {"mars": 3, "esa": 2}, "Every"),
        ("sentences", ["Mars is far. No."], ["Mars is far.", "No."], "abbreviation"),
        ("summary", ["Nobody knew why."], ["It didn’t move."], "altered"),
        ("spans", [[4, 8], [18, 23]], [[3, 8], [18, 24]], "Every"),
    ],
)
def test_a_near_miss_in_other_fields_is_not_named(field, expected, given, not_said):
    told = explain(field, expected, given, MARS)
    assert told and not_said not in told


@pytest.mark.parametrize(
    "field, expected, given",
    [
        ("number", 7, 9.5),
        ("number", 0.3, 0.45),
        ("number", 4, 7),
        ("number", 0, 7),
        ("text", "ESA", "NASA"),
        ("choice", "a", "b"),
    ],
)
def test_what_no_rule_knows_stays_unsaid(field, expected, given):
    assert explain(field, expected, given) == ""


@pytest.mark.parametrize("field", FIELDS)
def test_the_right_answer_has_no_mistake(field):
    right = {"table": MONTHS, "number": 3, "counts": {"a": 1}, "spans": [[0, 3]], "text": "a", "choice": ["a"]}
    value = right.get(field, ["It fell.", "No."])
    assert explain(field, value, value, MARS) == ""


@pytest.mark.parametrize(
    "expected, given, said",
    [
        (["mars"], ["Mars"], "Case: “Mars” should be “mars”"),
        ({"mars": 2}, {"mars": 3}, "has 3 in place of 2"),
        ([["mars", 2]], [["mars", 3]], "has 3 in place of 2"),
        (4, 5, "Off by one"),
        ("ESA", "esa", "Only case differs"),
        ({"$set": ["mars"]}, {"$set": ["mars", "the"]}, "A stop word was left in"),
        (MONTHS, table("month", ("2022-02",)), "“articles” is missing"),
        (True, 1, "a truth value is asked for"),
    ],
)
def test_without_a_field_the_kind_of_the_expected_answer_says_which_rules_hold(expected, given, said):
    assert said in explain("", expected, given)


@pytest.mark.parametrize(
    "field, expected, given, said",
    [
        ("tokens", ["b", "a", "c"], ["c", "a"], "“b” is missing"),
        ("tokens", ["b", "a", "b"], ["a", "b"], "“b” is missing"),
        ("tokens", ["b", "a"], ["A", "B"], "Case"),
        ("tokens", ["b", "a"], {"$set": ["a", "b", "."]}, "Punctuation was kept"),
        ("tokens", ["b", "a"], ["a", None], "There is nothing"),
        ("sentences", ["It fell.", "No."], ["No."], "“It fell.” is missing"),
        ("summary", ["It didn’t move.", "Nobody knew why."], ["Nobody knew why."], "too short"),
        ("counts", [["mars", 3], ["esa", 2]], [["esa", 2], ["mars", 4]], "“mars” has 4 in place of 3"),
        ("counts", [1, 2, 3], [3, 2], "“1” is missing"),
        ("spans", [[0, 3], [4, 8]], [[4, 8]], "A span is missing"),
        ("choice", ["a", "b"], ["b"], "1 of 2 is missing"),
    ],
)
def test_where_order_does_not_count_nothing_is_said_of_it(field, expected, given, said):
    told = explain(field, expected, given, MARS, ordered=False)
    assert said in told and not any(word in told for word in ("order", "osition", "backwards", "first item", "last"))


def nested(dice, depth=0):
    """Return a random plain value: what students return by mistake, and worse."""
    numbers, texts = (
        [0, 1, -3, 2.5, 1e308, 10**400],
        ["", " ", "Mars,", "don’t", "U.S.", "\n", "’", "ı̇ß\ud800", "3", "nan"],
    )
    leaves = [None, True, *numbers, *texts]
    several = [
        lambda: [nested(dice, depth + 1) for _ in range(dice.randrange(5))],
        lambda: {str(dice.choice(leaves)): nested(dice, depth + 1) for _ in range(dice.randrange(4))},
        lambda: [[dice.choice(["a", "b"]), dice.randrange(4)] for _ in range(dice.randrange(4))],
        lambda: [[dice.randrange(-3, 9), dice.randrange(99), *dice.choice([[], ["who"]])] for _ in range(3)],
        lambda: {dice.choice(["a", "B", ".", "the"]): dice.choice([0, 1, 2, 0.5]) for _ in range(3)},
        lambda: dice.choices(["It fell.", "Mars", "mars", ".", "the", "", "it", "fell", "1,200", "1", "200"], k=4),
        lambda: {"$table": {"columns": ["a", "b"][: dice.randrange(3)], "rows": [dice.choices(leaves, k=2)] * 2}},
        lambda: {dice.choice(["$set", "$table", "$number", "$figure"]): nested(dice, depth + 1)},
    ]
    return dice.choice(leaves) if depth > 3 or dice.random() < 0.3 else dice.choice(several)()


def test_no_plain_value_makes_it_stumble():
    dice = random.Random(2022)
    for _ in range(1500):
        expected, given = nested(dice), nested(dice)
        for field in [*FIELDS, ""]:
            told = explain(field, expected, given, dice.choice(["", MARS]), ordered=dice.random() < 0.7)
            assert isinstance(told, str) and len(told) <= 200

"""Typical wrong answers to 04_charting: the question, what a student writes, words of the explanation due."""

from plotly import graph_objects as go

from toolkit import chart_coverage, count_coverage, load_coverage

COVERAGE = load_coverage()
YEAR = COVERAGE[[str(month)[:4] == "2023" for month in COVERAGE["month"]]]
MARCH = COVERAGE[COVERAGE["month"].eq("2022-03")]
FRAMES = count_coverage(MARCH, by="frames", period=None)


def codings_below(table, frame):
    found = [one for several in table["frames"] for one in several]
    return found.count(frame) / max(len(found), 1)


def only_counted(table, frame):
    return len([several for several in table["frames"] if frame in several])


def in_per_cent(table, frame):
    return only_counted(table, frame) / max(len(table), 1) * 100


def of_the_index(table, frame):
    return only_counted(table, frame) / len(COVERAGE)


def alone(table, frame):
    return len([several for several in table["frames"] if several == [frame]]) / max(len(table), 1)


def nothing_for_empty(table, frame):
    return only_counted(table, frame) / len(table)


def compares_cells(table, frame):
    return sum(table["frames"] == frame) / max(len(table), 1)


def as_bars(labels, values):
    figure = go.Figure()
    figure.add_bar(x=list(values), y=list(labels), orientation="h")
    return figure


WRONG = [
    ("4.1", 232, "the rows that have a day"),
    ("4.1", 220, "the month of their event"),
    ("4.1", 518, "the number of all rows"),
    ("4.1", 287, "one too many"),
    ("4.2", 0.1215, "all codings"),
    ("4.2", 26 / 518, "the whole index"),
    ("4.2", 24.3, "100 times too large"),
    ("4.2", 1 - 26 / 107, "the rest"),
    ("4.2", 26, "This is the count"),
    ("4.3", ["b", "a"], "the intervals overlap"),
    ("4.3", ["e", "c", "a"], "nothing of how the searching went"),
    ("4.3", ["e"], "one more"),
    ("4.3", ["d", "e"], "“d” is not"),
    ("4.4", ["c", "e", "f", "b", "a", "d"], "before you take out rows"),
    ("4.4", ["c", "f", "e", "a", "b", "d"], "first count, then draw"),
    ("4.4", list("cebadf"), "Afterwards nobody wants to know"),
    ("4.4", ["c", "f", "e", "b", "d", "a"], "their order is not"),
    ("4.5", count_coverage(YEAR)[["period", "articles"]].query("articles > 0"), "Rows with 0 were left out"),
    ("4.5", count_coverage(YEAR), "two columns"),
    ("4.5", count_coverage(YEAR, period="quarter")[["period", "articles"]], "row"),
    ("4.5", count_coverage(YEAR)["articles"].tolist(), "a table is asked for"),
    ("4.6", chart_coverage(count_coverage(YEAR, period="month"), title="2023"), "All articles of 2023 are drawn"),
    (
        "4.6",
        chart_coverage(count_coverage(COVERAGE[COVERAGE["month_basis"] != "event"])),
        "All years are drawn",
    ),
    ("4.6", count_coverage(YEAR[YEAR["month_basis"] == "stated"]), "a chart is asked for"),
    ("4.7", ["a"], "Two more are for the eye"),
    ("4.7", ["c", "b"], "a bar is read by its length"),
    ("4.7", ["d"], "Every number in the chart is true"),
    ("4.7", ["a", "d"], "“d” is not"),
    ("4.8", as_bars(FRAMES["frames"], FRAMES["articles"]), "has no title"),
    (
        "4.8",
        as_bars(FRAMES["frames"][:3], FRAMES["articles"][:3]).update_layout(xaxis_title="articles"),
        "Six frames are missing",
    ),
    (
        "4.8",
        as_bars(FRAMES["frames"], FRAMES["articles"]).update_xaxes(title_text="articles", range=[5, 50]),
        "the axis begins at 5",
    ),
    ("4.9", {"1": "b", "2": "a", "3": "c", "4": "d"}, "1 and 2 are exchanged"),
    ("4.9", {"1": "a", "2": "b", "3": "d", "4": "c"}, "3 and 4 are exchanged"),
    ("4.9", {"1": "a", "2": "b", "3": "c"}, "“4” has no answer yet"),
    ("4.9", {"1": "d", "2": "b", "3": "c", "4": "a"}, "2 of 4 are right"),
    ("4.10", 3.7, "raw counts"),
    ("4.10", 1.87, "the log ratio itself"),
    ("4.10", 3.73, "raw counts"),
    ("4.10", 3.732, "doubled the log ratio"),
    ("4.10", 2.309 / 8.416, "Upside down"),
    ("4.10", 4, "whole number"),
    ("4.11", codings_below, "divided by the codings"),
    ("4.11", only_counted, "divide it by the number of all articles"),
    ("4.11", in_per_cent, "a share from 0 to 1"),
    ("4.11", of_the_index, "the whole index"),
    ("4.11", alone, "may have others beside it"),
    ("4.11", nothing_for_empty, "divided by 0"),
    ("4.12", False, "once the notebook has run"),
    ("4.12", "True", "without quotation marks"),
]

"""A notebook is run twice for its sets only where their order may be seen."""

import pytest

from toolkit.grading.marks import may_vary, names_in


@pytest.mark.parametrize(
    ("code", "varies"),
    [
        ("n = len(set(words))", False),
        ("stop = set(words)\nkept = [word for word in words if word not in stop]", False),
        ("seen = set()\nseen.add(1)\nn = len(seen | {2})", False),
        ("types = sorted(set(words).intersection({'a'}))", True),  # one is passed on
        ("types = sorted(set(words).intersection(['a']))", False),
        ("types = sorted(set(words), key=len)", True),
        ("types = list(stop_words().union(words))", True),
        ("n = len(stop_words().union(words))", False),
        ("types = list(set(words))", True),
        ("some = set(words)\nother = some\nfirst = next(iter(other))", True),
        ("some = []\nsome += set(words)", True),
        ("def types(words):\n    return set(words)", True),
        ("make = set\ntypes = list(make(words))", True),
        ("for word in {'a', 'b'}: print(word)", True),
        ("n = len(" + "set() | " * 500 + "set())", False),
    ],
)
def test_a_set_is_a_reason_to_run_twice_only_where_its_order_may_be_seen(code, varies):
    assert may_vary(names_in([code])) == varies


def test_a_set_of_one_cell_is_followed_into_the_next():
    assert not may_vary(names_in(["stop = set(words)", "n = 'the' in stop"]))
    assert may_vary(names_in(["stop = set(words)", "first = list(stop)[0]"]))

"""Keyness of 12 MB of text, from raw text to the table: PYTHONPATH=WITH-SCIKIT-LEARN python benchmarks/keyness.py

Two groups of 6 million characters each are made of desk sentences drawn by lot (seed 1), the first from the half of the
desks, the second from the other; one word in twenty gets a number behind it, so that there are as many different words
as in so much news. Beside ours, scikit-learn's CountVectorizer counts the same texts with ours as its pattern for a
word (it lowers the text first, as it always does), and the same formula follows. Without it only ours is timed.
"""

import random
import time
from collections import Counter

from timing import seconds

from toolkit import keyness, load, split_sentences, term_counts, word_counts, words

SIZE = 6_000_000
ARTICLE = 2_500
"""Characters of a group, and of one of its texts."""


def group(desks, lot):
    """Return texts of desk sentences in an order drawn by lot, one word in twenty made a word of its own."""
    sentences = [s.text for a in load("desk") if a.desk in desks for s in split_sentences(a.text)]
    texts, size = [], 0
    while size < SIZE:
        text = ""
        while len(text) < ARTICLE:
            text += " ".join(
                f"{w}{int(lot.paretovariate(0.7)) % 90_000}" if w.isalpha() and lot.random() < 0.05 else w
                for w in lot.choice(sentences).split()
            )
            text += " "
        texts.append(text)
        size += len(text)
    return texts


def theirs(first, second, pattern):
    """Return the table by scikit-learn's counts and our formula."""
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(token_pattern=pattern)
    matrix = counter.fit_transform([*first, *second])
    names = counter.get_feature_names_out()
    sums = matrix[: len(first)].sum(axis=0).A1, matrix[len(first) :].sum(axis=0).A1
    return keyness(*(dict(zip(names, counts.tolist(), strict=True)) for counts in sums))


def main():
    """Print times, the parts of ours, and ratios."""
    lot = random.Random(1)
    desks = sorted({article.desk for article in load("desk")})
    first, second = group(desks[::2], lot), group(desks[1::2], lot)
    counts = word_counts(first), word_counts(second)
    assert counts == tuple(term_counts(w for t in texts for w in words(t)) for texts in (first, second))
    n, types = sum(map(Counter.total, counts)), len(counts[0] | counts[1])
    size = sum(len(text.encode()) for text in [*first, *second])
    print(f"{size / 1e6:.1f} MB in {len(first) + len(second):,} texts, {n:,} words, {types:,} of them different")

    def ours():
        return keyness(word_counts(first), word_counts(second))

    def longhand():
        return keyness(*(term_counts(w for t in texts for w in words(t)) for texts in (first, second)))

    took = seconds(ours, 3)
    print(f"keyness(word_counts(…), word_counts(…)): {took:.2f} s (aim 1.2)")
    print(f"  of which word_counts {seconds(lambda: [word_counts(first), word_counts(second)], 3):.2f} s")
    print(f"keyness(term_counts(words(…)), …), the same table: {seconds(longhand, 3):.2f} s")
    try:
        import sklearn
    except ImportError:
        print("scikit-learn is not on PYTHONPATH, so there is nothing to compare with")
        return
    for told, pattern in {"its own pattern": r"(?u)\b\w\w+\b", "one letter too": r"(?u)\b\w+\b"}.items():
        start = time.perf_counter()
        table = theirs(first, second, pattern)
        other = time.perf_counter() - start
        alike = len(set(table["term"][:100]) & set(ours()["term"][:100]))
        print(f"scikit-learn {sklearn.__version__}, {told}: {other:.2f} s, {other / took:.1f} × ours (aim above 1);")
        print(f"  {alike} of its first 100 terms are among ours")


if __name__ == "__main__":
    main()

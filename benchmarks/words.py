"""Words against NLTK on the same text, in one run: python benchmarks/words.py [--growth]. Ratios, not seconds.

`--growth` prints instead how the time grows with the text, and how long texts of one sign alone take.

`nltk.word_tokenize` and `nltk.sent_tokenize` need the data package punkt_tab; without it (NLTK_DATA) the same work is
done with Punkt and our abbreviations in its place, and the line says so.
"""

import random
import sys
import time
from collections import Counter
from dataclasses import replace
from functools import partial
from math import log

from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from nltk.tokenize import NLTKWordTokenizer, PunktSentenceTokenizer, TweetTokenizer, WordPunctTokenizer
from nltk.tokenize.punkt import PunktParameters
from nltk.tokenize.punkt import PunktTokenizer as Trained
from timing import seconds

from toolkit import collocations, concordance, index_words, load, split_sentences, tokenize, words
from toolkit.wordlists import wordlist


def punkt() -> tuple[str, PunktSentenceTokenizer]:
    """Return NLTK's trained sentence tokenizer if its data are here, else Punkt with our abbreviations."""
    try:
        return "punkt_tab", Trained("english")
    except LookupError:
        parameters = PunktParameters()
        parameters.abbrev_types = set(wordlist("english-abbreviations") | wordlist("english-titles"))
        return "Punkt with our abbreviations", PunktSentenceTokenizer(parameters)


def bag_f1(ours: Counter[str], theirs: Counter[str]) -> float:
    """Return 2 × shared tokens / all tokens of both."""
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def against_nltk(text: str) -> None:
    """Print our speed over NLTK's on the same text, and how far the results agree."""
    print(f"\n{len(text):,} characters | ms | ours is × faster | agreement with ours (F1)")
    ours = seconds(lambda: tokenize(text))
    bag = Counter(token.text for token in tokenize(text))
    print(f"tokenize (with offsets)            | {1000 * ours:8.0f} |        | ")
    for name, cut in {
        "NLTKWordTokenizer.span_tokenize": lambda t: [t[a:b] for a, b in NLTKWordTokenizer().span_tokenize(t)],
        "NLTKWordTokenizer.tokenize": NLTKWordTokenizer().tokenize,
        "TweetTokenizer.tokenize": TweetTokenizer().tokenize,
        "WordPunctTokenizer.tokenize": WordPunctTokenizer().tokenize,
    }.items():
        theirs = seconds(lambda cut=cut: cut(text), runs=3)
        print(f"  nltk {name:29}| {1000 * theirs:8.0f} | {theirs / ours:5.1f}× | {bag_f1(bag, Counter(cut(text))):.3f}")
    ours = seconds(lambda: split_sentences(text))
    found = Counter(sentence.text for sentence in split_sentences(text))
    print(f"split_sentences (with offsets)     | {1000 * ours:8.0f} |        | ")
    for name, split in {
        "Punkt untrained": PunktSentenceTokenizer().tokenize,
        "Punkt with our abbreviations": lambda t: [s.text for s in split_sentences(t, splitter="punkt")],
    }.items():
        theirs = seconds(lambda split=split: split(text), runs=3)
        agree = bag_f1(found, Counter(split(text)))
        print(f"  nltk {name:29}| {1000 * theirs:8.0f} | {theirs / ours:5.1f}× | {agree:.3f}")


def varied(size: int) -> str:
    """Return the paragraphs of the desk corpus again and again, each time in another order."""
    paragraphs = [part for article in load("desk") for part in article.text.split("\n\n")]
    lot, length = random.Random(1), sum(map(len, paragraphs))
    rounds = [lot.sample(paragraphs, len(paragraphs)) for _ in range(size // length + 1)]
    return "\n\n".join(part for some in rounds for part in some)[:size]


def growth() -> None:
    """Print the time for 12, 25 and 50 million characters, and how 2 million of one sign compare with words."""
    sizes = (12, 25, 50)
    odd = {"letter": "a", "digit": "7", "hyphen": "-", "dot": ".", "quotation mark": "”", "a.": "a.", "apostrophe": "’"}
    for work in (tokenize, split_sentences):
        took = [seconds(partial(work, varied(size * 10**6)), 3) for size in sizes]
        each = ", ".join(f"{size} MB {t:.2f} s ({size / t:.1f} MB/s)" for size, t in zip(sizes, took, strict=True))
        print(f"{work.__name__}: {each}; time grows as size^{log(took[-1] / took[0]) / log(sizes[-1] / sizes[0]):.2f}")
        usual = seconds(partial(work, varied(2 * 10**6)))
        for name, sign in odd.items():
            ratio = seconds(partial(work, sign * (2 * 10**6 // len(sign)))) / usual
            print(f"  2 MB of {name:15}{ratio:5.1f} × the time of words (aim 3)")


def main() -> None:
    """Print the table."""
    desk = load("desk")
    once = "\n\n".join(article.text for article in desk)
    text = once * 10
    name, sentences = punkt()
    breaker = NLTKWordTokenizer()

    def their_words(part: str) -> list[str]:
        return [token for sentence in sentences.tokenize(part) for token in breaker.tokenize(sentence)]

    bag, theirs = Counter(tokenize(once).texts), Counter(their_words(once))
    agree = 2 * (bag & theirs).total() / (bag.total() + theirs.total())
    print(f"{len(text):,} characters; NLTK's sentences by {name}")
    ratio = seconds(lambda: their_words(text), 3) / seconds(lambda: tokenize(text))
    print(
        f"tokenize with offsets, × faster than nltk word_tokenize: {ratio:.1f} (aim 20); bag F1 {agree:.3f} (aim 0.95)"
    )
    ratio = seconds(lambda: sentences.tokenize(text), 3) / seconds(lambda: split_sentences(text))
    print(f"split_sentences, × faster than nltk sent_tokenize: {ratio:.1f} (aim 8)")

    against_nltk(text)

    articles = [replace(article, id=f"{article.id}-{i}") for i in range(130) for article in desk]
    start = time.perf_counter()
    index = index_words(articles)
    print(f"index of {len(index):,} tokens: {time.perf_counter() - start:.2f} s, once")
    for phrase in ("the", "Roscosmos", "European Space Agency"):
        took = seconds(lambda phrase=phrase: list(concordance(index, phrase)[:200]))
        print(f"  a page of 200 lines, {phrase!r}: {1000 * took:.2f} ms (aim 2 ms)")

    many = [word for article in articles for word in words(article.text)]
    random.Random(1).shuffle(many)

    def their_pairs() -> object:
        finder = BigramCollocationFinder.from_words(many)
        finder.apply_freq_filter(5)
        return finder.nbest(BigramAssocMeasures.likelihood_ratio, 10)

    ratio = seconds(their_pairs, 1) / seconds(lambda: collocations(many, at_least=5), 3)
    print(f"collocations of {len(many):,} words, × faster than nltk's finder: {ratio:.1f} (aim 20)")


if __name__ == "__main__":
    growth() if "--growth" in sys.argv else main()

"""Words against NLTK on the same text, in one run: python benchmarks/words.py. Ratios, not seconds.

`nltk.word_tokenize` and `nltk.sent_tokenize` need the data package punkt_tab; without it (NLTK_DATA) the same work is
done with Punkt and our abbreviations in its place, and the line says so.
"""

import random
import time
from collections import Counter
from dataclasses import replace

from nltk import NLTKWordTokenizer
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
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
    main()

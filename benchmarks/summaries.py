"""Our summaries against sumy's on the same texts in one run: PYTHONPATH=FOLDER-WITH-SUMY python benchmarks/summaries.py

Prints ratios, growth from 500 to 2,000 sentences, memory at 20,000, a cold start, and ROUGE on the 40 desk articles.
`--cnn FILE` adds ROUGE on other single articles: a JSONL file with `article` and `highlights` in each line.
sumy gets Punkt with our abbreviations, so that it needs no data; its stemmer and stop words are its own.
"""

import argparse
import json
import math
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import fmean

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
from timing import seconds

from toolkit import Article, load, rouge, split_sentences, summarize
from toolkit.article import Gold
from toolkit.wordlists import stop_words, wordlist

AIMS = {"lexrank": (15, 80, 400), "textrank": (15, 25, 50), "lsa": (None, 10, None), "luhn": (None, 10, None)}
AIMS |= {"kl": (None, 10, None)}
SIZES = (100, 500, 2000)
SLOW = {"kl": 500}
"""From how many sentences on sumy is not run: its KL took 90 seconds for 500."""


class Cut:
    """What sumy asks of a tokenizer."""

    def __init__(self):
        parameters = PunktParameters()
        parameters.abbrev_types = set(wordlist("english-abbreviations") | wordlist("english-titles"))
        self.punkt = PunktSentenceTokenizer(parameters)

    def to_sentences(self, paragraph):
        return tuple(self.punkt.tokenize(paragraph))

    def to_words(self, sentence):
        return tuple(re.findall(r"[^\W\d_]+", sentence))


def peers():
    """Return sumy's methods by our names, as functions from a text and a length to sentences."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.kl import KLSummarizer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    made = {"lexrank": LexRankSummarizer, "textrank": TextRankSummarizer, "lsa": LsaSummarizer}
    made |= {"luhn": LuhnSummarizer, "kl": KLSummarizer}
    cut, stemmer = Cut(), Stemmer("english")

    def method(kind):
        def summary(text, length):
            summarizer = kind(stemmer)
            summarizer.stop_words = stop_words()
            return [str(s) for s in summarizer(PlaintextParser.from_string(text, cut).document, length)]

        return summary

    return {name: method(kind) for name, kind in made.items()}


def texts():
    """Return one text of each size, made of desk sentences in an order drawn by lot."""
    sentences = [s.text for article in load("desk") for s in split_sentences(article.text)]
    lot = random.Random(1)
    many = [s for _ in range(4) for s in lot.sample(sentences, len(sentences))]
    return {size: "\n\n".join(" ".join(many[i : i + 5]) for i in range(0, size, 5)) for size in SIZES}


def speed(theirs):
    """Print how many times faster than sumy each method is, from raw text to five sentences, and how time grows."""
    print("method    | × faster than sumy at 100 / 500 / 2000 sentences (aim) | growth 500 to 2000: exponent (aim 1.4)")
    made = texts()
    for name, aims in AIMS.items():
        ours = {size: seconds(lambda s=size, m=name: summarize(made[s], sentences=5, method=m)) for size in SIZES}
        row = []
        for size, aim in zip(SIZES, aims, strict=True):
            runs = size <= SLOW.get(name, 2000) - (name in SLOW)
            ratio = seconds(lambda s=size, m=name: theirs[m](made[s], 5), 1) / ours[size] if runs else math.nan
            row.append(f"{ratio:.0f}{f' ({aim})' if aim else ''}")
        print(f"{name:9} | {' / '.join(row)} | {math.log(ours[2000] / ours[500]) / math.log(4):.2f}", flush=True)


def size():
    """Print time and memory for 20,000 sentences, each method in a process of its own."""
    code = (
        "import sys; from toolkit import summarize; "
        "text = ' '.join(f'Word{i % 977} meets word{i % 1009} and thing{i % 31} again.' for i in range(20_000)); "
        "summarize(text, method=sys.argv[1]); "
        "print(next(int(line.split()[1]) for line in open('/proc/self/status') if 'VmHWM' in line) // 1024)"
    )
    for name in ("news", *AIMS, "lexrank_thresholded"):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True, check=True)
        took = time.perf_counter() - start
        print(f"20,000 sentences, {name}: {took:.1f} s, {done.stdout.strip()} MB at most (aim 300)")
    article = load("desk")["2022-07-12-wire"].text
    code = "import sys; from toolkit import summarize; summarize(sys.argv[1])"
    cold = seconds(lambda: subprocess.run([sys.executable, "-c", code, article], check=True))
    print(f"cold process to the first summary: {cold:.2f} s (aim 0.5)")


def quality(articles, theirs):
    """Print ROUGE-1, -2 and -Lsum F1 of ours and of sumy's at three sentences."""
    ours = {f"our {name}": name for name in ("lead", "news", "lexrank", "textrank", "lexrank_thresholded")}
    for label in (*ours, "sumy lexrank", "sumy textrank"):
        scores = []
        for article in articles:
            if label in ours:
                made = summarize(article, method=ours[label])
            else:
                made = "\n\n".join(theirs[label.removeprefix("sumy ")](article.text, 3))
            scores.append(rouge(made, article.gold.references))
        means = [100 * fmean(s[name].f1 for s in scores) for name in ("rouge1", "rouge2", "rougeLsum")]
        print(f"{label:22} | {' '.join(f'{mean:5.2f}' for mean in means)}", flush=True)


def pairs(articles):
    """Print how many pairs of summary and reference `rouge` judges a second."""
    made = [(summarize(a).text, reference) for a in articles for reference in a.gold.references]
    many = (made * (1000 // len(made) + 1))[:1000]
    print(f"rouge of 1,000 pairs: {seconds(lambda: [rouge(*pair) for pair in many], 1):.2f} s (aim 2)")


def main():
    """Print all tables."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--cnn", type=Path, help="JSONL with article and highlights")
    options, theirs, desk = words.parse_args(), peers(), list(load("desk"))
    speed(theirs)
    size()
    pairs(desk)
    print(f"ROUGE-1 -2 -Lsum F1 × 100, {len(desk)} desk articles, the better of two references")
    quality(desk, theirs)
    if options.cnn:
        lines = [json.loads(line) for line in options.cnn.read_text(encoding="utf-8").splitlines()]
        found = [
            Article(str(i), "", line["article"], gold=Gold(references=(line["highlights"],)))
            for i, line in enumerate(lines)
        ]
        print(f"the same, {len(found)} articles of {options.cnn.name}")
        quality(found, theirs)


if __name__ == "__main__":
    main()

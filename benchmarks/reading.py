"""How well reading closely agrees with the gold: python benchmarks/reading.py [--show].

Two halves: the events in even positions (the rules were written on these) and those in odd positions (only measured).

direct       a quotation is found when it shares at least half of its characters with a gold one: P, R and F1
reported     P, R and F1 over tokens: those inside our spans of reported speech against those inside the gold spans
speakers     of the gold quotations that are found, the share whose speaker is the same, letter by letter
evaluative   (the list was written after the even half was read: only the odd half says how it fares on new texts)
             P: share of our words that touch a gold phrase; R: share of the gold phrases that one of ours touches
ms           milliseconds for 1,000 words, quotations, actors and evaluative together
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from toolkit import load, tokenize
from toolkit.article import Article, Quotation
from toolkit.judging import evaluative
from toolkit.naming import actors
from toolkit.quoting import quotations


def halves() -> dict[str, list[Article]]:
    """Return the desk articles by half of their events, and all of them."""
    desk = load("desk")
    events = sorted({article.event for article in desk})
    even = [article for article in desk if article.event in events[::2]]
    return {"even": even, "odd": [a for a in desk if a.event in events[1::2]], "all": list(desk)}


def shared(left: Quotation, right: Quotation) -> int:
    """Return how many characters two quotations share."""
    return max(0, min(left.end, right.end) - max(left.start, right.start))


def matched(found: Sequence[Quotation], wanted: Quotation) -> Quotation | None:
    """Return the quotation that shares most with a wanted one, at least half of the shorter, else None."""
    best = max(found, key=lambda q: (shared(q, wanted), -len(q.text)), default=None)
    enough = best and 2 * shared(best, wanted) >= min(len(best.text), len(wanted.text)) > 0
    return best if enough else None


def covered(article: Article, spans: Iterable[Quotation]) -> set[int]:
    """Return the tokens, by where they start, that some span covers."""
    spans = list(spans)
    return {t.start for t in tokenize(article.text) if any(q.start <= t.start and t.end <= q.end for q in spans)}


def measure(articles: list[Article], *, show: bool = False) -> Counter[str]:
    """Return the counts that every figure of the table is made of."""
    n: Counter[str] = Counter()
    for article in articles:
        ours = {mode: [q for q in quotations(article) if q.mode == mode] for mode in ("direct", "indirect")}
        gold = {mode: [q for q in article.gold.quotations if q.mode == mode] for mode in ours}
        for mode, found in ours.items():
            n[f"{mode} gold"] += len(gold[mode])
            n[f"{mode} ours"] += len(found)
            n[f"{mode} right"] += sum(matched(gold[mode], q) is not None for q in found)
            for wanted in gold[mode]:
                best = matched(found, wanted)
                n[f"{mode} found"] += best is not None
                n[f"{mode} speaker"] += best is not None and best.speaker == wanted.speaker
                if show and (best is None or best.speaker != wanted.speaker):
                    print(f"{article.id} {mode}: {wanted.speaker} | {wanted.text}\n    {best}")
            if show:
                for q in found:
                    if matched(gold[mode], q) is None:
                        print(f"{article.id} {mode} EXTRA {q.speaker} | {q.cue} | {q.text}")
        tokens = covered(article, ours["indirect"]), covered(article, gold["indirect"])
        n["token ours"] += len(tokens[0])
        n["token gold"] += len(tokens[1])
        n["token both"] += len(tokens[0] & tokens[1])
        spans = [(article.text.find(words), article.text.find(words) + len(words)) for words in article.gold.evaluative]
        judged = evaluative(article)
        n["judged ours"] += len(judged)
        n["judged right"] += sum(any(a < j.end and j.start < b for a, b in spans) for j in judged)
        n["judged gold"] += len(spans)
        n["judged found"] += sum(any(a < j.end and j.start < b for j in judged) for a, b in spans)
    return n


def milliseconds(articles: list[Article]) -> float:
    """Return the time for 1,000 words."""
    for warm in (quotations, actors, evaluative):
        warm(articles[0])
    start = time.perf_counter()
    for article in articles:
        quotations(article), actors(article), evaluative(article)
    return (time.perf_counter() - start) * 1e6 / sum(len(article.text.split()) for article in articles)


def row(n: Counter[str]) -> list[float]:
    """Return the figures of one line of the table."""

    def prf(right: str, ours: str, found: str, gold: str) -> list[float]:
        p, r = n[right] / max(1, n[ours]), n[found] / max(1, n[gold])
        return [p, r, 2 * p * r / max(1e-9, p + r)]

    return [
        *prf("direct right", "direct ours", "direct found", "direct gold"),
        n["direct speaker"] / max(1, n["direct found"]),
        *prf("token both", "token ours", "token both", "token gold"),
        n["indirect speaker"] / max(1, n["indirect found"]),
        *prf("judged right", "judged ours", "judged found", "judged gold")[:2],
    ]


def main() -> None:
    """Print the table."""
    print("         |        direct               |       reported              | evaluative  |")
    print("events   |   P     R     F1   speakers |   P     R     F1   speakers |   P     R   |   ms")
    for name, articles in halves().items():
        f = row(measure(articles, show="--show" in sys.argv and name == "even"))
        cells = [" ".join(f"{x:.3f}" for x in part) for part in (f[:4], f[4:8], f[8:])]
        print(f"{name:8} | {cells[0]:27} | {cells[1]:27} | {cells[2]} | {milliseconds(articles):5.1f}")


if __name__ == "__main__":
    main()

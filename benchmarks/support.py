"""How well support finds what a summary sentence changed, by kind: python benchmarks/support.py [--show]

The sentences are those of datasets/support/sentences.jsonl. The rules were improved on the half `develop`; the half
`measure` is only counted. `--show` lists the misses of `develop`, and of no other half.

recall       of the sentences with a change of this kind, the share with a problem of this kind
any          … the share with a problem of whatever kind
precision    of the sentences with a problem of this kind, the share whose change is of this kind
none         sentences that say what the source says: the share without any problem, in the column recall
five         numbers, dates, names, speakers and quotations together: recall is the share of changed sentences with any
             problem, precision the share of all sentences with a problem (the other kinds left out) that were changed
ms           milliseconds for a summary of 5 sentences and its article, the first call left out
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from toolkit import load
from toolkit.claims import KINDS, support

DATA = Path(__file__).parent.parent / "datasets" / "support" / "sentences.jsonl"
DESK = load("desk")
FIVE = ("number", "date", "name", "speaker", "quotation")


def measure(rows, show=False):
    """Return counts: (what, kind) of sentences of a kind, found by it, found at all, flagged, rightly flagged."""
    n = Counter()
    for row in rows:
        kinds = {problem.kind for problem in support(row["sentence"], DESK[row["article"]]).problems}
        n["all", row["kind"]] += 1
        n["any", row["kind"]] += bool(kinds)
        n["found", row["kind"]] += row["kind"] in kinds or (row["kind"] == "none" and not kinds)
        for kind in kinds:
            n["flagged", kind] += 1
            n["right", kind] += kind == row["kind"]
        if show and kinds != {row["kind"]} - {"none"}:
            print(f"  {row['kind']}: {sorted(kinds)} {row['sentence']}")
    return n


def share(part, whole):
    return f"{part / whole:6.2f} ({part}/{whole})" if whole else "     –"


def main():
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    for half in ("develop", "measure"):
        n = measure([row for row in rows if row["half"] == half], "--show" in sys.argv and half == "develop")
        print(f"{half:12}{'recall':>16}{'any':>16}{'precision':>16}")
        changed = [kind for kind in KINDS if kind in FIVE]
        seen, all_changed = (sum(n[what, kind] for kind in changed) for what in ("any", "all"))
        print(f"{'five':12}{share(seen, all_changed):>16}{'':16}{share(seen, seen + n['any', 'none']):>16}")
        for kind in (*KINDS, "none"):
            found, seen = share(n["found", kind], n["all", kind]), share(n["any", kind], n["all", kind])
            print(f"{kind:12}{found:>16}{seen:>16}{share(n['right', kind], n['flagged', kind]):>16}")
    article, started = DESK[0], time.perf_counter()
    summary = " ".join(article.gold.references)
    runs = 20
    for _ in range(runs):
        support(summary, article)
    print(f"ms {(time.perf_counter() - started) / runs * 1000:.0f}")


if __name__ == "__main__":
    main()

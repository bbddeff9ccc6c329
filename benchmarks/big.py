"""A file of 1,000,000 articles, some 2 GB, counted on one core and on all: python benchmarks/big.py [--most 1000000]

Every article is put together from desk paragraphs, with an outlet, a day and a language, all drawn by lot (seed 1); so
there are no more different words than in the desk articles. The file stands in a temporary folder (TMPDIR), grows from
step to step and is deleted at the end. Each count runs in a process of its own. Memory is the peak (VmHWM, Linux) of
that process and of every worker added up, which is more than they ever took at one time.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from math import log
from pathlib import Path

from toolkit import count_file, count_file_terms, load

LANGUAGES = ("de", "en", "fr", "ru")
SIZE, STEPS = 1_900, 10
"""Characters of a text, and in how many steps the file grows."""


def bodies(lot):
    """Return 5,000 texts of desk paragraphs drawn by lot, as they stand in JSON."""
    paragraphs = [part for article in load("desk") for part in article.paragraphs]
    made = []
    for _ in range(5_000):
        text = ""
        while len(text) < SIZE:
            text += lot.choice(paragraphs) + "\n\n"
        made.append(json.dumps(text[:SIZE], ensure_ascii=False))
    return made


def add_articles(file, n, texts, lot):
    """Add articles to a JSONL file."""
    first = date(2014, 1, 1)
    days = [(first + timedelta(days=i)).isoformat() for i in range(3650)]
    with file.open("a", encoding="utf-8") as stream:
        for _ in range(n):
            outlet = f"Outlet {int(lot.paretovariate(1)) % 200}"
            head = f'"title": "On the day", "media_name": "{outlet}", "publish_date": "{lot.choice(days)}"'
            stream.write(f'{{{head}, "language": "{lot.choice(LANGUAGES)}", "text": {lot.choice(texts)}}}\n')


def peaks():
    """Return the peak memory in MB of this process, and those of its workers, by what the kernel says."""
    family, grown = {str(Path("/proc/self").resolve().name)}, 0
    facts = {p.parent.name: p.read_text() for p in Path("/proc").glob("[0-9]*/status")}
    told = {
        pid: dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line) for pid, text in facts.items()
    }
    while len(family) > grown:
        grown = len(family)
        family |= {pid for pid, of in told.items() if of["PPid"].strip() in family}
    mine = Path("/proc/self").resolve().name
    sizes = {pid: int(told[pid]["VmHWM"].split()[0]) // 1024 for pid in family if "VmHWM" in told[pid]}
    return sizes.pop(mine), sorted(sizes.values(), reverse=True)


def one(file, work, jobs):
    """Count a file once and print how long it took, and the memory."""
    count = {"articles": count_file, "words": count_file_terms}[work]
    start = time.perf_counter()
    table = count(file, by="outlet", jobs=jobs)
    took = time.perf_counter() - start
    print(json.dumps([took, *peaks(), table.attrs["n"]]))


def measured(file, work, jobs):
    """Print a line about counting a file in a process of its own, and return the seconds."""
    command = [sys.executable, __file__, "--file", file, "--work", work, "--jobs", str(jobs)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    took, mine, workers, n = json.loads(done.stdout)
    size = file.stat().st_size
    cores = "all cores" if jobs < 0 else "1 core"
    told = f"{n:9,} articles, {size / 1e9:4.2f} GB {file.suffix:8}| {work:8} | {cores:9} | "
    told += f"{took:6.1f} s | {n / took:8,.0f} articles/s, {size / took / 1e6:4.0f} MB/s | "
    print(f"{told}{mine} MB + workers {workers} = {mine + sum(workers)} MB (aim 1,500)", flush=True)
    return took


def other_kinds(file):
    """Print the same for the first 200,000 articles as CSV and as Parquet."""
    import pandas as pd

    frames = pd.read_json(file, lines=True, chunksize=10_000)
    table = pd.concat(frame for _, frame in zip(range(20), frames, strict=False))
    for kind, write in (("csv", table.to_csv), ("parquet", table.to_parquet)):
        other = file.with_suffix(f".{kind}")
        write(other, index=False, **({"row_group_size": 5_000} if kind == "parquet" else {}))
        for work, jobs in (("articles", 1), ("articles", -1), ("words", 1), ("words", -1)):
            measured(other, work, jobs)


def main():
    """Print a line for every size."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--most", type=int, default=1_000_000, help="articles in the end")
    options.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--work", help=argparse.SUPPRESS)
    options.add_argument("--jobs", type=int, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.file:
        return one(given.file, given.work, given.jobs)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the file goes when the benchmark is ended
    lot = random.Random(1)
    texts = bodies(lot)
    with tempfile.TemporaryDirectory() as folder:
        file, took = Path(folder) / "big.jsonl", {}
        if shutil.disk_usage(folder).free < 2 * given.most * (SIZE + 500):
            sys.exit(f"there is too little room in {folder}; give fewer articles by --most, or another TMPDIR")
        for step in range(1, STEPS + 1):
            add_articles(file, given.most // STEPS, texts, lot)
            for work, jobs in (("articles", 1), ("articles", -1)):
                took[work, jobs, step] = measured(file, work, jobs)
            if step in (STEPS // 2, STEPS):
                for jobs in (1, -1):
                    took["words", jobs, step] = measured(file, "words", jobs)
        for work, jobs in (("articles", 1), ("articles", -1), ("words", 1), ("words", -1)):
            power = log(took[work, jobs, STEPS] / took[work, jobs, STEPS // 2]) / log(2)
            print(
                f"{work}, {'all cores' if jobs < 0 else '1 core'}: from half of them to all: time as size^{power:.2f}"
            )
        other_kinds(file)
    return None


if __name__ == "__main__":
    main()

"""Time a call, for the benchmarks beside this file."""

import time
from collections.abc import Callable
from statistics import median


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Return the median time of a call over several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)

"""A broadcast under a rate limit: how much of it is used, and whether it is ever exceeded.

`python -m bench.rate [--database sqlite|postgresql] [--rates 10 100] [--seconds 60] [--workers 4]`

Texts of one to three segments, four worker processes on one sender. Judged by the carrier's ledger, at
the moment each create call came in: used segments of `rate * seconds`, and the fullest window of at
least one second, by how many segments it exceeds `rate * w` plus one text.
"""

import argparse
import time
from datetime import datetime
from typing import Any

from bench.machine import facts
from bench.site import BODY, USUAL, Site, site
from tests.servers.local_carrier import wait_until

BODIES = (BODY, BODY, BODY, f"{BODY} " * 2, f"{BODY} " * 4)
"""1, 1, 1, 2 and 3 segments"""
LONGEST = 10.0
"""Seconds of the longest window that is looked at: an excess in a longer one is in one of its parts"""


def main() -> None:
    """Measure each rate, print a line for each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rates", type=int, nargs="*", default=[10, 100])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=4)
    options = parser.parse_args()
    print(facts())
    for rate in options.rates:
        told = {"ALLY_SEGMENTS_PER_SECOND": str(rate)}
        with site(options.database, rate * (options.seconds + 10), **told) as here:
            used, over = _measure(here, rate, options.seconds, options.workers)
        name = f"{options.database}, {rate} segments/s, {options.workers} workers, {options.seconds} s"
        print(f"{name:48} used {used:6.1%}   fullest window: rate * w + one text {over:+.1f}")


def _measure(here: Site, rate: int, seconds: int, workers: int) -> tuple[float, float]:
    here.plant.local.misbehave(**USUAL)
    here.plant.up(*(f"broadcasts-{n}" for n in range(workers)))
    here.want(rate * (seconds + 10), BODIES)
    here.bell.ring("broadcasts")
    wait_until(lambda: here.plant.local.counts()["sent"], 120)
    until = time.monotonic() + seconds + 5
    while time.monotonic() < until:
        here.bell.ring("broadcasts")  # so that each of the workers has a drain of its own
        time.sleep(1)
    starts = _starts(here.sent())
    begun = starts[0][0] + 2  # the first of all waits for what an empty Redis may have forgotten
    inside = [(at, size) for at, size in starts if begun <= at < begun + seconds]
    return sum(size for _, size in inside) / (rate * seconds), over_the_rate(starts, rate)


def _starts(sent: list[dict[str, Any]]) -> list[tuple[float, int]]:
    asked = [(datetime.fromisoformat(one["asked_at"]).timestamp(), int(one["segments"])) for one in sent]
    return sorted(asked)


def over_the_rate(starts: list[tuple[float, int]], rate: float) -> float:
    """By how many segments the fullest window of at least a second exceeds rate * w plus one text."""
    worst = float("-inf")
    for first, (begins, _) in enumerate(starts):
        total = largest = 0
        for at, size in starts[first:]:
            if at > begins + LONGEST:
                break
            total, largest = total + size, max(largest, size)
            worst = max(worst, total - largest - rate * max(1.0, at - begins))
    return worst


if __name__ == "__main__":
    main()

"""A broadcast to a whole district as its sender meets it: from the click to the last text that was taken.

`python -m bench.click [--database sqlite|postgresql] [--families N] [--rate SEGMENTS] [--orders N]`

Preview, send, fan-out, workers and sweeper as in production, at a given rate, while families write. Then
how soon a pause takes effect: how many texts the carrier was asked for after the order was committed, and
when the last; and how soon it goes on.
"""

import argparse
import time
from datetime import datetime

from bench.inbound import read_statistics
from bench.machine import facts, percentile
from bench.reply import ask
from bench.site import BODY, USUAL, Site, site
from tests.faults.sender import Sender
from tests.servers.local_carrier import wait_until

_TAKEN = ("accepted", "sent", "delivered")
"""The sweeper asks for receipts that never come, so some are delivered before the last is taken"""


def main() -> None:
    """Measure, print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--families", type=int, default=100_000)
    parser.add_argument("--rate", type=int, default=100, help="segments a second")
    parser.add_argument("--orders", type=int, default=20)
    options = parser.parse_args()
    print(facts(), flush=True)
    with site(options.database, options.families, ALLY_SEGMENTS_PER_SECOND=str(options.rate)) as here:
        sender = Sender(here.db, here.vault, here.bell, BODY)
        read_statistics(here.db)
        here.plant.local.misbehave(**USUAL)
        here.plant.up("web", "replies", "broadcasts", "broadcasts-2", "chores", "sweep")
        ask(here, 5)
        here.forget()
        _whole(here, sender, options.database, options.families, options.rate)
        _orders(here, sender, options.database, options.orders)


def _whole(here: Site, sender: Sender, kind: str, families: int, rate: int) -> None:
    draft_id = sender.draft()
    begun = time.perf_counter()
    shown = sender.look(draft_id)
    looked = time.perf_counter() - begun
    clicked, begun = time.time(), time.perf_counter()
    sender.send(draft_id, shown.token)
    sent = time.perf_counter() - begun
    wait_until(lambda: here.plant.local.counts()["sent"], 120)
    replies = ask(here, 100, while_sending=True)
    wait_until(lambda: _is_over(here, families), 24 * 3600)
    taken = [
        datetime.fromisoformat(one["created_at"]).timestamp()
        for one in here.sent()
        if "school on Friday" in one["body"]
    ]
    name = f"{kind:10} {families:,} families, {rate} segments/s"
    print(f"{name}  preview {looked:.2f} s, send {sent * 1000:.0f} ms")
    last = max(taken) - clicked
    print(f"{name}  click to first text {min(taken) - clicked:.1f} s, to the last {last:.1f} s")
    segments = sum(int(one["segments"]) for one in here.sent())
    used = segments / rate / last
    print(f"{name}  {len(taken):,} texts, {segments:,} segments: {used:.1%} of the rate used")
    times = [one * 1000 for one in replies]
    p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
    print(f"{name}  replies beside it p50 {p50:.0f} ms, p99 {p99:.0f} ms ({len(times)})")


def _is_over(here: Site, families: int) -> bool:
    time.sleep(1)
    found = here.states("broadcasts")
    return sum(found.get(state, 0) for state in _TAKEN) >= families


def _orders(here: Site, sender: Sender, kind: str, orders: int) -> None:
    # Each look into the carrier's ledger reads all of it
    here.plant.local.reset()
    here.plant.local.misbehave(**USUAL)
    draft_id = sender.draft()
    sender.send(draft_id, sender.look(draft_id).token)
    later, texts, back = [], [], []
    for n in range(orders):
        before = here.plant.local.counts()["sent"]
        wait_until(lambda before=before: here.plant.local.counts()["sent"] > before + 5, 60)  # type: ignore[misc]
        time.sleep(n / orders)
        sender.pause(draft_id)
        ordered = time.time()
        time.sleep(3)
        after = [at - ordered for at in _asked(here) if at > ordered]
        later.append(max(after, default=0.0))
        texts.append(len(after))
        sender.resume(draft_id)
        resumed = time.time()
        wait_until(lambda resumed=resumed: any(at > resumed for at in _asked(here)), 60)  # type: ignore[misc]
        back.append(min(at for at in _asked(here) if at > resumed) - resumed)
    most = f"the last text after {max(later):.2f} s at most, {max(texts)} texts at most"
    print(f"{kind:10} {orders} pauses: {most}")
    print(f"{kind:10} {orders} times on: the first text after {max(back):.2f} s at most")


def _asked(here: Site) -> list[float]:
    return [
        datetime.fromisoformat(one["asked_at"]).timestamp()
        for one in here.sent()
        if "school on Friday" in one["body"]
    ]


if __name__ == "__main__":
    main()

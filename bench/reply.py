"""A reply's way: from the inbound POST to the carrier's create call; idle, and beside a great broadcast.

`python -m bench.reply [--database sqlite|postgresql] [--replies N] [--texts N]`

Web process, workers of both queues and the sweeper run as in production, on the cores that the carrier
and the writer of the texts use too. Beside it: how much memory each process takes, and whether that
grows from the first tenth of the broadcast to its end.
"""

import argparse
import secrets
import subprocess
import sys
import time
from datetime import datetime

from bench.inbound import number_of
from bench.machine import facts, percentile
from bench.site import QUIET, USUAL, Site, site
from tests.faults.families import Families
from tests.faults.plant import below
from tests.servers.ally_run import ROOT
from tests.servers.local_carrier import wait_until

ALONE = 1_000
EACH = 0.5
"""Seconds between two texts that come in"""
WORDS = ("menu", "1", "When is there no school?", "0")


def main() -> None:
    """Measure, print both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--replies", type=int, default=100)
    parser.add_argument("--texts", type=int, default=10_000, help="of the broadcast beside it")
    options = parser.parse_args()
    print(facts())
    with site(options.database, options.texts) as here:
        here.plant.up("web", "replies", "broadcasts", "sweep")
        here.plant.local.misbehave(**QUIET)
        ask(here, 5)
        _tell(options.database, "idle machine", ask(here, options.replies))
        here.forget()
        here.plant.local.misbehave(**USUAL)
        here.want(options.texts)
        here.bell.ring("broadcasts")
        wait_until(lambda: here.left() < 0.95 * options.texts, 600)
        before = memory(here)
        found = ask(here, options.replies, while_sending=True)
        _tell(options.database, f"beside {options.texts:,} texts", found)
        wait_until(lambda: _is_nearly_over(here, options.texts), 3600)
        after = memory(here)
        alone = sending_alone(here)
    _tell_memory(options.database, before, after)
    print(f"{options.database:10} python worker.py broadcasts, begun alone: {alone:.0f} MB")


def ask(here: Site, replies: int, *, while_sending: bool = False) -> list[float]:
    """Texts of as many families, one after the other; seconds to the call for the first part of each answer.

    `while_sending`: ends early when the broadcast does.
    """
    families = Families(here.plant)
    asked: dict[str, float] = {}
    for n in range(replies):
        if while_sending and not here.left():
            break
        asked[number_of(n)] = time.time()
        families.knock(number_of(n), WORDS[n % len(WORDS)], f"SM{secrets.token_hex(16)}")
        time.sleep(EACH)
    wait_until(lambda: not here.left("replies"), 60)
    calls: dict[str, float] = {}
    for one in here.sent():
        if "school on Friday" not in one["body"]:
            calls.setdefault(one["to"], datetime.fromisoformat(one["asked_at"]).timestamp())
    here_too = [calls[number] - at for number, at in asked.items() if number in calls]
    if len(here_too) < len(asked):
        print(f"{len(asked) - len(here_too)} of {len(asked)} were not answered")
    return here_too


def _tell(database: str, what: str, seconds: list[float]) -> None:
    times = [one * 1000 for one in seconds]
    figures = f"p50 {percentile(times, 0.5):6.0f} ms  p99 {percentile(times, 0.99):6.0f} ms"
    print(f"{database:10} {what:24} {figures}   ({len(times)} replies)")


def _is_nearly_over(here: Site, texts: int) -> bool:
    time.sleep(0.5)
    return here.left() <= texts // 20


# --- memory ---


def memory(here: Site) -> dict[str, float]:
    """Megabytes of resident memory: the largest process of each name, children included."""
    found = {}
    for name in ("web", "replies", "broadcasts", "sweep"):
        found[name] = max(_resident(pid) for pid in here.plant.family(name))
    return found


def sending_alone(here: Site) -> float:
    """Megabytes of a worker begun as in production, or of its job where that takes more, while it sends.

    Those beside the other measurements are forked from a process that has read everything.
    """
    here.plant.end("broadcasts")
    most = 0.0
    command = [sys.executable, str(ROOT / "worker.py"), "broadcasts"]
    with subprocess.Popen(command, env=here.plant.environment(), cwd=ROOT) as process:
        here.want(ALONE)
        here.bell.ring("broadcasts")
        while here.left():
            most = max(most, *(_resident(pid) for pid in (process.pid, *below(process.pid))))
            time.sleep(0.2)
        process.terminate()
    return most


def _resident(pid: int) -> float:
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(told.stdout.strip() or 0) / 1024


def _empty(program: str) -> float:
    """What a process takes that has imported so much and done nothing."""
    wait = f"{program}; import sys, time; print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", wait], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        resident = _resident(process.pid)
        process.kill()
    return resident


def _tell_memory(database: str, before: dict[str, float], after: dict[str, float]) -> None:
    flask = _empty("import flask, gunicorn.app.base; flask.Flask('empty')")
    rq = _empty("import rq, redis; rq.Queue('empty', connection=redis.Redis())")
    print(f"{database:10} empty Flask process {flask:.0f} MB, empty RQ worker {rq:.0f} MB")
    for name, first in before.items():
        grown = after[name] / first - 1
        print(f"{database:10} {name:11} {first:4.0f} MB at 5 %, {after[name]:4.0f} MB at 95 % ({grown:+.1%})")


if __name__ == "__main__":
    main()

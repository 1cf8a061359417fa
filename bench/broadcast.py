"""A broadcast without a rate limit, beside the bare SDK with as many calls at once.

`python -m bench.broadcast [--database sqlite|postgresql] [--texts N] [--rounds N]`

Both send the same texts to the same carrier, which takes 50 to 100 ms over each, in turns. Ally's
worker is the production process: it claims, writes down, calls, and keeps the state of every row. The
speed is the carrier's: from the first to the last text that it took.
"""

import argparse
import subprocess
import sys
import time
from datetime import datetime
from typing import Any

from bench.machine import facts, median
from bench.site import BODY, USUAL, Site, site
from tests.servers.house import TOKEN
from tests.servers.local_carrier import ACCOUNT, NUMBER, wait_until

AT_ONCE = 16
"""Calls that one worker has under way for broadcasts (`bot.outbox.parts.Parts.senders`)"""


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(facts())
    with site(options.database, options.texts) as here:
        here.plant.local.misbehave(**USUAL)
        here.plant.up("broadcasts")
        rates: dict[str, list[float]] = {"bare SDK": [], "ally": []}
        _ally(here, options.texts // 10)
        for _ in range(options.rounds):
            rates["bare SDK"].append(_bare(here, options.texts))
            rates["ally"].append(_ally(here, options.texts))
    for which, found in rates.items():
        print(f"{options.database:10} {which:9} {median(found):6.0f} texts/s, {AT_ONCE} calls at once")
    ratios = [ally / bare for bare, ally in zip(*rates.values(), strict=True)]
    rounds = ", ".join(f"{ratio:.0%}" for ratio in ratios)
    print(f"{options.database:10} ratio     {median(ratios):6.0%}   (rounds: {rounds})")


def _bare(here: Site, texts: int) -> float:
    here.forget()
    told = [here.plant.local.url, ACCOUNT, TOKEN, NUMBER, str(AT_ONCE), str(texts), BODY]
    subprocess.run(
        [sys.executable, "-m", "bench.peers.bare_sdk", *told], check=True, stdout=subprocess.DEVNULL
    )
    return speed(here.sent())


def _ally(here: Site, texts: int) -> float:
    here.forget()
    here.want(texts)
    here.bell.ring("broadcasts")
    wait_until(lambda: _rests(here), 600)
    states = here.states("broadcasts")
    if states != {"accepted": texts}:
        sys.exit(f"not every row is accepted: {states}")
    return speed(here.sent())


def _rests(here: Site) -> bool:
    time.sleep(0.5)  # looking costs as well
    return not here.left()


def speed(sent: list[dict[str, Any]]) -> float:
    """Texts a second, from the first to the last."""
    moments = sorted(datetime.fromisoformat(one["created_at"]) for one in sent)
    return (len(moments) - 1) / (moments[-1] - moments[0]).total_seconds()


if __name__ == "__main__":
    main()

"""A hundred open tabs of the console beside webhooks: do pages that look for news slow a family's text?

`python -m bench.tabs [--database sqlite|postgresql] [--tabs N] [--rate N] [--seconds N] [--rounds N]`

Half of the tabs hold the inbox, half one thread each, and every tab looks as its page says, each on a
connection of its own. Webhooks come at a steady rate, also in the open threads, so that lists change
under the tabs. Both in turns on one server, with its clients on the same cores.
"""

import argparse
import html
import http.client
import io
import os
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stdout
from datetime import timedelta
from pathlib import Path

from flask import Flask

from bench.inbound import database, now, number_of, server, settings_of, signed
from bench.machine import facts, percentile
from bot.cli.own_redis import OwnRedis, find_program
from bot.people import staff_accounts
from bot.people.access import Grant
from bot.people.desk import Desk, new_token
from bot.people.staff_accounts import Invited
from bot.settings import read_settings
from bot.store import accounts, sign_ins
from bot.store.sign_ins import WHOLE, SignIn
from bot.store.vault import Vault
from bot.talk.receive import receive
from bot.talk.taken import Text
from bot.web.application import create_application
from bot.wiring import Bot, build

FAMILIES = 1000
THREADS = 200
_LOOK = re.compile(r'hx-get="([^"]*news[^"]*)"[^>]*every (\d+)s')
_LASTS = timedelta(hours=12)


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--tabs", type=int, default=100)
    parser.add_argument("--rate", type=int, default=20, help="webhooks a second")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(facts())
    program = find_program()
    if program is None:
        sys.exit("no redis-server here")
    with (
        tempfile.TemporaryDirectory() as name,
        database(options.database, Path(name), FAMILIES) as (url, keys),
    ):
        redis = OwnRedis(program, Path(name))
        redis.wait_until_it_answers()
        try:
            with server("ally", url, keys, redis.url) as port:
                cookies, threads = _open(url, keys, redis.url, options.tabs)
                measure(port, Vault([keys[0]], keys[1]), Tabs(port, cookies, threads), options)
        finally:
            redis.stop()


class Tabs:
    """Open tabs, each of a person of its own."""

    def __init__(self, port: int, cookies: Sequence[str], threads: Sequence[int]) -> None:
        self.port, self.cookies, self.threads = port, cookies, threads
        self.looks: list[float] = []
        self.unchanged = 0
        self._closed = threading.Event()

    @contextmanager
    def open(self) -> Iterator[None]:
        """Open them all, spread over the time between two looks; close them at the end."""
        self._closed.clear()
        with ThreadPoolExecutor(len(self.cookies)) as pool:
            tabs = [pool.submit(self._tab, at) for at in range(len(self.cookies))]
            time.sleep(10)
            try:
                yield
            finally:
                self._closed.set()
                for tab in tabs:
                    tab.result()

    def _tab(self, at: int) -> None:
        path = "/staff/threads/" if at % 2 else f"/staff/threads/{self.threads[at % len(self.threads)]}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        _, body = self._get(connection, path, at)
        while found := _LOOK.search(body):
            path, every = html.unescape(found.group(1)), int(found.group(2))
            if self._closed.wait(random.uniform(0.5, 1) * every):
                break
            body = self._look(connection, path, at) or body
        connection.close()

    def _look(self, connection: http.client.HTTPConnection, path: str, at: int) -> str:
        begun = time.perf_counter()
        status, body = self._get(connection, path, at)
        self.looks.append(time.perf_counter() - begun)
        self.unchanged += status == 204
        return body

    def _get(self, connection: http.client.HTTPConnection, path: str, at: int) -> tuple[int, str]:
        headers = {"Cookie": f"ally={self.cookies[at]}", "HX-Request": "true"}
        if not path.partition("?")[2]:
            del headers["HX-Request"]
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        if answer.status not in (200, 204):
            sys.exit(f"{path} answered {answer.status}")
        return answer.status, body


def measure(port: int, vault: Vault, tabs: Tabs, options: argparse.Namespace) -> None:
    """With tabs and without, in turns; the times of all rounds together, and the ratio of each round."""
    alone: list[float] = []
    beside: list[float] = []
    ratios = []
    steady(port, vault, options.rate, 5, "warm")
    for round_ in range(options.rounds):
        without = steady(port, vault, options.rate, options.seconds, f"without{round_}")
        with tabs.open():
            among = steady(port, vault, options.rate, options.seconds, f"with{round_}")
        ratios.append(percentile(among, 0.99) / percentile(without, 0.99))
        alone, beside = alone + without, beside + among
    name = f"{options.database}, {options.rate} webhooks a second"
    _tell(name, "no tab open", alone)
    _tell(name, f"{options.tabs} tabs open", beside)
    _tell(name, "a tab's look", tabs.looks)
    print(
        f"{name:36} of {len(tabs.looks)} looks {tabs.unchanged / max(len(tabs.looks), 1):.0%} changed nothing"
    )
    whole = percentile(beside, 0.99) / percentile(alone, 0.99)
    rounds = ", ".join(f"{one:.2f}" for one in ratios)
    print(f"{name:36} p99 with tabs is {whole:.2f} of that without   (rounds: {rounds})")


def _tell(name: str, what: str, seconds: Sequence[float]) -> None:
    times = [one * 1000 for one in seconds]
    p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
    print(f"{name:36} {what:16} p50 {p50:6.1f} ms  p99 {p99:6.1f} ms   ({len(times)})")


def steady(port: int, vault: Vault, rate: int, seconds: int, run: str) -> list[float]:
    """Webhooks at a steady rate, the last one answered or not; seconds of each from its due time."""
    begun = time.perf_counter()

    def one(index: int) -> float:
        due = begun + index / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("POST", "/twilio/inbound", *signed(index, run, vault))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != 200:
            sys.exit(f"answered {answer.status}")
        return time.perf_counter() - due

    with ThreadPoolExecutor(32) as pool:
        return list(pool.map(one, range(rate * seconds)))


def _open(url: str, keys: tuple[str, str], redis: str, tabs: int) -> tuple[list[str], list[int]]:
    """Families who wait for a person, and people of the school who are signed in: cookies, threads."""
    os.environ |= settings_of(url, keys, redis)
    bot = build(read_settings())
    with redirect_stdout(io.StringIO()):
        for n in range(THREADS):
            receive(bot.talk, Text(f"SMperson{n}", number_of(n), "person"))
    app = create_application(bot)
    cookies = [_cookie(bot, app, n) for n in range(tabs)]
    bot.close()
    return cookies, list(range(1, THREADS + 1))


def _cookie(bot: Bot, app: Flask, n: int) -> str:
    invited = Invited(f"Person {n}", f"person{n}@school.example", (Grant("liaison"),))
    account_id, _ = staff_accounts.invite(Desk(bot.db, bot.vault, bot.clock), None, invited)
    token, hash_ = new_token()
    began = now()
    row = SignIn(
        token_hash=hash_,
        account_id=account_id,
        stage=WHOLE,
        began_at=began,
        seen_at=began,
        proved_at=began,
        expires_at=began + _LASTS,
    )
    with bot.db.write() as session:
        account = accounts.locked(session, account_id)
        assert account is not None
        account.state = "active"
        sign_ins.begin(session, row)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps({"token": token}))


if __name__ == "__main__":
    main()

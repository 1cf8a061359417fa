"""An inbound text, from the signed webhook to the committed reply row, against its floor.

`python -m bench.inbound [--database sqlite|postgresql] [--texts N] [--families N ...]`

Floor: the same server with Twilio's own validator, five bare SQL statements in one durable
transaction and one enqueue. Both run in the same minute, in turns, with clients on the same cores.
"""

import argparse
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import text

from bench.machine import facts, median, percentile
from bot.carrier.twilio.signatures import sign
from bot.cli.own_redis import OwnRedis, find_program
from bot.school.district import DEMO, load_district
from bot.store import contacts, counts
from bot.store.database import Database
from bot.store.migrations import upgrade
from bot.store.vault import Vault, new_key
from tests.servers.postgres import Postgres, postgres_programs

TOKEN = "bench"
CLIENTS = 4
SAID = ("0", "1", "1", "hola", "¿Cuándo no hay clases?", "3")


def number_of(index: int) -> str:
    """A number of the kind kept for fiction: area codes and 100 lines each; more families than that share."""
    return f"+1{200 + index // 100 % 800}55501{index % 100:02d}"


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--texts", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--families", type=int, nargs="*", default=[1000])
    options = parser.parse_args()
    print(facts())
    program = find_program()
    if program is None:
        sys.exit("no redis-server here")
    with tempfile.TemporaryDirectory() as folder:
        redis = OwnRedis(program, Path(folder))
        redis.wait_until_it_answers()
        try:
            for families in options.families:
                with database(options.database, Path(folder), families) as (url, keys):
                    measure(
                        url,
                        keys,
                        redis.url,
                        options.texts,
                        options.rounds,
                        f"{options.database}, {families:,} families",
                    )
        finally:
            redis.stop()


@contextmanager
def database(kind: str, folder: Path, families: int) -> Iterator[tuple[str, tuple[str, str]]]:
    """A durable database with the demo district and so many contacts beside it."""
    server = None
    if kind == "postgresql":
        programs = postgres_programs()
        if programs is None:
            sys.exit("no PostgreSQL here")
        server = Postgres(programs, durable=True)
        url = server.create(f"bench{families}")
    else:
        url = f"sqlite:///{folder / f'bench{families}.db'}"
    keys = new_key(), new_key()
    db, vault = Database(url), Vault([keys[0]], keys[1])
    upgrade(db)
    load_district(db, vault, DEMO, now)
    with db.write() as session:
        counts.bump(session, "bench", day=now().date())
    for start in range(0, families, 10_000):
        rows = [
            contacts.new_row(
                vault, f"+1{2_000_000_000 + index}" if index >= 80_000 else number_of(index), now()
            )
            for index in range(start, min(families, start + 10_000))
        ]
        with db.write() as session:
            contacts.add_new(session, rows)
    db.close()
    try:
        yield url, keys
    finally:
        if server is not None:
            server.close()


def read_statistics(db: Database) -> None:
    """As a server does by itself after a minute: without them PostgreSQL plans by guesses."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def measure(url: str, keys: tuple[str, str], redis: str, texts: int, rounds: int, name: str) -> None:
    """Floor and Ally in turns; the median of each and their ratio."""
    vault = Vault([keys[0]], keys[1])
    found: dict[str, list[list[float]]] = {"floor": [], "ally": []}
    rates: dict[str, list[float]] = {"floor": [], "ally": []}
    with server("floor", url, keys, redis) as floor_port, server("ally", url, keys, redis) as ally_port:
        for which, port in (("floor", floor_port), ("ally", ally_port)):
            shoot(port, vault, texts // 5, f"w{which}")
        for round_ in range(rounds):
            for which, port in (("floor", floor_port), ("ally", ally_port)):
                begun = time.perf_counter()
                found[which].append(shoot(port, vault, texts, f"{which}{round_}"))
                rates[which].append(texts / (time.perf_counter() - begun))
    ratios = [ally / floor for floor, ally in zip(rates["floor"], rates["ally"], strict=True)]
    for which in ("floor", "ally"):
        times = [value * 1000 for values in found[which] for value in values]
        p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
        speed = f"{median(rates[which]):7.0f} texts/s  p50 {p50:6.1f} ms  p99 {p99:6.1f} ms"
        print(f"{name:32} {which:6} {speed}  p99/p50 {p99 / p50:4.1f}")
    print(
        f"{name:32} ratio  {median(ratios):7.0%}   (rounds: {', '.join(f'{ratio:.0%}' for ratio in ratios)})"
    )


def settings_of(url: str, keys: tuple[str, str], redis: str) -> dict[str, str]:
    """The environment of an installation whose carrier is never called."""
    return {
        "DATABASE_URL": url,
        "REDIS_URL": redis,
        "ALLY_KEYS": keys[0],
        "ALLY_FINGERPRINT_KEY": keys[1],
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_BASE_URL": "http://127.0.0.1:9",
        "ALLY_NUMBER": "+15125550100",
        "ALLY_PUBLIC_URL": "http://bench.example",
    }


@contextmanager
def server(which: str, url: str, keys: tuple[str, str], redis: str) -> Iterator[int]:
    """One web process under measurement, ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.inbound_server", which, str(port)],
        env=os.environ | settings_of(url, keys, redis),
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("the server under measurement did not come up")


def shoot(port: int, vault: Vault, texts: int, run: str) -> list[float]:
    """Send signed texts from a few clients at once; seconds of each."""
    requests = [signed(index, run, vault) for index in range(texts)]
    lock, cursor = threading.Lock(), iter(requests)

    def client() -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        taken: list[float] = []
        while True:
            with lock:
                request = next(cursor, None)
            if request is None:
                return taken
            begun = time.perf_counter()
            connection.request("POST", "/twilio/inbound", *request)
            answer = connection.getresponse()
            answer.read()
            taken.append(time.perf_counter() - begun)
            if answer.status != 200:
                sys.exit(f"answered {answer.status}")

    with ThreadPoolExecutor(CLIENTS) as pool:
        return [seconds for times in pool.map(lambda _: client(), range(CLIENTS)) for seconds in times]


def signed(index: int, run: str, vault: Vault) -> tuple[str, dict[str, str]]:
    """Body and headers of one text as Twilio would post it."""
    sender = number_of(index % 1000)
    serial = f"{abs(hash((run, index))):032x}"[-32:]
    form = {
        "MessageSid": f"SM{serial}",
        "AccountSid": "AC" + "0" * 32,
        "From": sender,
        "To": "+15125550100",
        "Body": SAID[index // 1000 % len(SAID)] if run.startswith("x") else SAID[index % len(SAID)],
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": sign(TOKEN, "http://bench.example/twilio/inbound", form),
        "X-Hash": vault.fingerprint(sender),
    }
    return urlencode(form), headers


if __name__ == "__main__":
    main()

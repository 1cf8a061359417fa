"""STOP at any instant of a running send, in every language: once it is committed no text is begun."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

import pytest

from bot.outbox.doorbell import NoDoorbell
from bot.outbox.drain import drain
from bot.outbox.parts import Parts
from bot.outbox.put import put
from bot.ports import Channel
from bot.store import contacts
from bot.store.outbox import OutboxRow
from bot.talk.receive import receive
from bot.talk.taken import Text
from bot.words.opt_out_words import STOP
from tests.faults.scale import Scale
from tests.fixtures.installation import Install, Installation
from tests.outbox.fake_carrier import FakeCarrier
from tests.outbox.rows import rows_of

pytestmark = pytest.mark.faults
NEWS = "School news"
TEXTS = 12
OTHERS = 3


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Trial:
    """One person among some who are just being written to; she texts STOP."""

    house: Installation
    carrier: FakeCarrier
    random: Random
    number: int

    def play(self, words: str, channel: Channel) -> tuple[str, int]:
        """Sends and stops; what became of it, and how many of her texts were begun."""
        bot, before = self.house.bot, len(self.carrier.accepted)
        senders = {"broadcasts": self.random.choice((1, 2, 8))}
        parts = Parts(bot.db, bot.vault, self.carrier, now, NoDoorbell(), random=self.random, senders=senders)
        hers = f"+1512{self.number // 100 + 201:03}01{self.number % 100:02}"
        her_id = self._put(hers)
        with ThreadPoolExecutor(1) as worker:
            send = worker.submit(drain, parts, "broadcasts")
            time.sleep(self.random.uniform(0, 0.05))
            began = now()
            talk = replace(bot.talk, clock=now)
            receive(talk, Text(self.house.sid(), hers, words, channel))
            committed = now()
            send.result()
        # Her broadcasts wait for the confirmation: whatever nobody took yet is ended once that is out.
        for lane in ("replies", "broadcasts"):
            drain(parts, lane)
        rows = rows_of(bot.db, her_id, lane="broadcasts")
        assert all(row.state in ("accepted", "skipped") for row in rows), {row.state for row in rows}
        taken = sum((one.to, one.body) == (hers, NEWS) for one in self.carrier.accepted[before:])
        return self._judge(rows, began, committed, taken)

    def _judge(
        self, rows: list[OutboxRow], began: datetime, committed: datetime, taken: int
    ) -> tuple[str, int]:
        begun = [row.submitted_at for row in rows if row.state == "accepted" and row.submitted_at]
        assert len(begun) == taken
        if any(at > committed for at in begun):
            return "begun after the opt-out", len(begun)
        if not begun:
            return "stopped before the first", 0
        if len(begun) == len(rows):
            return "stopped after the last", len(begun)
        return "stopped in the middle" if max(begun) <= began else "stopped at the same instant", len(begun)

    def _put(self, hers: str) -> int:
        bot, told = self.house.bot, {"channel": "sms", "lane": "broadcasts", "kind": "broadcast"}
        with bot.db.write() as session:
            people = [
                contacts.find_or_create(session, bot.vault, number, now()).id or 0
                for number in (hers, *(f"+151255501{70 + other}" for other in range(OTHERS)))
            ]
            for _ in range(TEXTS):
                for person in people:
                    put(
                        session,
                        bot.vault,
                        contact_id=person,
                        body=NEWS,
                        now=now(),
                        zone=_open_zone(),
                        **told,  # type: ignore[arg-type]
                    )
        return people[0]


def _open_zone() -> str:
    """A zone in which it is around noon now: this test runs at any hour."""
    ahead = 12 - now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def test_nothing_is_begun_after_the_opt_out(
    install: Install, scale: Scale, report: Callable[[str], None]
) -> None:
    """The long form, N=100 of `make faults`: 1,000 trials on SQLite and 1,000 on PostgreSQL."""
    house, random = install(ALLY_STOP_BY="us"), scale.random()
    carrier = FakeCarrier(now, on_send=lambda _: time.sleep(random.uniform(0, 0.004)))
    words = [(locale, word) for locale, said in STOP.items() for word in said]
    found: Counter[str] = Counter()
    for number in range(scale.of(15, 1_000)):
        locale, word = random.choice([one for one in words if one[0] == list(STOP)[number % len(STOP)]])
        channel: Channel = random.choice(("sms", "sms", "whatsapp"))
        how, _ = Trial(house, carrier, random, number).play(word, channel)
        found[how] += 1
        assert how != "begun after the opt-out", (locale, word)
    confirmed = sum(row.kind == "opt_out_confirmation" for row in rows_of(house.bot.db, None, lane="replies"))
    assert confirmed == sum(found.values()), "one confirmation each"
    report(f"{sum(found.values())} trials in {len(STOP)} languages: {dict(found)}")

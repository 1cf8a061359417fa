"""Half an hour without the carrier, on a clock of our own, and receipts in every order."""

from collections.abc import Callable
from random import Random
from typing import Any, Final

import pytest
from sqlalchemy import insert

from bot.outbox.drain import drain
from bot.outbox.reconcile import reconcile, send_again
from bot.outbox.status import record_status
from bot.ports import NotAccepted, Outgoing
from bot.store import statuses
from bot.store.database import Database
from bot.store.outbox import ROWS, unknown_ids
from bot.store.vault import Vault
from tests.faults.scale import Scale
from tests.fixtures.household import SettableClock
from tests.outbox.conftest import Desk

pytestmark = pytest.mark.faults
Told = tuple[str, int | None]
STORIES: Final[list[tuple[list[Told], Told]]] = [
    ([("sent", None), ("delivered", None)], ("delivered", None)),
    ([("queued", None), ("sent", None), ("delivered", None), ("read", None)], ("read", None)),
    ([("sent", None), ("undelivered", 30003)], ("undelivered", 30003)),
    ([("failed", 30008)], ("failed", 30008)),
    ([("sent", None), ("undelivered", 30005), ("delivered", None)], ("delivered", None)),
    ([("sent", None), ("undelivered", 30005), ("undelivered", 30003)], ("undelivered", 30003)),
]
"""What a carrier tells of a text, and where that must end"""
_BATCH: Final = 50


@pytest.fixture
def desk(db: Database, vault: Vault, clock: SettableClock) -> Desk:
    """A desk on each kind of database."""
    return Desk(db, vault, clock)


def refuse(_message: Outgoing) -> None:
    """As where nothing listens: certainly not accepted."""
    raise NotAccepted(None, "connection refused", retry_after=1.0)


def test_after_half_an_hour_without_the_carrier_every_text_goes_out_once(
    desk: Desk, scale: Scale, report: Callable[[str], None]
) -> None:
    texts, step = scale.of(12, 1_000), 5 if scale.is_long else 60
    for n in range(texts):
        desk.want(desk.person(n % 50), f"text {n}", lane="broadcasts")
    desk.carrier.script = ["accept and fall silent"] * 3
    desk.while_sending(lambda message: refuse(message) if len(desk.carrier.accepted) > 2 else None)
    desk.carrier.list_is_readable = False

    def minutes(count: int) -> None:
        for _ in range(count * 60 // step):
            drain(desk.parts, "broadcasts")
            reconcile(desk.parts)
            desk.clock.move(seconds=step)

    minutes(30)
    during = len(desk.carrier.accepted)
    with desk.db.read() as session:
        in_doubt = unknown_ids(session)
    desk.while_sending(lambda _message: None)
    desk.carrier.list_is_readable = True
    again = [send_again(desk.parts, row_id) for row_id in in_doubt]
    minutes(15)
    report(f"{texts} texts: {during} taken and not answered, listed as unknown {len(in_doubt)}, then {again}")
    assert (during, again) == (3, ["found"] * 3)
    assert sorted(desk.carrier.bodies()) == sorted(f"text {n}" for n in range(texts))
    assert set(desk.states()) <= {"accepted", "sent", "delivered"}


def test_receipts_in_any_order_before_and_after_the_answer_end_in_the_same_state(
    desk: Desk, scale: Scale, report: Callable[[str], None]
) -> None:
    orders, chance = scale.of(60, 10_000), scale.random()
    people = [desk.person(n) for n in range(50)]
    ends: dict[int, Told] = {}
    for start in range(0, orders, _BATCH):
        numbers = range(start, min(start + _BATCH, orders))
        ids = handed_over(desk, people, len(numbers))
        with desk.db.write() as session:
            for number, row_id in zip(numbers, ids, strict=True):
                story, ends[row_id] = STORIES[number % len(STORIES)]
                sid = f"SM{number:032x}"
                for told in shuffled(story, chance):
                    if told is None:
                        statuses.bind(session, row_id, sid)
                    else:
                        named = row_id if chance.random() < 0.5 else None
                        record_status(session, sid, named, *told, desk.clock())
    with desk.db.read() as session:
        found = session.connection().execute(ROWS.select())
        ended = {row.id: (row.state, row.error_code) for row in found}
    report(f"{orders} orders of {len(STORIES)} stories")
    assert ended == ends


def shuffled(story: list[Told], chance: Random) -> list[Told | None]:
    """The receipts once to three times each in any order, our own answer (None) anywhere among them."""
    told: list[Told | None] = [receipt for receipt in story for _ in range(chance.randint(1, 3))]
    told.append(None)
    chance.shuffle(told)
    return told


def handed_over(desk: Desk, people: list[int], count: int) -> list[int]:
    """Rows whose call is under way."""
    now = desk.clock()
    row: dict[str, Any] = {"lane": "broadcasts", "kind": "broadcast", "channel": "sms", "state": "submitting"}
    row |= {"body": b"", "segments": 1, "encoding": "GSM-7", "attempts": 1, "stumbles": 0}
    row |= {"due_at": now, "created_at": now, "submitted_at": now, "look_at": now}
    rows = [row | {"contact_id": people[n % len(people)]} for n in range(count)]
    with desk.db.write() as session:
        made = insert(ROWS).returning(ROWS.c.id, sort_by_parameter_order=True)
        return list(session.connection().execute(made, rows).scalars())

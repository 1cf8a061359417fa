"""An outbox on a fresh database of each kind, with people to write to."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.outbox.doorbell import NoDoorbell
from bot.outbox.parts import Parts
from bot.outbox.put import put
from bot.outbox.throttle import LocalThrottle
from bot.ports import Lane, Outgoing, Place
from bot.store.contacts import find_or_create
from bot.store.database import Database
from bot.store.outbox import OutboxRow
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock
from tests.outbox.fake_carrier import FakeCarrier


class Desk:
    """An outbox and short ways to use it."""

    def __init__(self, db: Database, vault: Vault, clock: SettableClock) -> None:
        self.db, self.vault, self.clock = db, vault, clock
        self.people: list[int] = []
        self.carrier = FakeCarrier(clock)
        self.parts = Parts(db, vault, self.carrier, clock, NoDoorbell(), random=Random(7))

    def person(self, last_two: int = 1) -> int:
        """Id of the contact with the number +1 512 555 01xx."""
        with self.db.write() as session:
            contact = find_or_create(session, self.vault, f"+151255501{last_two:02}", self.clock())
            assert contact.id is not None
            return contact.id

    def want(self, contact_id: int, body: str, lane: str = "replies", **more: Any) -> int:
        """Put one text and return its row's id."""
        told: dict[str, Any] = {"channel": "sms", "kind": "reply", "now": self.clock()} | more
        with self.db.write() as session:
            (row_id,) = put(session, self.vault, contact_id=contact_id, body=body, lane=lane, **told)
        return row_id

    def row(self, row_id: int) -> OutboxRow:
        with self.db.read() as session:
            return session.exec(select(OutboxRow).where(OutboxRow.id == row_id)).one()

    def states(self) -> list[str]:
        """All rows' states by id."""
        with self.db.read() as session:
            return [row.state for row in session.exec(select(OutboxRow).order_by(OutboxRow.id))]  # type: ignore[arg-type]

    def while_sending(self, then: Callable[[Outgoing], None]) -> None:
        """Do something at the moment a text is being handed over."""
        self.carrier.on_send = then

    def while_waiting(self, then: Callable[[Session], object]) -> None:
        """Do something between the announcement of a text and its moment."""
        object.__setattr__(self.parts, "throttle", _Meanwhile(self.db, then))


class _Meanwhile(LocalThrottle):
    def __init__(self, db: Database, then: Callable[[Session], object]) -> None:
        super().__init__(1000.0)
        self.db, self.then = db, then
        self.waited: set[Place] = set()

    def book(self, lane: Lane, sizes: Sequence[int]) -> list[Place]:
        places = super().book(lane, sizes)
        with self.db.write() as session:
            self.then(session)
        return places

    def left(self, place: Place) -> float:
        # Each waits once, however long all before it took
        is_first = place not in self.waited
        self.waited.add(place)
        return 0.001 if is_first else 0.0


@pytest.fixture
def desk(db: Database, vault: Vault, clock: SettableClock) -> Desk:
    """A desk on each kind of database."""
    return Desk(db, vault, clock)

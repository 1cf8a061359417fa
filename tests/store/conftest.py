"""Rows of the outbox that a test wants, takes and looks at, in a database of each kind."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.store import claims, contacts
from bot.store.claims import Claim
from bot.store.database import Database
from bot.store.outbox import OutboxRow, add
from bot.store.submits import submit
from bot.store.vault import Vault

NOW = datetime.fromisoformat("2026-10-13T15:00:00+00:00")


class Rows:
    """Short ways to rows and claims."""

    def __init__(self, db: Database, vault: Vault) -> None:
        self.db, self.vault = db, vault
        with db.write() as session:
            self.people = [
                contacts.find_or_create(session, vault, f"+151255501{n:02}", NOW).id or 0 for n in range(50)
            ]

    def columns(self, person: int = 0, lane: str = "replies", **more: Any) -> dict[str, Any]:
        return {
            "contact_id": self.people[person],
            "lane": lane,
            "kind": "reply",
            "channel": "sms",
            "state": "pending",
            "body": b"sealed",
            "segments": 1,
            "encoding": "GSM-7",
            "attempts": 0,
            "stumbles": 0,
            "due_at": NOW,
            "created_at": NOW,
            **more,
        }

    def want(self, person: int = 0, lane: str = "replies", **more: Any) -> int:
        with self.db.write() as session:
            return add(session, [self.columns(person, lane, **more)])[0]

    def claim(
        self,
        lane: str = "replies",
        now: datetime = NOW,
        limit: int = 10,
        token: str = "t",
        *,
        stumbled_first: bool = False,
    ) -> Claim:
        told: dict[str, Any] = {"now": now, "due_by": now, "limit": limit, "stumbled_first": stumbled_first}
        with self.db.write() as session:
            return claims.claim(session, lane, token, **told)

    def claimed(self, lane: str = "replies", now: datetime = NOW) -> list[int]:
        return [row.id for row in self.claim(lane, now).rows]

    def submit(self, claim: Claim, now: datetime = NOW) -> set[int]:
        with self.db.write() as session:
            return submit(session, claim.rows, now=now, look_at=now + timedelta(seconds=45))

    def row(self, row_id: int) -> OutboxRow:
        with self.db.read() as session:
            return session.exec(select(OutboxRow).where(OutboxRow.id == row_id)).one()


@pytest.fixture
def rows(db: Database, vault: Vault) -> Rows:
    """A database of each kind with fifty people."""
    return Rows(db, vault)

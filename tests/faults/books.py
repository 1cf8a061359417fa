"""The plant's books: people and texts put in, and the judgement after all faults.

Four promises are judged: no recipient has two accepted sends; every row ends or is listed as unknown;
what was acknowledged to the carrier is in the database; each row says what the carrier's ledger says.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.outbox.put import put
from bot.store import contacts
from bot.store.database import Database
from bot.store.states import OPEN, RANK, TOLD_AS
from bot.store.vault import Vault
from tests.faults.plant import Plant

_BATCH: Final = 500


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


_ABROAD: Final = (
    *(242, 246, 264, 268, 284, 345, 441, 473, 649, 658, 664, 721, 758, 767, 784),
    *(809, 829, 849, 868, 869, 876),
)
"""Area codes of other countries, whose texts are turned away (https://nationalnanpa.com/reports/reports_npa.html)"""
_AREAS: Final = [area for area in range(200, 1000) if area not in _ABROAD]


def number_of(index: int) -> str:
    """A number of the kind kept for fiction: 100 lines in each area code at home, from 0 to 77,899."""
    return f"+1{_AREAS[index // 100]}55501{index % 100:02d}"


def row_of(sent: dict[str, Any]) -> int:
    """The id of our row, which stands in the address that the carrier is to call."""
    return int(sent["status_callback"].partition("?m=")[2].partition("#")[0])


@dataclass
class Verdict:
    """What was found at the end."""

    doubles: int
    """Accepted sends of a row beyond its first"""
    accepted: int
    unknown: int
    states: dict[str, int]
    unended: list[int]
    """Rows that have neither ended nor are listed as unknown"""
    missing: list[str]
    """SIDs acknowledged to or by the carrier that the database does not know"""
    untrue: list[str]
    """What a row says of its text beside what the ledger knows of it"""

    def __str__(self) -> str:
        return (
            f"{self.doubles} doubles, {self.accepted} accepted, {self.unknown} unknown, "
            f"{len(self.unended)} without an end, {len(self.missing)} missing, "
            f"{len(self.untrue)} untrue; {self.states}"
        )

    def holds(self) -> None:
        """The four promises."""
        assert not self.doubles, self
        assert not self.unended, self
        assert not self.missing, self
        assert not self.untrue, (self, self.untrue[:20])


@dataclass
class Books:
    """The database of a plant, and its carrier's ledger."""

    db: Database
    vault: Vault
    plant: Plant
    before: int = 0
    """The last row of the test before: what of it was on its way meanwhile is not this test's"""

    def ledger(self) -> dict[str, Any]:
        """What the carrier took of this test, and what came in."""
        told = self.plant.local.ledger()
        return {**told, "sent": [one for one in told["sent"] if row_of(one) > self.before]}

    def people(self, count: int) -> list[int]:
        """Ids of so many contacts, in the order of their numbers."""
        with self.db.write() as session:
            contacts.add_new(
                session, [contacts.new_row(self.vault, number_of(n), now()) for n in range(count)]
            )
        with self.db.read() as session:
            listed = session.connection().execute(text("SELECT id FROM contact ORDER BY id")).scalars()
            return list(listed)

    def want(self, people: Sequence[int], lane: str, *, label: str = "Notice") -> list[int]:
        """One text to each; the rows' ids."""
        rows: list[int] = []
        for start in range(0, len(people), _BATCH):
            with self.db.write() as session:
                for n, contact_id in enumerate(people[start : start + _BATCH], start):
                    told: dict[str, Any] = {"channel": "sms", "kind": "reply", "now": now()}
                    body = f"{label} {n}"
                    rows += put(session, self.vault, contact_id=contact_id, body=body, lane=lane, **told)
        return rows

    def counted(self) -> dict[str, int]:
        """How many rows are in each state; the database may be away for a while."""
        with self.db.read() as session:
            found = session.connection().execute(text("SELECT state, count(*) FROM outbox GROUP BY state"))
            return {str(state): int(count) for state, count in found}

    def left(self) -> int:
        """How many rows still have work before them."""
        states = self.counted()
        return sum(states.get(state, 0) for state in OPEN)

    def settle(self, seconds: float) -> float:
        """Wait until no row is open and the carrier has told all; the seconds it took.

        What a dead process held is not waited for: see `age`.
        """
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            with suppress(SQLAlchemyError):
                if not self.left() and self.plant.local.counts()["waiting"] == 0 and not self.left():
                    return time.monotonic() - begun
            time.sleep(0.1)
        raise AssertionError(f"after {seconds} s: {self.counted()}\n{self.plant.said()}")

    def holders(self) -> set[int]:
        """The ids of the processes that hold a row at this moment."""
        tokens = self._ids("SELECT DISTINCT claimed_by FROM outbox WHERE state IN ('claimed', 'submitting')")
        return {int(token.split(":")[1]) for token in tokens}

    def unanswered(self) -> int:
        """How many texts came in that led to no text of ours."""
        (count,) = self._ids(
            "SELECT count(*) FROM inbound WHERE NOT EXISTS "
            "(SELECT 1 FROM outbox WHERE outbox.inbound_id = inbound.id AND outbox.sid IS NOT NULL)"
        )
        return int(count)

    def answered_in_order(self) -> bool:
        """Whether each family's answers went out in the order of the texts that they answer."""
        with self.db.read() as session:
            rows = session.connection().execute(text("SELECT id, contact_id, inbound_id FROM outbox")).all()
        of_row = {row: (contact, inbound) for row, contact, inbound in rows}
        answered: dict[int, list[int]] = {}
        for one in self.ledger()["sent"]:
            contact, inbound = of_row[row_of(one)]
            answered.setdefault(contact, []).append(inbound)
        return all(texts == sorted(texts) for texts in answered.values())

    def received(self) -> set[str]:
        """The SIDs of all texts that came in."""
        return set(self._ids("SELECT sid FROM inbound"))

    def age_after_restart(self, *names: str) -> None:
        """End these, so that nobody holds a row; let the minutes pass; start them again."""
        for name in names:
            self.plant.kill(name)
        time.sleep(0.5)
        self.age()
        self.plant.up(*names)

    def orphaned(self) -> list[int]:
        """Rows whose worker is gone."""
        living = set(self.plant.processes())
        with self.db.read() as session:
            held = session.connection().execute(
                text("SELECT id, claimed_by FROM outbox WHERE state IN ('claimed', 'submitting')")
            )
            return [row for row, token in held if int(token.split(":")[1]) not in living]

    def age(self) -> None:
        """Let the minutes pass that rows of dead processes wait for. Only these: a row whose worker
        is alive must keep its time, or two would send it.
        """
        older = text(
            "UPDATE outbox SET look_at = :now, submitted_at = submitted_at - :gone "
            "WHERE id = :row AND state IN ('claimed', 'submitting')"
        )
        with self.db.write() as session:
            for row in self.orphaned():
                session.connection().execute(older, {"now": now(), "gone": timedelta(minutes=2), "row": row})

    def judge(self) -> Verdict:
        """Read the ledger against the database."""
        ledger = self.ledger()
        sent = Counter(row_of(one) for one in ledger["sent"])
        states = self.counted()
        return Verdict(
            doubles=sum(times - 1 for times in sent.values()),
            accepted=len(ledger["sent"]),
            unknown=states.get("unknown", 0),
            states=states,
            unended=self._ids("SELECT id FROM outbox WHERE state IN ('pending', 'claimed', 'submitting')"),
            missing=self._missing(ledger),
            untrue=[*self._untrue(ledger)],
        )

    def _untrue(self, ledger: dict[str, Any]) -> Iterator[str]:
        """Rows that say less than a receipt we acknowledged, more than happened, or another text's end."""
        with self.db.read() as session:
            rows = session.connection().execute(text("SELECT id, sid, state FROM outbox")).all()
        of_row = {row: (sid, state) for row, sid, state in rows}
        sent = {one["sid"]: one for one in ledger["sent"]}
        for one in sent.values():
            if row_of(one) not in of_row:
                yield f"{row_of(one)} was sent and is gone"
                continue
            sid, state = of_row[row_of(one)]
            told = [receipt.split()[0] for receipt in one["receipts"] if receipt.endswith(" 200")]
            known = max(RANK[TOLD_AS[status]] for status in ("accepted", *told))
            most = max(known, RANK[TOLD_AS[one["status"]]])
            if state != "unknown" and not (sid == one["sid"] and known <= RANK.get(state, -1) <= most):
                yield f"{row_of(one)} is {state} with {sid}, the carrier's is {one['status']} and told {told}"
        for row, sid, state in rows:
            if sid not in sent and (sid or state in ("accepted", "sent", "delivered", "read")):
                yield f"{row} is {state} with {sid}, of which the carrier knows nothing"

    def _missing(self, ledger: dict[str, Any]) -> list[str]:
        ours = set(self._ids("SELECT sid FROM outbox WHERE sid IS NOT NULL"))
        came = set(self._ids("SELECT sid FROM inbound"))
        with self.db.read() as session:
            told = session.connection().execute(text("SELECT sid, status FROM status_event")).all()
        receipts = {(sid, status) for sid, status in told}
        sent = [one["sid"] for one in ledger["sent"] if one["sid"] not in ours]
        texts = [one["sid"] for one in ledger["received"] if one["arrived"] and one["sid"] not in came]
        told_of = [
            one["sid"]
            for one in ledger["sent"]
            for receipt in one["receipts"]
            if receipt.endswith(" 200") and (one["sid"], receipt.split()[0]) not in receipts
        ]
        return sent + texts + told_of

    def _ids(self, question: str) -> list[Any]:
        with self.db.read() as session:
            return list(session.connection().execute(text(question)).scalars())

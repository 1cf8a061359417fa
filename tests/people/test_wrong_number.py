"""Somebody says that a number is wrong: the family is off it, and nothing more is written of our own."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from bot.people.contacts import known_about, wrong_number
from bot.store import consents, contacts, outbox, subscriptions
from bot.store.contacts import Contact
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

DANA = "+15125550103"


@pytest.fixture
def dana(db: Database, vault: Vault, load: Callable[..., Any]) -> Callable[[Session], Contact]:
    """The contact of a mother on the small roster."""
    load()

    def find(session: Session) -> Contact:
        found = contacts.by_number_hash(session, vault.fingerprint(DANA))
        assert found is not None
        return found

    return find


def text_row(contact_id: int, lane: str, clock: SettableClock) -> dict[str, Any]:
    return {
        "contact_id": contact_id,
        "lane": lane,
        "kind": "reply",
        "channel": "sms",
        "state": "pending",
        "body": b"sealed",
        "segments": 1,
        "encoding": "GSM-7",
        "attempts": 0,
        "stumbles": 0,
        "due_at": clock(),
        "created_at": clock(),
    }


def test_the_number_is_linked_to_nobody_and_told_nothing_of_the_family(
    db: Database, vault: Vault, clock: SettableClock, dana: Callable[[Session], Contact]
) -> None:
    with db.write() as session:
        assert wrong_number(session, dana(session), clock()) == 1
    with db.read() as session:
        assert known_about(session, vault, dana(session)) == {}


def test_what_we_would_have_written_of_ourselves_is_taken_back_and_answers_are_not(
    db: Database, clock: SettableClock, dana: Callable[[Session], Contact]
) -> None:
    with db.write() as session:
        contact = dana(session)
        rows = [text_row(contact.id or 0, lane, clock) for lane in ("broadcasts", "replies")]
        outbox.add(session, rows)
        subscriptions.subscribe(session, contact.id or 0, "tips", "k2", next_due_at=clock(), now=clock())
        wrong_number(session, contact, clock())
    with db.read() as session:
        contact = dana(session)
        assert subscriptions.of_contact(session, contact.id or 0) == []
        states = {row.lane: (row.state, row.reason) for row in outbox.to_contact(session, contact.id or 0)}
    assert states == {"broadcasts": ("skipped", "cancelled"), "replies": ("pending", None)}


def test_that_it_was_said_is_kept_as_proof(
    db: Database, clock: SettableClock, dana: Callable[[Session], Contact]
) -> None:
    with db.write() as session:
        wrong_number(session, dana(session), clock())
    with db.read() as session:
        [proof] = consents.of_contact(session, dana(session).id or 0)
    assert (proof.kind, proof.source, proof.at) == ("wrong_number", "text", clock())

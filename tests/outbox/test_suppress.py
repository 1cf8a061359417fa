"""A carrier that refuses a text because its reader opted out there has opted out for us too."""

from datetime import datetime, timedelta

import pytest

from bot.outbox.suppress import suppress
from bot.store import consents, contacts
from bot.store.contacts import Contact
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.installation import SPANISH

NOW = datetime.fromisoformat("2026-10-13T15:00:00+00:00")
SECOND = timedelta(seconds=1)


@pytest.fixture
def parent(db: Database, vault: Vault) -> int:
    """The id of a mother who reads Spanish."""
    with db.write() as session:
        contact = contacts.find_or_create(session, vault, SPANISH, NOW)
        contact.language = "es"
        return contact.id or 0


def told(db: Database, contact_id: int, *, sent_at: datetime | None = NOW) -> bool:
    with db.write() as session:
        return suppress(session, contact_id, sent_at=sent_at, now=NOW + SECOND)


def started(db: Database, contact_id: int, at: datetime, kind: str = "started") -> None:
    with db.write() as session:
        consents.record(session, contact_id, kind, language="es", wording="", source="text", at=at)


def test_the_first_word_of_it_stops_all_texts_and_is_kept_as_proof(db: Database, parent: int) -> None:
    assert told(db, parent)
    assert not told(db, parent), "the second changes nothing"
    with db.read() as session:
        contact = session.get_one(Contact, parent)
        (proof,) = consents.of_contact(session, parent)
    assert (contact.consent, contact.stopped_at) == ("stopped", NOW + SECOND)
    assert (proof.kind, proof.language, proof.source, proof.at) == ("stopped", "es", "carrier", NOW + SECOND)


def test_somebody_unknown_is_nobody_to_stop(db: Database, parent: int) -> None:
    assert not told(db, parent + 1)


@pytest.mark.parametrize("after", [timedelta(0), SECOND], ids=["with it", "after it"])
def test_a_late_receipt_does_not_undo_a_start(db: Database, parent: int, after: timedelta) -> None:
    started(db, parent, NOW + after)
    assert not told(db, parent)


def test_a_start_from_before_the_text_does_not_help_it(db: Database, parent: int) -> None:
    started(db, parent, NOW - SECOND)
    assert told(db, parent)


def test_only_a_start_outweighs_it(db: Database, parent: int) -> None:
    started(db, parent, NOW + SECOND, "noticed")
    assert told(db, parent)


def test_of_a_text_that_no_one_knows_when_it_went_out_the_refusal_counts(db: Database, parent: int) -> None:
    started(db, parent, NOW + SECOND)
    assert told(db, parent, sent_at=None)

"""What staff write down of consent holds at once, and each time leaves its proof."""

from typing import get_args

import pytest
from sqlmodel import Session

from bot.outbox.put import put
from bot.people.consent import MEANS, Means, log_beyond, log_start, log_stop
from bot.store import consents, contacts
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock
from tests.outbox.rows import rows_of

NUMBER = "+15125550150"


def told(means: Means, clock: SettableClock) -> dict[str, object]:
    return {"means": means, "recorded_by": "Rosa Vega", "said_at": clock(), "now": clock()}


def last(session: Session, vault: Vault) -> tuple[str, str, str | None]:
    contact = contacts.by_number_hash(session, vault.fingerprint(NUMBER))
    assert contact is not None
    event = consents.of_contact(session, contact.id or 0)[-1]
    return event.kind, event.source, event.recorded_by


@pytest.mark.parametrize("means", ["paper", "spoken", "email"])
def test_a_stop_and_a_start_are_news_once_and_proved_each_time(
    db: Database, vault: Vault, clock: SettableClock, means: Means
) -> None:
    with db.write() as session:
        for log, kind in ((log_stop, "stopped"), (log_start, "started")):
            for is_new in (True, False):
                assert log(session, vault, NUMBER, **told(means, clock)) is is_new  # type: ignore[arg-type]
                session.flush()
                assert last(session, vault) == (kind, means, "Rosa Vega")


def test_a_start_ends_a_doubt(db: Database, vault: Vault, clock: SettableClock) -> None:
    with db.write() as session:
        contact = contacts.find_or_create(session, vault, NUMBER, clock())
        contact.wants = contacts.UNCLEAR
        session.flush()
        assert log_start(session, vault, NUMBER, **told("spoken", clock))  # type: ignore[arg-type]
        session.refresh(contact)
        assert contact.wants is None


def test_texts_beyond_the_schools_own_are_asked_for_and_taken_back(
    db: Database, vault: Vault, clock: SettableClock
) -> None:
    with db.write() as session:
        contact_id = contacts.find_or_create(session, vault, NUMBER, clock()).id or 0
        for on in (True, False):
            log_beyond(session, vault, NUMBER, on=on, **told("paper", clock))  # type: ignore[arg-type]
            session.flush()
            assert last(session, vault) == ("beyond_on" if on else "beyond_off", "paper", "Rosa Vega")
            assert (contact_id in consents.beyond_school(session, [contact_id])) is on


def test_a_stop_takes_back_what_waits_to_go_out(db: Database, vault: Vault, clock: SettableClock) -> None:
    assert get_args(Means) == MEANS == ("paper", "spoken", "email")
    with db.write() as session:
        contact_id = contacts.find_or_create(session, vault, NUMBER, clock()).id or 0
        later = {"lane": "broadcasts", "kind": "broadcast", "zone": "America/Chicago", "now": clock()}
        put(session, vault, contact_id=contact_id, body="News", channel="sms", **later)  # type: ignore[arg-type]
        log_stop(session, vault, NUMBER, **told("paper", clock))  # type: ignore[arg-type]
    assert [(row.state, row.reason) for row in rows_of(db, contact_id, lane="broadcasts")] == [
        ("skipped", "cancelled")
    ]

"""A parent reports an absence: kept for the attendance office, and only for an own child."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from bot.people import absences
from bot.store import absences as store
from bot.store import contacts, families
from bot.store.contacts import Contact
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

ELENA, RAFAEL, DANA = "+15125550101", "+15125550102", "+15125550103"
FRIDAY = date(2026, 10, 16)


@pytest.fixture
def tell(db: Database, vault: Vault, clock: SettableClock, load: Callable[..., Any]) -> Callable[..., str]:
    """A parent of the small roster reports the absence of a child of somebody (by default her own first)."""
    load()

    def run(who: str, *, child_of: str = "", day: date = FRIDAY, reason: str = "sick") -> str:
        with db.write() as session:
            teller, parent = _contact(session, vault, who), _contact(session, vault, child_of or who)
            child = families.children_of(session, parent.id or 0)[0]
            return absences.report(session, vault, teller, child.id, day, reason, clock())

    return run


def _contact(session: Any, vault: Vault, number: str) -> Contact:
    found = contacts.by_number_hash_locked(session, vault.fingerprint(number))
    assert found is not None
    return found


def waiting(db: Database, vault: Vault, school: str | None = None) -> list[tuple[str, date, str]]:
    with db.read() as session:
        return [(one.child, one.day, one.reason) for one in absences.waiting(session, vault, school)]


def test_a_report_waits_for_the_attendance_office(
    tell: Callable[..., str], db: Database, vault: Vault
) -> None:
    assert tell(ELENA) == "new"
    assert waiting(db, vault) == [("Mateo", FRIDAY, "sick")]
    assert waiting(db, vault, "org-maple-grove") == [("Mateo", FRIDAY, "sick")]
    assert waiting(db, vault, "org-elsewhere") == []


def test_a_second_report_of_the_same_day_changes_the_first_also_from_the_other_parent(
    tell: Callable[..., str], db: Database, vault: Vault
) -> None:
    assert tell(ELENA) == "new"
    assert tell(RAFAEL, reason="appointment") == "changed"
    assert waiting(db, vault) == [("Mateo", FRIDAY, "appointment")]
    assert tell(ELENA, day=date(2026, 10, 19)) == "new"
    assert len(waiting(db, vault)) == 2


def test_seen_leaves_the_list_and_a_change_brings_it_back(
    tell: Callable[..., str], db: Database, vault: Vault, clock: SettableClock
) -> None:
    tell(ELENA)
    with db.write() as session:
        [report] = absences.waiting(session, vault)
        assert store.see(session, report.id, clock())
        assert not store.see(session, report.id, clock())
    assert waiting(db, vault) == []
    assert tell(ELENA, reason="family") == "changed"
    assert waiting(db, vault) == [("Mateo", FRIDAY, "family")]


def test_nobody_reports_a_child_of_another_family(
    tell: Callable[..., str], db: Database, vault: Vault
) -> None:
    assert tell(DANA, child_of=ELENA) == "refused"
    assert waiting(db, vault) == []


def test_a_reason_is_one_of_the_four_categories(tell: Callable[..., str], db: Database, vault: Vault) -> None:
    assert tell(ELENA, reason="measles") == "refused"
    assert waiting(db, vault) == []


def test_the_reason_is_not_readable_in_the_database(tell: Callable[..., str], db: Database) -> None:
    tell(ELENA)
    with db.read() as session:
        [(reason,)] = session.connection().execute(text("SELECT reason FROM absence"))
    assert b"sick" not in bytes(reason)


def test_what_one_contact_reported_can_be_shown_and_erased(
    tell: Callable[..., str], db: Database, vault: Vault
) -> None:
    tell(ELENA)
    tell(DANA)
    with db.write() as session:
        elena = _contact(session, vault, ELENA).id or 0
        assert [one.day for one in store.of_contact(session, elena)] == [FRIDAY]
        assert store.erase_of(session, elena) == 1
    assert waiting(db, vault) == [("Noah", FRIDAY, "sick")]

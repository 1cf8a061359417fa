"""Keeping a roster: what a load changes, what it never touches, and that a second one changes nothing."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from bot.people.contacts import known_about, wrong_number
from bot.people.roster import RosterRefused
from bot.people.roster_store import RosterReport, store_roster
from bot.store import contacts, families, name_words, schools
from bot.store.contacts import Contact
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock
from tests.people.conftest import RosterFolder

Load = Callable[..., RosterReport]
ELENA, DANA, SHARED = "+15125550101", "+15125550103", "+15125550111"


@pytest.fixture
def facts(db: Database, vault: Vault) -> Callable[[str], dict[str, object]]:
    """What is known about the holder of a number; empty for a number without a contact."""

    def of(number: str) -> dict[str, object]:
        with db.read() as session:
            contact = contacts.by_number_hash(session, vault.fingerprint(number))
            return dict(known_about(session, vault, contact)) if contact else {}

    return of


def change(db: Database, vault: Vault, number: str, what: Callable[..., object]) -> None:
    with db.write() as session:
        contact = contacts.by_number_hash_locked(session, vault.fingerprint(number))
        assert contact is not None
        what(session, contact)


def children(facts: dict[str, object]) -> list[str]:
    listed = facts.get("family.children", [])
    assert isinstance(listed, list)
    return [child["name"] for child in listed]


def test_a_second_load_changes_nothing(load: Load) -> None:
    assert not load().changes_nothing
    assert load().changes_nothing


def test_a_guardian_is_known_with_language_name_children_and_school(
    load: Load, facts: Callable[[str], dict[str, object]]
) -> None:
    load()
    known = facts(ELENA)
    assert known["contact.language"] == "es"
    assert known["contact.name"] == "Elena"
    assert children(known) == ["Mateo", "Lucía"]
    assert known["family.school"] == "org-maple-grove"
    assert known["family.school_name"] == "Maple Grove Elementary"


def test_a_shared_number_is_one_contact_of_both_families_without_a_name(
    load: Load, facts: Callable[[str], dict[str, object]]
) -> None:
    load()
    known = facts(SHARED)
    assert sorted(children(known)) == ["Emiliano", "Sofía"]
    assert "contact.name" not in known


def test_a_number_that_is_not_on_the_roster_gets_no_family_facts(
    load: Load, db: Database, vault: Vault, clock: SettableClock, facts: Callable[[str], dict[str, object]]
) -> None:
    load()
    with db.write() as session:
        contacts.find_or_create(session, vault, "+15125550199", clock())
    assert facts("+15125550199") == {}


def test_a_chosen_language_and_name_and_consent_survive_a_load(
    load: Load, db: Database, vault: Vault, clock: SettableClock, facts: Callable[[str], dict[str, object]]
) -> None:
    load()

    def choose(session: object, contact: Contact) -> None:
        contacts.set_language(session, contact.id or 0, "ht", "chosen")  # type: ignore[arg-type]
        contact.name, contact.name_source = vault.seal("Lena", contacts.NAME), "chosen"
        contacts.stop(session, contact.id or 0, clock())  # type: ignore[arg-type]

    change(db, vault, ELENA, choose)
    assert load().changes_nothing
    assert facts(ELENA)["contact.language"] == "ht"
    assert facts(ELENA)["contact.name"] == "Lena"
    with db.read() as session:
        contact = contacts.by_number_hash(session, vault.fingerprint(ELENA))
    assert contact is not None
    assert contact.consent == "stopped"


def test_a_changed_home_language_reaches_a_person_who_has_chosen_none(
    load: Load, folder: RosterFolder, facts: Callable[[str], dict[str, object]]
) -> None:
    load()
    folder.change("users", "guardian-carter-dana", **{"metadata.homeLanguage": "Vietnamese"})
    assert load().changed_contacts == 1
    assert facts(DANA)["contact.language"] == "vi"


def test_a_withdrawn_child_is_no_longer_told_of_and_comes_back_as_itself(
    load: Load, folder: RosterFolder, facts: Callable[[str], dict[str, object]], db: Database
) -> None:
    load()
    kept = folder.rows("users"), folder.rows("enrollments")
    folder.drop("student-morales-lucia")
    assert load().left_children == 1
    assert children(facts(ELENA)) == ["Mateo"]
    folder.write("users", kept[0])
    folder.write("enrollments", kept[1])
    report = load()
    assert (report.returned_children, report.new_children) == (1, 0)
    assert children(facts(ELENA)) == ["Mateo", "Lucía"]
    with db.read() as session:
        assert len(families.every_student(session)) == 14


def test_a_child_that_moves_to_another_school_is_there(
    load: Load, folder: RosterFolder, facts: Callable[[str], dict[str, object]]
) -> None:
    load()
    second = {**folder.rows("orgs")[1], "sourcedId": "org-second", "name": "Second School"}
    folder.write("orgs", [*folder.rows("orgs"), second])
    folder.change("users", "student-morales-lucia", orgSourcedIds="org-second")
    assert load().changed_children == 1
    known = facts(ELENA)
    assert known["family.schools"] == "org-maple-grove,org-second"
    assert "family.school" not in known


def test_a_second_guardian_joins_the_same_family(
    load: Load, folder: RosterFolder, facts: Callable[[str], dict[str, object]], db: Database
) -> None:
    load()
    folder.change("users", "guardian-brooks-terrence", agentSourcedIds="student-carter-noah")
    report = load()
    assert (report.new_families, report.new_links) == (0, 1)
    assert children(facts("+15125550109")) == ["Noah", "Maya"]
    with db.read() as session:
        assert len(families.every_family(session)) == 12


def test_a_new_number_takes_the_old_one_out_of_the_family(
    load: Load, folder: RosterFolder, facts: Callable[[str], dict[str, object]]
) -> None:
    """The old number may be anybody's tomorrow: what the roster said of it is forgotten."""
    load()
    folder.change("users", "guardian-carter-dana", sms="512-555-0173")
    report = load()
    assert (report.new_contacts, report.new_links, report.ended_links) == (1, 1, 1)
    assert facts(DANA) == {}
    assert children(facts("+15125550173")) == ["Noah"]


def test_a_wrong_number_is_unlinked_at_once_and_stays_so(
    load: Load,
    db: Database,
    vault: Vault,
    clock: SettableClock,
    facts: Callable[[str], dict[str, object]],
) -> None:
    load()
    change(db, vault, DANA, lambda session, contact: wrong_number(session, contact, clock()))
    assert facts(DANA) == {}
    assert load().changes_nothing
    assert facts(DANA) == {}


def test_a_link_that_staff_made_is_not_taken_away(
    load: Load, db: Database, vault: Vault, clock: SettableClock, facts: Callable[[str], dict[str, object]]
) -> None:
    load()
    with db.write() as session:
        aunt = contacts.find_or_create(session, vault, "+15125550188", clock())
        dana = contacts.by_number_hash(session, vault.fingerprint(DANA))
        assert dana is not None
        family = families.children_of(session, dana.id or 0)[0].family_id
        session.add(families.FamilyContact(family_id=family, contact_id=aunt.id or 0, source="staff"))
    assert load().changes_nothing
    assert children(facts("+15125550188")) == ["Noah"]


def test_a_cut_off_export_does_not_send_the_school_home(load: Load, folder: RosterFolder) -> None:
    load()
    gone = [row["sourcedId"] for row in folder.rows("users") if row["role"] == "student"][:12]
    folder.drop(*gone)
    with pytest.raises(RosterRefused, match="12 of 14 children"):
        load()
    assert load(many_may_leave=True).left_children == 12


def test_a_school_that_is_not_set_up_is_refused(
    folder: RosterFolder, db: Database, vault: Vault, clock: SettableClock
) -> None:
    with pytest.raises(RosterRefused, match="`org-maple-grove` is not set up"), db.write() as session:
        store_roster(session, vault, folder.read(), clock())


def test_a_liaison_stays_one_and_a_teacher_who_left_serves_no_school(
    load: Load, folder: RosterFolder, db: Database
) -> None:
    load()
    with db.write() as session:
        schools.save_staff(session, {"source_id": "staff-ortiz", "role": "liaison", "languages": ["es"]})
    folder.drop("staff-bennett")
    report = load()
    assert report.changed_staff == 1
    with db.read() as session:
        assert [person.name for person in schools.staff_at(session, "liaison")] == ["Carmen Ortiz"]
        assert schools.staff_at(session, "teacher") == []


def test_no_name_and_no_number_stands_readable_in_the_database(load: Load, db: Database) -> None:
    load()
    with db.engine.connect() as connection:
        held = b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for table in SQLModel.metadata.sorted_tables
            for row in connection.execute(select(table))
            for value in row
        )
    assert b"Maple Grove" in held
    for secret in ("Elena", "Mateo", "Lucía", "5125550101", "student-morales", "guardian-morales"):
        assert secret.encode() not in held


def test_guardians_are_found_by_name_also_where_two_share_a_number_until_the_number_is_wrong(
    load: Load, folder: RosterFolder, db: Database, vault: Vault, clock: SettableClock
) -> None:
    def found(name: str) -> list[str]:
        with db.read() as session:
            ids = name_words.contacts_named(session, vault, name)
            people = [contacts.by_id(session, one) for one in ids]
        return [vault.open(one.number, contacts.NUMBER) for one in people if one is not None]

    load()
    assert found("elena") == [ELENA]
    assert found("Elena Morales") == [ELENA]
    assert (found("Rosa Reyes"), found("castillo")) == ([SHARED], [SHARED])
    folder.change("users", "guardian-carter-dana", givenName="Dána", familyName="Vidal")
    load()
    assert (found("dana vidal"), found("carter dana")) == ([DANA], [])
    change(db, vault, ELENA, lambda session, contact: wrong_number(session, contact, clock()))
    assert found("elena") == []
    load()
    assert found("elena") == []

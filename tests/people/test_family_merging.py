"""Two families put together: nothing is lost, whoever was unlinked stays so, and undoing it is as before."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import Session, SQLModel, select

from bot.people.family_merging import Merging
from bot.people.roster_store import store_roster
from bot.school.district import DEMO, read_district
from bot.store import audience, contacts, families, family_changes, family_merges, family_notes, tags
from bot.store.audience_ways import Chosen, Within
from bot.store.families import Family, FamilyContact, Student
from bot.store.family_notes import FamilyNote
from bot.store.tags import FamilyTag
from bot.store.vault import Vault
from tests.fixtures.household import SCHOOL_MORNING as NOW
from tests.fixtures.installation import Installation

WATCHED: tuple[type[SQLModel], ...] = (Family, Student, FamilyContact, FamilyTag, FamilyNote)
LINK = some.none() | some.tuples(some.sampled_from(("roster", "staff")), some.booleans())
PEOPLE = some.lists(LINK, min_size=3, max_size=3)
GROUPS = some.sets(some.sampled_from(("bus", "club")))


class Undone(Exception):
    """Nothing of an example stays."""


def all_rows(session: Session) -> list[str]:
    """Everything that a merge may move."""
    session.flush()
    session.expire_all()
    found = [row.model_dump() for table in WATCHED for row in session.exec(select(table)).all()]
    return sorted(map(str, found))


def merging(session: Session, vault: Vault, now: datetime = NOW) -> Merging:
    """Whoever puts them together."""
    return Merging(session, vault, 0, now)


def merged(session: Session, vault: Vault, kept: int, gone: int) -> int:
    """The change of a merge that nobody made."""
    both = family_merges.both_locked(session, kept, gone)
    before = family_merges.merge(session, both[kept], both[gone])
    change = family_changes.FamilyChange(
        kind="merged", family_id=kept, other_id=gone, before=b"", made_at=NOW
    )
    return family_changes.record(session, vault, change, before)


def fill(session: Session, vault: Vault, family_id: int, people: list[Any], groups: set[str]) -> None:
    """Give a family of the demo district more people, groups and a note."""
    for number, link in enumerate(people):
        person = contacts.find_or_create(session, vault, f"+1512555018{number}", NOW).id or 0
        if link is not None and session.get(FamilyContact, (family_id, person)) is None:
            row = FamilyContact(family_id=family_id, contact_id=person, source=link[0])
            row.unlinked_at = NOW if link[1] else None
            session.add(row)
    for group in sorted(groups):
        tags.add(session, [family_id], group, NOW)
    family_notes.add(session, family_id, None, vault.seal("Comes by bus.", family_notes.NOTE), NOW)
    session.flush()


@given(PEOPLE, PEOPLE, GROUPS, GROUPS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_merge_that_is_taken_back_has_changed_nothing(
    house: Installation, mine: list[Any], theirs: list[Any], my_groups: set[str], their_groups: set[str]
) -> None:
    vault = house.bot.vault
    with suppress(Undone), house.bot.db.write() as session:
        fill(session, vault, 1, mine, my_groups)
        fill(session, vault, 2, theirs, their_groups)
        before = all_rows(session)
        change = family_changes.locked(session, merged(session, vault, 1, 2))
        assert change is not None
        assert not session.exec(select(Student).where(Student.family_id == 2)).all()
        ended = {number for number in range(3) for link in (mine[number], theirs[number]) if link and link[1]}
        for number in range(3):
            person = contacts.find_or_create(session, vault, f"+1512555018{number}", NOW).id or 0
            is_linked = families.is_linked(session, person)
            assert is_linked == (number not in ended and any((mine[number], theirs[number])))
        assert all_rows(session) != before
        assert merging(session, vault).undo(change) == "undone"
        assert all_rows(session) == before
        raise Undone


def test_the_same_roster_and_a_changed_one_keep_families_together(house: Installation) -> None:
    roster, vault = read_district(DEMO).roster, house.bot.vault
    with house.bot.db.write() as session:
        kept, gone = sorted(families.every_family(session).values())[:2]
        change_id = merged(session, vault, kept, gone)
        children = len(session.exec(select(Student).where(Student.family_id == kept)).all())
        assert store_roster(session, vault, roster, NOW).changes_nothing
    with house.bot.db.write() as session:
        keys = {id_: hash_ for hash_, id_ in families.every_family(session).items()}
        families.rename_family(session, gone, "the roster will call it otherwise")
        report = store_roster(session, vault, roster, NOW)
        assert (report.new_families, report.changed_children) == (0, 0), "its guardians changed"
        assert {id_: hash_ for hash_, id_ in families.every_family(session).items()} == keys
        assert len(session.exec(select(Student).where(Student.family_id == kept)).all()) == children
    with house.bot.db.write() as session:
        change = family_changes.locked(session, change_id)
        assert change is not None
        assert merging(session, vault).undo(change) == "undone"
        assert store_roster(session, vault, roster, NOW).changes_nothing


def test_who_is_unlinked_after_a_merge_stays_so_when_it_is_taken_back(house: Installation) -> None:
    with house.bot.db.write() as session:
        change = family_changes.locked(session, merged(session, house.bot.vault, 1, 2))
        assert change is not None
        theirs = family_changes.before_of(house.bot.vault, change)["links"][0]["contact"]
        families.unlink_number(session, theirs, NOW + timedelta(hours=1))
        merging(session, house.bot.vault).undo(change)
        assert not families.is_linked(session, theirs)


def test_merges_are_taken_back_from_the_last_and_within_30_days(house: Installation) -> None:
    with house.bot.db.write() as session:
        vault = house.bot.vault
        first, second = merged(session, vault, 1, 2), merged(session, vault, 3, 1)
        assert family_merges.home_of(session, 2) == 3
        assert merging(session, vault).merge(1, 4) is None
        both = [family_changes.locked(session, one) for one in (first, second)]
        assert both[0] is not None
        assert both[1] is not None
        assert merging(session, vault).undo(both[0]) == "later_first"
        assert merging(session, vault, NOW + timedelta(days=31)).undo(both[1]) == "too_late"
        assert merging(session, vault).undo(both[1]) == "undone"
        assert merging(session, vault).undo(both[1]) == "too_late"
        assert merging(session, vault).undo(both[0]) == "undone"
        assert family_merges.homes(session) == {}


def test_a_broadcast_to_a_family_reaches_it_also_where_it_went_into_another(house: Installation) -> None:
    chosen, within = Chosen(families=frozenset({2})), Within(None, None, frozenset(), None)
    with house.bot.db.write() as session:
        before = audience.families(session, chosen, within)
        merged(session, house.bot.vault, 1, 2)
        assert before[0] == audience.families(session, chosen, within)[0] == 1

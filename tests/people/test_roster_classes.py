"""Whose teacher is told: that of the homeroom, else of all classes, as the roster says."""

import shutil
from pathlib import Path

import pytest

from bot.people.roster import read_roster
from bot.people.roster_store import store_roster
from bot.school.district import DEMO, load_district
from bot.store import classes, contacts, families, schools, teachers
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

DANA = "+15125550103"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the demo district."""
    return Path(shutil.copytree(DEMO, tmp_path / "district"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_every_child_of_the_demo_has_a_homeroom_teacher() -> None:
    roster = read_roster(DEMO)
    assert set(roster.teachers) == set(roster.children)
    assert all(len(found) == 1 for found in roster.teachers.values())


def test_a_homeroom_counts_before_other_classes_and_they_count_where_there_is_none(folder: Path) -> None:
    before = read_roster(folder).teachers
    child = next(id_ for id_, found in before.items() if found == ("staff-luna",))
    with (folder / "enrollments.csv").open("a", encoding="utf-8") as enrollments:
        enrollments.write(f"enrol-more,,,class-schmidt,org-maple-grove,{child},student,false,,\n")
    change(folder, "classes.csv", "HR-3,homeroom", "SC-3,scheduled")
    assert read_roster(folder).teachers[child] == ("staff-luna",)
    change(folder, "classes.csv", "HR-2,homeroom", "SC-2,scheduled")
    assert read_roster(folder).teachers[child] == ("staff-luna", "staff-schmidt")


def test_enrollments_that_ended_and_a_roster_without_classes_give_no_teacher(folder: Path) -> None:
    change(folder, "enrollments.csv", "enrol-staff-luna,,", "enrol-staff-luna,tobedeleted,")
    assert ("staff-luna",) not in read_roster(folder).teachers.values()


def test_a_new_roster_changes_who_teaches_and_says_so(
    db: Database, vault: Vault, clock: SettableClock, folder: Path
) -> None:
    load_district(db, vault, folder, clock)
    change(
        folder,
        "enrollments.csv",
        "class-luna,org-maple-grove,staff-luna",
        "class-luna,org-maple-grove,staff-schmidt",
    )
    with db.write() as session:
        report = store_roster(session, vault, read_roster(folder), clock())
        assert report.changed_teachers > 0
        dana = contacts.by_number_hash(session, vault.fingerprint(DANA))
        assert dana is not None
        (noah,) = families.children_of(session, dana.id or 0)
        assert [one.name for one in teachers.of_student(session, noah.id)] == ["Hannah Schmidt"]
        assert [one.name for one in teachers.of_contact(session, dana.id or 0)] == ["Hannah Schmidt"]
        assert store_roster(session, vault, read_roster(folder), clock()).changes_nothing


def test_the_classes_are_kept_with_their_people_and_go_with_the_roster(
    folder: Path, db: Database, vault: Vault, clock: SettableClock
) -> None:
    load_district(db, vault, folder, clock)
    with db.read() as session:
        listed = classes.listed(session)
        luna = next(one for one in listed if "Luna" in one.title)
        staff_id = schools.every_staff(session)["staff-luna"].id
        mine = classes.listed(session, staff_id=staff_id)
    assert listed
    assert {one.kind for one in listed} == {"homeroom"}
    assert all(one.children for one in listed)
    assert mine == [luna]
    with db.write() as session:
        again = store_roster(session, vault, read_roster(folder), clock())
    assert again.changes_nothing
    cell = next(line for line in (folder / "classes.csv").read_text().splitlines() if "Luna" in line)
    change(folder, "classes.csv", cell, cell.replace(",,,", ",tobedeleted,,", 1))
    with db.write() as session:
        store_roster(session, vault, read_roster(folder), clock())
    with db.read() as session:
        assert luna.id not in {one.id for one in classes.listed(session)}

"""A district's folder: loaded once, whole or not at all, with every fault of every file."""

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.school.demo_phones import demo_phones
from bot.school.district import DEMO, DistrictRefused, load_district, read_district
from bot.store import partners, schools
from bot.store.database import Database
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock

YAML = "district.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the demo district."""
    return Path(shutil.copytree(DEMO, tmp_path / "district"))


@pytest.fixture
def spoil(folder: Path) -> Callable[[str, str, str], None]:
    """Replaces words in one of its files."""

    def run(name: str, old: str, new: str) -> None:
        text = (folder / name).read_bytes().decode()
        assert old in text
        (folder / name).write_bytes(text.replace(old, new).encode())

    return run


def errors_of(folder: Path) -> list[str]:
    with pytest.raises(DistrictRefused) as refused:
        read_district(folder)
    return refused.value.errors


def test_the_demo_district_loads_once_and_then_changes_nothing(
    db: Database, vault: Vault, clock: SettableClock
) -> None:
    assert not load_district(db, vault, DEMO, clock).changes_nothing
    assert load_district(db, vault, DEMO, clock).changes_nothing
    with db.read() as session:
        every = [(school.name, school.phone) for school in schools.every_school(session)]
        liaisons = [person.name for person in schools.staff_at(session, "liaison")]
        places = partners.every_partner(session)
    assert every == [
        ("Cedar Valley High School", "+15125550136"),
        ("Maple Grove Elementary", "+15125550140"),
        ("Pecan Creek Middle School", "+15125550130"),
    ]
    assert "Carmen Ortiz" in liaisons
    assert len(places) == 15


def test_the_demo_district_is_sixty_families_in_eight_languages() -> None:
    """Several children and schools, a shared phone, two parents of two languages, one without a number."""
    roster = read_district(DEMO).roster
    people = roster.guardians
    assert len(roster.families) == 60
    assert {person.language for person in people.values()} == {
        "en", "es", "ar", "zh_Hans", "ht", "vi", "so", "pt_BR"
    }  # fmt: skip
    schools_of = [{roster.children[id_].schools for id_ in one.children} for one in roster.families]
    assert sum(len(found) > 1 for found in schools_of) >= 10
    languages_of = [{people[id_].language for id_ in one.guardians} for one in roster.families]
    assert {"en", "pt_BR"} in languages_of
    numbers = Counter(person.number for person in people.values() if person.number)
    assert numbers["+15125550111"] == 2
    assert any(person.number is None for person in people.values())
    assert roster.notes == []


def test_the_phones_page_gets_three_parents_of_three_languages_and_who_is_told_at_school() -> None:
    district = read_district(DEMO)
    phones = demo_phones(district.words, district.roster)
    assert [(phone.name, phone.language) for phone in phones] == [
        ("Elena Morales", "es"),
        ("Dana Carter", "en"),
        ("Samira Haddad", "ar"),
        ("Attendance, Maple Grove Elementary", "en"),
        ("Carmen Ortiz, liaison", "en"),
        ("On call, district office", "en"),
    ]
    assert phones[0].number == "+15125550101"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("attendance_text: 512-555-0190", "attendance_text: ask inside", "no telephone number"),
        ("attendance_text: 512-555-0190", "attendance_email: office at maple", "no e-mail address"),
        ("on_call_text: 512-555-0192", "on_call_email: '@'", "no e-mail address"),
        ("text: 512-555-0191", "text: 555", "no telephone number"),
        ("text: 512-555-0191", "email: a@b", "no e-mail address"),
    ],
)
def test_where_staff_are_told_is_checked_with_its_line(
    folder: Path, spoil: Callable[[str, str, str], None], old: str, new: str, said: str
) -> None:
    spoil(YAML, old, new)
    assert any(re.match(r"district\.yaml:\d+:", line) and said in line for line in errors_of(folder))


def test_a_phone_of_the_demo_that_nobody_has_is_refused(
    folder: Path, spoil: Callable[[str, str, str], None]
) -> None:
    spoil(YAML, "on_call_text: 512-555-0192\n", "")
    assert any("`on_call`" in line for line in errors_of(folder))


def test_addresses_of_staff_are_sealed_and_loading_them_again_changes_nothing(
    folder: Path, spoil: Callable[[str, str, str], None], db: Database, vault: Vault, clock: SettableClock
) -> None:
    spoil("users.csv", "Olivia,Bennett,,,,,", "Olivia,Bennett,,,o.bennett@maple.example.org,,")
    spoil("users.csv", "Carmen,Ortiz,,,,,", "Carmen,Ortiz,,,old@maple.example.org,,")
    spoil(YAML, "text: 512-555-0191", "text: 512-555-0191, email: c.ortiz@maple.example.org")
    load_district(db, vault, folder, clock)
    assert load_district(db, vault, folder, clock).changes_nothing
    with db.read() as session:
        staff = schools.every_staff(session)
    teacher, liaison = staff["staff-bennett"], staff["staff-ortiz"]
    assert vault.open(teacher.email or b"", schools.STAFF_EMAIL) == "o.bennett@maple.example.org"
    assert vault.open(liaison.email or b"", schools.STAFF_EMAIL) == "c.ortiz@maple.example.org"
    assert vault.open(liaison.text or b"", schools.STAFF_TEXT) == "+15125550191"


def test_an_e_mail_of_the_roster_that_is_none_is_left_out_with_a_note(
    folder: Path, spoil: Callable[[str, str, str], None]
) -> None:
    spoil("users.csv", "Olivia,Bennett,,,,,", "Olivia,Bennett,,,olivia at maple,,")
    roster = read_district(folder).roster
    assert roster.staff["staff-bennett"].email is None
    assert any("email is not an e-mail address" in note for note in roster.notes)


def test_a_load_says_which_school_is_told_nothing(db: Database, vault: Vault, clock: SettableClock) -> None:
    notes = load_district(db, vault, DEMO, clock).notes
    assert any("Pecan Creek Middle School states no attendance_text" in note for note in notes)
    assert not any("Maple Grove" in note for note in notes)


def test_the_demo_calendar_has_every_sort_of_event() -> None:
    dates = read_district(DEMO).calendars["org-maple-grove"]
    kinds = {one.kind for one in dates}
    assert kinds == {
        "no_school", "early_release", "conference", "report_card", "testing", "meeting", "other"
    }  # fmt: skip
    assert not any("drill" in one.summary for one in dates)
    assert len({one.uid for one in dates if one.kind == "meeting"}) == 1
    assert any("español, árabe" in one.summary for one in dates)


@pytest.mark.parametrize("id_", ["org-maple-grove", "org-pecan-creek", "org-cedar-valley-high"])
def test_every_demo_school_tells_every_kind_of_date(id_: str) -> None:
    kinds = {one.kind for one in read_district(DEMO).calendars[id_]}
    assert kinds >= {"no_school", "early_release", "conference", "report_card", "testing", "meeting"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("phone: 210-555-0101", "phone: ask inside", "no telephone number"),
        ("needs: [food]", "needs: [money]", "needs"),
        ("languages: [en, es]", "languages: [english]", "is no language of Ally"),
        ("free: yes", "free: maybe", "free"),
        ("near: [org-maple-grove]", "near: [org-elsewhere]", "`org-elsewhere` is no school in orgs.csv"),
        ("checked: 2026-10-05", "checked: last fall", "checked"),
        ("https://library.", "http://library.", "url"),
    ],
)
def test_partners_yaml_is_checked_with_its_line(
    folder: Path, spoil: Callable[[str, str, str], None], old: str, new: str, said: str
) -> None:
    spoil("partners.yaml", old, new)
    assert any(re.match(r"partners\.yaml:\d+:", line) and said in line for line in errors_of(folder))


def test_a_district_may_have_no_partners(folder: Path) -> None:
    (folder / "partners.yaml").unlink()
    assert read_district(folder).partners == {}


def test_partners_that_are_gone_from_the_file_are_gone_from_the_database(
    folder: Path,
    spoil: Callable[[str, str, str], None],
    db: Database,
    vault: Vault,
    clock: SettableClock,
) -> None:
    load_district(db, vault, folder, clock)
    text = (folder / "partners.yaml").read_text(encoding="utf-8")
    (folder / "partners.yaml").write_text(text.partition("  lotus-families:")[0], encoding="utf-8")
    assert load_district(db, vault, folder, clock).changed_partners == 14
    with db.read() as session:
        assert "Lotus Family Center" not in [one.name for one in partners.every_partner(session)]


def test_faults_of_all_files_are_listed_together(
    folder: Path, spoil: Callable[[str, str, str], None]
) -> None:
    spoil("users.csv", ",teacher,", ",wizard,")
    spoil("maple_grove.ics", "DTSTART;VALUE=DATE:20260907", "DTSTART;VALUE=DATE:Labor")
    errors = errors_of(folder)
    assert any(line.startswith("users.csv:2: role is `wizard`") for line in errors)
    assert any(line.startswith("maple_grove.ics:") for line in errors)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("America/Chicago", "Chicago", "no time zone has this name"),
        ("7:30 to 16:00", "8-4", "write times of one day as"),
        ("phone: 512-555-0140", "phone: front desk", "no telephone number"),
        ("speaks: [es, en]", "speaks: [spanish]", "is no language of Ally"),
        ("maple_grove.ics", "../../etc/passwd", "cannot stand as `calendar`"),
        ("maple_grove.ics", "other.ics", "other.ics:1: cannot be read"),
        ("2027-05-27}", "2025-05-27}", "last_day must come after first_day"),
        ("away: [2026-11-30 to 2026-12-04]", "away: [2026-12-04 to 2026-11-30]", "write days away as"),
        ("attendance_phone: 512-555-0143", "attendance_phone: ask", "no telephone number"),
        ("staff-toussaint:", "staff-nobody:", "`staff-nobody` is nobody in users.csv"),
        ("org-maple-grove:", "org-elsewhere:", "`org-elsewhere` is no school in orgs.csv"),
        ("guardian-carter-dana", "guardian-nobody", "is no guardian with a number"),
        ("zone:", "zones:", "`zones`"),
    ],
)
def test_district_yaml_is_checked_with_its_line(
    folder: Path, spoil: Callable[[str, str, str], None], old: str, new: str, said: str
) -> None:
    spoil(YAML, old, new)
    errors = errors_of(folder)
    assert any(said.lower() in line.lower() for line in errors)
    assert all(re.match(r"[\w.]+:\d+:", line) for line in errors)


def test_a_folder_without_district_yaml_is_refused(tmp_path: Path) -> None:
    assert errors_of(tmp_path)[0].startswith("district.yaml:1:1: cannot be read")


def test_a_refused_folder_changes_nothing(
    folder: Path,
    spoil: Callable[[str, str, str], None],
    db: Database,
    vault: Vault,
    clock: SettableClock,
) -> None:
    spoil("users.csv", ",teacher,", ",wizard,")
    with pytest.raises(DistrictRefused):
        load_district(db, vault, folder, clock)
    with db.read() as session:
        assert schools.every_school(session) == []


def test_a_new_hour_and_a_new_date_reach_the_database(
    folder: Path,
    spoil: Callable[[str, str, str], None],
    db: Database,
    vault: Vault,
    clock: SettableClock,
) -> None:
    load_district(db, vault, folder, clock)
    spoil(YAML, "7:30 to 16:00", "7:00 to 16:00")
    spoil("maple_grove.ics", "DTSTART;VALUE=DATE:20261012", "DTSTART;VALUE=DATE:20261011")
    report = load_district(db, vault, folder, clock)
    assert (report.changed_schools, report.changed_calendars) == (1, 1)
    assert report.roster.changes_nothing


def test_a_liaison_who_is_not_in_the_roster_may_be_named_by_the_district(
    folder: Path,
    spoil: Callable[[str, str, str], None],
    db: Database,
    vault: Vault,
    clock: SettableClock,
) -> None:
    """A parent who helps as a liaison stands in no payroll."""
    person = "{role: liaison, speaks: [zh_Hans], name: Lin Zhao, schools: [org-maple-grove]}"
    spoil(YAML, "staff:", f"staff:\n  parent-liaison: {person}")
    load_district(db, vault, folder, clock)
    assert load_district(db, vault, folder, clock).changes_nothing
    with db.read() as session:
        assert "Lin Zhao" in [person.name for person in schools.staff_at(session, "liaison")]

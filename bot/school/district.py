"""A district's folder: district.yaml, the roster beside it, and one calendar a school; read and loaded."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from bot.people.roster import Roster, RosterRefused, read_roster
from bot.people.roster_store import RosterReport, store_roster
from bot.ports import Clock
from bot.school.calendar import CalendarDate, CalendarRefused, read_calendar, store_calendar
from bot.school.district_file import DistrictWords
from bot.school.partners_file import PartnerWords, read_partners
from bot.school.rights import NATION
from bot.store import partners, schools
from bot.store.database import Database
from bot.store.vault import Vault
from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import FilesBroken, Tree, read_tree

DEMO = Path(__file__).parent / "demo"
"""The folder of the demo district"""
FILE = "district.yaml"


class DistrictRefused(Exception):
    """The folder cannot be used; `errors` lists every fault of every file, with file and line."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class District:
    """Everything of a folder, checked."""

    words: DistrictWords
    roster: Roster
    calendars: dict[str, list[CalendarDate]]
    """By the school's source id"""
    partners: dict[str, PartnerWords]


@dataclass(frozen=True, slots=True)
class DemoPhone:
    """An invented parent for the phones page."""

    name: str
    number: str
    """E.164"""
    language: str


@dataclass(slots=True)
class DistrictReport:
    """What one load changed."""

    roster: RosterReport
    changed_schools: int = 0
    changed_calendars: int = 0
    changed_staff: int = 0
    changed_partners: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether the database was already as the folder says."""
        return not any(count for _name, count in self.counts())

    def counts(self) -> list[tuple[str, int]]:
        """Every number with its name."""
        own = {
            "changed_schools": self.changed_schools,
            "changed_calendars": self.changed_calendars,
            "changed_liaisons": self.changed_staff,
            "changed_partners": self.changed_partners,
        }
        return [*self.roster.counts(), *own.items()]


def read_district(folder: Path) -> District:
    """Read and check a whole folder. Raises DistrictRefused with every error of every file."""
    tree, words = _words(folder)
    errors: list[str] = []
    roster: Roster | None = None
    try:
        roster = read_roster(folder, words.home_language_column)
    except RosterRefused as refused:
        errors += refused.errors
    calendars: dict[str, list[CalendarDate]] = {}
    year = words.school_year
    for id_, school in words.schools.items():
        try:
            path = folder / school.calendar
            calendars[id_] = read_calendar(path, words.zone, year.first_day, year.last_day)
        except CalendarRefused as refused:
            errors += refused.errors
    listed: dict[str, PartnerWords] = {}
    try:
        listed = read_partners(folder, set(words.schools))
    except FilesBroken as broken:
        errors += [str(fault) for fault in broken.faults]
    if roster is not None:
        errors += _misfits(tree, words, roster)
    if errors or roster is None:
        raise DistrictRefused(list(dict.fromkeys(errors)))
    return District(words, roster, calendars, listed)


def jurisdiction_of(folder: Path | None) -> str:
    """Whose law holds in a district: us, or a state's as us-ca. Raises DistrictRefused."""
    return _words(folder)[1].jurisdiction if folder is not None else NATION


def _words(folder: Path) -> tuple[Tree, DistrictWords]:
    try:
        source = (folder / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DistrictRefused([f"{FILE}:1:1: cannot be read: {error}."]) from None
    try:
        tree = read_tree(source, FILE)
        return tree, shaped(tree, DistrictWords)
    except FilesBroken as broken:
        raise DistrictRefused([str(fault) for fault in broken.faults]) from None


def _misfits(tree: Tree, words: DistrictWords, roster: Roster) -> list[str]:
    """Where district.yaml and the roster do not speak of the same schools and people."""
    faults = [
        tree.fault(("schools", id_), f"`{id_}` is no school in orgs.csv.", "Use its sourcedId.")
        for id_ in words.schools
        if id_ not in roster.schools
    ]
    faults += [
        tree.fault(("schools",), f"school `{id_}` of orgs.csv is missing.", "Add it with its hours.")
        for id_ in roster.schools
        if id_ not in words.schools
    ]
    for id_, person in words.staff.items():
        if id_ not in roster.staff and not (person.name and person.schools):
            said = f"`{id_}` is nobody in users.csv."
            faults.append(tree.fault(("staff", id_), said, "Correct it, or add name and schools."))
        faults += [
            tree.fault(("staff", id_, "schools"), f"`{school}` is no school in orgs.csv.")
            for school in person.schools
            if school not in roster.schools
        ]
    for index, id_ in enumerate(words.demo_phones):
        if id_ not in roster.guardians or not roster.guardians[id_].number:
            said = f"`{id_}` is no guardian with a number in users.csv."
            faults.append(tree.fault(("demo_phones", index), said, "Use the sourcedId of one."))
    return [str(fault) for fault in sorted(faults)]


def load_district(
    db: Database, vault: Vault, folder: Path, clock: Clock, *, many_may_leave: bool = False
) -> DistrictReport:
    """Load a folder in one transaction; a second time changes nothing.

    Raises DistrictRefused, and then nothing is changed.
    """
    district = read_district(folder)
    with db.write() as session:
        ids, changed = _store_schools(session, district)
        try:
            roster = store_roster(session, vault, district.roster, clock(), many_may_leave=many_may_leave)
        except RosterRefused as refused:
            raise DistrictRefused(refused.errors) from None
        report = DistrictReport(roster, changed_schools=changed, notes=district.roster.notes)
        for id_, dates in district.calendars.items():
            report.changed_calendars += store_calendar(session, ids[id_], dates)
        report.changed_staff = _store_staff(session, district, ids)
        rows = [words.row(id_) for id_, words in district.partners.items()]
        report.changed_partners = len(rows) if partners.replace(session, rows) else 0
    return report


def _store_schools(session: Session, district: District) -> tuple[dict[str, int], int]:
    ids, changes = {}, 0
    for id_, words in district.words.schools.items():
        school, changed = schools.save_school(
            session,
            {
                "source_id": id_,
                "name": district.roster.schools[id_].name,
                "zone": district.words.zone,
                "phone": words.phone,
                "attendance_phone": words.attendance_phone,
                "bus_phone": words.bus_phone,
                "first_day": district.words.school_year.first_day,
                "last_day": district.words.school_year.last_day,
                "address": words.address,
                "hours": words.hours,
            },
        )
        ids[id_] = school.id or 0
        changes += changed
    return ids, changes


def _store_staff(session: Session, district: District, ids: dict[str, int]) -> int:
    changes = 0
    for id_, words in district.words.staff.items():
        values = {
            "source_id": id_,
            "role": words.role,
            "languages": words.speaks,
            "phone": words.phone,
            "away": [[first.isoformat(), last.isoformat()] for first, last in words.away],
        }
        if words.name:
            values["name"] = words.name
        person, changed = schools.save_staff(session, values)
        if words.schools:
            places = [ids[school] for school in words.schools]
            changed = schools.place_staff(session, person.id or 0, places) or changed
        changes += changed
    return changes


def demo_phones(district: District) -> list[DemoPhone]:
    """The invented parents whom the phones page shows side by side."""
    people = [district.roster.guardians[id_] for id_ in district.words.demo_phones]
    return [
        DemoPhone(
            f"{person.given_name} {person.family_name}",
            person.number or "",
            person.language or district.words.languages[0],
        )
        for person in people
    ]

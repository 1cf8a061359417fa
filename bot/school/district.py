"""A district's folder: district.yaml, the roster beside it, and one calendar a school; read and loaded."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlmodel import Session

from bot.people.roster import Roster, RosterRefused, read_roster
from bot.people.roster_store import RosterReport, store_roster
from bot.ports import Clock
from bot.school import school_record
from bot.school.calendar import CalendarDate, CalendarRefused, read_calendar, store_calendar
from bot.school.calendar_edit import CALENDAR
from bot.school.demo_phones import phone_of
from bot.school.district_file import DistrictWords, SchoolWords
from bot.school.partners_file import PartnerWords, read_partners
from bot.school.rights import NATION
from bot.store import partners, schools
from bot.store.database import Database
from bot.store.vault import Vault, resealed
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
        if phone_of(words, roster, id_) is None:
            said = f"`{id_}` is no guardian with a number in users.csv, and nobody here with a `text`."
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
        ids, changed = _store_schools(session, vault, district)
        try:
            known = _with_own_emails(district)
            roster = store_roster(session, vault, known, clock(), many_may_leave=many_may_leave)
        except RosterRefused as refused:
            raise DistrictRefused(refused.errors) from None
        notes = [*district.roster.notes, *_untold(district)]
        report = DistrictReport(roster, changed_schools=changed, notes=notes)
        report.changed_calendars = _store_calendars(session, district, ids, notes)
        report.changed_staff = _store_staff(session, vault, district, ids)
        rows = [words.row(id_) for id_, words in district.partners.items()]
        report.changed_partners = len(rows) if partners.replace(session, rows) else 0
    return report


def _store_calendars(session: Session, district: District, ids: dict[str, int], notes: list[str]) -> int:
    """Store each; one that staff changed in the console stays as it is until they give it back."""
    changes = 0
    for id_, dates in district.calendars.items():
        school = schools.by_id(session, ids[id_])
        if school is not None and CALENDAR in school.kept:
            notes.append(f"{school.name}: staff changed the calendar in the console; its file is not used.")
        else:
            changes += store_calendar(session, ids[id_], dates)
    return changes


def _untold(district: District) -> list[str]:
    """Where staff cannot be told of what parents write."""
    words = district.words
    notes = [
        f"{district.roster.schools[id_].name} states no attendance_text and no attendance_email: "
        "its absences only stand in `ally absences list`."
        for id_, school in words.schools.items()
        if not (school.attendance_text or school.attendance_email)
    ]
    if not (words.on_call_text or words.on_call_email):
        notes.append(
            "No on_call_text and no on_call_email: danger is told to nobody where no one else can be."
        )
    return notes


def _with_own_emails(district: District) -> Roster:
    """The roster with the e-mail addresses that district.yaml states instead of its own."""
    own = {id_: words.email for id_, words in district.words.staff.items() if words.email}
    people = {
        id_: replace(person, email=own.get(id_, person.email))
        for id_, person in district.roster.staff.items()
    }
    return replace(district.roster, staff=people)


def _store_schools(session: Session, vault: Vault, district: District) -> tuple[dict[str, int], int]:
    ids, changes = {}, 0
    for id_, words in district.words.schools.items():
        held = schools.by_source_id(session, id_)
        columns = school_record.from_files(vault, held, _told(district, id_, words))
        school, changed = schools.save_school(session, {**columns, "source_id": id_})
        ids[id_] = school.id or 0
        changes += changed
    return ids, changes


def _told(district: District, id_: str, words: SchoolWords) -> school_record.Record:
    """All that the files say of one school."""
    year = district.words.school_year
    return {
        "name": district.roster.schools[id_].name,
        "zone": district.words.zone,
        "phone": words.phone,
        "address": words.address,
        "attendance_phone": words.attendance_phone,
        "bus_phone": words.bus_phone,
        "attendance_text": words.attendance_text,
        "attendance_email": words.attendance_email,
        "on_call_text": district.words.on_call_text,
        "on_call_email": district.words.on_call_email,
        "first_day": year.first_day.isoformat(),
        "last_day": year.last_day.isoformat(),
        "hours": words.hours,
    }


def _store_staff(session: Session, vault: Vault, district: District, ids: dict[str, int]) -> int:
    changes = 0
    known = schools.every_staff(session)
    for id_, words in district.words.staff.items():
        held = known.get(id_)
        values = {
            "text": resealed(vault, held.text if held else None, words.text, schools.STAFF_TEXT),
            "text_hash": vault.fingerprint(words.text) if words.text else None,
            "source_id": id_,
            "role": words.role,
            "languages": words.speaks,
            "phone": words.phone,
            "away": [[first.isoformat(), last.isoformat()] for first, last in words.away],
        }
        if id_ not in district.roster.staff:
            email = held.email if held else None
            values["email"] = resealed(vault, email, words.email, schools.STAFF_EMAIL)
        if words.name:
            values["name"] = words.name
        person, changed = schools.save_staff(session, values)
        if words.schools:
            places = [ids[school] for school in words.schools]
            changed = schools.place_staff(session, person.id or 0, places) or changed
        changes += changed
    return changes

"""A school district's roster as Ally needs it: schools, staff, and families with their numbers.

`read_roster` only reads; `roster_store.store_roster` keeps it. Children with the same guardians are
one family: a guardian of one half-sibling must not learn about the other.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bot.people.roster_checks import check_manifest, check_references
from bot.people.roster_classes import Classes, classes_of, living, teachers_of
from bot.people.roster_sheets import Sheets, open_sheets
from bot.people.roster_users import GUARDIANS, STAFF, Links, Person, Users, link, read_users


class RosterRefused(Exception):
    """The roster cannot be used; `errors` lists every one, as `users.csv:12: what and the fix`."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class RosterSchool:
    """One org of type school."""

    source_id: str
    name: str


@dataclass(frozen=True, slots=True)
class RosterFamily:
    """The children who have exactly these guardians (none, too)."""

    key: str
    guardians: tuple[str, ...]
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything that was read, by sourcedId, and notes on what was left out and why."""

    district: str
    schools: dict[str, RosterSchool]
    staff: dict[str, Person]
    guardians: dict[str, Person]
    children: dict[str, Person]
    families: list[RosterFamily]
    teachers: dict[str, tuple[str, ...]]
    """Of each child those of its homeroom, else of all its classes"""
    notes: list[str]
    classes: Classes = field(default_factory=Classes)


def read_roster(path: Path, language_column: str = "metadata.homeLanguage") -> Roster:
    """Read a OneRoster 1.1 CSV set from a folder or zip.

    `language_column` of users.csv is the district's own column for the home language; OneRoster has
    none. Raises RosterRefused with every error.
    """
    sheets = open_sheets(path)
    check_manifest(sheets)
    if "users" in sheets.rows and "orgs" in sheets.rows:
        check_references(sheets)
        roster = _read(sheets, language_column)
        if not sheets.errors:
            return roster
    raise RosterRefused(sheets.errors)


def _read(sheets: Sheets, language_column: str) -> Roster:
    orgs = sheets.rows["orgs"]
    schools = {
        row["sourcedId"]: RosterSchool(row["sourcedId"], row["name"])
        for row in orgs
        if row["type"] == "school"
    }
    users = read_users(sheets, set(schools), language_column, _studied_at(sheets))
    links = link(users)
    guardians = {id_: users.people[id_] for id_ in links.guardians()}
    return Roster(
        district=next((row["name"] for row in orgs if row["type"] == "district"), ""),
        schools=schools,
        staff=_of(users, STAFF),
        guardians=guardians,
        children=_of(users, {"student"}),
        families=_families(users, links),
        teachers=teachers_of(sheets, set(_of(users, STAFF)), set(_of(users, {"student"}))),
        notes=users.notes + _idle_guardians(users, guardians),
        classes=classes_of(sheets, set(schools), set(_of(users, STAFF)), set(_of(users, {"student"}))),
    )


def _of(users: Users, roles: set[str] | frozenset[str]) -> dict[str, Person]:
    return {id_: person for id_, person in users.people.items() if person.role in roles}


def _studied_at(sheets: Sheets) -> dict[str, str]:
    """The school in which each student has most classes, to choose when a row names several."""
    counts: dict[str, Counter[str]] = {}
    for row in living(sheets.rows.get("enrollments", [])):
        if row["role"] == "student":
            counts.setdefault(row["userSourcedId"], Counter())[row["schoolSourcedId"]] += 1
    return {student: schools.most_common(1)[0][0] for student, schools in counts.items()}


def _families(users: Users, links: Links) -> list[RosterFamily]:
    """Children grouped by their set of guardians; a child without any is a family of its own."""
    groups: dict[tuple[str, ...], list[str]] = {}
    families = []
    for child in _of(users, {"student"}):
        guardians = tuple(sorted(links.guardians_of.get(child, ())))
        if guardians:
            groups.setdefault(guardians, []).append(child)
        else:
            families.append(RosterFamily(f"student:{child}", (), (child,)))
    for guardians, children in groups.items():
        key = "guardians:" + "\n".join(guardians)
        families.append(RosterFamily(key, guardians, tuple(children)))
    return families


def _idle_guardians(users: Users, in_use: dict[str, Person]) -> list[str]:
    return [
        f"users.csv:{person.line}: no student belongs to this {person.role}, who is left out. "
        "Fill agentSourcedIds on either side."
        for id_, person in _of(users, GUARDIANS).items()
        if id_ not in in_use
    ]

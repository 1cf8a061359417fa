"""Keeps a roster: adds, moves and retires children, contacts, links and staff.

Loading the same roster twice changes nothing the second time.
Never touched: consent, a language or name that the person chose, links that staff made or ended.
"""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlmodel import Session

from bot.people.roster import Roster, RosterRefused
from bot.people.roster_contacts import store_contacts, store_links
from bot.store import classes, families, family_merges, schools, teachers
from bot.store.families import STUDENT_NAME, Student
from bot.store.vault import Vault, resealed

_FEW = 10
_MOST_LEAVING = 0.2


@dataclass(slots=True)
class RosterReport:
    """How many of each were changed by one load."""

    new_children: int = 0
    changed_children: int = 0
    """Another school, family, name or grade"""
    left_children: int = 0
    returned_children: int = 0
    new_families: int = 0
    new_contacts: int = 0
    changed_contacts: int = 0
    new_links: int = 0
    ended_links: int = 0
    changed_staff: int = 0
    changed_teachers: int = 0
    """Pairs of child and teacher that came or went"""
    changed_classes: int = 0
    """Classes, and who learns or teaches in one, that came, changed or went"""

    @property
    def changes_nothing(self) -> bool:
        """Whether the database was already as the roster says."""
        return not any(count for _name, count in self.counts())

    def counts(self) -> list[tuple[str, int]]:
        """Every number with its name, in the order above."""
        return [(one.name, getattr(self, one.name)) for one in fields(self)]


def store_roster(
    session: Session,
    vault: Vault,
    roster: Roster,
    now: datetime,
    *,
    many_may_leave: bool = False,
) -> RosterReport:
    """Make the database say what the roster says, in the caller's transaction.

    Raises RosterRefused when a school is not set up, or when more than a fifth of the children would
    leave at once (a cut-off export looks so) and `many_may_leave` is not given.
    """
    report = RosterReport()
    school_ids = _school_ids(session, roster)
    family_ids = _store_families(session, vault, roster, report)
    _retire(session, vault, roster, now, report, many_may_leave=many_may_leave)
    _store_children(session, vault, roster, school_ids, family_ids, report)
    contact_ids = store_contacts(session, vault, roster, now, report)
    store_links(session, roster, family_ids, contact_ids, report)
    _store_staff(session, vault, roster, school_ids, report)
    report.changed_teachers = _store_teachers(session, vault, roster)
    report.changed_classes = _store_classes(session, vault, roster, school_ids, now)
    return report


def _school_ids(session: Session, roster: Roster) -> dict[str, int]:
    known = {school.source_id: school.id or 0 for school in schools.every_school(session)}
    missing = sorted(set(roster.schools) - set(known))
    if missing:
        raise RosterRefused(
            [
                f"orgs.csv:1: school `{id_}` is not set up. Add it to district.yaml with its "
                "hours and telephone number."
                for id_ in missing
            ]
        )
    return known


def _retire(
    session: Session,
    vault: Vault,
    roster: Roster,
    now: datetime,
    report: RosterReport,
    *,
    many_may_leave: bool,
) -> None:
    """Mark the children whom this roster no longer has."""
    here = {vault.fingerprint(f"student:{id_}") for id_ in roster.children}
    before = [one for one in families.every_student(session).values() if one.left_at is None]
    gone = [student for student in before if student.source_hash not in here]
    if len(gone) > max(_FEW, _MOST_LEAVING * len(before)) and not many_may_leave:
        said = f"users.csv:1: {len(gone)} of {len(before)} children of the last roster are missing. "
        fix = "Check that the export is whole; if they really left, add --many-may-leave."
        raise RosterRefused([said + fix])
    for student in gone:
        student.left_at = now
    report.left_children = len(gone)


def _store_families(session: Session, vault: Vault, roster: Roster, report: RosterReport) -> dict[str, int]:
    """Ids of families by key. One whose guardians changed keeps its row, found by its children.

    Families that staff put together stay so: the row of each goes on standing for its key, and its
    children and people belong to the one that it went into.
    """
    known, homes = families.every_family(session), family_merges.homes(session)
    hashes = {family.key: vault.fingerprint(f"family:{family.key}") for family in roster.families}
    wanted = set(hashes.values())
    free = {id_: hash_ for hash_, id_ in known.items() if hash_ not in wanted}
    at_home = {h: child.family_id for h, child in families.every_student(session).items()}
    rows: dict[int, list[int]] = {id_: [id_] for id_ in at_home.values()}
    for id_, home in homes.items():
        rows.setdefault(home, [home]).append(id_)
    new = []
    for family in roster.families:
        hash_ = hashes[family.key]
        if hash_ in known:
            continue
        marks = [vault.fingerprint(f"student:{child}") for child in family.children]
        places = (row for mark in marks if mark in at_home for row in rows[at_home[mark]])
        kept = next((row for row in places if row in free), None)
        if kept is None:
            new.append(hash_)
        else:
            del free[kept]
            families.rename_family(session, kept, hash_)
    families.add_families(session, new)
    report.new_families = len(new)
    now_known = families.every_family(session)
    return {key: homes.get(now_known[hash_], now_known[hash_]) for key, hash_ in hashes.items()}


def _store_children(
    session: Session,
    vault: Vault,
    roster: Roster,
    school_ids: dict[str, int],
    family_ids: dict[str, int],
    report: RosterReport,
) -> None:
    known = families.every_student(session)
    new = []
    for family in roster.families:
        for id_ in family.children:
            child = roster.children[id_]
            mark = vault.fingerprint(f"student:{id_}")
            values = {
                "family_id": family_ids[family.key],
                "school_id": school_ids[child.schools[0]],
                "name": child.given_name or child.family_name,
                "grade": child.grade,
            }
            if mark in known:
                _change_child(vault, known[mark], values, report)
            else:
                sealed = vault.seal(str(values["name"]), STUDENT_NAME)
                new.append({**values, "name": sealed, "source_hash": mark})
    families.add_students(session, new)
    report.new_children = len(new)
    session.flush()


def _change_child(vault: Vault, student: Student, values: dict[str, object], report: RosterReport) -> None:
    if student.left_at is not None:
        student.left_at = None
        report.returned_children += 1
    changed = False
    for column, value in values.items():
        if column == "name":
            if vault.open(student.name, STUDENT_NAME) != value:
                student.name = vault.seal(str(value), STUDENT_NAME)
                changed = True
        elif getattr(student, column) != value:
            setattr(student, column, value)
            changed = True
    report.changed_children += changed


def _store_staff(
    session: Session, vault: Vault, roster: Roster, school_ids: dict[str, int], report: RosterReport
) -> None:
    """Staff by name, school and e-mail; a role, languages and telephone that the district set stay."""
    known = schools.every_staff(session)
    for id_, person in roster.staff.items():
        held = known[id_].email if id_ in known else None
        values: dict[str, object] = {
            "source_id": id_,
            "name": f"{person.given_name} {person.family_name}".strip(),
            "email": resealed(vault, held, person.email, schools.STAFF_EMAIL),
        }
        if id_ not in known or known[id_].role in _ROSTER_ROLES:
            values["role"] = person.role
        staff, changed = schools.save_staff(session, values)
        places = [school_ids[school] for school in person.schools]
        moved = schools.place_staff(session, staff.id or 0, places)
        report.changed_staff += changed or moved
    for id_, staff in known.items():
        if id_ not in roster.staff and staff.role in _ROSTER_ROLES:
            report.changed_staff += schools.place_staff(session, staff.id or 0, ())


def _store_teachers(session: Session, vault: Vault, roster: Roster) -> int:
    staff = {source_id: person.id or 0 for source_id, person in schools.every_staff(session).items()}
    children = families.every_student(session)
    pairs = {
        (children[vault.fingerprint(f"student:{child}")].id or 0, staff[teacher])
        for child, known in roster.teachers.items()
        for teacher in known
    }
    return teachers.replace(session, pairs)


def _store_classes(
    session: Session, vault: Vault, roster: Roster, school_ids: dict[str, int], now: datetime
) -> int:
    told = roster.classes
    rows = [
        {
            "source_id": one.source_id,
            "school_id": school_ids[one.school],
            "title": one.title,
            "kind": one.kind,
        }
        for one in told.classes.values()
    ]
    staff = {source_id: person.id or 0 for source_id, person in schools.every_staff(session).items()}
    children = families.every_student(session)
    learning = {
        (children[vault.fingerprint(f"student:{child}")].id or 0, class_) for child, class_ in told.learning
    }
    teaching = {(class_, staff[teacher]) for class_, teacher in told.teaching}
    return classes.replace(session, now, rows, learning, teaching)


_ROSTER_ROLES = frozenset({"administrator", "aide", "teacher"})

"""Who teaches a child, and who is in which class, out of classes.csv and enrollments.csv."""

from dataclasses import dataclass, field

from bot.people.roster_sheets import Row, Sheets


def living(rows: list[Row]) -> list[Row]:
    """Rows that the roster does not call deleted."""
    return [row for row in rows if row["status"] != "tobedeleted"]


@dataclass(frozen=True, slots=True)
class RosterClass:
    """One class of a school."""

    source_id: str
    school: str
    """sourcedId"""
    title: str
    kind: str
    """homeroom or scheduled"""


@dataclass(frozen=True, slots=True)
class Classes:
    """Every class with its people, by sourcedId."""

    classes: dict[str, RosterClass] = field(default_factory=dict)
    learning: frozenset[tuple[str, str]] = frozenset()
    """(child, class)"""
    teaching: frozenset[tuple[str, str]] = frozenset()
    """(class, staff)"""


def classes_of(sheets: Sheets, schools: set[str], staff: set[str], children: set[str]) -> Classes:
    """The classes of these schools, with those of their people who are known."""
    classes = {
        row["sourcedId"]: RosterClass(
            row["sourcedId"],
            row["schoolSourcedId"],
            (row["title"] or row["classCode"] or row["sourcedId"])[:_LONGEST],
            "homeroom" if row["classType"] == "homeroom" else "scheduled",
        )
        for row in living(sheets.rows.get("classes", []))
        if row["schoolSourcedId"] in schools
    }
    learning, teaching = set[tuple[str, str]](), set[tuple[str, str]]()
    for row in living(sheets.rows.get("enrollments", [])):
        user, class_ = row["userSourcedId"], row["classSourcedId"]
        if class_ not in classes:
            continue
        if row["role"] == "teacher" and user in staff:
            teaching.add((class_, user))
        elif row["role"] == "student" and user in children:
            learning.add((user, class_))
    return Classes(classes, frozenset(learning), frozenset(teaching))


_LONGEST = 120


def teachers_of(sheets: Sheets, staff: set[str], children: set[str]) -> dict[str, tuple[str, ...]]:
    """Teachers of each child by sourcedId: of its homeroom where it has one, else of all its classes.

    `staff` and `children` are the sourcedIds that are known; a child without a teacher is left out.
    """
    homerooms = {
        row["sourcedId"] for row in living(sheets.rows.get("classes", [])) if row["classType"] == "homeroom"
    }
    teaching: dict[str, set[str]] = {}
    learning: dict[str, set[str]] = {}
    for row in living(sheets.rows.get("enrollments", [])):
        user, class_ = row["userSourcedId"], row["classSourcedId"]
        if row["role"] == "teacher" and user in staff:
            teaching.setdefault(class_, set()).add(user)
        elif row["role"] == "student" and user in children:
            learning.setdefault(user, set()).add(class_)
    found = {}
    for child, classes in learning.items():
        of_homeroom = _of_all(teaching, classes & homerooms)
        people = of_homeroom or _of_all(teaching, classes)
        if people:
            found[child] = tuple(sorted(people))
    return found


def _of_all(teaching: dict[str, set[str]], classes: set[str]) -> set[str]:
    return {teacher for class_ in classes for teacher in teaching.get(class_, ())}

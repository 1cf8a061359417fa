"""Reads the people of users.csv and who belongs to whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.people.home_language import home_locale
from bot.people.roster_sheets import Row, Sheets
from bot.words.email_address import is_email
from bot.words.phone import to_e164

GUARDIANS = frozenset({"guardian", "parent", "relative"})
STAFF = frozenset({"administrator", "aide", "teacher"})
_ROLES = GUARDIANS | STAFF | {"proctor", "student"}
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Person:
    """One row of users.csv, as far as Ally reads it."""

    source_id: str
    line: int
    role: str
    given_name: str
    family_name: str
    schools: tuple[str, ...] = ()
    """For a student exactly one"""
    grade: str = ""
    number: str | None = None
    """E.164; only of guardians"""
    email: str | None = None
    """Only of staff"""
    language: str | None = None
    """Locale of the home language, where the roster says one that we know"""
    agents: tuple[str, ...] = ()
    """agentSourcedIds as written: children of a guardian, guardians of a child, or anybody"""


@dataclass(slots=True)
class Users:
    """People by sourcedId, and notes on cells that could not be used."""

    people: dict[str, Person] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Links:
    """Guardians of each child, from whichever side names the other."""

    guardians_of: dict[str, set[str]]

    def guardians(self) -> list[str]:
        """Every guardian who has a child, in order of their ids."""
        return sorted({guardian for ids in self.guardians_of.values() for guardian in ids})


def read_users(sheets: Sheets, schools: set[str], language_column: str, studied_at: dict[str, str]) -> Users:
    """Read every living row of users.csv; errors go to `sheets`, doubtful cells to the notes."""
    users = Users()
    for row in sheets.rows["users"]:
        if row["role"] not in _ROLES:
            choice = ", ".join(sorted(_ROLES))
            sheets.wrong("users", row.line, f"role is `{row['role']}`. Use one of: {choice}.")
        elif row["status"] != "tobedeleted" and row["role"] != "proctor":
            person = _person(users, row, schools, language_column)
            users.people[person.source_id] = _placed(sheets, person, studied_at)
    return users


def _person(users: Users, row: Row, schools: set[str], language_column: str) -> Person:
    return Person(
        source_id=row["sourcedId"],
        line=row.line,
        role=row["role"],
        given_name=row["givenName"][:_LONGEST_NAME],
        family_name=row["familyName"][:_LONGEST_NAME],
        schools=tuple(org for org in row.listed("orgSourcedIds") if org in schools),
        grade=next(iter(row.listed("grades")), "")[:8],
        number=_number(users, row) if row["role"] in GUARDIANS else None,
        email=_email(users, row) if row["role"] in STAFF else None,
        language=_language(users, row, language_column),
        agents=tuple(row.listed("agentSourcedIds")),
    )


def _number(users: Users, row: Row) -> str | None:
    """The number to text: `sms`, or `phone` where that is empty."""
    column = "sms" if row["sms"] else "phone"
    said = row[column]
    if not said:
        return None
    number = to_e164(said)
    if number is None:
        users.notes.append(
            f"users.csv:{row.line}: {column} is not a telephone number, and was left out. "
            "Write it with area code, as +15125550123."
        )
    return number


def _email(users: Users, row: Row) -> str | None:
    said = row["email"]
    if not said or is_email(said):
        return said or None
    users.notes.append(f"users.csv:{row.line}: email is not an e-mail address, and was left out.")
    return None


def _language(users: Users, row: Row, column: str) -> str | None:
    said = row[column]
    if not said:
        return None
    locale = home_locale(said)
    if locale is None:
        users.notes.append(
            f"users.csv:{row.line}: {column} is `{said}`, which is no language that Ally can name. "
            "Write it as es, Spanish or Español; the family is asked by text."
        )
    return locale


def _placed(sheets: Sheets, person: Person, studied_at: dict[str, str]) -> Person:
    """A student at exactly one school; errors for students and staff without a name or a school."""
    if not person.given_name and not person.family_name:
        sheets.wrong("users", person.line, "givenName is empty. Fill it in.")
    if person.role in GUARDIANS or person.role == "administrator":
        return person
    if not person.schools:
        sheets.wrong(
            "users",
            person.line,
            "orgSourcedIds names no org of type school. Add the school of this person.",
        )
    if person.role != "student" or len(person.schools) < 2:
        return person
    most = studied_at.get(person.source_id)
    return replace(person, schools=(most if most in person.schools else person.schools[0],))


def link(users: Users) -> Links:
    """Connect children and guardians by agentSourcedIds of either side; other links mean nothing.

    Real files also point at teachers and between adults. A guardian without a language of their own
    gets the one that all their children have.
    """
    guardians_of: dict[str, set[str]] = {}
    for id_, person in users.people.items():
        for other in person.agents:
            pair = _pair(users, id_, other)
            if pair:
                guardians_of.setdefault(pair[0], set()).add(pair[1])
    links = Links(guardians_of)
    _pass_languages(users, links)
    return links


def _pair(users: Users, one: str, other: str) -> tuple[str, str] | None:
    """(child, guardian), whichever way round they came."""
    roles = users.people[one].role, getattr(users.people.get(other), "role", "")
    if roles[0] == "student" and roles[1] in GUARDIANS:
        return one, other
    if roles[1] == "student" and roles[0] in GUARDIANS:
        return other, one
    return None


def _pass_languages(users: Users, links: Links) -> None:
    children_of: dict[str, list[str]] = {}
    for child, guardians in links.guardians_of.items():
        for guardian in guardians:
            children_of.setdefault(guardian, []).append(child)
    for guardian, children in children_of.items():
        person = users.people[guardian]
        shared = _only({users.people[child].language for child in children})
        if person.language is None and shared:
            users.people[guardian] = replace(person, language=shared)


def _only(values: Iterable[str | None]) -> str | None:
    """The one value, if there is exactly one."""
    found = set(values)
    return found.pop() if len(found) == 1 else None

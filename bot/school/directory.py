"""Who and where at school, as flows show it: schools by name, liaisons by language, staff by role.

Everything here is public information of the school; nothing about a family.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlmodel import Session

from bot.flow.state import Value
from bot.school import school_names
from bot.store import schools
from bot.store.schools import School, Staff

Where = Mapping[str, str]


def find_schools(session: Session, where: Where, limit: int) -> list[Value]:
    """Schools by `text` (part of the name; with misspellings unless `typos` is no), or by `school`.

    All without either. Each {value, name, phone, address}; `value` is the source id.
    """
    if where.get("school"):
        return [_school(school) for school in list(chosen_schools(session, where).values())[:limit]]
    every = schools.every_school(session)
    text = where.get("text", "").strip()
    if text:
        keys = chosen_schools(session, {"school": text}) or school_names.find(
            text, {school.source_id: school.name for school in every}, typos=where.get("typos") != "no"
        )
        every = [school for school in every if school.source_id in set(keys)]
    return [_school(school) for school in every[:limit]]


def _school(school: School) -> Value:
    shown: dict[str, Value] = {
        "value": school.source_id,
        "name": school.name,
        "phone": {"phone": school.phone},
    }
    return shown | ({"address": school.address} if school.address else {})


def chosen_schools(session: Session, where: Where) -> dict[str, School]:
    """The schools that `school` names by source id, or several joined by commas; by source id."""
    wanted = {part.strip() for part in where.get("school", "").split(",")}
    return {s.source_id: s for s in schools.every_school(session) if s.source_id in wanted}


def find_liaisons(session: Session, where: Where, limit: int, today: date) -> list[Value]:
    """Liaisons of `school` who speak `speaks` (a locale); either may be left out."""
    return find_staff(session, {**where, "role": "liaison"}, limit, today)


def find_staff(session: Session, where: Where, limit: int, today: date) -> list[Value]:
    """People of `role` at `school` who speak `speaks`; each of the three may be left out.

    Each {value, name, role, role_name, languages, school, call}, and `phone` for those with a number of
    their own: `call` is that, else the school's. Somebody who is away today is named only where nobody
    else is there, with `away_until`. A school that is named but unknown has nobody.
    """
    every = schools.every_school(session)
    here = {s.id: s for s in (chosen_schools(session, where).values() if where.get("school") else every)}
    if not here:
        return []
    people = schools.staff_at(session, where.get("role", ""), [id_ for id_ in here if id_])
    wanted = where.get("speaks", "")
    fitting = [person for person in people if not wanted or is_spoken(wanted, person.languages)]
    present = [person for person in fitting if away_until(person, today) is None]
    places = schools.places_of(session, [person.id or 0 for person in people])
    return [
        _person(person, next(here[id_] for id_ in places[person.id or 0] if id_ in here), today)
        for person in (present or fitting)[:limit]
    ]


def is_spoken(locale: str, among: Iterable[str]) -> bool:
    """Whether the language of a locale is among others; script and region do not matter to the ear."""
    language = locale.partition("_")[0]
    return any(spoken.partition("_")[0] == language for spoken in among)


def away_until(person: Staff, today: date) -> date | None:
    """The last day on which somebody who is away today is away; None for somebody who is there."""
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in person.away]
    return max((last for first, last in spans if first <= today <= last), default=None)


def _person(person: Staff, school: School, today: date) -> Value:
    languages: list[Value] = [{"language": locale} for locale in person.languages]
    shown: dict[str, Value] = {
        "value": person.source_id,
        "name": person.name,
        "role": person.role,
        "role_name": {"phrase": f"role_{person.role}"},
        "languages": languages,
        "school": school.name,
        "call": {"phone": person.phone or school.phone},
    }
    if person.phone:
        shown["phone"] = {"phone": person.phone}
    away = away_until(person, today)
    return shown | ({"away_until": {"date": away.isoformat()}} if away else {})

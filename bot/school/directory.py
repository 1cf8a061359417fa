"""Who and where at school, as flows show it: schools by name, liaisons by language, staff by role.

Everything here is public information of the school; nothing about a family.
"""

from collections.abc import Mapping

from sqlmodel import Session

from bot.flow.state import Value
from bot.school import school_names
from bot.store import schools
from bot.store.schools import School, Staff

Where = Mapping[str, str]


def find_schools(session: Session, where: Where, limit: int) -> list[Value]:
    """Schools by `text` (part of the name; with misspellings unless `typos` is no); all without it.

    Each {value, name, phone, address}; `value` is the source id.
    """
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


def find_liaisons(session: Session, where: Where, limit: int) -> list[Value]:
    """Liaisons of `school` who speak `speaks` (a locale); either may be left out."""
    return find_staff(session, {**where, "role": "liaison"}, limit)


def find_staff(session: Session, where: Where, limit: int) -> list[Value]:
    """People of `role` at `school` who speak `speaks`; school and speaks may be left out.

    Each {value, name, role, languages, school, phone}; a school that is named but unknown has nobody.
    """
    every = schools.every_school(session)
    here = list(chosen_schools(session, where).values()) if where.get("school") else every
    if not here:
        return []
    names = {school.id: school.name for school in here}
    people = schools.staff_at(session, where.get("role", ""), [s.id or 0 for s in here])
    places = schools.places_of(session, [person.id or 0 for person in people])
    wanted = where.get("speaks", "")
    fitting = [person for person in people if not wanted or speaks(person, wanted)]
    return [
        _person(person, next(names[id_] for id_ in places[person.id or 0] if id_ in names))
        for person in fitting[:limit]
    ]


def speaks(person: Staff, locale: str) -> bool:
    """Whether a person speaks the language of a locale; script and region do not matter to the ear."""
    language = locale.partition("_")[0]
    return any(spoken.partition("_")[0] == language for spoken in person.languages)


def _person(person: Staff, school_name: str) -> Value:
    languages: list[Value] = [{"language": locale} for locale in person.languages]
    shown: dict[str, Value] = {
        "value": person.source_id,
        "name": person.name,
        "role": person.role,
        "languages": languages,
        "school": school_name,
    }
    return shown | ({"phone": {"phone": person.phone}} if person.phone else {})

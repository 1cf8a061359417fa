"""From the roster's own ids to an audience: what a token does not reach is not there."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.broadcast.audience import Audience, choices, reach_of
from bot.store import audience_students, classes, schools
from bot.web.api.models import AudienceAsked
from bot.web.api.operations import Call
from bot.web.api.problems import Problem


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a program means."""

    audience: Audience
    unknown_students: list[str]
    """sourcedIds, in the order in which they were sent"""


def read_audience(call: Call, asked: AudienceAsked) -> Found:
    """Raises Problem 422 for schools and classes that are not there, or beyond reach: both alike."""
    students = known_students(call, asked.students)
    audience = Audience(
        everyone=asked.everyone,
        schools=_schools(call, asked.schools),
        grades=frozenset(asked.grades),
        classes=_classes(call, asked.classes),
        languages=frozenset(asked.languages),
        tags=frozenset(asked.tags),
        students=frozenset(students.values()),
    )
    return Found(audience, unknown(asked.students, students))


def known_students(call: Call, source_ids: Collection[str]) -> dict[str, int]:
    """Ids of the children within reach, by sourcedId, in the order in which these were sent."""
    marks = {call.parts.vault.fingerprint(f"student:{one}"): one for one in source_ids}
    within = reach_of(call.session, call.caller.who)
    found = audience_students.within_reach(call.session, marks, within)
    return {one: found[mark] for mark, one in marks.items() if mark in found}


def unknown(asked: Collection[str], found: Collection[str]) -> list[str]:
    """What is not there, each once."""
    return list(dict.fromkeys(one for one in asked if one not in found))


def _schools(call: Call, source_ids: Collection[str]) -> frozenset[int]:
    if not source_ids:
        return frozenset()
    reached = choices(call.session, reach_of(call.session, call.caller.who)).schools
    every = {one.source_id: one.id or 0 for one in schools.every_school(call.session)}
    return _all(source_ids, {name: id_ for name, id_ in every.items() if id_ in reached}, "schools")


def _classes(call: Call, source_ids: Collection[str]) -> frozenset[int]:
    if not source_ids:
        return frozenset()
    reached = {one.id for one in choices(call.session, reach_of(call.session, call.caller.who)).classes}
    every = classes.ids_of(call.session, source_ids)
    return _all(source_ids, {name: id_ for name, id_ in every.items() if id_ in reached}, "classes")


def _all(source_ids: Collection[str], known: dict[str, int], name: str) -> frozenset[int]:
    if missing := [place for place, one in enumerate(source_ids) if one not in known]:
        told = [{"field": f"/audience/{name}/{place}", "detail": "Not there."} for place in missing[:20]]
        raise Problem(422, "not-there", errors=told)
    return frozenset(known[one] for one in source_ids)

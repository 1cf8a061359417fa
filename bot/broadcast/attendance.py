"""Families are told that the school did not see their child: once a day, however often it is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.broadcast import at_once
from bot.broadcast.at_once import Letter, When
from bot.broadcast.audience import Audience, check_reach, reach_of, terms_of
from bot.broadcast.drafts import Change
from bot.broadcast.parts import Broadcasting
from bot.broadcast.place import place_of
from bot.broadcast.preview import Preview
from bot.broadcast.refused import InPast, NoTime
from bot.broadcast.sending import Sent
from bot.broadcast.template_texts import ATTENDANCE, texts_of, topic_of
from bot.people.access import Who
from bot.store import attendance_texts
from bot.store import audience as selected
from bot.store.broadcasts import Broadcast

_LATE: Final = timedelta(days=14)
_TITLE: Final = "Attendance"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a list of absent children."""

    sent: Sent | None
    """None where nobody was left to be told"""
    preview: Preview | None
    """None where nobody was left"""
    told_before: frozenset[int]
    """Ids of children of whose day their family was told before"""
    reported: frozenset[int]
    """Ids of children whose family told us first"""
    unread: frozenset[int]
    """Ids of children of whose family nobody can be texted: a person has to call"""


def tell(
    session: Session,
    parts: Broadcasting,
    who: Who,
    students: Collection[int],
    day: date,
    when: When,
    instead: Literal["english", "wait"] = "english",
) -> Told:
    """Tell the families of these children, in this transaction. Raises as `at_once.go`, and InPast or NoTime
    for a day that is long over or still to come. Ring `chores` after the commit.
    """
    audience = Audience(students=frozenset(students))
    check_reach(session, who, audience, reach_of(session, who))
    _check_day(session, parts, who, audience, day)
    before = frozenset(attendance_texts.told(session, students, day))
    reported = frozenset(attendance_texts.reported(session, students, day)) - before
    left = Audience(students=audience.students - before - reported)
    read = frozenset(_read(session, parts, who, left)) if left.students else frozenset[int]()
    if not read:
        return Told(None, None, before, reported, left.students)
    shown, sent = at_once.go(session, parts, who, _letter(parts, left, day, instead), when)
    attendance_texts.note(session, read, day, sent.broadcast_id)
    return Told(sent, shown, before, reported, left.students - read)


def _read(session: Session, parts: Broadcasting, who: Who, audience: Audience) -> set[int]:
    """The children of whom somebody will read."""
    terms = terms_of(Broadcast(created_by="", created_at=parts.clock(), topic=topic_of(ATTENDANCE)))
    return selected.read_about(session, audience.chosen, reach_of(session, who), terms)


def _letter(
    parts: Broadcasting, audience: Audience, day: date, instead: Literal["english", "wait"]
) -> Letter:
    change = Change(
        audience=audience,
        texts=dict(texts_of(parts.library.book, ATTENDANCE, {"day": day.isoformat()})),
        title=_TITLE,
        topic=topic_of(ATTENDANCE),
    )
    return Letter(change, ATTENDANCE, instead)


def _check_day(session: Session, parts: Broadcasting, who: Who, audience: Audience, day: date) -> None:
    place = place_of(session, audience, reach_of(session, who))
    today = max(parts.clock().astimezone(ZoneInfo(zone)).date() for zone in place.zones)
    if day > today:
        raise NoTime("that day is still to come")
    if today - day > _LATE:
        raise InPast("that day is more than two weeks ago")

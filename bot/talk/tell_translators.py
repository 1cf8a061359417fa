"""Those who speak both languages are told that something waits: in office hours, once an hour at most."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.people.translators import speakers_for
from bot.school import reach
from bot.store import broadcast_translations, marks, schools, translation_tasks
from bot.store.broadcast_translations import Lacking
from bot.store.threads import URGENT
from bot.store.translation_tasks import Waiting
from bot.talk.notice_words import translation_words
from bot.talk.parts import Talk
from bot.talk.telling import Subject, Teller, opening

TOGETHER: Final = timedelta(minutes=2)
"""So long a text waits for others, so that one notice tells of all"""
AT_MOST_EVERY: Final = timedelta(hours=1)
_TOLD: Final = "translator_told:"


@dataclass(frozen=True, slots=True)
class _Lacks:
    """One text that somebody could translate: of a thread, or to many."""

    source: str
    target: str
    schools: tuple[int | None, ...]
    is_urgent: bool
    text: Waiting | Lacking


def tell_translators(talk: Talk) -> int:
    """Tell those who can translate what waits; how many were told."""
    now = talk.clock()
    with talk.db.read() as session:
        # Where nobody speaks a language it is looked for at every round: that must not hold up who writes.
        if not _people(session, now):
            return 0
    with talk.db.write() as session:
        told = _tell(talk, session, now)
    if told:
        talk.queue.ring("replies")
    return told


def _is_due(lacks: _Lacks, now: datetime) -> bool:
    since = lacks.text.created_at if isinstance(lacks.text, Waiting) else lacks.text.since
    return lacks.is_urgent or now - since >= TOGETHER


def _untold(session: Session) -> list[_Lacks]:
    tasks = [one for one in translation_tasks.waiting(session) if one.told_at is None]
    many = broadcast_translations.lacking(session, untold=True)
    return [
        *(_Lacks(one.source, one.target, (one.school_id,), one.topic == URGENT, one) for one in tasks),
        *(_Lacks(one.source, one.target, one.schools, one.is_emergency, one) for one in many),
    ]


def _people(session: Session, now: datetime) -> dict[int, list[_Lacks]]:
    """Who of the roster may be told now, and of what; nobody before something has waited for its time."""
    untold = _untold(session)
    if not any(_is_due(one, now) for one in untold):
        return {}
    people: dict[int, list[_Lacks]] = defaultdict(list)
    for one in untold:
        for speaker in speakers_for(session, one.source, one.target, one.schools, now.date()):
            people[speaker.staff_id].append(one)
    return {one: lacks for one, lacks in people.items() if _may_be_told(session, one, lacks, now)}


def _may_be_told(session: Session, staff_id: int, lacks: list[_Lacks], now: datetime) -> bool:
    last = marks.get(session, f"{_TOLD}{staff_id}")
    return last is None or now - last >= AT_MOST_EVERY or any(one.is_urgent for one in lacks)


def _tell(talk: Talk, session: Session, now: datetime) -> int:
    teller = Teller(session, talk.vault, now, talk.notifier is not None)
    told = 0
    for staff_id, lacks in _people(session, now).items():
        is_urgent = any(one.is_urgent for one in lacks)
        at = next(iter(lacks[0].schools), None)
        school = schools.by_id(session, at) if at else None
        due = now if is_urgent else opening(session, school, now)
        subject = Subject(translation_words([(one.source, one.target) for one in lacks]), is_urgent=is_urgent)
        way = reach.person(session, talk.vault, staff_id)
        if way is not None and teller.tell(way, subject, due):
            marks.put(session, f"{_TOLD}{staff_id}", now)
            _note(session, lacks, now)
            told += 1
    return told


def _note(session: Session, lacks: list[_Lacks], now: datetime) -> None:
    texts = [one.text for one in lacks]
    translation_tasks.told(session, [one.id for one in texts if isinstance(one, Waiting)], now)
    broadcast_translations.told(session, [one for one in texts if isinstance(one, Lacking)], now)

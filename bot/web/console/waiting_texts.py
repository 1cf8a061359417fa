"""What the pages of translators show: texts that wait, one text, and in what a translation does not agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import abort, current_app
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.people.translators import Translator, translator_of
from bot.store import broadcast_translations, schools, translation_tasks
from bot.store.broadcast_translations import Lacking
from bot.store.schools import School
from bot.store.translation_tasks import TranslationTask, Waiting
from bot.talk import translation_queue
from bot.talk.replying import Working
from bot.talk.translation_queue import Doubt, Text
from bot.web.bot_of import bot_of
from bot.web.console import thread_words
from bot.web.console.showing import show as show_page
from bot.web.console.thread_pages import by
from bot.web.console.visits import who

LONGEST: Final = 1600
KINDS: Final = {
    "date": _("A date is missing or differs."),
    "number": _("A number is missing or differs."),
    "day": _("A day of the week or a month is missing or differs."),
    "link": _("A link or address is missing or differs."),
    "name": _("A name is missing."),
    "term": _("An agreed word of schools is missing."),
    "length": _("It is far longer or shorter than the original."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One text in the list."""

    task: Waiting
    school: str | None
    waits: str | None
    translator: str | None
    """Who is at it"""
    speaks: bool
    """Whether the caller speaks both languages"""


@dataclass(frozen=True, slots=True)
class ForMany:
    """One language of a broadcast that families wait for."""

    text: Lacking
    schools: list[str]
    waits: str | None
    speaks: bool
    """Whether the caller speaks both languages"""


def listed() -> dict[str, Any]:
    """The list of whoever is signed in."""
    with bot_of(current_app).db.read() as session:
        me = translator_of(session, who())
        places = {one.id or 0: one for one in schools.every_school(session)}
        shown = {"lines": _lines(session, me, places), "many": _for_many(session, me, places)}
    knows = sorted(thread_words.language_name(one) for one in me.languages)
    only_own = not me.who.may(("administrator",))
    return {
        **shown,
        "words": thread_words,
        "reasons": thread_words.REASONS,
        "knows": knows,
        "only_own": only_own,
    }


def _lines(session: Session, me: Translator, places: Mapping[int, School]) -> list[Line]:
    bot = bot_of(current_app)
    now, names = bot.clock(), thread_words.names_of(session, bot.vault)
    return [
        Line(
            task,
            _name(places, task.school_id),
            thread_words.waited(session, places.get(task.school_id or 0), task.created_at, now),
            names.get(task.claimed_by or 0) if _is_held(task, now) else None,
            me.speaks(task),
        )
        for task in translation_tasks.waiting(session)
        if me.may(task)
    ]


def _name(places: Mapping[int, School], school_id: int | None) -> str | None:
    school = places.get(school_id or 0)
    return school.name if school is not None else None


def _for_many(session: Session, me: Translator, places: Mapping[int, School]) -> list[ForMany]:
    now = bot_of(current_app).clock()
    return [
        ForMany(
            text,
            [places[one].name for one in text.schools if one in places],
            thread_words.waited(session, places.get(min(text.schools, default=0)), text.since, now),
            me.knows(text.source, text.target),
        )
        for text in broadcast_translations.lacking(session)
        if me.may_for_many(text.source, text.target, text.schools)
    ]


def opened(task_id: int) -> Waiting:
    """A text that waits and is the caller's to translate; else 404."""
    with bot_of(current_app).db.read() as session:
        return _opened(session, task_id)


def page_of(task_id: int, *, draft: str = "", doubt: Doubt | None = None, fault: object = "") -> str:
    """The page of one text."""
    bot = bot_of(current_app)
    with bot.db.write() as session:
        waiting, task = _opened(session, task_id), _task(session, task_id)
        translation_queue.read(Working(bot.talk, session, by(), bot.clock()), task)
        text = translation_queue.text_of(bot.talk, session, task)
        names = thread_words.names_of(session, bot.vault)
    told: dict[str, Any] = {
        "draft": draft,
        "doubt": doubt,
        "fault": fault,
        "kinds": KINDS,
        "words": thread_words,
    }
    at_it = names.get(waiting.claimed_by or 0) if _is_others(waiting, bot.clock()) else None
    stay = sorted(one for one in text.names if text.words and one.casefold() in text.words.casefold())
    return show_page("console/translation.html", task=waiting, text=text, stay=stay, at_it=at_it, **told)


def doubts_of(task_id: int, translation: str) -> Doubt:
    """In what a translation does not agree with its original."""
    bot = bot_of(current_app)
    with bot.db.read() as session:
        task = translation_tasks.by_id(session, task_id)
        if task is None or task.state != "waiting":
            return Doubt()
        _opened(session, task_id)
        text: Text = translation_queue.text_of(bot.talk, session, task)
    return translation_queue.doubts(bot.talk, text, task, translation)


def _opened(session: Session, task_id: int) -> Waiting:
    me = translator_of(session, who())
    found = next((one for one in translation_tasks.waiting(session) if one.id == task_id), None)
    if found is None or not me.may(found):
        abort(404)
    return found


def _task(session: Session, task_id: int) -> TranslationTask:
    task = translation_tasks.by_id(session, task_id)
    if task is None:
        abort(404)
    return task


def _is_held(task: Waiting, now: datetime) -> bool:
    return task.claimed_until is not None and task.claimed_until > now


def _is_others(task: Waiting, now: datetime) -> bool:
    return _is_held(task, now) and task.claimed_by != who().account_id

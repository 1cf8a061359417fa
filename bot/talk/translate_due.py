"""Families' texts in open threads get a translation for those who answer and do not speak their language.

A machine does it where there is one, outside every transaction; whatever it may not do, or could not, joins
the queue of people. While it does not answer it is left alone, and after a while people are asked instead.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.hear.written_in import rather
from bot.people.readers import Readers, readers
from bot.store import contacts, inbound, marks, thread_texts, threads, to_translate, translation_tasks
from bot.store.thread_texts import TRANSLATED, Translation
from bot.store.to_translate import Untranslated
from bot.store.translation_tasks import TranslationTask
from bot.store.vault import opened
from bot.talk.names_around import names_around
from bot.talk.parts import Talk
from bot.talk.surroundings import FALLBACK_LANGUAGE
from bot.talk.translating import ForPerson, Wanted, translated
from bot.words.plain import has_letters

AT_ONCE: Final = 5
"""So few that a machine which hangs each time does not hold up the round for minutes"""
LOOKED_AT: Final = "translations_looked_at"
"""Mark of the time up to which texts were looked at"""
AWAY: Final = "translator_away"
"""Mark of the last time at which the machine did not answer"""
_REST: Final = timedelta(seconds=60)
_PATIENCE: Final = timedelta(minutes=5)
"""After so long without an answer of the machine a person is asked"""
_OVERLAP: Final = timedelta(minutes=5)
_FIRST: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class _Looked:
    """One text, opened, with the languages it is wanted in."""

    text: Untranslated
    words: str = field(repr=False)
    source: str
    targets: tuple[str, ...]
    names: frozenset[str] = field(repr=False)


def translate_due(talk: Talk) -> int:
    """Look at what came since the last time; how many texts were translated or joined the queue."""
    now = talk.clock()
    _tidy(talk, now)
    with talk.db.read() as session:
        looked_at, away = marks.get(session, LOOKED_AT), marks.get(session, AWAY)
        since = now - _FIRST if looked_at is None else looked_at - _OVERLAP
        found = to_translate.untranslated(session, since, 500)
        who = readers(session) if found else None
        looked = (_look(talk, session, text, who) for text in found if who is not None)
        wanted = [one for one in looked if one is not None]
    if looked_at is None or now - looked_at > _REST:
        _look_no_more_before(talk, min([now, *(one.text.received_at for one in wanted)]))
    rests = away is not None and now - away < _REST
    done = 0
    for one in wanted[:AT_ONCE]:
        outcome = _one(talk, one, now, machine_rests=rests)
        rests = rests or outcome == "away"
        done += outcome == "done"
    return done


def _look(talk: Talk, session: Session, text: Untranslated, who: Readers) -> _Looked | None:
    """What is to be done with a text; None where whoever reads it can read it as it is."""
    words = opened(talk.vault, text.body, inbound.BODY)
    contact = contacts.by_id(session, text.contact_id)
    if words is None or contact is None or not has_letters(words):
        return None
    source = rather(words, text.language, talk.library.hearing.heard) or text.language
    every = who.languages(source, text.school_id, text.account_id, text.staff_id)
    heard = talk.library.hearing.understand(words, source)
    if not every or heard.small_talk is not None or heard.command is not None:
        return None
    names = names_around(session, talk.vault, contact, talk.program)
    return _Looked(text, words, source, tuple(every), names)


def _one(talk: Talk, one: _Looked, now: datetime, *, machine_rests: bool) -> str:
    """Translate one text into each language that is wanted, or ask a person for the first of them."""
    if machine_rests:
        return _ask(talk, one, "away", now) if now - one.text.received_at > _PATIENCE else "away"
    for target in one.targets:
        made = translated(talk, Wanted(one.words, one.source, target, one.names, now.date()))
        if not isinstance(made, ForPerson):
            _keep(talk, one, target, made, now)
        elif made.why != "away":
            return _ask(talk, one, made.why, now)
        else:
            with talk.db.write() as session:
                marks.put(session, AWAY, now)
            return _ask(talk, one, "away", now) if now - one.text.received_at > _PATIENCE else "away"
    return "done"


def _keep(talk: Talk, one: _Looked, target: str, words: str, now: datetime) -> None:
    kept = Translation(
        inbound_id=one.text.inbound_id,
        locale=target,
        body=talk.vault.seal(words, TRANSLATED),
        origin="machine",
        is_reviewed=False,
        created_at=now,
    )
    with talk.db.write() as session:
        text = inbound.by_id(session, one.text.inbound_id)
        before = thread_texts.translations_of(session, [one.text.inbound_id])
        is_there = any(it.locale == target for it in before.get(one.text.inbound_id, []))
        # Forgotten or translated by a person while the machine was at it
        if text is not None and text.body is not None and not is_there:
            thread_texts.translate(session, kept)


def _ask(talk: Talk, one: _Looked, why: str, now: datetime) -> str:
    task = TranslationTask(
        thread_id=one.text.thread_id,
        inbound_id=one.text.inbound_id,
        source=one.source,
        target=one.targets[0],
        reason=why,
        created_at=now,
    )
    with talk.db.write() as session:
        if (text := inbound.by_id(session, one.text.inbound_id)) is not None and text.body is not None:
            translation_tasks.add(session, task)
    return "done"


def _look_no_more_before(talk: Talk, moment: datetime) -> None:
    with talk.db.write() as session:
        marks.put(session, LOOKED_AT, moment)


def _tidy(talk: Talk, now: datetime) -> None:
    """What waits for nothing any more leaves the queue; what is held and in no queue joins it."""
    with talk.db.read() as session:
        dead = translation_tasks.dead_ones(session, 50)
        held = translation_tasks.held_without(session, 50)
    if not dead and not held:
        return
    with talk.db.write() as session:
        for task_id in dead:
            translation_tasks.end(session, task_id, "dropped", None, now)
        for reply in held:
            task = TranslationTask(
                thread_id=reply.thread_id,
                reply_id=reply.id,
                source=reply.language or FALLBACK_LANGUAGE,
                target=_language(session, reply.thread_id),
                created_at=now,
            )
            translation_tasks.add(session, task)


def _language(session: Session, thread_id: int) -> str:
    thread = threads.by_id(session, thread_id)
    contact = contacts.by_id(session, thread.contact_id) if thread else None
    return (contact.language if contact else None) or FALLBACK_LANGUAGE

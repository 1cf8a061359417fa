"""People translate what waits: claimed, looked at against the original, and given on exactly once."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from sqlmodel import Session

from bot.hear.written_in import rather
from bot.store import contacts, inbound, thread_texts, threads, translation_tasks
from bot.store.thread_texts import TRANSLATED, WROTE, Translation
from bot.store.translation_tasks import TranslationTask
from bot.store.vault import opened
from bot.talk.names_around import names_around
from bot.talk.parts import Talk
from bot.talk.replying import AlreadySent, Answered, NotOpen, Outcome, Working, hindrance, locked, send_held
from bot.words.agreement import Differs, Pair, differences

LEASE: Final = timedelta(minutes=15)
"""How long a text is one person's to translate, from when they last looked at it"""


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be translated."""

    words: str | None = field(repr=False)
    """None: not kept any more"""
    names: frozenset[str] = field(repr=False)
    hindrance: str | None
    """Why nothing can be sent to its family"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the translation does not agree in with its original; a person may say that it is right so."""

    differs: tuple[Differs, ...] = ()
    looks_like: str | None = None
    """The locale that the translation looks to be in"""

    def __bool__(self) -> bool:
        return bool(self.differs or self.looks_like)


def text_of(talk: Talk, session: Session, task: TranslationTask) -> Text:
    """What a task is about."""
    thread = threads.by_id(session, task.thread_id)
    contact = contacts.by_id(session, thread.contact_id) if thread else None
    if contact is None:
        return Text(None, frozenset(), "erased")
    names = names_around(session, talk.vault, contact, talk.program)
    return Text(_words(talk, session, task), names, hindrance(contact) if task.reply_id is not None else None)


def ask(at: Working, thread_id: int, inbound_id: int, target: str) -> bool:
    """Let a text of the family wait for a person who translates it; it waits once, whoever asks.

    False where it is not kept, is none of this thread, or is translated already.
    """
    found, text = locked(at, thread_id), inbound.by_id(at.session, inbound_id)
    if found is None or text is None or text.thread_id != thread_id:
        return False
    words, language = opened(at.talk.vault, text.body, inbound.BODY), found[0].language
    before = thread_texts.translations_of(at.session, [inbound_id]).get(inbound_id, [])
    if words is None or language is None or any(one.locale == target for one in before):
        return False
    source = rather(words, language, at.talk.library.hearing.heard) or language
    if not translation_tasks.renew(at.session, inbound_id, target, at.now):
        task = TranslationTask(
            thread_id=thread_id,
            inbound_id=inbound_id,
            source=source,
            target=target,
            reason="asked",
            created_at=at.now,
        )
        translation_tasks.add(at.session, task)
    at.deed("translation_asked", found[1], text=inbound_id)
    return True


def claim(at: Working, task_id: int) -> bool:
    """Say that one translates it. False where somebody else does, or it waits no more."""
    account_id = at.by.account_id
    return account_id is not None and translation_tasks.claim(
        at.session, task_id, account_id, at.now, at.now + LEASE
    )


def doubts(talk: Talk, text: Text, task: TranslationTask, translation: str) -> Doubt:
    """What a person is asked to look at again before a translation is given on."""
    pair = Pair(text.words or "", translation, task.source, task.target, talk.clock().date())
    likely = rather(translation, task.target, talk.library.hearing.heard)
    return Doubt(tuple(differences(pair, text.names, talk.library.glossary)), likely)


def give_on(at: Working, task_id: int, translation: str) -> Outcome:
    """Send it to the family, or lay it beside the family's text: once, whoever presses first."""
    task = translation_tasks.by_id(at.session, task_id)
    found = locked(at, task.thread_id) if task else None
    task = translation_tasks.locked(at.session, task_id) if found else None
    if task is None or found is None or task.state == "dropped":
        return NotOpen()
    if task.state == "done":
        return AlreadySent(task.reply_id or 0)
    outcome: Outcome = Answered(0)
    if task.reply_id is not None:
        outcome = send_held(at, task.reply_id, translation, origin="human", is_reviewed=True)
    else:
        _lay_beside(at, task, translation)
        at.deed("translation_written", found[1], task=task_id)
    if isinstance(outcome, Answered | AlreadySent):
        translation_tasks.end(at.session, task_id, "done", at.by.account_id, at.now)
    return outcome


def drop(at: Working, task_id: int) -> bool:
    """Nobody needs it any more: a held answer is never sent. False where it waits no more."""
    task = translation_tasks.by_id(at.session, task_id)
    found = locked(at, task.thread_id) if task else None
    if task is None or found is None:
        return False
    if not translation_tasks.end(at.session, task_id, "dropped", at.by.account_id, at.now):
        return False
    if task.reply_id is not None:
        thread_texts.drop_reply(at.session, task.reply_id)
    at.deed("translation_dropped", found[1], task=task_id)
    return True


def read(at: Working, task: TranslationTask) -> None:
    """Write down that somebody reads what a family, or a colleague, has written."""
    thread = threads.by_id(at.session, task.thread_id)
    if thread is not None:
        at.deed("translation_read", thread, task=task.id)


def _lay_beside(at: Working, task: TranslationTask, translation: str) -> None:
    kept = Translation(
        inbound_id=task.inbound_id or 0,
        locale=task.target,
        body=at.talk.vault.seal(translation.strip(), TRANSLATED),
        origin="human",
        is_reviewed=True,
        account_id=at.by.account_id,
        created_at=at.now,
    )
    thread_texts.translate(at.session, kept)


def _words(talk: Talk, session: Session, task: TranslationTask) -> str | None:
    sealed, context = None, WROTE
    if task.reply_id is not None:
        reply = thread_texts.reply_by_id(session, task.reply_id)
        sealed = reply.wrote if reply else None
    elif task.inbound_id is not None:
        row = inbound.by_id(session, task.inbound_id)
        sealed, context = (row.body if row else None), inbound.BODY
    return opened(talk.vault, sealed, context)

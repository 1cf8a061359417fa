"""A person at school answers a family: one text, once, and only by somebody who saw all that came before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, Self

from sqlmodel import Session

from bot.store import audit, contacts, pictures, thread_texts, thread_work, translation_tasks
from bot.store.audit import Deed
from bot.store.contacts import Contact
from bot.store.inbound import Inbound
from bot.store.thread_texts import OWN, WROTE, ThreadReply
from bot.store.threads import Thread
from bot.store.translation_tasks import TranslationTask
from bot.talk import assigning, promises
from bot.talk.automatic import automatic_line
from bot.talk.effects import Exchange, channel_of
from bot.talk.parts import Talk
from bot.talk.surroundings import FALLBACK_LANGUAGE
from bot.words.tidy import outgoing

Hindrance = Literal["stopped", "erased", "dead_number", "empty"]
LONGEST_KEY: Final = 64


@dataclass(frozen=True, slots=True)
class By:
    """Who works on a thread: an account, or a person of the roster on the own phone, or both."""

    account_id: int | None
    staff_id: int | None = None
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class Working:
    """One transaction in which a person works on threads."""

    talk: Talk
    session: Session
    by: By
    now: datetime

    def deed(self, action: str, thread: Thread, **detail: Any) -> None:
        """Write down who did what; ids and counts only."""
        told = {**detail, **({"by_phone": True, "staff": self.by.staff_id} if self.by.by_phone else {})}
        line = Deed(action, self.by.account_id, f"thread:{thread.id}", thread.school_id, told)
        audit.append(self.session, self.talk.vault, self.now, line)


@contextmanager
def working(talk: Talk, by: By) -> Iterator[Working]:
    """A transaction of one's own; what was put into the outbox goes out after it."""
    with talk.db.write() as session:
        yield Working(talk, session, by, talk.clock())
    talk.queue.ring("replies")


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of a thread somebody had before their eyes: the last text and the last answer in it."""

    inbound_id: int = 0
    reply_id: int = 0

    @classmethod
    def of(cls, thread: Thread) -> Self:
        """All of it."""
        return cls(thread.last_inbound_id or 0, thread.last_reply_id or 0)

    @classmethod
    def read(cls, written: str) -> Self:
        """As a form carries it, `12.5`; nothing at all where it is no such thing."""
        first, _, second = written.partition(".")
        ok = first.isdecimal() and second.isdecimal() and len(written) < 24
        return cls(int(first), int(second)) if ok else cls()

    def __str__(self) -> str:
        """As a form carries it."""
        return f"{self.inbound_id}.{self.reply_id}"


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as it is to be sent."""

    text: str = field(repr=False)
    """What the family gets, in its language; empty where it is held for somebody who translates it"""
    key: str
    """Made once for each answer: the same one twice is the same answer"""
    seen: Seen | None
    """What its writer had seen; None: whoever writes saw all (their phone showed them each text)"""
    wrote: str = field(default="", repr=False)
    """What the person wrote, where that is not what the family gets"""
    language: str | None = None
    """Locale that the person wrote in"""
    origin: str = OWN
    """own, machine, human or canned"""
    is_reviewed: bool = True
    is_held: bool = False
    """Whether it waits for a person who translates it"""
    why_held: str = ""
    """Why no machine translates it, see bot.talk.translating"""
    picture_id: int | None = None
    """What goes along, see bot.store.pictures"""


@dataclass(frozen=True, slots=True)
class Answered:
    """It is in the outbox, or held; nobody sends it a second time."""

    reply_id: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AlreadySent:
    """This very answer was sent before: a held key, a second click, a form that was posted again."""

    reply_id: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody wrote meanwhile: nothing was sent; this is what the writer has not seen."""

    inbound: tuple[Inbound, ...]
    replies: tuple[ThreadReply, ...]
    seen: Seen
    """What to send along once this was read"""


@dataclass(frozen=True, slots=True)
class NotOpen:
    """The thread is closed, or there is none."""


@dataclass(frozen=True, slots=True)
class Hindered:
    """Nothing can be sent to this family."""

    why: Hindrance


Outcome = Answered | AlreadySent | Moved | NotOpen | Hindered


def answer(at: Working, thread_id: int, written: Written) -> Outcome:
    """Send one answer in a thread, or say why not. Ring `replies` after the commit."""
    found = locked(at, thread_id)
    if found is None:
        return NotOpen()
    contact, thread = found
    if (refusal := _refusal(at, contact, thread, written)) is not None:
        return refusal
    reply_id = thread_texts.add_reply(at.session, _row(at, thread_id, written))
    if reply_id is None:
        return AlreadySent(0)
    assigning.answered(at.session, thread, at.by.account_id, at.by.staff_id)
    if written.is_held:
        rows: tuple[int, ...] = ()
        thread_work.person_waits(at.session, thread_id, reply_id)
        task = TranslationTask(
            thread_id=thread_id,
            reply_id=reply_id,
            source=written.language or FALLBACK_LANGUAGE,
            target=contact.language or FALLBACK_LANGUAGE,
            reason=written.why_held,
            created_at=at.now,
        )
        translation_tasks.add(at.session, task)
    else:
        rows = _send(at, contact, thread_id, reply_id, written)
        promises.kept(at.talk, at.session, contact, at.now)
        thread_work.person_wrote(at.session, thread_id, reply_id, at.now)
    at.deed("thread_answered", thread, reply=reply_id, origin=written.origin, held=written.is_held)
    return Answered(reply_id, rows)


def send_held(at: Working, reply_id: int, text: str, *, origin: str, is_reviewed: bool) -> Outcome:
    """Send an answer that waited for its translation; `text` is what the family gets."""
    held = thread_texts.reply_by_id(at.session, reply_id)
    found = locked(at, held.thread_id) if held else None
    if held is None or found is None or held.state == "dropped":
        return NotOpen()
    contact, thread = found
    if held.state == "sent":
        return AlreadySent(reply_id)
    if (why := hindrance(contact)) is not None:
        return Hindered(why)
    if not outgoing(text).strip():
        return Hindered("empty")
    written = Written(text, held.reply_key, None, "", None, origin, is_reviewed, picture_id=held.picture_id)
    rows = _send(at, contact, held.thread_id, reply_id, written)
    _is_answered(at, contact, thread, held)
    at.deed("translation_sent", thread, reply=reply_id, origin=origin)
    return Answered(reply_id, rows)


def _is_answered(at: Working, contact: Contact, thread: Thread, held: ThreadReply) -> None:
    """What waited is out: the family waits no more, unless it wrote after the answer was written."""
    thread_id, reply_id = thread.id or 0, held.id or 0
    later = [
        one for one in thread_texts.inbound_of(at.session, thread_id) if one.received_at > held.created_at
    ]
    if later and thread.asked_at is not None:
        thread_work.still_asks(at.session, thread_id, max(thread.asked_at, later[0].received_at))
        return
    promises.kept(at.talk, at.session, contact, at.now)
    thread_work.person_wrote(at.session, thread_id, max(thread.last_reply_id or 0, reply_id), at.now)


def hindrance(contact: Contact) -> Hindrance | None:
    """Why this family cannot be written to; None where it can."""
    if contact.erased_at is not None:
        return "erased"
    if contact.consent == "stopped":
        return "stopped"
    return "dead_number" if contact.dead_at is not None else None


def locked(at: Working, thread_id: int) -> tuple[Contact, Thread] | None:
    """A thread and its family's contact, which nobody else changes until this transaction ends."""
    contact_id = thread_work.contact_of(at.session, thread_id)
    contact = contacts.by_id_locked(at.session, contact_id) if contact_id is not None else None
    thread = thread_work.locked(at.session, thread_id) if contact is not None else None
    return (contact, thread) if contact is not None and thread is not None else None


def _refusal(at: Working, contact: Contact, thread: Thread, written: Written) -> Outcome | None:
    """Why an answer is not sent, the first reason first; None where it is."""
    before = thread_texts.by_key(at.session, written.key[:LONGEST_KEY])
    if before is not None and (written.seen is None or _is_same(at, before, written)):
        return AlreadySent(before.id or 0)
    if thread.state != "open":
        return NotOpen()
    if (why := hindrance(contact)) is not None:
        return Hindered(why)
    if written.seen is not None and written.seen != Seen.of(thread):
        return _moved(at.session, thread, written.seen)
    said = written.wrote if written.is_held else written.text
    return None if outgoing(said).strip() else Hindered("empty")


def _is_same(at: Working, before: ThreadReply, written: Written) -> bool:
    """Whether this was sent with this key: a page that was gone back to may send something else with it."""
    if before.picture_id != written.picture_id:
        return False
    if before.wrote is None:
        return True
    return at.talk.vault.open(before.wrote, WROTE) == (written.wrote or written.text)


def _moved(session: Session, thread: Thread, seen: Seen) -> Moved:
    thread_id = thread.id or 0
    return Moved(
        tuple(thread_texts.inbound_of(session, thread_id, seen.inbound_id)),
        tuple(thread_texts.replies_of(session, thread_id, seen.reply_id)),
        Seen.of(thread),
    )


def _row(at: Working, thread_id: int, written: Written) -> ThreadReply:
    return ThreadReply(
        thread_id=thread_id,
        account_id=at.by.account_id,
        staff_id=at.by.staff_id,
        by_phone=at.by.by_phone,
        reply_key=written.key[:LONGEST_KEY],
        wrote=at.talk.vault.seal(written.wrote or written.text, WROTE),
        language=written.language,
        origin=written.origin,
        is_reviewed=written.is_reviewed,
        picture_id=written.picture_id,
        state="held",
        created_at=at.now,
    )


def _send(at: Working, contact: Contact, thread_id: int, reply_id: int, written: Written) -> tuple[int, ...]:
    exchange = Exchange(at.talk, at.session, contact, at.now, channel_of(contact))
    notice = exchange.notice_due()
    said = [
        written.text.strip(),
        *(automatic_line(exchange, thread_id) if written.origin == "machine" else []),
        *([notice] if notice else []),
    ]
    body = "\n\n".join(said) if len(said) > 1 else written.text
    rows = exchange.send(body, "person", thread_id=thread_id, picture_id=written.picture_id)
    if written.picture_id is not None:
        pictures.goes(at.session, written.picture_id, at.now)
    thread_texts.place_reply(
        at.session, reply_id, rows, origin=written.origin, is_reviewed=written.is_reviewed
    )
    exchange.count(f"person/{written.origin}")
    exchange.write_counts()
    return tuple(rows)

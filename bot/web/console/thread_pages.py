"""What the pages of threads share: the thread of an address, if its reader may see it, and what they show."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import abort, current_app
from flask_babel import get_locale
from sqlmodel import Session
from werkzeug.http import generate_etag

from bot.people import thread_access
from bot.people.thread_access import WITH_THREADS
from bot.people.translators import translator_of
from bot.store import accounts, contacts, families, inbox, schools, thread_texts, threads
from bot.store.contacts import Contact
from bot.store.inbox import Scope
from bot.store.schools import School
from bot.store.threads import Thread
from bot.talk import thread_view
from bot.talk.pictures_sent import reaches
from bot.talk.replying import By, Seen, Working, hindrance, working
from bot.talk.thread_view import Bubble
from bot.web.bot_of import bot_of
from bot.web.console import own_language, thread_canned, thread_words
from bot.web.console.looks import next_look
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.words.segments import count

ROLES: Final = WITH_THREADS


@dataclass(frozen=True, slots=True)
class Opened:
    """A thread that its reader may see."""

    thread: Thread
    contact: Contact
    school: School | None


def by() -> By:
    """Whoever is signed in, as one who works on threads."""
    person = who()
    return By(person.account_id, person.staff_id)


def scope(session: Session) -> Scope:
    """What the caller may see; nobody comes here who may see nothing."""
    found = thread_access.scope_of(session, who(), bot_of(current_app).clock().date())
    if found is None:
        abort(403)
    return found


def opened(session: Session, thread_id: int) -> Opened:
    """The thread of an address; 404 also where it is not the caller's to see."""
    thread = threads.by_id(session, thread_id) if inbox.may_see(session, scope(session), thread_id) else None
    contact = contacts.by_id(session, thread.contact_id) if thread else None
    if thread is None or contact is None:
        abort(404)
    return Opened(thread, contact, schools.by_id(session, thread.school_id) if thread.school_id else None)


def at_work(thread_id: int) -> Any:
    """A transaction of the caller in a thread that is theirs to see."""
    bot = bot_of(current_app)
    with bot.db.read() as session:
        opened(session, thread_id)
    return working(bot.talk, by())


def page_of(thread_id: int, *, draft: str = "", key: str = "", **more: Any) -> str:
    """The page of one thread; what its reader sees now counts as read, and is written down."""
    bot = bot_of(current_app)
    with bot.db.write() as session:
        here = opened(session, thread_id)
        seen = Seen.of(here.thread)
        thread_texts.note_seen(session, thread_id, who().account_id, seen.inbound_id)
        Working(bot.talk, session, by(), bot.clock()).deed("thread_read", here.thread)
        shown = _shown(session, here) | own_language.choice(session, here.thread, here.contact) | more
    key = key or secrets.token_urlsafe(18)
    return show_page("console/thread.html", draft=draft, key=key, seen=seen, **shown)


def _shown(session: Session, here: Opened) -> dict[str, Any]:
    bot, now = bot_of(current_app), bot_of(current_app).clock()
    thread = here.thread
    names = thread_words.names_of(session, bot.vault)
    return {
        "thread": thread,
        "school": here.school,
        "family": thread_view.family_of(session, bot.vault, here.contact),
        "bubbles": _bubbles(session, here),
        "is_any_held": thread_texts.is_any_held(session, thread.id or 0),
        "notes": thread_view.notes(session, bot.vault, thread.id or 0),
        "waits": thread_words.waited(session, here.school, thread.asked_at, now),
        "names": names,
        "writer": writer(thread, names, now),
        **_people(session, here, names),
        "words": thread_words,
        "now": now,
        **next_look(now.timestamp(), ""),
        **_sendable(session, here),
    }


def reader() -> str:
    """The locale into which texts of families are put for the caller."""
    return str(get_locale() or "en")


def _bubbles(session: Session, here: Opened) -> list[Bubble]:
    """All that was said, and of what the caller does not read whether somebody translates it."""
    vault, reads = bot_of(current_app).vault, translator_of(session, who()).languages
    said = thread_view.bubbles(session, vault, here.thread, here.contact, reader())
    return thread_view.lacking(session, said, reader(), reads)


def _people(session: Session, here: Opened, names: dict[int, str]) -> dict[str, Any]:
    """Who answers, and who else might."""
    return {
        "assignee": thread_words.assignee(session, names, here.thread),
        "colleagues": _colleagues(session, here, names),
        "places": schools.every_school(session),
    }


def known_school(session: Session, here: Opened) -> School | None:
    """The family's own; of a stranger's thread nobody knows one, though one school's people look after it."""
    return here.school if families.is_linked(session, here.contact.id or 0) else None


def _sendable(session: Session, here: Opened) -> dict[str, Any]:
    """What may be sent to this family, or why nothing may."""
    return {
        "hindrance": hindrance(here.contact),
        "takes_picture": reaches(bot_of(current_app).vault, here.contact, bot_of(current_app).clock()),
        "canned": thread_canned.offered(here.contact, known_school(session, here)),
        "has_machine": bot_of(current_app).talk.translator is not None,
        "reasons": thread_words.REASONS,
    }


def news_of(thread_id: int, seen: Seen) -> dict[str, Any]:
    """What changed since its page was shown: no word of a family, only that there is one."""
    bot = bot_of(current_app)
    with bot.db.read() as session:
        here = opened(session, thread_id)
        names = thread_words.names_of(session, bot.vault, {here.thread.claimed_by or 0})
    now = bot.clock()
    told: dict[str, Any] = {
        "moved_on": Seen.of(here.thread) != seen,
        "writer": writer(here.thread, names, now),
        "state": here.thread.state,
    }
    return {
        **told,
        "thread": here.thread,
        "seen": seen,
        **next_look(now.timestamp(), generate_etag(repr(told).encode())),
    }


def writer(thread: Thread, names: dict[int, str], now: datetime) -> str | None:
    """The name of a colleague who is writing in it at this moment."""
    holds = thread.claimed_until is not None and thread.claimed_until > now
    return names.get(thread.claimed_by or 0) if holds and thread.claimed_by != who().account_id else None


def _colleagues(session: Session, here: Opened, names: dict[int, str]) -> list[tuple[int, str]]:
    every = [one.id or 0 for one in accounts.every(session) if one.state == "active"]
    grants = accounts.grants_of(session, every)
    at = here.thread.school_id
    return [
        (one, names[one])
        for one in every
        if thread_access.may_answer([(grant.role, grant.school_id) for grant in grants[one]], at)
    ]


def size_of(text: str) -> tuple[int, str]:
    """Segments and encoding of a draft, as the carrier will count them."""
    size = count(text)
    return size.segments, size.encoding

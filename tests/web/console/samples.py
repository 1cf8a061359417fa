"""Something for each place of an address of the console, so that tests see every page with something on it.

A page with a new place needs a line in PLACES here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Final

from flask import Flask
from sqlmodel import Session, select
from werkzeug.routing import Rule

from bot.people import staff_accounts
from bot.people.by_hand import PeopleEditor, Person
from bot.people.desk import Desk
from bot.people.staff_accounts import Invited
from bot.school.calendar_edit import CalendarEditor, dates_of
from bot.store import (
    broadcast_texts,
    broadcast_translations,
    broadcasts,
    contacts,
    failing,
    family_notes,
    outbox,
    poll_words,
    polls,
    tags,
    thread_texts,
    threads,
    translation_tasks,
)
from bot.store.accounts import Account
from bot.store.contacts import Contact
from bot.store.families import FamilyContact
from bot.store.family_notes import NOTE
from bot.store.polls import Poll, PollAnswer
from bot.store.thread_texts import WROTE, ThreadReply
from bot.store.translation_tasks import TranslationTask
from bot.web.bot_of import bot_of
from bot.web.console.written import written
from bot.wiring import Bot
from bot.words.yaml_tree import Fault
from tests.fixtures.installation import ENGLISH, SPANISH

PLAIN: Final[Mapping[str, object]] = {
    "account_id": 1,
    "event_id": 1,
    "inbound_id": 1,
    "kind": "any",
    "language": "es",
    "locale": "ar",
    "media_id": 1,
    "name": "absence",
    "note_id": 1,
    "picture_id": 1,
    "school_id": 1,
    "sign_in_id": 1,
    "template": "early_release",
    "token_id": 1,
}
"""Places that hold what every installation has"""


def places(app: Flask, rule: Rule, account_id: int) -> dict[str, object]:
    """All places of an address, for whoever looks."""
    bot = bot_of(app)
    if "name" in rule.arguments:
        # The proof of all flows has its own tests, and takes seconds
        written(app)._faults = [Fault("flows/absence.yaml", 1, 1, "a sample.", "Mend it.")]
    found = {name: PLAIN[name] if name in PLAIN else PLACES[name](bot, account_id) for name in rule.arguments}
    if rule.endpoint.startswith("console.broadcast_poll."):
        for broadcast_id in found.values():
            a_poll(bot, broadcast_id)
    return found


def a_mother(session: Session, bot: Bot, number: str = ENGLISH) -> Contact:
    """Somebody of the demo district."""
    found = contacts.by_number_hash(session, bot.vault.fingerprint(number))
    assert found is not None
    return found


def a_family_id(session: Session, bot: Bot) -> int:
    """The family of the mother."""
    mother = a_mother(session, bot)
    links = select(FamilyContact.family_id).where(FamilyContact.contact_id == mother.id)
    return session.exec(links).one()


def a_family(bot: Bot, account_id: int) -> int:
    """A family of which somebody noted something, from the right."""
    with bot.db.write() as session:
        family_id = a_family_id(session, bot)
        family_notes.add(session, family_id, account_id, bot.vault.seal("أهلا", NOTE), bot.clock())
        return family_id


def a_group(bot: Bot, account_id: int) -> str:
    """A group of families from the right."""
    with bot.db.write() as session:
        tags.add(session, [a_family_id(session, bot), 2, 3], "حافلة 12", bot.clock())
    return "حافلة 12"


def a_failing_number(bot: Bot, _account_id: int) -> int:
    """A number that does not get our texts."""
    with bot.db.write() as session:
        mother_id = a_mother(session, bot).id or 0
        failing.note(session, mother_id, 30006, dead=True, sent_at=bot.clock())
        return mother_id


def a_thread(bot: Bot, _account_id: int) -> int:
    """A family that waits for a person."""
    with bot.db.write() as session:
        mother_id = a_mother(session, bot).id or 0
        place: dict[str, Any] = {"to": "liaison", "topic": "person", "school_id": None}
        return threads.open_new(session, mother_id, now=bot.clock(), **place)


def a_text_of_which_nobody_knows(bot: Bot, _account_id: int) -> int:
    """A row of the outbox that was handed over and never answered."""
    with bot.db.write() as session:
        return outbox.add(session, [unknown_text(a_mother(session, bot).id or 0, bot.clock())])[0]


def unknown_text(contact_id: int, now: datetime) -> dict[str, Any]:
    """The same, before it is there."""
    times = dict.fromkeys(("due_at", "created_at", "submitted_at"), now)
    told = {"lane": "replies", "kind": "reply", "channel": "sms", "state": "unknown", "body": None}
    return {"contact_id": contact_id, "segments": 1, "encoding": "GSM-7", **told, **times}


def a_draft(bot: Bot, account_id: int, state: str = "draft") -> int:
    """A broadcast that whoever looks has written."""
    with bot.db.write() as session:
        made = broadcasts.create(session, created_by="account:1", now=bot.clock())
        made.state, made.audience = state, {"everyone": True}
        made.account_id = account_id or None
        session.add(made)
        told: dict[str, Any] = {"broadcast_id": made.id, "language": "en", "origin": "staff"}
        text = broadcast_texts.BroadcastText(**told, reviewed=True, body=b"", written_at=made.created_at)
        broadcast_texts.write(session, bot.vault, text, "School starts at ten.")
        return made.id or 0


def a_broadcast(bot: Bot, account_id: int) -> int:
    """The same, on its way; somebody waits for a translation of it."""
    broadcast_id = a_draft(bot, account_id, "running")
    with bot.db.write() as session:
        broadcast_texts.wait(session, broadcast_id, {a_mother(session, bot, SPANISH).id or 0: "es"})
        broadcast_translations.wait(session, broadcast_id, {"es"}, bot.clock())
    return broadcast_id


def a_poll(bot: Bot, broadcast_id: Any) -> None:
    """Let a broadcast ask something, and families have answered."""
    now = bot.clock()
    question = poll_words.Question("Do you come?", ("Yes", "No"))
    asked = poll_words.Questions("en", {"en": (question, question)})
    sealed = bot.vault.seal(poll_words.to_json(asked), poll_words.QUESTIONS)
    poll = Poll(broadcast_id=broadcast_id, questions=sealed, sizes=[2, 2], closes_at=now + polls.OPEN)
    with bot.db.write() as session:
        polls.create(session, poll)
        for contact_id in range(1, 20):
            key = {"broadcast_id": broadcast_id, "contact_id": contact_id, "question": 0}
            answer = PollAnswer(**key, choice=0, language="en", answered_at=now)
            polls.record(session, answer)


def a_held_answer(bot: Bot, _account_id: int) -> int:
    """An answer that waits for who translates it."""
    now = bot.clock()
    with bot.db.write() as session:
        mother_id = a_mother(session, bot, SPANISH).id or 0
        place: dict[str, Any] = {"to": "liaison", "topic": "", "school_id": None}
        thread_id = threads.open_new(session, mother_id, now=now, **place)
        wrote = bot.vault.seal("Marco is well. Bus 12 comes at 3:30 PM.", WROTE)
        told: dict[str, Any] = {"language": "en", "wrote": wrote, "state": "held"}
        held = ThreadReply(thread_id=thread_id, reply_key=token_urlsafe(9), created_at=now, **told)
        reply_id = thread_texts.add_reply(session, held)
        languages: dict[str, Any] = {"source": "en", "target": "es", "reason": "no_machine"}
        task = TranslationTask(thread_id=thread_id, reply_id=reply_id, created_at=now, **languages)
        translation_tasks.add(session, task)
        return translation_tasks.waiting(session)[-1].id


def a_calendar_file(bot: Bot, _account_id: int) -> int:
    """A calendar that nobody has looked at yet: a date is changed, one added, all others gone."""
    with bot.db.write() as session:
        first, *_ = dates_of(session, 1)
        later = first.first_day + timedelta(days=1)
        moved = replace(first, last_day=later)
        snow = replace(first, first_day=later, last_day=later, uid="snow", summary="Snow day")
        return CalendarEditor(session, bot.vault, None, bot.clock()).want(1, "a.ics", [moved, snow])


def somebody(bot: Bot, _account_id: int) -> int:
    """Somebody of the first school whom no roster names."""
    person = Person("Robin Reyes", "liaison", ["es"], email="robin@school.example.org")
    with bot.db.write() as session:
        return PeopleEditor(session, bot.vault, None, bot.clock()).save(1, None, person)


def a_link(bot: Bot, _account_id: int) -> str:
    """The token of a link that holds."""
    desk, email = Desk(bot.db, bot.vault, bot.clock), f"{token_urlsafe(6)}@school.example"
    account_id, _ = staff_accounts.invite(desk, None, Invited("Robin", email, ()))
    with bot.db.write() as session:
        account = session.get(Account, account_id)
        assert account is not None
        account.state = "active"
    found = staff_accounts.reset(desk, email)
    assert found is not None
    return found[1]


PLACES: Final[Mapping[str, Callable[[Bot, int], object]]] = {
    "broadcast_id": a_broadcast,
    "change_id": a_calendar_file,
    "contact_id": a_failing_number,
    "draft_id": a_draft,
    "family_id": a_family,
    "staff_id": somebody,
    "group": a_group,
    "row_id": a_text_of_which_nobody_knows,
    "task_id": a_held_answer,
    "thread_id": a_thread,
    "token": a_link,
}
"""Places that hold something made for the purpose"""

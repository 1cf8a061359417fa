"""A thread as people at school read it: who writes, what led here, and every text with what it means."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from bot.outbox.prices import takes_picture
from bot.people.contacts import known_about
from bot.people.translators import bare
from bot.store import contacts, inbound, media, outbox, pictures, thread_texts, translation_tasks
from bot.store.contacts import Contact
from bot.store.inbound import Inbound
from bot.store.outbox import OutboxRow
from bot.store.thread_texts import NOTE, OWN, TRANSLATED, WROTE, ThreadReply, Translation
from bot.store.threads import Thread
from bot.store.vault import Vault, opened
from bot.words.plain import has_letters

_FROM_WORST = (
    "failed", "undelivered", "skipped", "unknown", "pending", "claimed", "submitting", "accepted", "sent",
    "delivered", "read",
)  # fmt: skip


Lacks = Literal["", "translation", "translator"]


@dataclass(frozen=True, slots=True)
class Said:
    """Words in one language; None: they are not kept (any more)."""

    text: str | None = field(repr=False)
    language: str | None
    origin: str = OWN
    is_reviewed: bool = True


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text, as it was written and as it was meant or sent."""

    by: Literal["family", "person", "bot"]
    at: datetime
    written: Said
    meant: Said | None = None
    """Of a family's text: what it means in the reader's language; of a person's: what the family got"""
    account_id: int | None = None
    state: str | None = None
    """Of one that goes out: see bot.store.states, or held"""
    error_code: int | None = None
    reason: str | None = None
    """Why it was not sent, in a word of ours"""
    """Of one that did not arrive, as the carrier says it"""
    pictures: tuple[tuple[int, str], ...] = ()
    """(id, media type) of what came with it"""
    sent_picture: int | None = None
    """Of a person's text: the id of what goes along with it"""
    left_picture: bool = False
    """Whether a picture was to go along and could not, nor would it now"""
    inbound_id: int = 0
    reply_id: int = 0
    lacks: Lacks = ""
    """Of a family's text: its reader does not read the language, and nobody translates it (yet)"""


@dataclass(frozen=True, slots=True)
class Family:
    """What is shown of a family beside its texts, and no more."""

    name: str | None = field(repr=False)
    language: str | None
    schools: tuple[tuple[str, str], ...]
    """(name of the school, grade) of each child"""
    best_times: tuple[str, ...] = ()
    """When this person likes to be reached, as bot.people.family_view names it"""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note of a colleague."""

    at: datetime
    account_id: int | None
    text: str | None = field(repr=False)


def family_of(session: Session, vault: Vault, contact: Contact) -> Family:
    """Preferred name, language, schools and grades."""
    name = opened(vault, contact.name, contacts.NAME)
    listed = known_about(session, vault, contact).get("family.children", [])
    children = listed if isinstance(listed, list) else []
    places = [(str(one["school_name"]), str(one["grade"])) for one in children if isinstance(one, dict)]
    best = tuple(contact.best_times.split(",")) if contact.best_times else ()
    return Family(name, contact.language, tuple(dict.fromkeys(places)), best)


def lacking(session: Session, said: Sequence[Bubble], reader: str, reads: Collection[str]) -> list[Bubble]:
    """The same bubbles, with what their reader lacks who `reads` these languages (es, not es_MX)."""
    foreign = [one.inbound_id for one in said if _is_foreign(one, reader, reads)]
    asked = translation_tasks.of_inbound(session, foreign)
    found: dict[int, Lacks] = {}
    for one in foreign:
        waits = any(task.state == "waiting" and task.target == reader for task in asked.get(one, []))
        found[one] = "translator" if waits else "translation"
    return [replace(one, lacks=found.get(one.inbound_id, "")) for one in said]


def _is_foreign(one: Bubble, reader: str, reads: Collection[str]) -> bool:
    """Whether a family's text is kept, has words, and is not in a language that its reader reads."""
    words, language = one.written.text, one.written.language
    if one.by != "family" or language is None or bare(language) in reads:
        return False
    return has_letters(words or "") and (one.meant is None or one.meant.language != reader)


def bubbles(session: Session, vault: Vault, thread: Thread, contact: Contact, reader: str) -> list[Bubble]:
    """All that was said in a thread, in order; `reader` is the locale of whoever reads."""
    thread_id = thread.id or 0
    came = thread_texts.inbound_of(session, thread_id)
    replies = thread_texts.replies_of(session, thread_id)
    sent = thread_texts.outgoing_of(session, thread_id)
    meant = thread_texts.translations_of(session, [one.id or 0 for one in came])
    files: dict[int, list[tuple[int, str]]] = {}
    for one in media.of_thread(session, thread_id):
        files.setdefault(one.inbound_id, []).append((one.id or 0, one.kind))
    own = {row.id for reply in replies for row in _rows_of(reply, sent)}
    found = [_came(vault, one, contact, meant.get(one.id or 0, []), files, reader) for one in came]
    kept = pictures.of_replies(session, replies)
    found += [_reply(vault, one, _rows_of(one, sent), contact, kept) for one in replies]
    found += [
        Bubble(
            "bot",
            row.created_at,
            Said(opened(vault, row.body, outbox.BODY), contact.language),
            state=row.state,
            error_code=row.error_code,
            reason=row.reason,
        )
        for row in sent
        if row.id not in own
    ]
    return sorted(found, key=lambda one: (one.at, one.by != "family", one.inbound_id, one.reply_id))


def notes(session: Session, vault: Vault, thread_id: int) -> list[Noted]:
    """The notes of a thread, in order."""
    return [
        Noted(one.created_at, one.account_id, opened(vault, one.body, NOTE))
        for one in thread_texts.notes_of(session, [thread_id])
    ]


def _came(
    vault: Vault,
    text: Inbound,
    contact: Contact,
    meant: Sequence[Translation],
    files: dict[int, list[tuple[int, str]]],
    reader: str,
) -> Bubble:
    best = next((one for one in meant if one.locale == reader), meant[0] if meant else None)
    said = None
    if best is not None:
        said = Said(opened(vault, best.body, TRANSLATED), best.locale, best.origin, best.is_reviewed)
    written = Said(opened(vault, text.body, inbound.BODY), contact.language)
    pictures = tuple(files.get(text.id or 0, ()))
    return Bubble("family", text.received_at, written, said, pictures=pictures, inbound_id=text.id or 0)


def _reply(
    vault: Vault,
    reply: ThreadReply,
    rows: Sequence[OutboxRow],
    contact: Contact,
    kept: Collection[int],
) -> Bubble:
    wrote = opened(vault, reply.wrote, WROTE)
    parts = [opened(vault, row.body, outbox.BODY) for row in rows]
    got = "\n".join(one for one in parts if one is not None) if rows and None not in parts else None
    is_same = reply.origin == OWN
    # What waits for a translation has no other words yet
    meant = None if is_same or not rows else Said(got, contact.language, reply.origin, reply.is_reviewed)
    worst = min(rows, key=lambda row: _FROM_WORST.index(row.state)) if rows else None
    return Bubble(
        "person",
        reply.created_at,
        Said(wrote, reply.language or contact.language),
        meant,
        account_id=reply.account_id,
        state=worst.state if worst else reply.state,
        error_code=worst.error_code if worst else None,
        reason=worst.reason if worst else None,
        sent_picture=reply.picture_id if reply.picture_id in kept else None,
        left_picture=reply.picture_id is not None and _goes_without(vault, rows, contact),
        reply_id=reply.id or 0,
    )


def _goes_without(vault: Vault, rows: Sequence[OutboxRow], contact: Contact) -> bool:
    """Whether what should have gone on WhatsApp went by SMS to where no picture follows."""
    by_sms = bool(rows) and rows[0].channel == "sms"
    number = opened(vault, contact.number, contacts.NUMBER) if by_sms else None
    return number is not None and not takes_picture(number, "sms")


def _rows_of(reply: ThreadReply, sent: Sequence[OutboxRow]) -> list[OutboxRow]:
    first, last = reply.outbox_id, reply.last_outbox_id
    if first is None or last is None:
        return []
    return [row for row in sent if row.kind == "person" and first <= (row.id or 0) <= last]

"""Contacts: one number, one person; language, consent and conversation belong to it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Index, bindparam, or_, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.upserts import insert_into
from bot.store.vault import Vault

_Value = TypeVar("_Value")

NUMBER = "contact.number"
NAME = "contact.name"
CONVERSATION = "contact.conversation"
UNCLEAR = "unclear"
_UNCLEAR = text(f"wants = '{UNCLEAR}'")
_ERASED = text("erased_at IS NOT NULL")


class Contact(SQLModel, table=True):
    """One phone number and what we must know to answer it well."""

    __table_args__ = (
        Index("contact_unclear", "id", postgresql_where=_UNCLEAR, sqlite_where=_UNCLEAR),
        Index("contact_erased", "id", postgresql_where=_ERASED, sqlite_where=_ERASED),
    )

    id: int | None = Field(default=None, primary_key=True)
    number_hash: str = Field(unique=True, max_length=64)
    number: bytes
    """Sealed E.164, context contact.number"""
    name: bytes | None = None
    """Sealed preferred name, context contact.name; None for a number that two people share"""
    name_source: str | None = Field(default=None, max_length=16)
    """roster, or chosen by the person or staff: a roster only changes what a roster gave"""
    language: str | None = Field(default=None, max_length=16)
    """Locale as Babel writes it, e.g. es, zh_Hans; None until known"""
    language_source: str | None = Field(default=None, max_length=16)
    """roster, heard or chosen: a person's own choice is never overwritten by a guess"""
    consent: str = Field(default="none", max_length=16)
    """none, given or stopped"""
    noticed_at: datetime | None = None
    """When the first-contact notice was put in the outbox"""
    stopped_at: datetime | None = None
    wants: str | None = Field(default=None, max_length=16)
    """Which texts of our own accord go there: None: all; needed: absences and what is urgent; emergency;
    unclear: none but emergencies until the person says, who may have asked for no more texts"""
    best_times: str | None = Field(default=None, max_length=64)
    """When the person likes to be reached, as they told staff: words of ours, e.g. morning,weekend"""
    last_inbound_at: datetime | None = None
    channel: str | None = Field(default=None, max_length=16)
    """What the person last wrote on; None before the first text"""
    whatsapp_at: datetime | None = None
    """When the person last wrote on WhatsApp: for 24 hours we may answer there as we like"""
    conversation: bytes | None = None
    """Sealed flow state, context contact.conversation"""
    wake_at: datetime | None = Field(default=None, index=True)
    """When the conversation has a timer due"""
    failing_code: int | None = None
    """The carrier's error code for the last text that this number did not get; None since one arrived"""
    failing_since: datetime | None = None
    """When the first of these texts was handed over"""
    dead_at: datetime | None = None
    """Since when nothing is sent there: the carrier says that no text will ever arrive"""
    erased_at: datetime | None = None
    """When the person asked to be forgotten: then only the hash and the opt-out stay, until START"""
    created_at: datetime


def by_id(session: Session, contact_id: int) -> Contact | None:
    """The contact of this id."""
    return session.get(Contact, contact_id)


def by_ids(session: Session, contact_ids: Collection[int]) -> dict[int, Contact]:
    """The contacts of these ids, by id."""
    found: dict[int, Contact] = {}
    for part in _batches(contact_ids):
        chosen = select(Contact).where(col(Contact.id).in_(part))
        found |= {one.id or 0: one for one in session.exec(chosen)}
    return found


def by_id_locked(session: Session, contact_id: int) -> Contact | None:
    """The contact of this id, which nobody else changes until this transaction ends."""
    return _one_locked(session, col(Contact.id) == contact_id)


def by_number_hash(session: Session, number_hash: str) -> Contact | None:
    """The contact with this keyed hash of its number (`Vault.fingerprint` of the E.164)."""
    return session.exec(select(Contact).where(col(Contact.number_hash) == number_hash)).first()


def by_number_hash_locked(session: Session, number_hash: str) -> Contact | None:
    """As `by_number_hash`, and nobody else changes the contact until this transaction ends.

    PostgreSQL locks the row; on SQLite a write transaction already stands alone.
    """
    found: Contact | None = session.exec(_of_number_locked(), params={"number_hash": number_hash}).first()
    return found


@cache
def _of_number_locked() -> Any:
    """Built once: it is asked at every text."""
    return _locked(col(Contact.number_hash) == bindparam("number_hash"))


def find_or_create(session: Session, vault: Vault, e164: str, now: datetime) -> Contact:
    """The contact of this number, locked; made when it is new, also by two first texts at once."""
    number_hash = vault.fingerprint(e164)
    found = by_number_hash_locked(session, number_hash)
    if found is None:
        add_new(session, [new_row(vault, e164, now)])
        found = by_number_hash_locked(session, number_hash)
    if found is None:
        raise RuntimeError("a contact vanished between its insert and its reading")
    return found


def new_row(vault: Vault, e164: str, now: datetime) -> dict[str, Any]:
    """The values of a contact of whom only the number is known."""
    return {
        "number_hash": vault.fingerprint(e164),
        "number": vault.seal(e164, NUMBER),
        "name": None,
        "name_source": None,
        "language": None,
        "language_source": None,
        "consent": "none",
        "created_at": now,
    }


def add_new(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert contacts; a number that exists already, also since a moment ago, stays as it is."""
    if not rows:
        return
    session.connection().execute(
        insert_into(session, Contact).on_conflict_do_nothing(index_elements=["number_hash"]), list(rows)
    )


def by_number_hashes(session: Session, hashes: Collection[str]) -> dict[str, Contact]:
    """The contacts that have one of these hashes, by hash."""
    found: dict[str, Contact] = {}
    for part in _batches(hashes):
        for contact in session.exec(select(Contact).where(col(Contact.number_hash).in_(part))):
            found[contact.number_hash] = contact
    return found


def erased(session: Session) -> set[int]:
    """Contacts who asked to be forgotten: no roster brings them back, only they themselves by START."""
    found = session.exec(select(Contact.id).where(col(Contact.erased_at).is_not(None)))
    return {contact_id for contact_id in found if contact_id is not None}


def speaks(languages: Collection[str]) -> ColumnElement[bool]:
    """Whether a contact reads one of these, in any script or country; to be built into another statement."""
    ways = [
        or_(col(Contact.language) == one, col(Contact.language).startswith(f"{one}_", autoescape=True))
        for one in sorted(languages)
    ]
    return or_(*ways)


def set_language(session: Session, contact_id: int, language: str, source: str) -> bool:
    """Set the locale. `source` is roster, heard or chosen.

    False, and nothing is changed, where it would overwrite the person's own choice.
    """
    change = update(Contact).where(col(Contact.id) == contact_id)
    if source != "chosen":
        change = change.where(col(Contact.language_source).is_distinct_from("chosen"))
    done = session.exec(change.values(language=language, language_source=source))
    return done.rowcount == 1


def set_best_times(session: Session, contact_id: int, times: str | None) -> None:
    """When the person likes to be reached; a hint for staff, nothing is sent by it."""
    session.exec(update(Contact).where(col(Contact.id) == contact_id).values(best_times=times))


def forget_roster(session: Session, contact_ids: Collection[int]) -> None:
    """Forget what a roster said of people it no longer knows, or knew under a wrong number."""
    given_name = col(Contact.name_source) == "roster"
    nameless = update(Contact).where(given_name).values(name=None, name_source=None)
    guessed = col(Contact.language_source) == "roster"
    unheard = update(Contact).where(guessed).values(language=None, language_source=None)
    for part in _batches(contact_ids):
        session.exec(nameless.where(col(Contact.id).in_(part)))
        session.exec(unheard.where(col(Contact.id).in_(part)))


def stop(session: Session, contact_id: int, now: datetime) -> bool:
    """Opt out: nothing is sent until START, and no timer wakes it. False when it was so already."""
    done = session.exec(
        update(Contact)
        .where(col(Contact.id) == contact_id, col(Contact.consent) != "stopped")
        .values(consent="stopped", stopped_at=now, wake_at=None)
    )
    return done.rowcount == 1


def start(session: Session, contact_id: int) -> bool:
    """Take an opt-out back. False when the number had not opted out."""
    done = session.exec(
        update(Contact)
        .where(col(Contact.id) == contact_id, col(Contact.consent) == "stopped")
        .values(consent="given", stopped_at=None, wants=None)
    )
    return done.rowcount == 1


def wishes(session: Session, contact_ids: Collection[int]) -> dict[int, str]:
    """What those want who do not want everything; see `Contact.wants`."""
    found: dict[int, str] = {}
    for part in _batches(contact_ids):
        chosen = select(Contact.id, Contact.wants).where(
            col(Contact.id).in_(part), col(Contact.wants).is_not(None)
        )
        found |= {contact_id: wants for contact_id, wants in session.exec(chosen) if contact_id and wants}
    return found


def unclear(session: Session) -> list[Contact]:
    """Those who may have asked for no more texts and have not said yet."""
    these = select(Contact).where(col(Contact.wants) == UNCLEAR, col(Contact.consent) != "stopped")
    return list(session.exec(these.order_by(col(Contact.id))))


def settle(session: Session, contact_id: int) -> bool:
    """It is clear now that texts are wanted. False where it was never in doubt."""
    these = update(Contact).where(col(Contact.id) == contact_id, col(Contact.wants) == UNCLEAR)
    return session.exec(these.values(wants=None)).rowcount == 1


def note_notice(session: Session, contact_id: int, now: datetime) -> None:
    """The first-contact notice was put in the outbox."""
    session.exec(update(Contact).where(col(Contact.id) == contact_id).values(noticed_at=now))


def leave_whatsapp(session: Session, contact_id: int, since: datetime) -> None:
    """WhatsApp does not know this number: texts go by SMS, unless the person wrote there after `since`."""
    mine = col(Contact.id) == contact_id
    silent = or_(col(Contact.whatsapp_at).is_(None), col(Contact.whatsapp_at) < since)
    session.exec(update(Contact).where(mine, silent).values(channel="sms", whatsapp_at=None))


def due_to_wake(session: Session, now: datetime, limit: int) -> list[int]:
    """Ids of contacts with a timer due, longest waiting first. Lock each and look again."""
    due = (
        select(Contact.id)
        .where(col(Contact.wake_at) <= now, col(Contact.consent) != "stopped")
        .order_by(col(Contact.wake_at), col(Contact.id))
        .limit(limit)
    )
    return [contact_id for contact_id in session.exec(due) if contact_id is not None]


_BATCH = 500
"""Values in one IN (...): SQLite takes at most 999 in old builds"""


def _batches(values: Collection[_Value]) -> Iterator[list[_Value]]:
    wanted = list(values)
    for start in range(0, len(wanted), _BATCH):
        yield wanted[start : start + _BATCH]


def _one_locked(session: Session, condition: Any) -> Contact | None:
    found: Contact | None = session.exec(_locked(condition)).first()
    return found


def _locked(condition: Any) -> Any:
    # As NO KEY UPDATE: whoever writes a text to this contact, in another one's transaction, need not wait.
    chosen = select(Contact).where(condition).with_for_update(key_share=True)
    return chosen.execution_options(populate_existing=True)

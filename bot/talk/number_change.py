"""Somebody of a family has another number: a code goes there by text, and only who tells it takes over.

What was weighed:
- Whoever asks may be an ex-partner who wants the family's texts. So the old number is told, if that is
  safe; the text names nobody and no number, and PERSON brings a person.
- Whoever asks may have fled from somebody who holds the old phone. So the old number is not told where the
  family says that it is not safe, or the phone is lost; then the person must be there in person.
- The code is told to staff or texted back. YES is no answer: to carriers it means START.
- A mistyped number is a stranger's: the text names nobody, and carries the notice with STOP.
"""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, get_args

from sqlmodel import Session

from bot.flow.phrases import phrase
from bot.outbox.put import put
from bot.people.contacts import known_about
from bot.people.number_moves import Moving, both_locked
from bot.store import contacts, number_changes
from bot.store.contacts import Contact
from bot.store.number_changes import NumberChange
from bot.talk.effects import Exchange
from bot.talk.parts import Talk
from bot.talk.surroundings import here as here_of
from bot.talk.surroundings import school_of

HOLDS: Final = timedelta(hours=24)
MOST_TRIES: Final = 5
MOST_CODES: Final = 3
"""Codes in 24 hours for one phone, old or new"""
KIND: Final = "number"
_DIGITS: Final = 6

Means = Literal["in_person", "spoken", "paper", "email"]
MEANS: Final[tuple[Means, ...]] = get_args(Means)
Refusal = Literal["same", "old_stopped", "stopped", "erased", "dead", "too_often"]
Told = Literal["moved", "wrong", "over"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A change of number as staff write it down."""

    family_id: int
    contact_id: int
    e164: str
    means: Means
    tells_old: bool
    account_id: int | None


def ask(talk: Talk, session: Session, asked: Asked, now: datetime) -> int | Refusal:
    """Send the code. Returns the change, or why there is none; ring `replies` after the commit."""
    new_id = contacts.find_or_create(session, talk.vault, asked.e164, now).id or 0
    old, new = both_locked(session, asked.contact_id, new_id)
    if old is None or new is None:
        return "erased"
    if (why := _refusal(session, old, new, now)) is not None:
        return why
    number_changes.withdraw(session, asked.contact_id, now)
    code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
    row = NumberChange(
        contact_id=asked.contact_id,
        new_contact_id=new_id,
        family_id=asked.family_id,
        account_id=asked.account_id,
        code_hash=_hash(talk, new, code),
        means=asked.means,
        tells_old=asked.tells_old,
        created_at=now,
        expires_at=now + HOLDS,
    )
    if new.language is None and old.language is not None:
        new.language, new.language_source = old.language, "roster"
    exchange = Exchange(talk, session, new, now)
    notice = exchange.notice_due()
    _send(talk, session, new, old, "number_code", now, notice, code=code)
    if asked.tells_old and old.dead_at is None:
        _send(talk, session, old, old, "number_moves", now)
    return number_changes.begin(session, row)


def tell(talk: Talk, session: Session, change_id: int, said: str, now: datetime) -> Told:
    """Somebody tells the code of a change: where it is right the new number takes over."""
    row = number_changes.locked(session, change_id)
    if row is None or row.state != "open" or row.expires_at <= now:
        return "over"
    old, new = both_locked(session, row.contact_id, row.new_contact_id)
    if old is None or new is None or _is_barred(old) or _is_barred(new):
        row.state, row.ended_at = "withdrawn", now
        return "over"
    if not hmac.compare_digest(_hash(talk, new, code_in(said) or ""), row.code_hash):
        row.tries += 1
        if row.tries >= MOST_TRIES:
            row.state, row.ended_at = "failed", now
        session.add(row)
        return "wrong" if row.state == "open" else "over"
    row.state, row.ended_at = "proved", now
    session.add(row)
    Moving(session, talk.vault, now).move(row, old, new)
    return "moved"


def code_in(text: str) -> str | None:
    """A text that is nothing but a code, in the digits of any script; else None."""
    plain = "".join(one for one in text if not one.isspace() and one not in "-.")
    if len(plain) != _DIGITS or not plain.isdecimal():
        return None
    return "".join(str(unicodedata.decimal(one)) for one in plain)


def _refusal(session: Session, old: Contact, new: Contact, now: datetime) -> Refusal | None:
    if old.id == new.id:
        return "same"
    if new.erased_at is not None or old.erased_at is not None:
        return "erased"
    if old.consent == "stopped":
        return "old_stopped"
    if new.consent == "stopped":
        return "stopped"
    if new.dead_at is not None:
        return "dead"
    lately = number_changes.how_many(session, (old.id or 0, new.id or 0), now - HOLDS)
    return "too_often" if lately >= MOST_CODES else None


def _is_barred(contact: Contact) -> bool:
    return contact.erased_at is not None or contact.consent == "stopped"


def _hash(talk: Talk, new: Contact, code: str) -> str:
    return talk.vault.fingerprint(f"number_change:{new.id}:{code}")


def _send(
    talk: Talk,
    session: Session,
    to: Contact,
    of: Contact,
    name: str,
    now: datetime,
    notice: str = "",
    **known: str,
) -> None:
    """One text in its reader's language, in the hours of the family's school."""
    here = here_of(talk, session, to, now)
    said = phrase(talk.library.book, name, here.language, {**here.known, **known})
    school = school_of(session, known_about(session, talk.vault, of))
    put(
        session,
        talk.vault,
        contact_id=to.id or 0,
        body=f"{said}\n\n{notice}" if notice else said,
        channel="sms",
        lane="replies",
        kind=KIND,
        now=now,
        zone=school.zone if school else None,
        hours=school.text_hours if school else None,
        next_morning=True,
    )

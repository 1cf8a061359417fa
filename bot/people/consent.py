"""Opt-outs and opt-ins that reached the school by another way than a text, written down by staff.

Any reasonable means of revoking counts, and ten business days are the law's limit (47 CFR
64.1200(a)(10)); here it holds from the moment it is written down, as if the person had texted it.
"""

from datetime import datetime
from typing import Final, Literal

from sqlmodel import Session

from bot.store import consents, contacts, outbox
from bot.store.contacts import Contact
from bot.store.vault import Vault

Means = Literal["paper", "spoken", "email"]
MEANS: Final[tuple[Means, ...]] = ("paper", "spoken", "email")


def log_stop(
    session: Session,
    vault: Vault,
    e164: str,
    *,
    means: Means,
    recorded_by: str,
    said_at: datetime,
    now: datetime,
) -> bool:
    """Opt a number out; one that has never texted too. `said_at`: when the person said so.

    False when it had opted out already; the proof is kept all the same.
    """
    contact = contacts.find_or_create(session, vault, e164, now)
    is_new = contacts.stop(session, contact.id or 0, now)
    outbox.cancel_broadcasts(session, contact.id or 0)
    _prove(session, contact, "stopped", means, recorded_by, said_at)
    return is_new


def log_start(
    session: Session,
    vault: Vault,
    e164: str,
    *,
    means: Means,
    recorded_by: str,
    said_at: datetime,
    now: datetime,
) -> bool:
    """Take an opt-out back for somebody who asked the school for texts again. False when there was none.

    A stop that the carrier holds itself is not lifted by this: only START from that phone does it.
    """
    contact = contacts.find_or_create(session, vault, e164, now)
    is_new = contacts.start(session, contact.id or 0)
    is_new = contacts.settle(session, contact.id or 0) or is_new
    _prove(session, contact, "started", means, recorded_by, said_at)
    return is_new


def log_beyond(
    session: Session,
    vault: Vault,
    e164: str,
    *,
    on: bool,
    means: Means,
    recorded_by: str,
    said_at: datetime,
    now: datetime,
) -> None:
    """An express opt-in to texts outside the school's mission, or its end."""
    contact = contacts.find_or_create(session, vault, e164, now)
    _prove(session, contact, "beyond_on" if on else "beyond_off", means, recorded_by, said_at)


def _prove(
    session: Session, contact: Contact, kind: str, means: Means, recorded_by: str, said_at: datetime
) -> None:
    consents.record(
        session,
        contact.id or 0,
        kind,
        language=contact.language or "",
        wording="",
        source=means,
        at=said_at,
        recorded_by=recorded_by,
    )

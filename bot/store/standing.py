"""What stands between a text that came in and the conversation, in one statement.

Each of these is asked at every text, and of nearly every number the answer is no.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlmodel import Session, col

from bot.store import own_phones
from bot.store.contacts import Contact
from bot.store.polls import Poll
from bot.store.thread_marks import ThreadMark
from bot.store.threads import Thread


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one number at this moment."""

    has_thread: bool
    """Whether a person has taken its conversation over"""
    has_marks: bool
    """Whether it ever was told of a thread of some family"""
    signs_in: bool
    """Whether it may be the own phone of somebody who signs in"""
    has_polls: bool
    """Whether any poll still takes answers, whomever it asks"""


def standing(session: Session, contact: Contact, now: datetime) -> Standing:
    """How it stands with the number of a contact that is locked."""
    told = {"contact_id": contact.id, "number_hash": contact.number_hash, "now": now}
    row = session.connection().execute(_asked(), told).one()
    return Standing(*map(bool, row))


@cache
def _asked() -> Any:
    contact_id: Any = bindparam("contact_id")
    return select(
        exists().where(col(Thread.contact_id) == contact_id, col(Thread.state) == "open"),
        exists().where(col(ThreadMark.reader_id) == contact_id),
        exists(own_phones.accounts_at(bindparam("number_hash"))),
        exists().where(col(Poll.closes_at) > bindparam("now")),
    )

"""What happens to a thread while people work on it: answered, claimed, put off, given on, opened again."""

from collections import Counter
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, update
from sqlmodel import Session, col, select

from bot.store.threads import Thread


def locked(session: Session, thread_id: int) -> Thread | None:
    """A thread as it is now. Lock its contact first (`contacts.by_id_locked`): whoever texts does so too."""
    chosen = select(Thread).where(col(Thread.id) == thread_id)
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).first()


def contact_of(session: Session, thread_id: int) -> int | None:
    """Whose thread it is."""
    return session.exec(select(Thread.contact_id).where(col(Thread.id) == thread_id)).first()


def family_wrote(
    session: Session, thread_id: int, inbound_id: int, *, asked_at: datetime | None, due: datetime | None
) -> None:
    """The family wrote in it: it is seen again, and waits for an answer from `asked_at` on.

    None: it wants none. What it waited for before counts more: the clock runs from the oldest text that
    nobody has answered.
    """
    told = {} if asked_at is None else {
        "asked_at": func.coalesce(Thread.asked_at, asked_at),
        "promised_at": func.coalesce(Thread.promised_at, due),
    }  # fmt: skip
    _set(session, thread_id, last_inbound_id=inbound_id, snoozed_until=None, **told)


def promise(session: Session, thread_id: int, promised_at: datetime | None) -> None:
    """Until when an answer is promised; None: nothing is promised (any more)."""
    _set(session, thread_id, promised_at=promised_at)


def person_wrote(session: Session, thread_id: int, reply_id: int, now: datetime) -> None:
    """A person answered: the family waits for nothing, and nobody is writing any more."""
    _set(
        session,
        thread_id,
        asked_at=None,
        promised_at=None,
        escalated_at=None,
        answered_at=now,
        last_reply_id=reply_id,
        claimed_by=None,
        claimed_until=None,
    )


def person_waits(session: Session, thread_id: int, reply_id: int) -> None:
    """A person answered, and the answer waits for its translation: so the family waits as before."""
    _set(session, thread_id, last_reply_id=reply_id, claimed_by=None, claimed_until=None)


def still_asks(session: Session, thread_id: int, asked_at: datetime) -> None:
    """An answer went out that is older than what the family wrote last: it waits, from then on."""
    _set(session, thread_id, asked_at=asked_at)


def escalated(session: Session, thread_id: int, now: datetime, next_at: datetime | None) -> None:
    """Nobody answered in time, so the district office was asked; `next_at`: when it is too late there too.

    Who put it off sees it again.
    """
    _set(session, thread_id, escalated_at=now, promised_at=next_at, snoozed_until=None)


def claim(
    session: Session, thread_id: int, account_id: int, now: datetime, until: datetime, *, take_over: bool
) -> bool:
    """Say who is writing. False where somebody else is, unless `take_over`."""
    these = update(Thread).where(col(Thread.id) == thread_id, col(Thread.state) == "open")
    if not take_over:
        mine = col(Thread.claimed_by) == account_id
        free = or_(col(Thread.claimed_by).is_(None), mine, col(Thread.claimed_until) <= now)
        these = these.where(free)
    return session.exec(these.values(claimed_by=account_id, claimed_until=until)).rowcount == 1


def release(session: Session, thread_id: int, account_id: int) -> bool:
    """This person is not writing any more. False where they were not."""
    mine = update(Thread).where(col(Thread.id) == thread_id, col(Thread.claimed_by) == account_id)
    return session.exec(mine.values(claimed_by=None, claimed_until=None)).rowcount == 1


def snooze(session: Session, thread_id: int, until: datetime | None) -> None:
    """Put a thread off; None: bring it back."""
    _set(session, thread_id, snoozed_until=until)


def give(
    session: Session, thread_id: int, *, account_id: int | None, staff_id: int | None, why: str = ""
) -> None:
    """Say who answers it, by account and by person of the roster, and why; both None: whoever may."""
    _set(session, thread_id, account_id=account_id, staff_id=staff_id, given_for=why or None)


def move(session: Session, thread_id: int, *, to: str, school_id: int | None) -> None:
    """Give it to other people: another role or school, nobody in particular."""
    _set(session, thread_id, to=to, school_id=school_id, account_id=None, staff_id=None, given_for=None)


def move_to(session: Session, thread_id: int, from_contact_id: int, to_contact_id: int) -> None:
    """Go on with another number of the same person."""
    mine = update(Thread).where(col(Thread.id) == thread_id, col(Thread.contact_id) == from_contact_id)
    session.exec(mine.values(contact_id=to_contact_id))


def reopen(session: Session, thread_id: int, now: datetime) -> bool:
    """Open a closed thread again. False where it was open."""
    closed = update(Thread).where(col(Thread.id) == thread_id, col(Thread.state) == "closed")
    values = {"state": "open", "closed_at": None, "reopened_at": now, "reopened": Thread.reopened + 1}
    return session.exec(closed.values(**values)).rowcount == 1


def last_closed(session: Session, contact_id: int, since: datetime) -> Thread | None:
    """The thread of a contact that was closed last, where that is not longer ago than `since`."""
    found = select(Thread).where(
        col(Thread.contact_id) == contact_id, col(Thread.state) == "closed", col(Thread.closed_at) >= since
    )
    return session.exec(found.order_by(col(Thread.closed_at).desc(), col(Thread.id).desc())).first()


def rate(session: Session, thread_id: int, rating: int, now: datetime) -> None:
    """What the family says of the help."""
    _set(session, thread_id, rating=rating, rated_at=now)


def ask_rating(session: Session, thread_id: int, now: datetime) -> None:
    """The family is being asked how the help was."""
    _set(session, thread_id, rating_asked_at=now)


def to_be_rated(session: Session, contact_id: int, since: datetime) -> Thread | None:
    """The closed thread whose family was asked after `since` how the help was, and has not said."""
    told = {"contact_id": contact_id, "since": since}
    found: Thread | None = session.exec(_to_be_rated(), params=told).first()
    return found


@cache
def _to_be_rated() -> Any:
    """Built once: it is asked at every number that a family texts."""
    found = select(Thread).where(
        col(Thread.contact_id) == bindparam("contact_id"),
        col(Thread.state) == "closed",
        col(Thread.rating).is_(None),
        col(Thread.rating_asked_at) >= bindparam("since"),
    )
    return found.order_by(col(Thread.rating_asked_at).desc())


def ask_anew(
    session: Session, thread_id: int, *, to: str, topic: str, led_by: str | None, now: datetime
) -> None:
    """The family of a thread that was opened again asks for something else: it waits from now on."""
    _set(
        session,
        thread_id,
        to=to,
        topic=topic,
        led_by=led_by,
        asked_at=now,
        snoozed_until=None,
        escalated_at=None,
    )


def overdue(session: Session, now: datetime, limit: int) -> list[int]:
    """Open threads whose promised time has passed without an answer, longest waiting first."""
    found = select(Thread.id).where(col(Thread.state) == "open", col(Thread.promised_at) <= now)
    ordered = found.order_by(col(Thread.promised_at), col(Thread.id)).limit(limit)
    return [one for one in session.exec(ordered) if one is not None]


def load_of(session: Session) -> Counter[tuple[int | None, int | None]]:
    """How many open threads are with each (account, person of the roster)."""
    found = (
        select(Thread.account_id, Thread.staff_id, func.count())
        .where(col(Thread.state) == "open")
        .group_by(col(Thread.account_id), col(Thread.staff_id))
    )
    return Counter({(account_id, staff_id): number for account_id, staff_id, number in session.exec(found)})


def _set(session: Session, thread_id: int, **values: Any) -> None:
    session.exec(update(Thread).where(col(Thread.id) == thread_id).values(**values))

"""What a person has asked to be sent again and again, such as a learning tip each week."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from bot.store.upserts import insert_into


class Subscription(SQLModel, table=True):
    """One thing that one contact gets from time to time, until it ends it."""

    __table_args__ = (UniqueConstraint("contact_id", "what", "band"),)

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    what: str = Field(max_length=16)
    """tips"""
    band: str = Field(default="", max_length=8)
    """Of tips the grades they are for: k2, g35, g68 or g912"""
    sent: int = 0
    """How many went out: it says which is next"""
    next_due_at: datetime = Field(index=True)
    asked_at: datetime


def subscribe(
    session: Session, contact_id: int, what: str, band: str, *, next_due_at: datetime, now: datetime
) -> bool:
    """Begin a subscription whose first text is sent at once. False where it is there already."""
    keys = ["contact_id", "what", "band"]
    new = (
        insert_into(session, Subscription)
        .on_conflict_do_nothing(index_elements=keys)
        .returning(col(Subscription.id))
    )
    row = {
        "contact_id": contact_id,
        "what": what,
        "band": band,
        "sent": 1,
        "next_due_at": next_due_at,
        "asked_at": now,
    }
    return session.connection().execute(new, row).scalar() is not None


def end(session: Session, contact_id: int, what: str) -> int:
    """End every subscription of one kind. Returns how many there were."""
    gone = delete(Subscription).where(
        col(Subscription.contact_id) == contact_id, col(Subscription.what) == what
    )
    return session.connection().execute(gone).rowcount


def end_all(session: Session, contact_id: int) -> None:
    """End every subscription of one contact."""
    session.connection().execute(delete(Subscription).where(col(Subscription.contact_id) == contact_id))


def of_contact(session: Session, contact_id: int) -> list[Subscription]:
    """All that one contact is subscribed to, oldest first."""
    found = select(Subscription).where(col(Subscription.contact_id) == contact_id)
    return list(session.exec(found.order_by(col(Subscription.id))))


def due(session: Session, what: str, now: datetime, limit: int) -> list[tuple[int, int]]:
    """(subscription, contact) of those whose time has come, longest waiting first."""
    found = select(Subscription.id, Subscription.contact_id).where(
        col(Subscription.what) == what, col(Subscription.next_due_at) <= now
    )
    rows = session.exec(found.order_by(col(Subscription.next_due_at), col(Subscription.id)).limit(limit))
    return [(row_id, contact_id) for row_id, contact_id in rows if row_id is not None]


def by_id(session: Session, subscription_id: int) -> Subscription | None:
    """The subscription as it is now; read it again once the contact is locked."""
    chosen = select(Subscription).where(col(Subscription.id) == subscription_id)
    return session.exec(chosen.execution_options(populate_existing=True)).first()


def put_off(session: Session, subscription_id: int, until: datetime, *, was_sent: bool) -> None:
    """When it is due next; with `was_sent` one more has gone out."""
    change = update(Subscription).where(col(Subscription.id) == subscription_id)
    step = 1 if was_sent else 0
    session.connection().execute(change.values(next_due_at=until, sent=col(Subscription.sent) + step))

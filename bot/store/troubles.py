"""Faults of our own settings or registration, as the carrier names them; broadcasts wait meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, Table, update
from sqlalchemy import select as column_select
from sqlmodel import Field, Session, SQLModel, col, select

from bot.store.upserts import insert_into

FIRST_RECEIPT_CODE: Final = 30_000
"""Codes from here on come in receipts, after a text was taken: that the next is taken too proves nothing"""


class Trouble(SQLModel, table=True):
    """One fault by the carrier's error code."""

    code: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    since: datetime
    last_at: datetime
    times: int = 1
    mended_at: datetime | None = None


TROUBLES: Final[Table] = SQLModel.metadata.tables["trouble"]


def note(session: Session, code: int, now: datetime) -> bool:
    """A text met this fault. True when it is new, or new since it was mended."""
    known = select(Trouble.code).where(col(Trouble.code) == code, col(Trouble.mended_at).is_(None))
    was_open = session.exec(known).first() is not None
    new = insert_into(session, TROUBLES).values(code=code, since=now, last_at=now, times=1, mended_at=None)
    again = {"last_at": now, "times": TROUBLES.c.times + 1, "mended_at": None}
    if not was_open:
        again |= {"since": now, "times": 1}
    session.connection().execute(new.on_conflict_do_update(index_elements=["code"], set_=again))
    return not was_open


def accepted(session: Session, now: datetime) -> None:
    """The carrier took a text: what it refused texts for at its door is mended."""
    mended = update(TROUBLES).where(
        TROUBLES.c.mended_at.is_(None), TROUBLES.c.code < FIRST_RECEIPT_CODE, TROUBLES.c.last_at < now
    )
    session.connection().execute(mended.values(mended_at=now))


def any_open() -> Select[Any]:
    """For the claim of a broadcast, which waits while there is one."""
    return column_select(TROUBLES.c.code).where(TROUBLES.c.mended_at.is_(None))


def mend_all(session: Session, now: datetime) -> int:
    """A person says that all is mended; broadcasts go on. Returns how many faults were open."""
    mended = update(TROUBLES).where(TROUBLES.c.mended_at.is_(None)).values(mended_at=now)
    return session.connection().execute(mended).rowcount


def open_ones(session: Session) -> Sequence[Trouble]:
    """Faults that hold, oldest first."""
    found = select(Trouble).where(col(Trouble.mended_at).is_(None))
    return list(session.exec(found.order_by(col(Trouble.since), col(Trouble.code))))

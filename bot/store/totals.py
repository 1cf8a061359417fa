"""How many rows there are, by kind: for metrics, never for decisions."""

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from bot.store.inbound import Inbound
from bot.store.outbox import ROWS
from bot.store.threads import Thread

_INBOUND = SQLModel.metadata.tables[str(Inbound.__tablename__)]
_THREADS = SQLModel.metadata.tables[str(Thread.__tablename__)]


def outgoing(session: Session) -> dict[tuple[str, str], int]:
    """Texts to people by (lane, state), of all time. Reads the whole table."""
    found = select(ROWS.c.lane, ROWS.c.state, func.count()).group_by(ROWS.c.lane, ROWS.c.state)
    return {(row[0], row[1]): row[2] for row in session.connection().execute(found)}


def received(session: Session) -> dict[str, int]:
    """Texts from people by channel, of all time. Reads the whole table."""
    found = select(_INBOUND.c.channel, func.count()).group_by(_INBOUND.c.channel)
    return {row[0]: row[1] for row in session.connection().execute(found)}


def open_threads(session: Session) -> int:
    """Conversations that wait for a person."""
    found = select(func.count()).select_from(_THREADS).where(_THREADS.c.state == "open")
    return session.connection().execute(found).scalar_one()

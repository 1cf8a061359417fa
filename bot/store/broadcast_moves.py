"""The way of a broadcast from draft to its first text, and how far it is put: each step happens once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlmodel import Session, SQLModel
from sqlmodel import select as modelled

from bot.store.broadcast_texts import BroadcastText, BroadcastWait
from bot.store.broadcasts import BROADCASTS, Broadcast
from bot.store.contacts import Contact
from bot.store.outbox import ROWS, state_is
from bot.store.states import OPEN
from bot.store.upserts import insert_into

TITLE: Final = "broadcast.title"
THROWN: Final = "thrown"
"""State of a draft that its writer threw away"""
CANARY: Final = "canary"
"""Reason of a pause after the first few"""
_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]
_TEXTS: Final = SQLModel.metadata.tables[str(BroadcastText.__tablename__)]
_WAITS: Final = SQLModel.metadata.tables[str(BroadcastWait.__tablename__)]


def locked(session: Session, broadcast_id: int) -> Broadcast | None:
    """The broadcast, which nobody else changes until this transaction ends."""
    chosen = modelled(Broadcast).where(BROADCASTS.c.id == broadcast_id)
    return session.exec(chosen.with_for_update().execution_options(populate_existing=True)).first()


def locked_if_free(session: Session, broadcast_id: int) -> Broadcast | None:
    """As `locked`; None where somebody else has it just now."""
    chosen = modelled(Broadcast).where(BROADCASTS.c.id == broadcast_id)
    free = chosen.with_for_update(skip_locked=True, key_share=True).execution_options(populate_existing=True)
    return session.exec(free).first()


def move(session: Session, broadcast_id: int, before: Collection[str], state: str, **values: Any) -> bool:
    """Change the state where it is one of `before`. True for whoever did it first."""
    moved = update(BROADCASTS).where(BROADCASTS.c.id == broadcast_id, BROADCASTS.c.state.in_(before))
    return session.connection().execute(moved.values(state=state, **values)).rowcount == 1


def of_account(session: Session, account_id: int, limit: int = 100) -> list[Broadcast]:
    """What one account wrote, latest first."""
    chosen = modelled(Broadcast).where(BROADCASTS.c.account_id == account_id, BROADCASTS.c.state != THROWN)
    return list(session.exec(chosen.order_by(BROADCASTS.c.id.desc()).limit(limit)))


def throw_away(session: Session, account_id: int, draft_id: int) -> bool:
    """Put a draft aside until the next one is; of those before the words go. False for what is no draft."""
    mine = (BROADCASTS.c.account_id == account_id, BROADCASTS.c.state == THROWN)
    before = list(session.connection().execute(select(BROADCASTS.c.id).where(*mine)).scalars())
    session.connection().execute(update(BROADCASTS).where(BROADCASTS.c.id.in_(before)).values(title=None))
    session.connection().execute(delete(_TEXTS).where(_TEXTS.c.broadcast_id.in_(before)))
    return move(session, draft_id, ("draft",), THROWN)


def latest(session: Session, *, states: Collection[str] | None = None, limit: int = 100) -> list[Broadcast]:
    """Broadcasts in these states (None: all but drafts), latest first."""
    here = BROADCASTS.c.state.not_in(("draft", THROWN)) if states is None else BROADCASTS.c.state.in_(states)
    return list(session.exec(modelled(Broadcast).where(here).order_by(BROADCASTS.c.id.desc()).limit(limit)))


def due(session: Session, now: datetime) -> list[int]:
    """Those scheduled, and series, whose time has come."""
    chosen = select(BROADCASTS.c.id).where(
        BROADCASTS.c.state.in_(("scheduled", "series")), BROADCASTS.c.starts_at <= now
    )
    return list(session.connection().execute(chosen.order_by(BROADCASTS.c.starts_at)).scalars())


def add_occurrence(session: Session, values: Mapping[str, Any]) -> int | None:
    """An occurrence of a series; None where it is there already."""
    new = insert_into(session, BROADCASTS).on_conflict_do_nothing(index_elements=["series_id", "starts_at"])
    return session.connection().execute(new.returning(BROADCASTS.c.id), dict(values)).scalar()


def to_fill(session: Session, now: datetime) -> list[int]:
    """Running broadcasts of which not all texts are in the outbox, or some wait for a translation."""
    b = BROADCASTS.c
    waits = exists(select(_WAITS.c.contact_id).where(_WAITS.c.broadcast_id == b.id))
    unfilled = and_(
        b.filled_at.is_(None), or_(b.canary.is_(None), b.put_so_far < b.canary, b.expires_at <= now)
    )
    chosen = select(b.id).where(b.state == "running", b.audience.is_not(None), or_(unfilled, waits))
    return list(session.connection().execute(chosen.order_by(b.id)).scalars())


def advance(session: Session, broadcast_id: int, *, cursor: int, put: int) -> None:
    """So far the outbox holds its contacts, and so many more of them."""
    so_far = update(BROADCASTS).where(BROADCASTS.c.id == broadcast_id)
    session.connection().execute(so_far.values(cursor=cursor, put_so_far=BROADCASTS.c.put_so_far + put))


def canaries(session: Session) -> list[int]:
    """Those whose first few have all been handed over, and that still run."""
    b = BROADCASTS.c
    open_texts = exists(select(ROWS.c.id).where(ROWS.c.broadcast_id == b.id, state_is(ROWS, *OPEN)))
    chosen = select(b.id).where(
        b.state == "running",
        b.canary.is_not(None),
        b.put_so_far >= b.canary,
        b.filled_at.is_(None),
        ~open_texts,
    )
    return list(session.connection().execute(chosen).scalars())


def pause_canary(session: Session, broadcast_id: int) -> bool:
    """Pause one until somebody lets it go on."""
    over = update(BROADCASTS).where(
        BROADCASTS.c.id == broadcast_id, BROADCASTS.c.state == "running", BROADCASTS.c.canary.is_not(None)
    )
    return session.connection().execute(over.values(state="paused", reason=CANARY)).rowcount == 1


def let_go_on(session: Session, broadcast_id: int) -> None:
    """After its canary: put the rest too."""
    these = update(BROADCASTS).where(BROADCASTS.c.id == broadcast_id)
    session.connection().execute(these.values(canary=None))


def states_by_language(session: Session, broadcast_id: int) -> dict[tuple[str | None, str, str | None], int]:
    """How many contacts stand where: by language, state and reason. A text in parts counts by its first."""
    found = (
        select(ROWS.c.language, ROWS.c.state, ROWS.c.reason, func.count())
        .where(ROWS.c.broadcast_id == broadcast_id, or_(ROWS.c.part.is_(None), ROWS.c.part == 1))
        .group_by(ROWS.c.language, ROWS.c.state, ROWS.c.reason)
    )
    return {(row[0], row[1], row[2]): row[3] for row in session.connection().execute(found)}


def rows_after(session: Session, broadcast_id: int, after: int, limit: int) -> list[Any]:
    """Texts of a broadcast by contact, with the number and name still sealed: the next after a contact."""
    r, c = ROWS.c, _CONTACTS.c
    wanted = (
        select(r.contact_id, r.language, r.state, r.reason, r.error_code, r.submitted_at, c.number, c.name)
        .join(_CONTACTS, c.id == r.contact_id)
        .where(r.broadcast_id == broadcast_id, or_(r.part.is_(None), r.part == 1), r.contact_id > after)
        .order_by(r.contact_id)
        .limit(limit)
    )
    return list(session.connection().execute(wanted).all())

"""What may keep a claimed text from going out, as SQL: asked at the claim and again before the call."""

from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    case,
    exists,
    literal_column,
    or_,
    select,
    update,
)
from sqlmodel import Session, SQLModel

from bot.store import broadcasts
from bot.store.contacts import UNCLEAR, Contact
from bot.store.outbox import ROWS, state_is

EXEMPT: Final = ("opt_out_confirmation", "opt_in_confirmation", "help", "erasure_receipt")
"""Kinds that a contact who texted STOP still gets: each answers what the person just asked for."""

OF_OUR_OWN_ACCORD: Final = ("tip", "broadcast")
"""Kinds that nobody just asked for: they keep quiet hours, and wait while it is unclear who wants them"""

_CONTACTS: Final = SQLModel.metadata.tables[str(Contact.__tablename__)]


def or_end(state: str, columns: dict[str, Any]) -> Update:
    """Move rows on to `state`, or end them here and say why. The statement takes `now`."""
    ends = _ends()
    return update(ROWS).values(
        state=case(*((when, "skipped") for when, _ in ends), else_=state),
        reason=case(*ends, else_=None),
        **columns,
    )


def go_or_wait(columns: dict[str, Any]) -> Update:
    """As `or_end` for rows that the night, a broadcast or a doubt may hold: pending again as if untouched."""
    ends = _ends()
    waits = or_(_is_night(), broadcasts.is_in(ROWS, *broadcasts.HELD), is_unclear())
    goes = {name: case((waits, ROWS.c[name]), else_=value) for name, value in columns.items()}
    goes["look_at"] = case((waits, None), else_=columns["look_at"])
    return update(ROWS).values(
        state=case(*((when, "skipped") for when, _ in ends), (waits, "pending"), else_="submitting"),
        reason=case(*ends, else_=None),
        claimed_by=case((waits, None), else_=ROWS.c.claimed_by),
        **goes,
    )


def is_unwanted(session: Session, row_id: int) -> bool:
    """Whether a claimed text must not go out any more: STOP came, or its broadcast was held or cancelled."""
    return session.connection().execute(_unwanted(), {"row_id": row_id}).first() is not None


def is_unclear() -> ColumnElement[bool]:
    """Whether a text waits until its reader says which texts are wanted; an emergency never does."""
    unclear = _their(_CONTACTS.c.wants == literal_column(f"'{UNCLEAR}'"))
    return and_(ROWS.c.kind.in_(OF_OUR_OWN_ACCORD), unclear, ~broadcasts.is_emergency(ROWS))


def end_unclear(session: Session, now: datetime) -> int:
    """End texts whose time ran out while it was unclear whether they were wanted. Returns how many."""
    unclear = select(_CONTACTS.c.id).where(_CONTACTS.c.wants == literal_column(f"'{UNCLEAR}'"))
    late = update(ROWS).where(
        ROWS.c.contact_id.in_(unclear),
        ROWS.c.kind.in_(OF_OUR_OWN_ACCORD),
        state_is(ROWS, "pending"),
        ROWS.c.expires_at <= now,
    )
    return session.connection().execute(late.values(state="skipped", reason=UNCLEAR)).rowcount


@cache
def _unwanted() -> Select[tuple[int]]:
    over = or_(_has_stopped(), broadcasts.is_in(ROWS, *broadcasts.HELD, "cancelled"))
    return select(ROWS.c.id).where(ROWS.c.id == bindparam("row_id"), ROWS.c.kind.not_in(EXEMPT), over)


def _ends() -> list[tuple[ColumnElement[bool], str]]:
    """Why a text is over, the weightiest first."""
    late: ColumnElement[bool] = ROWS.c.expires_at <= bindparam("now")
    # Whoever writes from a number that was dead has it alive again before the answer is put here.
    return [
        (and_(ROWS.c.kind.not_in(EXEMPT), _has_stopped()), "opted_out"),
        (_their(_CONTACTS.c.dead_at.is_not(None)), "dead_number"),
        (broadcasts.is_in(ROWS, "cancelled"), "cancelled"),
        (and_(late, _is_night(), ROWS.c.expires_at >= ROWS.c.quiet_at), "quiet"),
        (late, "expired"),
    ]


def _has_stopped() -> ColumnElement[bool]:
    return _their(_CONTACTS.c.consent == "stopped")


def _their(what: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists(select(_CONTACTS.c.id).where(_CONTACTS.c.id == ROWS.c.contact_id, what))


def _is_night() -> ColumnElement[bool]:
    return and_(ROWS.c.quiet_at.is_not(None), ROWS.c.quiet_at <= bindparam("now"))

"""Forgetting one person: every row that belongs to a contact, in whatever table, now and in later versions.

What belongs to a contact is found from the foreign keys themselves, so that a table added later is
erased too: a row that names the contact, and a row that names such a row.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Table, delete, func, or_, select, update
from sqlmodel import Session, SQLModel, col

from bot.store import attendance_texts, family_notes
from bot.store.contacts import Contact
from bot.store.inbound import Inbound
from bot.store.notices import Notice
from bot.store.outbox import ROWS, state_is
from bot.store.states import OPEN
from bot.store.tables import TABLES
from bot.store.thread_marks import ThreadTold

_CONTACT: Final = str(Contact.__tablename__)
_NOTICES: Final = SQLModel.metadata.tables[str(Notice.__tablename__)]
_TOLD: Final = SQLModel.metadata.tables[str(ThreadTold.__tablename__)]
_OF_FAMILIES: Final = ("family_note", "attendance_text")
_TEXTS: Final = ("inbound", "outbox")
"""What the text that asks for the erasure, and the receipt, still need until the receipt is out"""


def forget(session: Session, contact_id: int, now: datetime) -> None:
    """Erase what is kept of a contact and stop its texts; the receipt can still be written and sent.

    The texts themselves go with `finish`, once the receipt has left. Pending changes are written first.
    """
    session.flush()
    family_notes.forget_of(session, contact_id)
    _silence_notices(session, contact_id)
    _delete(session, contact_id, keep=_TEXTS)
    mine, done = ROWS.c.contact_id == contact_id, ~state_is(ROWS, *OPEN)
    silenced = update(ROWS).where(mine, state_is(ROWS, "pending"))
    for change in (
        silenced.values(state="skipped", reason="erased"),
        update(ROWS).where(mine, done).values(body=None, tappable=None),
        update(Inbound).where(col(Inbound.contact_id) == contact_id).values(body=None, media=None),
    ):
        session.connection().execute(change)
    blank = _blank() | {"consent": "stopped", "stopped_at": now, "erased_at": now}
    session.connection().execute(update(Contact).where(col(Contact.id) == contact_id).values(blank))


def _silence_notices(session: Session, contact_id: int) -> None:
    """What staff were to be told, or were told, of this contact: their texts lie with their own numbers."""
    belonging = _belonging(contact_id)
    about = belonging[_NOTICES]
    told = belonging[_TOLD]
    theirs = or_(
        ROWS.c.id.in_(select(_NOTICES.c.outbox_id).where(about, _NOTICES.c.outbox_id.is_not(None))),
        ROWS.c.id.in_(select(_TOLD.c.outbox_id).where(told, _TOLD.c.outbox_id.is_not(None))),
    )
    waiting = update(ROWS).where(theirs, state_is(ROWS, "pending"))
    for change in (
        waiting.values(state="skipped", reason="erased"),
        update(ROWS).where(theirs, ~state_is(ROWS, *OPEN)).values(body=None, tappable=None),
    ):
        session.connection().execute(change)


def waiting(session: Session, limit: int) -> list[int]:
    """Contacts to be forgotten of whom the number is still kept, with no text on its way any more."""
    on_its_way = select(ROWS.c.id).where(ROWS.c.contact_id == Contact.id, state_is(ROWS, *OPEN)).exists()
    found = select(Contact.id).where(  # type: ignore[call-overload]
        col(Contact.erased_at).is_not(None), func.length(Contact.number) > 0, ~on_its_way
    )
    return list(session.connection().execute(found.order_by(col(Contact.id)).limit(limit)).scalars())


def finish(session: Session, contact_id: int) -> None:
    """Erase the rest: texts, receipt and number. What stays is the keyed hash and that it has opted out."""
    session.flush()
    _delete(session, contact_id, keep=())
    last = ("conversation", "wake_at", "last_inbound_at", "channel", "whatsapp_at")
    rest = _blank() | {"number": b"", **dict.fromkeys(last)}
    session.connection().execute(update(Contact).where(col(Contact.id) == contact_id).values(rest))


def rows_of(session: Session, contact_id: int) -> dict[str, int]:
    """How many rows of each table belong to a contact, beside its own; empty where there are none."""
    counts = {}
    for table, belongs in _belonging(contact_id).items():
        number = session.connection().execute(select(func.count()).select_from(table).where(belongs)).scalar()
        if number:
            counts[table.name] = int(number)
    return counts


def rows_in_full(session: Session, contact_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row that belongs to a contact, beside its own, by table; tables without one are left out."""
    found = {}
    for table, belongs in _belonging(contact_id).items():
        rows = session.connection().execute(select(table).where(belongs)).mappings().all()
        if rows:
            found[table.name] = [dict(row) for row in rows]
    if notes := family_notes.of_contact(session, contact_id):
        found["family_note"] = [note.model_dump() for note in notes]
    if told := attendance_texts.of_contact(session, contact_id):
        found["attendance_text"] = [one.model_dump() for one in told]
    return found


def columns() -> dict[str, list[str]]:
    """The columns of every table that may hold something of a contact, or of its families and children."""
    tables = [*_belonging(0), *(SQLModel.metadata.tables[name] for name in (_CONTACT, *_OF_FAMILIES))]
    return {table.name: [one.name for one in table.columns] for table in tables}


def _blank() -> dict[str, object]:
    nothing = ("name", "name_source", "language", "language_source", "noticed_at", "best_times")
    return dict.fromkeys((*nothing, "failing_code", "failing_since", "dead_at"))


def _delete(session: Session, contact_id: int, keep: tuple[str, ...]) -> None:
    conditions = _belonging(contact_id)
    for table in keep:
        _unlink(session, conditions, SQLModel.metadata.tables[table], keep)
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table in conditions and table.name not in keep:
            session.connection().execute(delete(table).where(conditions[table]))


def _unlink(
    session: Session, conditions: dict[Table, ColumnElement[bool]], table: Table, keep: tuple[str, ...]
) -> None:
    """What stays for now must not name what goes."""
    going = {
        column.name: None
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name not in (*keep, _CONTACT)
    }
    if going:
        session.connection().execute(update(table).where(conditions[table]).values(going))


def _belonging(contact_id: int) -> dict[Table, ColumnElement[bool]]:
    """Each table that holds something of a contact, with the condition for its rows."""
    if not TABLES:
        raise RuntimeError("no tables: importing them is what fills the metadata")
    found: dict[Table, ColumnElement[bool]] = {}
    for table in SQLModel.metadata.sorted_tables:
        ways = [way for column in table.columns for way in _ways(column, contact_id, found)]
        if ways and table.name != _CONTACT:
            found[table] = or_(*ways)
    return found


def _ways(
    column: Column[object], contact_id: int, found: dict[Table, ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    ways: list[ColumnElement[bool]] = []
    for key in column.foreign_keys:
        parent = key.column.table
        if parent.name == _CONTACT:
            ways.append(column == contact_id)
        elif parent in found:
            ways.append(column.in_(select(key.column).where(found[parent])))
    return ways

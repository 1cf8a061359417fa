"""All that is held for one contact, opened: every column of every row that belongs to it.

Found from the tables themselves (bot.store.erasure), so that a column added later cannot be forgotten.
"""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from bot.store import erasure, families
from bot.store.contacts import Contact
from bot.store.families import STUDENT_NAME
from bot.store.vault import SealBroken, Vault


def held_for(session: Session, vault: Vault, contact: Contact) -> dict[str, Any]:
    """By table a list of rows, `contact` and `children` first; sealed columns are opened."""
    children = [
        {"name": vault.open(child.name, STUDENT_NAME), "grade": child.grade, "school": child.school_name}
        for child in families.children_of(session, contact.id or 0)
    ]
    own = {name: _opened(vault, "contact", name, value) for name, value in contact.model_dump().items()}
    held: dict[str, Any] = {"contact": [own], "children": children}
    for table, rows in erasure.rows_in_full(session, contact.id or 0).items():
        held[table] = [
            {name: _opened(vault, table, name, value) for name, value in row.items()} for row in rows
        ]
    return held


def fields() -> dict[str, list[str]]:
    """The names of all that can be held for one contact, by table as `held_for` gives it; see PRIVACY.md."""
    return {**erasure.columns(), "children": ["name", "grade", "school"]}


def _opened(vault: Vault, table: str, column: str, value: object) -> object:
    """A column as it can be read; what no longer opens is said to be so."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if not isinstance(value, bytes) or not value:
        return value if not isinstance(value, bytes) else None
    if (table, column) in (("media", "content"), ("picture", "content")):
        return "(a file; `ally family show --files FOLDER` writes it out)"
    try:
        return vault.open(value, f"{table}.{column}")
    except SealBroken:
        return "(sealed with a key that is not here)"

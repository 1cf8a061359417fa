"""What is recorded of one school, as plain values: from the district's files, or changed by staff.

Staff win: a column that they changed is kept when the files are loaded again, until they give it back.
What the files say of it is remembered meanwhile, so that it can be shown and taken at any time.
"""

import json
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from bot.store import schools
from bot.store.schools import School
from bot.store.vault import Vault, resealed

Record = dict[str, Any]
"""Values that JSON can hold, by column; days as 2026-08-12"""

SEALED: Final = {
    "attendance_text": schools.ATTENDANCE_TEXT,
    "attendance_email": schools.ATTENDANCE_EMAIL,
    "on_call_text": schools.ON_CALL_TEXT,
    "on_call_email": schools.ON_CALL_EMAIL,
}
DAYS: Final = ("first_day", "last_day")
PLAIN: Final = (
    "name",
    "zone",
    "phone",
    "address",
    "attendance_phone",
    "bus_phone",
    "hours",
    "text_hours",
)
FIELDS: Final = (*PLAIN, *DAYS, *SEALED)


def read(vault: Vault, school: School) -> Record:
    """What is in force."""
    found: Record = {name: getattr(school, name) for name in PLAIN}
    found |= {name: day.isoformat() if (day := getattr(school, name)) else None for name in DAYS}
    for name, context in SEALED.items():
        sealed = getattr(school, name)
        found[name] = vault.open(sealed, context) if sealed else None
    return found


def told_by_files(vault: Vault, school: School) -> Record | None:
    """What the district's files last said; None for a school that they do not name."""
    if school.told is None:
        return None
    told: Record = json.loads(vault.open(school.told, schools.TOLD))
    return told


def columns_of(vault: Vault, held: School | None, record: Mapping[str, Any]) -> Record:
    """The columns of a row that say what `record` says, sealed where they must be."""
    columns = dict(record)
    for name in columns.keys() & SEALED.keys():
        columns[name] = resealed(vault, getattr(held, name, None), record[name], SEALED[name])
    for name in columns.keys() & set(DAYS):
        columns[name] = date.fromisoformat(record[name]) if record[name] else None
    return columns


def from_files(vault: Vault, held: School | None, told: Record) -> Record:
    """The columns after a load of the district's files: what staff changed stays as it is."""
    kept: Collection[str] = held.kept if held is not None else ()
    columns = columns_of(vault, held, {name: value for name, value in told.items() if name not in kept})
    sealed = resealed(
        vault, held.told if held is not None else None, json.dumps(told, sort_keys=True), schools.TOLD
    )
    return columns | {"told": sealed}

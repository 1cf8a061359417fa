"""People of a school whom staff write down themselves, where no roster names them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from bot.store import audit, schools
from bot.store.audit import Deed
from bot.store.schools import Staff
from bot.store.vault import Vault, resealed

BY_HAND: Final = "by-hand-"
"""How the source ids of people begin whom no roster names"""

_LOOKED_AT: Final = 100
"""Of so many who left a school the last can come back by a click"""


@dataclass(frozen=True, slots=True)
class Person:
    """What is written down of somebody."""

    name: str
    role: str
    languages: Sequence[str]
    text: str | None = None
    """Told here, by text, that a family asks; E.164"""
    email: str | None = None
    phone: str | None = None
    """Families may call it; E.164"""


@dataclass(frozen=True, slots=True)
class PeopleEditor:
    """Who writes people down, in one transaction."""

    session: Session
    vault: Vault
    account_id: int | None
    now: datetime

    def find(self, school_id: int, staff_id: int, *, is_gone: bool = False) -> Staff | None:
        """Somebody of this school who was written down by hand; `is_gone`: who works there no longer."""
        found = self.session.get(Staff, staff_id)
        if found is None or not found.source_id.startswith(BY_HAND):
            return None
        places = schools.places_of(self.session, [staff_id])[staff_id]
        is_here = self._left(school_id, staff_id) if is_gone else school_id in places
        return found if is_here else None

    def read(self, staff: Staff) -> Person:
        """What is written down of them."""
        text = self.vault.open(staff.text, schools.STAFF_TEXT) if staff.text else None
        email = self.vault.open(staff.email, schools.STAFF_EMAIL) if staff.email else None
        return Person(staff.name, staff.role, staff.languages, text, email, staff.phone)

    def save(self, school_id: int, staff: Staff | None, person: Person) -> int:
        """Write somebody down, or change what is written. Returns their id."""
        values: dict[str, Any] = {
            "source_id": staff.source_id if staff else BY_HAND + secrets.token_hex(6),
            "name": person.name,
            "role": person.role,
            "languages": list(person.languages),
            "phone": person.phone,
            "text": resealed(self.vault, staff.text if staff else None, person.text, schools.STAFF_TEXT),
            "email": resealed(self.vault, staff.email if staff else None, person.email, schools.STAFF_EMAIL),
        }
        if staff is not None and staff.text != values["text"]:
            values["text_hash"] = None  # another telephone: it says anew whose it is
        saved, _ = schools.save_staff(self.session, values)
        self._place(school_id, saved.id or 0, works_here=True)
        self._write_down("person_written", school_id, saved.id or 0)
        return saved.id or 0

    def place(self, school_id: int, staff_id: int, *, works_here: bool) -> None:
        """Let somebody work at a school, or no longer."""
        self._place(school_id, staff_id, works_here=works_here)
        self._write_down("person_placed" if works_here else "person_left", school_id, staff_id)

    def _left(self, school_id: int, staff_id: int) -> bool:
        lines = audit.latest(self.session, _LOOKED_AT, action="person_left", school_ids=[school_id])
        return any(line.subject == f"staff:{staff_id}" for line in lines)

    def _place(self, school_id: int, staff_id: int, *, works_here: bool) -> None:
        places = {*schools.places_of(self.session, [staff_id])[staff_id]} - {school_id}
        schools.place_staff(self.session, staff_id, places | ({school_id} if works_here else set()))

    def _write_down(self, action: str, school_id: int, staff_id: int) -> None:
        deed = Deed(action, self.account_id, f"staff:{staff_id}", school_id, {})
        audit.append(self.session, self.vault, self.now, deed)

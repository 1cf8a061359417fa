"""Staff change a school: two at once lose nothing of each other, and each change can be taken back."""

import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from bot.school import school_record
from bot.school.school_record import Record
from bot.store import audit, school_changes, schools
from bot.store.audit import Deed
from bot.store.school_changes import VALUES, SchoolChange
from bot.store.schools import School
from bot.store.vault import Vault

BY_HAND: Final = "by-hand-"
"""How the source ids of schools begin that no roster names"""


class ChangedMeanwhile(Exception):
    """Somebody else changed the same columns; `theirs` is what they say now, by column."""

    def __init__(self, theirs: Record) -> None:
        super().__init__(", ".join(sorted(theirs)))
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes what, in one transaction."""

    session: Session
    vault: Vault
    account_id: int | None
    now: datetime

    def save(self, school_id: int, shown: Mapping[str, Any], wanted: Mapping[str, Any]) -> int | None:
        """Change what differs between what a form showed and what is wanted now.

        Returns the number of the change, None where nothing differs. Columns that only somebody else
        changed since stay as they are. Raises ChangedMeanwhile where both changed one to something
        else, and KeyError for a school that is not there.
        """
        school = self._locked(school_id)
        mine = {name: wanted[name] for name in wanted if wanted[name] != shown.get(name)}
        now = school_record.read(self.vault, school)
        theirs = {
            name: now[name] for name in mine if now[name] != shown.get(name) and now[name] != mine[name]
        }
        if theirs:
            raise ChangedMeanwhile(theirs)
        changes = {name: value for name, value in mine.items() if now[name] != value}
        if not changes:
            return None
        kept = sorted({*school.kept, *changes}) if school.told is not None else school.kept
        return self._change(school, now, changes, kept, "school_changed")

    def give_back(self, school_id: int, names: Collection[str]) -> int | None:
        """Let the district's files decide these columns again, from now on."""
        school = self._locked(school_id)
        told = school_record.told_by_files(self.vault, school) or {}
        back = [name for name in names if name in school.kept and name in told]
        if not back:
            return None
        now = school_record.read(self.vault, school)
        kept = [name for name in school.kept if name not in back]
        return self._change(school, now, {name: told[name] for name in back}, kept, "school_given_back")

    def undo(self, school_id: int, change_id: int) -> bool:
        """Take a change back. False where something of it was changed again since, or it is another's."""
        school = self._locked(school_id)
        change = school_changes.by_id(self.session, change_id)
        if change is None or change.school_id != school_id:
            return False
        steps: dict[str, dict[str, Any]] = json.loads(self.vault.open(change.values, VALUES))
        now = school_record.read(self.vault, school)
        if any(now[name] != step["after"] for name, step in steps.items()):
            return False
        kept = {*school.kept} - steps.keys() | {name for name, step in steps.items() if step["was_kept"]}
        before = {name: step["before"] for name, step in steps.items()}
        self._change(school, now, before, sorted(kept), "school_change_undone")
        return True

    def add(self, record: Record) -> int:
        """A school that no roster names. Returns its id."""
        columns = school_record.columns_of(self.vault, None, record)
        source_id = BY_HAND + secrets.token_hex(6)
        school, _ = schools.save_school(self.session, {**columns, "source_id": source_id})
        school_id = school.id or 0
        self._write_down("school_added", school_id, [])
        return school_id

    def _locked(self, school_id: int) -> School:
        school = schools.locked(self.session, school_id)
        if school is None:
            raise KeyError(school_id)
        return school

    def _change(
        self, school: School, before: Record, after: Record, kept: Collection[str], action: str
    ) -> int:
        steps = {
            name: {"before": before[name], "after": value, "was_kept": name in school.kept}
            for name, value in after.items()
        }
        columns = school_record.columns_of(self.vault, school, after)
        schools.save_school(self.session, {**columns, "kept": list(kept), "source_id": school.source_id})
        change = SchoolChange(
            school_id=school.id or 0,
            account_id=self.account_id,
            at=self.now,
            values=self.vault.seal(json.dumps(steps), VALUES),
        )
        self._write_down(action, school.id or 0, sorted(after))
        return school_changes.add(self.session, change)

    def _write_down(self, action: str, school_id: int, fields: Collection[str]) -> None:
        """Which columns, never what they say."""
        detail = {"fields": list(fields)}
        deed = Deed(action, self.account_id, f"school:{school_id}", school_id, detail)
        audit.append(self.session, self.vault, self.now, deed)

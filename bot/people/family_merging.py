"""Two families that are one, such as doubles after a roster: put together after a look, taken apart again.

A merge lets the people of each hear of the children of the other. So it is an administrator's to do, who
sees all of both; whoever was unlinked in one of the two stays unlinked.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from bot.people import family_view
from bot.people.family_linking import UNDO_WITHIN
from bot.people.family_view import Person
from bot.store import family_changes, family_merges, family_texts
from bot.store.family_changes import FamilyChange
from bot.store.family_texts import Pupil
from bot.store.vault import Vault

Undone = Literal["undone", "too_late", "later_first"]


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two families, as whoever decides sees it."""

    id: int
    people: tuple[Person, ...]
    former: tuple[Person, ...]
    pupils: tuple[Pupil, ...]
    notes: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do."""

    kept: Part
    gone: Part

    @property
    def unlinked(self) -> tuple[Person, ...]:
        """Those linked in one and unlinked in the other: they stay unlinked."""
        ended = {one.id for one in (*self.kept.former, *self.gone.former)}
        return tuple(one for one in (*self.kept.people, *self.gone.people) if one.id in ended)

    @property
    def hears_more(self) -> tuple[tuple[Person, Part], ...]:
        """Who would newly hear of the children of the other family."""
        ended = {one.id for one in self.unlinked}
        found = []
        for mine, other in ((self.kept, self.gone), (self.gone, self.kept)):
            there = {one.id for one in other.people} | ended
            found += [(one, other) for one in mine.people if one.id not in there and other.pupils]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Merging:
    """An administrator who puts families together."""

    session: Session
    vault: Vault
    account_id: int
    now: datetime

    def preview(self, kept_id: int, gone_id: int) -> Preview:
        """What stands in each."""
        return Preview(self._part(kept_id), self._part(gone_id))

    def merge(self, kept_id: int, gone_id: int) -> int | None:
        """Put them together. Returns the change, for undo; None where one of them went elsewhere already."""
        both = family_merges.both_locked(self.session, kept_id, gone_id)
        if len(both) != 2 or any(one.merged_into is not None for one in both.values()):
            return None
        before = family_merges.merge(self.session, both[kept_id], both[gone_id])
        change = FamilyChange(
            kind="merged",
            family_id=kept_id,
            other_id=gone_id,
            account_id=self.account_id,
            before=b"",
            made_at=self.now,
        )
        return family_changes.record(self.session, self.vault, change, before)

    def undo(self, change: FamilyChange) -> Undone:
        """Take them apart again; a later merge with the same family must be taken back first."""
        if change.undone_at is not None or change.made_at < self.now - UNDO_WITHIN or change.other_id is None:
            return "too_late"
        both = family_merges.both_locked(self.session, change.family_id, change.other_id)
        kept, gone = both[change.family_id], both[change.other_id]
        if kept.merged_into is not None:
            return "later_first"
        before = family_changes.before_of(self.vault, change)
        family_merges.part(self.session, kept, gone, before)
        family_changes.undone(self.session, change.id or 0, self.now)
        return "undone"

    def _part(self, family_id: int) -> Part:
        people, former = family_view.people_of(self.session, self.vault, family_id)
        pupils = tuple(family_texts.pupils(self.session, [family_id]))
        return Part(family_id, people, former, pupils, family_merges.notes_of(self.session, family_id))

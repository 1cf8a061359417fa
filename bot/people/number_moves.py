"""Another number takes over: links, language and choices move to it, and the old one gets no text any more.

Consent never moves: it belongs to a number. The new one was told how to stop when its code was sent.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.people import contacts as people
from bot.people.family_linking import UNDO_WITHIN, restore, snapshot
from bot.store import (
    consents,
    contacts,
    families,
    family_changes,
    family_links,
    family_merges,
    name_words,
    outbox,
    subscriptions,
    thread_work,
    threads,
)
from bot.store.contacts import Contact
from bot.store.family_changes import FamilyChange
from bot.store.number_changes import NumberChange
from bot.store.vault import Vault

_OWN = ("language", "language_source", "name_source", "wants", "best_times")


@dataclass(frozen=True, slots=True)
class Moving:
    """One proved change of number, or its undoing; both contacts are locked by the caller."""

    session: Session
    vault: Vault
    now: datetime

    def move(self, asked: NumberChange, old: Contact, new: Contact) -> int:
        """Let the new number take over. Returns the change, for undo."""
        old_id, new_id = old.id or 0, new.id or 0
        before: dict[str, Any] = {
            "old": {**snapshot(self.session, self.vault, old), "wants": old.wants},
            "new": {**{name: getattr(new, name) for name in _OWN}, "named": new.name is not None},
        }
        before["families"] = families.families_of(self.session, old_id)
        before["made"] = [one for one in before["families"] if family_links.link(self.session, one, new_id)]
        self._take_over(old, new)
        before["thread"] = self._hand_thread(old_id, new_id)
        self._silence(old, f"account:{asked.account_id}")
        self._prove(new_id, "number_given", asked.means, new.language, asked.account_id)
        change = FamilyChange(
            kind="number",
            family_id=family_merges.home_of(self.session, asked.family_id),
            contact_id=old_id,
            to_contact_id=new_id,
            account_id=asked.account_id,
            before=b"",
            made_at=self.now,
        )
        return family_changes.record(self.session, self.vault, change, before)

    def undo(self, change: FamilyChange, old: Contact, new: Contact) -> bool:
        """The old number is the person's after all. False where it is too late, or somebody is forgotten."""
        is_late = change.undone_at is not None or change.made_at < self.now - UNDO_WITHIN
        if is_late or old.erased_at is not None or new.erased_at is not None:
            return False
        before = family_changes.before_of(self.vault, change)
        old_id, new_id = old.id or 0, new.id or 0
        for family_id in before["families"]:
            family_links.link(self.session, family_id, old_id)
        for family_id in before["made"]:
            family_links.unlink(self.session, family_id, new_id, self.now)
        restore(self.session, self.vault, old, before["old"])
        old.wants = before["old"]["wants"]
        self._give_back(new, before["new"])
        if before["thread"] and threads.open_of(self.session, old_id) is None:
            thread_work.move_to(self.session, before["thread"], new_id, old_id)
        return family_changes.undone(self.session, change.id or 0, self.now)

    def _take_over(self, old: Contact, new: Contact) -> None:
        """Name, language and choices, where the new number has none of its own choosing."""
        if old.language and new.language_source != "chosen":
            new.language, new.language_source = old.language, old.language_source
        if new.name is None:
            new.name, new.name_source = old.name, old.name_source
        new.wants = new.wants or old.wants
        new.best_times = new.best_times or old.best_times
        self.session.add(new)
        for one in subscriptions.of_contact(self.session, old.id or 0):
            subscriptions.subscribe(
                self.session, new.id or 0, one.what, one.band, next_due_at=one.next_due_at, now=self.now
            )
        self.session.flush()
        name_words.fill(self.session, self.vault, [new.id or 0])

    def _silence(self, old: Contact, recorded_by: str) -> None:
        """The old number belongs to nobody whom we know: whoever has it now hears nothing more."""
        old.name, old.name_source, old.conversation, old.wake_at = None, None, None, None
        self.session.add(old)
        self.session.flush()
        people.wrong_number(self.session, old, self.now, source="staff", recorded_by=recorded_by)
        outbox.cancel_talk(self.session, old.id or 0)
        self._prove(old.id or 0, "number_changed", "staff", old.language, None, recorded_by)
        self.session.refresh(old)

    def _hand_thread(self, old_id: int, new_id: int) -> int | None:
        """What a person is answering goes on with the new number, so that no answer goes to the old one."""
        thread = threads.open_of(self.session, old_id)
        if thread is None or thread.id is None:
            return None
        if threads.open_of(self.session, new_id) is None:
            thread_work.move_to(self.session, thread.id, old_id, new_id)
            return thread.id
        threads.close(self.session, thread.id, self.now)
        return None

    def _give_back(self, new: Contact, before: dict[str, Any]) -> None:
        for name in _OWN:
            setattr(new, name, before[name])
        if not before["named"]:
            new.name = None
        self.session.add(new)
        self.session.flush()
        if not families.is_linked(self.session, new.id or 0):
            people.wrong_number(self.session, new, self.now, source="staff")
        self.session.refresh(new)

    def _prove(
        self,
        contact_id: int,
        kind: str,
        source: str,
        language: str | None,
        account_id: int | None,
        recorded_by: str = "",
    ) -> None:
        consents.record(
            self.session,
            contact_id,
            kind,
            language=language or "",
            wording="",
            source=source,
            at=self.now,
            recorded_by=recorded_by or f"account:{account_id}",
        )


def both_locked(session: Session, one: int, other: int) -> tuple[Contact | None, Contact | None]:
    """Two contacts that nobody else changes meanwhile; always locked in the same order."""
    found = {contact_id: contacts.by_id_locked(session, contact_id) for contact_id in sorted((one, other))}
    return found[one], found[other]

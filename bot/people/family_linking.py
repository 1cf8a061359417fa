"""Staff say who belongs to a family: a number is linked on the family's word, and unlinked; both with undo.

A number that a family gives to its school may be texted about school (FCC 16-88): so whoever links one
says how it was given, and that is kept as proof. The first text to it carries the notice. Who belongs to
no family any more is treated as a wrong number: what the roster said of it is forgotten.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlmodel import Session

from bot.people import contacts as people
from bot.people.consent import Means
from bot.store import consents, contacts, families, family_changes, family_links, name_words, subscriptions
from bot.store.contacts import NAME, Contact
from bot.store.family_changes import FamilyChange
from bot.store.vault import Vault

UNDO_WITHIN: Final = timedelta(days=30)
Refusal = Literal["already", "erased"]


@dataclass(frozen=True, slots=True)
class Linking:
    """One person of the staff who says who belongs to families."""

    session: Session
    vault: Vault
    account_id: int
    now: datetime

    def link(self, family_id: int, e164: str, means: Means) -> int | Refusal:
        """Link a number that the family gave. Returns the change, for undo, or why it is refused."""
        contact = contacts.find_or_create(self.session, self.vault, e164, self.now)
        if contact.erased_at is not None:
            return "erased"
        if not family_links.link(self.session, family_id, contact.id or 0):
            return "already"
        self._prove(contact, "number_given", means)
        return self._keep("linked", family_id, contact, {})

    def unlink(self, family_id: int, contact_id: int) -> int | None:
        """End one link; None: there was none. Who is in no family then is treated as a wrong number."""
        contact = contacts.by_id_locked(self.session, contact_id)
        if contact is None or not family_links.unlink(self.session, family_id, contact_id, self.now):
            return None
        before = snapshot(self.session, self.vault, contact)
        if not families.is_linked(self.session, contact_id):
            people.wrong_number(
                self.session, contact, self.now, source="staff", recorded_by=f"account:{self.account_id}"
            )
            self.session.flush()
            self.session.refresh(contact)
        return self._keep("unlinked", family_id, contact, before)

    def undo(self, change: FamilyChange) -> bool:
        """Take a link or its end back. False where it is too late, or somebody changed the same since."""
        contact = contacts.by_id_locked(self.session, change.contact_id or 0)
        if contact is None or contact.erased_at is not None or change.undone_at is not None:
            return False
        if change.made_at < self.now - UNDO_WITHIN:
            return False
        if change.kind == "linked":
            if self.unlink(change.family_id, contact.id or 0) is None:
                return False
        elif not family_links.link(self.session, change.family_id, contact.id or 0):
            return False
        else:
            restore(self.session, self.vault, contact, family_changes.before_of(self.vault, change))
        return family_changes.undone(self.session, change.id or 0, self.now)

    def _keep(self, kind: str, family_id: int, contact: Contact, before: dict[str, Any]) -> int:
        change = FamilyChange(
            kind=kind,
            family_id=family_id,
            contact_id=contact.id,
            account_id=self.account_id,
            before=b"",
            made_at=self.now,
        )
        return family_changes.record(self.session, self.vault, change, before)

    def _prove(self, contact: Contact, kind: str, means: str) -> None:
        consents.record(
            self.session,
            contact.id or 0,
            kind,
            language=contact.language or "",
            wording="",
            source=means,
            at=self.now,
            recorded_by=f"account:{self.account_id}",
        )


def snapshot(session: Session, vault: Vault, contact: Contact) -> dict[str, Any]:
    """What a contact loses when it belongs to no family any more."""
    return {
        "name": vault.open(contact.name, NAME) if contact.name else None,
        "name_source": contact.name_source,
        "language": contact.language,
        "language_source": contact.language_source,
        "best_times": contact.best_times,
        "tips": [
            (one.what, one.band, one.next_due_at.isoformat())
            for one in subscriptions.of_contact(session, contact.id or 0)
        ],
    }


def restore(session: Session, vault: Vault, contact: Contact, before: dict[str, Any]) -> None:
    """Give a contact back what it lost, where nothing else stands there meanwhile."""
    session.flush()
    session.refresh(contact)
    if contact.name is None and before["name"]:
        contact.name = vault.seal(before["name"], NAME)
        contact.name_source = before["name_source"]
    if contact.language is None:
        contact.language, contact.language_source = before["language"], before["language_source"]
    contact.best_times = contact.best_times or before["best_times"]
    session.add(contact)
    for what, band, due in before["tips"]:
        due_at, moment = datetime.fromisoformat(due), contact.created_at
        subscriptions.subscribe(session, contact.id or 0, what, band, next_due_at=due_at, now=moment)
    session.flush()
    name_words.fill(session, vault, [contact.id or 0])

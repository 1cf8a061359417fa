"""What a conversation may know about the person who texts: flat facts for the flows."""

from datetime import datetime

from sqlmodel import Session

from bot.flow.state import Value
from bot.store import consents, contacts, families, name_words, outbox, subscriptions
from bot.store.contacts import Contact
from bot.store.families import STUDENT_NAME
from bot.store.vault import Vault


def known_about(session: Session, vault: Vault, contact: Contact) -> dict[str, Value]:
    """Facts by name; one that is not known is not there.

    `contact.language`, `contact.name`; and for a number that the roster or staff linked to children:
    `family.children` (list of {name, grade, school, school_name}), `family.schools` (source ids, joined
    by commas), and where all children are at one school `family.school` (its source id) and
    `family.school_name`. A number that belongs to no family has no `family.` fact at all, so that
    it is told public information only.
    """
    facts: dict[str, Value] = {}
    if contact.language:
        facts["contact.language"] = contact.language
    if contact.name:
        facts["contact.name"] = vault.open(contact.name, contacts.NAME)
    return facts | _family(session, vault, contact)


def _family(session: Session, vault: Vault, contact: Contact) -> dict[str, Value]:
    children = families.children_of(session, contact.id or 0)
    if not children:
        return {}
    schools = {child.school: child.school_name for child in children}
    facts: dict[str, Value] = {
        "family.children": [
            {
                "name": vault.open(child.name, STUDENT_NAME),
                "grade": child.grade,
                "school": child.school,
                "school_name": child.school_name,
            }
            for child in children
        ],
        "family.schools": ",".join(schools),
    }
    if len(schools) == 1:
        facts["family.school"], facts["family.school_name"] = next(iter(schools.items()))
    return facts


def wrong_number(
    session: Session,
    contact: Contact,
    now: datetime,
    *,
    source: str = "text",
    recorded_by: str | None = None,
) -> int:
    """The holder of this number is not the person the roster means: end all its links at once.

    What the roster said of it (name, language) is forgotten too, and what we would have written of
    ourselves is taken back; consent and choices stay. Returns how many links ended.
    """
    contact_id, language = contact.id or 0, contact.language or "unknown"
    ended = families.unlink_number(session, contact_id, now)
    contacts.forget_roster(session, [contact_id])
    contacts.set_best_times(session, contact_id, None)
    name_words.forget(session, [contact_id])
    for what in {one.what for one in subscriptions.of_contact(session, contact_id)}:
        subscriptions.end(session, contact_id, what)
    outbox.cancel_broadcasts(session, contact_id)
    consents.record(
        session,
        contact_id,
        "wrong_number",
        language=language,
        wording="",
        source=source,
        recorded_by=recorded_by,
        at=now,
    )
    return ended

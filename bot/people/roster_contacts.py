"""The numbers of a roster: one contact for each, linked to every family whose guardian has it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from bot.people.roster import Roster
from bot.people.roster_users import Person
from bot.store import contacts, families, name_words
from bot.store.contacts import Contact
from bot.store.vault import Vault


class _Report(Protocol):
    new_contacts: int
    changed_contacts: int
    new_links: int
    ended_links: int


def store_contacts(
    session: Session, vault: Vault, roster: Roster, now: datetime, report: _Report
) -> dict[str, int]:
    """Contact ids by number, every number of the roster being there afterwards."""
    holders: dict[str, list[Person]] = {}
    for person in roster.guardians.values():
        if person.number:
            holders.setdefault(person.number, []).append(person)
    hashes = {number: vault.fingerprint(number) for number in holders}
    known = contacts.by_number_hashes(session, hashes.values())
    new = [number for number, hash_ in hashes.items() if hash_ not in known]
    contacts.add_new(session, [contacts.new_row(vault, number, now) for number in new])
    report.new_contacts = len(new)
    known |= contacts.by_number_hashes(session, [hashes[number] for number in new])
    wrong = families.wrong_numbers(session) | contacts.erased(session)
    found, names = {}, {}
    for number, people in holders.items():
        contact = known[hashes[number]]
        changed = contact.id not in wrong and _tell(vault, contact, people)
        report.changed_contacts += changed and number not in new
        found[number] = contact.id or 0
        names[found[number]] = _found_by(vault, contact, [] if contact.id in wrong else people)
    session.flush()
    name_words.replace(session, vault, names)
    return found


def _found_by(vault: Vault, contact: Contact, people: list[Person]) -> list[str]:
    """The own name and those of all holders, so that also a number that two share is found."""
    own = _opened(vault, contact)
    return [*([own] if own else []), *(f"{one.given_name} {one.family_name}" for one in people)]


def _tell(vault: Vault, contact: Contact, people: list[Person]) -> bool:
    """Give a contact the name and language that all holders of its number agree on."""
    name = _agreed(person.given_name for person in people)
    language = _agreed(person.language for person in people)
    changed = False
    if contact.name_source != "chosen" and _opened(vault, contact) != name:
        contact.name = vault.seal(name, contacts.NAME) if name else None
        contact.name_source = "roster" if name else None
        changed = True
    free = contact.language is None or contact.language_source == "roster"
    if language and free and contact.language != language:
        contact.language, contact.language_source = language, "roster"
        changed = True
    return changed


def _opened(vault: Vault, contact: Contact) -> str | None:
    return vault.open(contact.name, contacts.NAME) if contact.name else None


def _agreed(values: Iterable[str | None]) -> str | None:
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 else None


def store_links(
    session: Session,
    roster: Roster,
    family_ids: dict[str, int],
    contact_ids: dict[str, int],
    report: _Report,
) -> None:
    """Link families and contacts as the roster says; an ended link stays ended, and who asked to be
    forgotten is linked to nobody.
    """
    erased = contacts.erased(session)
    wanted = {
        (family_ids[family.key], contact_ids[number])
        for family in roster.families
        for number in (roster.guardians[guardian].number for guardian in family.guardians)
        if number and contact_ids[number] not in erased
    }
    known = families.every_link(session)
    new = sorted(wanted - set(known))
    gone = [
        pair
        for pair, link in known.items()
        if pair not in wanted and link.source == "roster" and link.unlinked_at is None
    ]
    families.add_links(session, new)
    families.remove_links(session, gone)
    still = {contact for _family, contact in (set(known) | wanted) - set(gone)}
    left = {contact for _family, contact in gone} - still
    contacts.forget_roster(session, left)
    name_words.forget(session, left)
    report.new_links, report.ended_links = len(new), len(gone)

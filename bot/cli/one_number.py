"""The telephone number that a command is about, as typed by a person, and its contact."""

import click

from bot.records import Records
from bot.store import contacts
from bot.store.contacts import Contact
from bot.words.phone import to_e164


def number_of(typed: str) -> str:
    """The number in E.164. Raises click.ClickException with how to write one."""
    e164 = to_e164(typed)
    if e164 is None:
        raise click.ClickException("This is no telephone number; write it with area code, 512-555-0140.")
    return e164


def contact_of(here: Records, typed: str) -> Contact:
    """The contact of a typed number. Raises click.ClickException where nothing is held for it."""
    fingerprint = here.vault.fingerprint(number_of(typed))
    with here.db.read() as session:
        contact = contacts.by_number_hash(session, fingerprint)
    if contact is None:
        raise click.ClickException("Nothing is held for this number.")
    return contact

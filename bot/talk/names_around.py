"""The names that may stand in a thread and must stay as they are: of family, schools, teachers."""

from collections.abc import Iterable
from typing import Final

from sqlmodel import Session

from bot.people.contacts import known_about
from bot.store import accounts, schools
from bot.store.accounts import NAME
from bot.store.contacts import Contact
from bot.store.vault import Vault

_SHORTEST: Final = 3
"""A shorter part of a name (de, Li) is left to the whole"""


def names_around(session: Session, vault: Vault, contact: Contact, program: str) -> frozenset[str]:
    """Whole names, and of people's also each part: families write one, teachers the other."""
    facts = known_about(session, vault, contact)
    children = facts.get("family.children")
    told = [facts.get("contact.name"), *(_of(child, "name") for child in _listed(children))]
    every = schools.every_school(session)
    at = [one.id for one in every if one.id is not None and one.name in _schools(children)]
    told += [one.name for one in schools.staff_at(session, "", at or None)]
    told += [vault.open(one.name, NAME) for one in accounts.every(session) if one.state == "active"]
    people = {one for one in told if isinstance(one, str) and one.strip()}
    places = {one.name for one in every} | {program}
    return frozenset(places | people | set(_parts(people)))


def _parts(names: Iterable[str]) -> Iterable[str]:
    return (part for name in names for part in name.split() if len(part) >= _SHORTEST and part.isalpha())


def _schools(children: object) -> set[object]:
    return {_of(child, "school_name") for child in _listed(children)}


def _listed(children: object) -> list[object]:
    return list(children) if isinstance(children, list | tuple) else []


def _of(child: object, name: str) -> object:
    return child.get(name) if isinstance(child, dict) else None

"""Accounts as the staff pages show them: who is there, with which roles where, for one administrator."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from flask import current_app
from flask_babel import lazy_gettext as _

from bot.people.access import ROLES, Grant, Who
from bot.people.desk import who_of
from bot.store import accounts, schools
from bot.store.accounts import EMAIL, Account
from bot.store.schools import School
from bot.web.bot_of import bot_of
from bot.web.console.visits import desk, who

ROLE_WORDS: Final = {
    "administrator": _("Administrator"),
    "liaison": _("Liaison"),
    "teacher": _("Teacher"),
    "auditor": _("Auditor"),
}
STATE_WORDS: Final = {
    "invited": _("invited"),
    "active": _("active"),
    "deactivated": _("deactivated"),
}
_ADMINISTERS: Final = ("administrator",)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One account, opened for whoever may see it."""

    account: Account
    who: Who
    email: str
    roles: tuple[tuple[str, str | None], ...]
    """(role, name of the school; None: the whole district)"""
    is_mine: bool
    """Whether the one who looks may change it"""
    is_self: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role can be granted."""

    id: int | None
    name: str | None
    """None: the whole district"""


def places() -> list[Place]:
    """Where the one who looks may grant roles."""
    mine = who().schools(_ADMINISTERS)
    found = [Place(one.id, one.name) for one in _schools() if mine is None or one.id in mine]
    return ([Place(None, None)] if mine is None else []) + found


def colleagues(role: str = "", school_id: int | None = None) -> list[Colleague]:
    """Everybody with a role at the schools of the one who looks, by name; narrowed to a role and a school."""
    here, bot, mine = who(), bot_of(current_app), who().schools(_ADMINISTERS)
    names = {one.id or 0: one.name for one in _schools()}
    with bot.db.read() as session:
        every = accounts.every(session)
        grants = accounts.grants_of(session, [one.id or 0 for one in every])
    found = [_opened(here, one, grants[one.id or 0], names) for one in every]
    seen = [one for one in found if mine is None or _is_at(one.who.grants, mine)]
    wanted = [one for one in seen if _fits(one.who.grants, role, school_id)]
    return sorted(wanted, key=lambda one: (one.account.state == "deactivated", one.who.name.casefold()))


def colleague(account_id: int) -> Colleague | None:
    """One of them; None where there is none such for the one who looks."""
    return next((one for one in colleagues() if one.account.id == account_id), None)


def written(grants: Iterable[Grant]) -> list[str]:
    """Roles as a form carries them: liaison@3, administrator@ for the district."""
    return [f"{one.role}@{'' if one.school_id is None else one.school_id}" for one in grants]


def read(written: Iterable[str]) -> list[Grant] | None:
    """The roles that a form carries; None where one of them is none."""
    found = []
    for one in written:
        role, at, school = one.partition("@")
        if role not in ROLES or not at or (school and not school.isdecimal()):
            return None
        found.append(Grant(role, int(school) if school else None))
    return list(dict.fromkeys(found))


def _opened(
    here: Who, account: Account, grants: list[accounts.RoleGrant], names: Mapping[int, str]
) -> Colleague:
    theirs = who_of(desk().vault, account, grants)
    roles = tuple(
        (one.role, None if one.school_id is None else names.get(one.school_id, "?")) for one in theirs.grants
    )
    email = desk().vault.open(account.email, EMAIL)
    is_self = account.id == here.account_id
    return Colleague(account, theirs, email, roles, here.may_grant(theirs.grants), is_self)


def _is_at(grants: Iterable[Grant], school_ids: frozenset[int]) -> bool:
    return any(one.school_id in school_ids for one in grants)


def _fits(grants: Iterable[Grant], role: str, school_id: int | None) -> bool:
    every = list(grants)
    at = [one for one in every if school_id is None or one.school_id in (None, school_id)]
    return (not role and school_id is None) or any(not role or one.role == role for one in at)


def _schools() -> list[School]:
    with bot_of(current_app).db.read() as session:
        return schools.every_school(session)

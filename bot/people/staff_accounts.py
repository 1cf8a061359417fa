"""Accounts of staff: invited, given roles, set back, closed; changes are written down and end sign-ins."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.people import passwords, second_factor, sign_in
from bot.people.access import Grant, Who
from bot.people.api_tokens import end_all
from bot.people.desk import Desk, email_hash, new_token, token_hash
from bot.store import accounts, audit, schools, sign_ins
from bot.store.accounts import EMAIL, NAME, TEXT, Account
from bot.store.audit import Deed
from bot.store.sign_ins import OneTimeLink

INVITATION: Final = "invitation"
RESET: Final = "reset"
_LASTS: Final = {INVITATION: timedelta(days=7), RESET: timedelta(hours=1)}


class AlreadyThere(Exception):
    """Somebody has this address already."""


class NotAllowed(Exception):
    """Whoever asks may not give, take or close this."""


class LastOne(Exception):
    """Nobody would be left who administers the district."""


class LinkOver(Exception):
    """A link that was used, or whose time is over."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is to be invited; `by` in the functions here is None for the command line."""

    name: str
    email: str
    grants: tuple[Grant, ...]
    language: str = "en"
    text: str | None = None
    """E.164"""
    staff_id: int | None = None


def invite(desk: Desk, by: Who | None, invited: Invited) -> tuple[int, str]:
    """Make an account and a link to it. Returns (account id, token). Raises AlreadyThere, NotAllowed."""
    _refuse(by, invited.grants)
    now, hash_, seal = desk.clock(), email_hash(desk.vault, invited.email), desk.vault.seal
    with desk.db.write() as session:
        if accounts.by_email(session, hash_) is not None:
            raise AlreadyThere
        account = accounts.add(
            session,
            Account(
                staff_id=invited.staff_id,
                name=seal(invited.name, NAME),
                email=seal(invited.email.strip(), EMAIL),
                email_hash=hash_,
                text=seal(invited.text, TEXT) if invited.text else None,
                text_hash=desk.vault.fingerprint(invited.text) if invited.text else None,
                language=invited.language,
                state="invited",
                created_at=now,
            ),
        )
        account_id = account.id or 0
        accounts.replace_grants(session, account_id, _pairs(invited.grants))
        _note(session, desk, by, "invited", account_id, now, roles=_told(_pairs(invited.grants)))
        return account_id, _link(session, account_id, INVITATION, now)


def invite_again(desk: Desk, by: Who | None, account_id: int) -> str:
    """A new link for somebody who has not taken theirs; the earlier one is void. Raises NotAllowed."""
    with desk.db.write() as session:
        account = _reachable(session, by, account_id)
        if account.state != "invited":
            raise NotAllowed
        _note(session, desk, by, "invited_again", account_id, desk.clock())
        return _link(session, account_id, INVITATION, desk.clock())


def reset(desk: Desk, email: str) -> tuple[Account, str] | None:
    """A link to set a new password, for whoever forgot it; None where nobody active has this address."""
    now = desk.clock()
    with desk.db.write() as session:
        account = accounts.by_email(session, email_hash(desk.vault, email))
        if account is None or account.id is None or account.state != "active":
            return None
        return account, _link(session, account.id, RESET, now)


def reset_by(desk: Desk, by: Who | None, account_id: int, *, second_factor_too: bool) -> str:
    """A link that an administrator hands over; who lost the telephone also sets up a new one.

    Raises NotAllowed.
    """
    now = desk.clock()
    with desk.db.write() as session:
        account = _reachable(session, by, account_id)
        if account.state != "active":
            raise NotAllowed
        if second_factor_too:
            account.totp = None
            accounts.set_codes(session, account_id, [])
            session.add(account)
        sign_ins.end_all(session, account_id)
        _note(session, desk, by, "reset", account_id, now, second_factor=second_factor_too)
        return _link(session, account_id, RESET, now)


def owner_of_link(desk: Desk, token: str) -> tuple[Account, str]:
    """Whose link this is, and its kind. Raises LinkOver."""
    with desk.db.read() as session:
        link = sign_ins.link_by_token(session, token_hash(token), desk.clock())
        account = accounts.by_id(session, link.account_id) if link else None
    if link is None or account is None or account.state == "deactivated":
        raise LinkOver
    return account, link.kind


def take_link(desk: Desk, token: str, password: str, *, browser: str) -> str:
    """Set the password of a link's owner. Returns the token of a sign-in that wants the second factor.

    Every other sign-in ends. Raises LinkOver, passwords.TooEasy.
    """
    account, kind = owner_of_link(desk, token)
    refuse_easy(desk, account, password)
    kept, now = passwords.hashed(password), desk.clock()
    with desk.db.write() as session:
        if not sign_ins.use_link(session, token_hash(token), now):
            raise LinkOver
        current = accounts.locked(session, account.id or 0)
        if current is None or current.state == "deactivated":
            raise LinkOver
        current.password, current.state = kept, "active"
        session.add(current)
        sign_ins.void_links(session, account.id or 0)
        sign_ins.end_all(session, account.id or 0)
        deed = "joined" if kind == INVITATION else "password_set"
        audit.append(session, desk.vault, now, Deed(deed, account.id, f"account:{account.id}"))
        return sign_in.start(session, current, browser, now)


def refuse_easy(desk: Desk, account: Account, password: str) -> None:
    """Raises passwords.TooEasy; the own name and address are no password."""
    passwords.refuse_easy(
        password, desk.vault.open(account.name, NAME), desk.vault.open(account.email, EMAIL)
    )


def set_roles(desk: Desk, by: Who | None, account_id: int, grants: Collection[Grant]) -> None:
    """Let these be all roles of somebody; they sign in anew, tokens end. Raises NotAllowed, LastOne."""
    with desk.db.write() as session:
        _reachable(session, by, account_id)
        held = {Grant(grant.role, grant.school_id) for grant in _held(session, account_id)}
        _refuse(by, held.symmetric_difference(grants))
        new, gone = accounts.replace_grants(session, account_id, _pairs(grants))
        if not new and not gone:
            return
        _refuse_last(session, by, gone)
        end_all(session, account_id, desk.clock())
        _note(session, desk, by, "roles_changed", account_id, desk.clock(), came=_told(new), went=_told(gone))


def set_person(desk: Desk, by: Who | None, account_id: int, staff_id: int | None) -> None:
    """Say who of the roster this is, at the schools of `by`; they sign in anew. Raises NotAllowed."""
    with desk.db.write() as session:
        account = _reachable(session, by, account_id)
        here = by.schools(["administrator"]) if by else None
        known = {None, *(one.id for one in schools.staff_at(session, "", here))}
        if staff_id not in known or (by and account.staff_id not in known):
            raise NotAllowed
        if account.staff_id != staff_id:
            account.staff_id = staff_id
            session.add(account)
            end_all(session, account_id, desk.clock())
            _note(session, desk, by, "person_set", account_id, desk.clock(), staff=staff_id)


def deactivate(desk: Desk, by: Who | None, account_id: int) -> None:
    """Close an account: every sign-in, link and token ends. Raises NotAllowed, LastOne."""
    with desk.db.write() as session:
        account = _reachable(session, by, account_id)
        if account.state == "deactivated":
            return
        account.state = "deactivated"
        session.add(account)
        session.flush()
        _refuse_last(session, by, [(grant.role, grant.school_id) for grant in _held(session, account_id)])
        end_all(session, account_id, desk.clock())
        sign_ins.void_links(session, account_id)
        _note(session, desk, by, "deactivated", account_id, desk.clock())


def reactivate(desk: Desk, by: Who | None, account_id: int) -> None:
    """Open an account again, as it was: who has no password yet needs a new invitation. Raises NotAllowed."""
    with desk.db.write() as session:
        account = _reachable(session, by, account_id)
        if account.state != "deactivated":
            return
        account.state = "active" if account.password or account.subject else "invited"
        session.add(account)
        _note(session, desk, by, "reactivated", account_id, desk.clock())


def change_password(desk: Desk, visit: sign_in.Visit, password: str) -> None:
    """Set the own password anew; every other sign-in ends. Raises passwords.TooEasy."""
    refuse_easy(desk, visit.account, password)
    kept = passwords.hashed(password)
    with desk.db.write() as session:
        account = accounts.locked(session, visit.who.account_id)
        if account is None:
            return
        account.password = kept
        session.add(account)
        sign_ins.void_links(session, visit.who.account_id)
        sign_ins.end_all(session, visit.who.account_id, but=visit.sign_in.id)
        _note(session, desk, visit.who, "password_set", visit.who.account_id, desk.clock())


def change_language(desk: Desk, who: Who, language: str) -> None:
    """Read the pages in another language from now on."""
    with desk.db.write() as session:
        account = accounts.locked(session, who.account_id)
        if account is not None:
            account.language = language
            session.add(account)


def change_codes(desk: Desk, who: Who) -> list[str]:
    """Fresh recovery codes, to be shown once."""
    with desk.db.write() as session:
        _note(session, desk, who, "recovery_codes_made", who.account_id, desk.clock())
        return second_factor.new_codes(session, desk.vault, who.account_id)


def _reachable(session: Session, by: Who | None, account_id: int) -> Account:
    """The account, where `by` administers everything that it may do. Raises NotAllowed."""
    account = accounts.locked(session, account_id)
    if account is None:
        raise NotAllowed
    _refuse(by, [Grant(grant.role, grant.school_id) for grant in _held(session, account_id)])
    return account


def _held(session: Session, account_id: int) -> list[accounts.RoleGrant]:
    return accounts.grants_of(session, [account_id])[account_id]


def _refuse(by: Who | None, grants: Collection[Grant]) -> None:
    if by is not None and not (by.may(["administrator"]) and by.may_grant(grants)):
        raise NotAllowed


def _refuse_last(session: Session, by: Who | None, gone: Collection[tuple[str, int | None]]) -> None:
    """The command line may do it: it can invite the next one."""
    is_lost = ("administrator", None) in gone
    if by is not None and is_lost and not accounts.active_with(session, "administrator", None):
        raise LastOne


def _link(session: Session, account_id: int, kind: str, now: datetime) -> str:
    token, hash_ = new_token()
    until = now + _LASTS[kind]
    link = OneTimeLink(token_hash=hash_, account_id=account_id, kind=kind, made_at=now, expires_at=until)
    sign_ins.add_link(session, link)
    return token


def _pairs(grants: Collection[Grant]) -> list[tuple[str, int | None]]:
    return [(grant.role, grant.school_id) for grant in grants]


def _told(pairs: Collection[tuple[str, int | None]]) -> list[str]:
    return [role if school is None else f"{role}@{school}" for role, school in pairs]


def _note(
    session: Session,
    desk: Desk,
    by: Who | None,
    action: str,
    account_id: int,
    now: datetime,
    **more: object,
) -> None:
    deed = Deed(action, by.account_id if by else None, f"account:{account_id}", detail=more)
    audit.append(session, desk.vault, now, deed)

"""Signing in by the word of the district's own sign-on: who is bound to which account."""

from dataclasses import dataclass

from bot.people import sign_in
from bot.people.desk import Desk, email_hash
from bot.store import accounts, sign_ins


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to the district's sign-on."""

    subject: str
    """Issuer and sub: the same person for good (OpenID Connect Core 1.0, 5.7)"""
    email: str | None
    """The address, only where the issuer says that it is verified"""


def by_district(desk: Desk, identity: Identity, *, browser: str) -> str:
    """Sign in whom the district confirms, whole: the second factor is the district's business.

    The first time the verified address finds the invited account, which is then bound to the identity;
    from then on only the identity counts. Raises Refused.
    """
    now, subject = desk.clock(), _subject(desk, identity)
    with desk.db.write() as session:
        account = accounts.by_subject(session, subject)
        if account is None and identity.email:
            found = accounts.by_email(session, email_hash(desk.vault, identity.email))
            account = found if found is not None and found.subject is None else None
        if account is None or account.id is None or account.state == "deactivated":
            raise sign_in.Refused
        if account.subject is None or account.state == "invited":
            account.subject, account.state = subject, "active"
            session.add(account)
            sign_ins.void_links(session, account.id)
            sign_in.note(session, desk, "district_bound", account.id, now)
        return sign_in.whole(session, desk, account, browser, now)


def prove_by_district(desk: Desk, visit: sign_in.Visit | None, identity: Identity) -> None:
    """Step up by the district's word, for the account that is signed in and no other. Raises Refused."""
    if visit is None or not visit.is_whole or visit.account.subject != _subject(desk, identity):
        raise sign_in.Refused
    with desk.db.write() as session:
        sign_ins.proved(session, visit.sign_in.id or 0, desk.clock())


def _subject(desk: Desk, identity: Identity) -> str:
    return desk.vault.fingerprint(f"subject:{identity.subject}")

"""Signing in: password, second factor, and the sign-ins that stand; nothing tells who has an account.

A sign-in goes by stages: `second` or `enrolling` after the password, `whole` at the end; its token is
new at each stage. It ends when it is not used for a while, at the latest after a working day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.people import passwords, second_factor
from bot.people.access import Who
from bot.people.desk import Desk, email_hash, new_token, token_hash, who_of
from bot.store import accounts, audit, sign_ins
from bot.store.accounts import EMAIL, TOTP, Account
from bot.store.audit import Deed
from bot.store.sign_ins import ENROLLING, SECOND, WHOLE, SignIn

UNUSED: Final = timedelta(hours=2)
LONGEST: Final = timedelta(hours=12)
HALF_WAY: Final = timedelta(minutes=15)
FRESH: Final = timedelta(minutes=10)
"""How long a proof of who one is counts for what asks for a fresh one"""
WINDOW: Final = timedelta(minutes=15)
OF_ONE: Final = 10
"""Failed tries for one account in a window; there is no lock that only a person could open"""
OF_ADDRESS: Final = 40
"""The same from one address, behind which a whole school may sit"""
_NOTE_EVERY: Final = timedelta(minutes=1)


class Refused(Exception):
    """Not signed in: a wrong word, nobody of that name, or an account that is closed. All look the same."""


class TooMany(Exception):
    """Too many failed tries; it goes on after a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who has at least told the right password."""

    who: Who
    sign_in: SignIn
    account: Account

    @property
    def is_whole(self) -> bool:
        """Whether both factors were told."""
        return self.sign_in.stage == WHOLE

    def is_fresh(self, now: datetime) -> bool:
        """Whether they proved who they are a short while ago."""
        return self.is_whole and now - self.sign_in.proved_at <= FRESH


def begin(desk: Desk, email: str, password: str, *, address: str, browser: str) -> tuple[str, str]:
    """The password, the first of two. Returns (token, stage). Raises Refused or TooMany.

    Takes as long and answers the same whether or not there is such an account.
    """
    now = desk.clock()
    counted = _counted(desk, f"email:{email_hash(desk.vault, email)}", f"address:{address}")
    with desk.db.read() as session:
        _refuse_many(session, counted, now)
        account = accounts.by_email(session, email_hash(desk.vault, email))
    kept = account.password if account is not None and account.state == "active" else None
    if not passwords.fits(kept, password) or account is None or account.id is None:
        with desk.db.write() as session:
            _count(session, counted, now)
        raise Refused
    with desk.db.write() as session:
        current = accounts.locked(session, account.id)
        if current is None or current.password != kept or current.state != "active":
            raise Refused
        if passwords.is_outdated(kept or ""):
            current.password = passwords.hashed(password)
        stage = ENROLLING if current.totp is None else SECOND
        return _start(session, current, stage, browser, now), stage


def second(desk: Desk, visit: Visit, code: str) -> str:
    """The second factor: returns the token of a whole sign-in. Raises Refused or TooMany."""
    with_code(desk, visit, code)
    return make_whole(desk, visit)


def with_code(desk: Desk, visit: Visit, code: str) -> None:
    """Use up a code of the authenticator or a recovery code. Raises Refused or TooMany."""
    now, counted = desk.clock(), _counted(desk, f"second:{visit.who.account_id}")
    with desk.db.write() as session:
        _refuse_many(session, counted, now)
        account = accounts.locked(session, visit.who.account_id)
        used = second_factor.use(session, desk.vault, account, code, now) if account else None
        if used is None:
            _count(session, counted, now)
        elif used == "recovery":
            note(session, desk, "recovery_code_used", visit.who.account_id, now)
    if used is None:
        raise Refused


def make_whole(desk: Desk, visit: Visit) -> str:
    """End this stage and begin a whole sign-in with a token of its own."""
    now = desk.clock()
    with desk.db.write() as session:
        account = accounts.locked(session, visit.who.account_id)
        ended = sign_ins.end(session, visit.sign_in.id or 0, visit.who.account_id)
        if account is None or account.state != "active" or not ended:
            raise Refused
        return whole(session, desk, account, visit.sign_in.browser, now)


def whole(session: Session, desk: Desk, account: Account, browser: str, now: datetime) -> str:
    """Begin a whole sign-in, in the caller's transaction."""
    note(session, desk, "signed_in", account.id or 0, now)
    return _start(session, account, WHOLE, browser, now)


def start(session: Session, account: Account, browser: str, now: datetime) -> str:
    """Begin a sign-in of somebody who has just set a password: the second factor is due."""
    return _start(session, account, ENROLLING if account.totp is None else SECOND, browser, now)


def visit_of(desk: Desk, token: str, *, is_used: bool = True) -> Visit | None:
    """Whose token this is; None where it opens nothing (any more). `is_used`: that keeps it alive."""
    now = desk.clock()
    with desk.db.read() as session:
        sign_in = sign_ins.by_token(session, token_hash(token), now)
        account = accounts.by_id(session, sign_in.account_id) if sign_in else None
        if sign_in is None or account is None or account.state != "active":
            return None
        grants = accounts.grants_of(session, [sign_in.account_id])[sign_in.account_id]
    if is_used and sign_in.stage == WHOLE and now - sign_in.seen_at > _NOTE_EVERY:
        until = min(now + UNUSED, sign_in.began_at + LONGEST)
        with desk.db.write() as session:
            sign_ins.seen(session, sign_in.id or 0, now, until)
    return Visit(who_of(desk.vault, account, grants), sign_in, account)


def end(desk: Desk, visit: Visit) -> None:
    """Sign out here."""
    with desk.db.write() as session:
        if sign_ins.end(session, visit.sign_in.id or 0, visit.who.account_id) and visit.is_whole:
            note(session, desk, "signed_out", visit.who.account_id, desk.clock())


def end_other(desk: Desk, visit: Visit, sign_in_id: int) -> bool:
    """Sign out somewhere else. False where that was no sign-in of theirs."""
    with desk.db.write() as session:
        return sign_ins.end(session, sign_in_id, visit.who.account_id)


def prove(desk: Desk, visit: Visit, password: str, code: str) -> None:
    """Step up: who is signed in proves it again. Raises Refused or TooMany."""
    now, counted = desk.clock(), _counted(desk, f"prove:{visit.who.account_id}")
    with desk.db.read() as session:
        _refuse_many(session, counted, now)
    if not passwords.fits(visit.account.password, password):
        with desk.db.write() as session:
            _count(session, counted, now)
        raise Refused
    if visit.account.totp is not None:
        with_code(desk, visit, code)
    with desk.db.write() as session:
        sign_ins.proved(session, visit.sign_in.id or 0, now)


def count_asking(desk: Desk, email: str, address: str) -> None:
    """Somebody asks for a new password; nobody's mailbox is flooded. Raises TooMany."""
    now = desk.clock()
    hash_ = email_hash(desk.vault, email)
    counted = _counted(desk, f"asking:{hash_}", f"address:asking:{address}")
    with desk.db.write() as session:
        _refuse_many(session, counted, now)
        _count(session, counted, now)


def offered_secret(desk: Desk, visit: Visit) -> str:
    """The secret that this sign-in may set up as second factor."""
    return second_factor.new_secret(desk.vault, visit.sign_in.token_hash, visit.account)


def enrol(desk: Desk, visit: Visit, code: str) -> list[str]:
    """Set up the offered secret, proved by a code of it. Returns fresh recovery codes.

    Every other sign-in of the account ends. Raises Refused where the code does not fit, or TooMany.
    """
    now, secret = desk.clock(), offered_secret(desk, visit)
    counted = _counted(desk, f"second:{visit.who.account_id}")
    with desk.db.write() as session:
        _refuse_many(session, counted, now)
        account = accounts.locked(session, visit.who.account_id)
        step = second_factor.step_of(secret, code, now)
        if account is not None and step is not None:
            account.totp, account.totp_step = desk.vault.seal(secret, TOTP), step
            session.add(account)
            sign_ins.end_all(session, visit.who.account_id, but=visit.sign_in.id)
            note(session, desk, "second_factor_set", visit.who.account_id, now)
            return second_factor.new_codes(session, desk.vault, visit.who.account_id)
        _count(session, counted, now)
    raise Refused


def email_of(desk: Desk, account: Account) -> str:
    """The address of an account, for its owner's eyes and for the mail server."""
    return desk.vault.open(account.email, EMAIL)


def _start(session: Session, account: Account, stage: str, browser: str, now: datetime) -> str:
    token, hash_ = new_token()
    sign_ins.end_expired(session, now)
    row = SignIn(
        token_hash=hash_,
        account_id=account.id or 0,
        stage=stage,
        browser=browser[:64],
        began_at=now,
        seen_at=now,
        proved_at=now,
        expires_at=now + (UNUSED if stage == WHOLE else HALF_WAY),
    )
    sign_ins.begin(session, row)
    return token


def note(session: Session, desk: Desk, action: str, account_id: int, now: datetime) -> None:
    """Write down what somebody did with the own account, in the caller's transaction."""
    audit.append(session, desk.vault, now, Deed(action, account_id, f"account:{account_id}"))


def _counted(desk: Desk, *names: str) -> list[tuple[str, int]]:
    """What tries are counted by, with how many may fail."""
    limits = [OF_ADDRESS if name.startswith("address:") else OF_ONE for name in names]
    return [(desk.vault.fingerprint(f"try:{name}"), limit) for name, limit in zip(names, limits, strict=True)]


def _refuse_many(session: Session, counted: list[tuple[str, int]], now: datetime) -> None:
    if any(sign_ins.attempts(session, who, now - WINDOW) >= limit for who, limit in counted):
        raise TooMany


def _count(session: Session, counted: list[tuple[str, int]], now: datetime) -> None:
    for who, _ in counted:
        sign_ins.add_attempt(session, who, now, now - WINDOW)

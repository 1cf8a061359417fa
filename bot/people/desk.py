"""What accounts and sign-ins need of an installation, and the small things that both use."""

import hashlib
import secrets
from dataclasses import dataclass

from bot.people.access import Grant, Who
from bot.ports import Clock
from bot.store.accounts import NAME, Account, RoleGrant
from bot.store.database import Database
from bot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Desk:
    """Where accounts are kept and changed."""

    db: Database
    vault: Vault
    clock: Clock


def new_token() -> tuple[str, str]:
    """A token for a cookie or a link (256 random bits), and the hash to keep of it."""
    token = secrets.token_urlsafe(32)
    return token, token_hash(token)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def email_hash(vault: Vault, email: str) -> str:
    """What finds an account by its address; large and small letters are the same."""
    return vault.fingerprint(f"email:{email.strip().casefold()}")


def who_of(vault: Vault, account: Account, grants: list[RoleGrant]) -> Who:
    """The person behind an account."""
    return Who(
        account.id or 0,
        vault.open(account.name, NAME),
        account.language,
        tuple(Grant(grant.role, grant.school_id) for grant in grants),
        account.staff_id,
    )

"""The second factor: codes of an authenticator (RFC 6238) and recovery codes for a lost telephone."""

import secrets
from base64 import b32encode
from datetime import datetime
from typing import Final

import pyotp
from sqlmodel import Session

from bot.store import accounts
from bot.store.accounts import TOTP, Account
from bot.store.vault import Vault

CODES: Final = 10
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without letters and digits that look alike"""
_HALF: Final = 5
_SECONDS: Final = 30


def new_secret(vault: Vault, token_hash: str, account: Account) -> str:
    """A secret to offer in one sign-in until it is proved; the same at each look, and kept nowhere."""
    old = (account.totp or b"").hex()
    return b32encode(bytes.fromhex(vault.fingerprint(f"totp:{token_hash}:{old}"))[:20]).decode()


def address(secret: str, email: str, program: str) -> str:
    """The otpauth address that an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=program)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code belongs to, one step early or late allowed; None where it fits none."""
    digits = "".join(str(int(letter)) for letter in code if letter.isdecimal())
    here = int(now.timestamp()) // _SECONDS
    otp = pyotp.TOTP(secret)
    fitting = [step for step in (here - 1, here, here + 1) if otp.verify(digits, for_time=step * _SECONDS)]
    return fitting[0] if fitting else None


def use(session: Session, vault: Vault, account: Account, code: str, now: datetime) -> str | None:
    """Use a code up: of the authenticator, or a recovery code. Returns totp, recovery, or None: neither."""
    account_id = account.id or 0
    if account.totp is not None:
        step = step_of(vault.open(account.totp, TOTP), code, now)
        if step is not None:
            return "totp" if accounts.use_totp_step(session, account_id, step) else None
    return "recovery" if accounts.use_code(session, account_id, _hash(vault, account_id, code)) else None


def new_codes(session: Session, vault: Vault, account_id: int) -> list[str]:
    """Fresh recovery codes, to be shown once; all earlier ones are void."""
    codes = [f"{_letters()}-{_letters()}" for _ in range(CODES)]
    accounts.set_codes(session, account_id, [_hash(vault, account_id, code) for code in codes])
    return codes


def _letters() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_HALF))


def _hash(vault: Vault, account_id: int, code: str) -> str:
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return vault.fingerprint(f"recovery:{account_id}:{plain}")

"""Seals what must not be readable in the database file, a backup or a log.

AES-256-GCM with a random 96-bit nonce for every value (NIST SP 800-38D). The first byte is the
format, the next four name the key, so that several keys can be open during a rotation. The context
(table.column) is authenticated: a value moved to another column does not open.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = b"\x01"
_KEY_ID = 4
_NONCE = 12


class SealBroken(Exception):
    """A sealed value does not open: wrong key, wrong column or damaged bytes."""


def new_key() -> str:
    """A fresh key as text for the environment: 32 random bytes, URL-safe base64."""
    return urlsafe_b64encode(os.urandom(32)).decode()


def key_bytes(text: str) -> bytes:
    """The 32 bytes of a key as `new_key` writes it. Raises ValueError when it is not one."""
    raw = urlsafe_b64decode(text.encode())
    if len(raw) != 32:
        raise ValueError("a key is 32 bytes in URL-safe base64")
    return raw


class Vault:
    """Seals with the first of its keys and opens with any; fingerprints with a key of its own."""

    def __init__(self, keys: Sequence[str], fingerprint_key: str) -> None:
        """`keys`: newest first. Raises ValueError for a malformed key or none at all."""
        if not keys:
            raise ValueError("the vault needs at least one key")
        raw = [key_bytes(key) for key in keys]
        self._open_with = {hashlib.sha256(key).digest()[:_KEY_ID]: AESGCM(key) for key in raw}
        self._seal_id = hashlib.sha256(raw[0]).digest()[:_KEY_ID]
        self._seal_with = self._open_with[self._seal_id]
        self._fingerprint_key = key_bytes(fingerprint_key)

    def seal(self, text: str, context: str) -> bytes:
        """Encrypt `text` for one column, e.g. context="outbox.body"."""
        return self.seal_bytes(text.encode("utf-8", "surrogatepass"), context)

    def seal_bytes(self, plain: bytes, context: str) -> bytes:
        """As `seal`, for what is no text: a picture."""
        nonce = os.urandom(_NONCE)
        sealed = self._seal_with.encrypt(nonce, plain, context.encode())
        return _FORMAT + self._seal_id + nonce + sealed

    def open(self, sealed: bytes, context: str) -> str:
        """Decrypt. Raises SealBroken when key, context or bytes do not fit."""
        return self.open_bytes(sealed, context).decode("utf-8", "surrogatepass")

    def open_bytes(self, sealed: bytes, context: str) -> bytes:
        """As `open`, for what is no text."""
        head = 1 + _KEY_ID
        cipher = self._open_with.get(sealed[1:head])
        if sealed[:1] != _FORMAT or cipher is None:
            raise SealBroken(f"{context}: sealed with a key that is not here")
        nonce, body = sealed[head : head + _NONCE], sealed[head + _NONCE :]
        try:
            return cipher.decrypt(nonce, body, context.encode())
        except InvalidTag as error:
            raise SealBroken(f"{context}: damaged, or sealed for another column") from error

    def fingerprint(self, value: str) -> str:
        """A keyed hash to find a value by, e.g. a phone number in E.164: 64 hex digits."""
        return hmac.new(self._fingerprint_key, value.encode(), hashlib.sha256).hexdigest()


def opened(vault: Vault, sealed: bytes | None, context: str) -> str | None:
    """What is sealed; None where nothing is, or where it opens no more."""
    try:
        return vault.open(sealed, context) if sealed else None
    except SealBroken:
        return None


def resealed(vault: Vault, held: bytes | None, text: str | None, context: str) -> bytes | None:
    """`text` sealed for a column that holds `held`: the same bytes where it says so already.

    Every seal differs from the last, so that a changed column would otherwise be seen where none is.
    """
    if not text:
        return None
    try:
        return held if held is not None and vault.open(held, context) == text else vault.seal(text, context)
    except SealBroken:
        return vault.seal(text, context)

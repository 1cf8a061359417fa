"""The address under which a carrier fetches one picture, for a day and only while it goes out. Pure.

Whoever holds the address may fetch it, as the carrier must (MediaUrl of
https://www.twilio.com/docs/messaging/api/message-resource): so it is nowhere but in the call itself, and
cannot be guessed.
"""

import re
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Final

from bot.store.vault import Vault

PATH: Final = "pictures"
LASTS: Final = timedelta(hours=24)
_TOKEN: Final = re.compile(r"([0-9]{1,18})-([0-9]{1,12})-([0-9a-f]{64})")


def link_to(vault: Vault, base: str, picture_id: int, now: datetime) -> str:
    """The address. `base`: where we are reached from outside, without a slash at its end."""
    until = int((now + LASTS).timestamp())
    return f"{base}/{PATH}/{picture_id}-{until}-{_proof(vault, picture_id, until)}.jpg"


def picture_of(vault: Vault, token: str, now: datetime) -> int | None:
    """The picture that the last part of an address stands for; None where it is not ours or too old."""
    told = _TOKEN.fullmatch(token)
    if told is None:
        return None
    picture_id, until = int(told[1]), int(told[2])
    is_ours = compare_digest(told[3], _proof(vault, picture_id, until))
    return picture_id if is_ours and now < datetime.fromtimestamp(until, UTC) else None


def _proof(vault: Vault, picture_id: int, until: int) -> str:
    return vault.fingerprint(f"picture:{picture_id}:{until}")

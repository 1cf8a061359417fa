"""What a family wrote just before it asked for a person goes along: whoever answers reads it, not a 6."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.store import inbound
from bot.store.inbound import BODY
from bot.store.vault import Vault, opened
from bot.words.plain import has_letters

LATELY: Final = timedelta(minutes=30)
MOST: Final = 3
_LOOKED_AT: Final = 8
_NOT_FOR_PEOPLE: Final = (
    "private", "stop", "start", "help", "order", "from_staff", "rating", "thanks", "ok", "hello", "reaction",
    "while_stopped", "automatic", "loop", "menu", "language", "my_data", "erase", "erase_data",
)  # fmt: skip
"""Heard so, a text is no part of a question to a person"""


def bring_along(
    session: Session, vault: Vault, contact_id: int, inbound_id: int, thread_id: int, now: datetime
) -> None:
    """Put the last texts with words into the thread that the text `inbound_id` opens."""
    found = inbound.loose(session, contact_id, inbound_id, now - LATELY, _NOT_FOR_PEOPLE, _LOOKED_AT)
    said = [one.id for one in found if has_letters(opened(vault, one.body, BODY) or "")]
    inbound.join(session, said[:MOST], thread_id)

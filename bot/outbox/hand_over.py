"""From a claimed row to the carrier's answer: write the text, make the one call. No transaction here."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

import structlog

from bot.outbox.decide import Accepted, Answer, Doubtful, Unsent
from bot.outbox.parts import Parts
from bot.ports import Channel, NotAccepted, Outgoing, Uncertain
from bot.store.claims import Claimed
from bot.store.contacts import NUMBER
from bot.store.outbox import BODY

TOO_LATE: Final = timedelta(seconds=20)
"""A call that starts later than this after it was announced is not made: the machine slept, and 90 s
after the announcement somebody else may send the row (the call itself takes up to 35 s)."""

_log = structlog.get_logger(__name__)


class CannotWrite(Exception):
    """The row cannot be made into a text: forgotten body, broken seal, bytes no carrier can take."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A row as it goes out."""

    row: Claimed
    message: Outgoing
    attempts: int
    """This try included"""

    @property
    def segments(self) -> int:
        """What it takes of the rate; WhatsApp counts messages."""
        return max(1, self.row.segments) if self.row.channel == "sms" else 1


def write(parts: Parts, row: Claimed) -> Letter:
    """Open the row's seals and make the text. Raises CannotWrite or whatever breaks."""
    if row.body is None:
        raise CannotWrite("the body is gone")
    body = parts.vault.open(row.body, BODY)
    body.encode()
    if not body.strip():
        raise CannotWrite("the body is empty")
    to = parts.vault.open(row.number, NUMBER)
    message = Outgoing(row.id, to, body, cast(Channel, row.channel), _valid_for(row, parts.clock()))
    return Letter(row, message, row.attempts + 1)


def _valid_for(row: Claimed, now: datetime) -> int | None:
    """Seconds until quiet hours or its end: a text that is late in the carrier's queue dies there."""
    if row.quiet_at is None:
        return None
    ends = row.quiet_at if row.expires_at is None else min(row.quiet_at, row.expires_at)
    return max(1, int((ends - now).total_seconds()))


def hand_over(parts: Parts, letter: Letter, announced_at: datetime, not_before: float = 0.0) -> Answer:
    """Make the call, once, at its moment on the monotonic clock. Never raises: whatever is not
    certain is Doubtful.
    """
    time.sleep(max(0.0, not_before - time.monotonic()))
    if parts.clock() - announced_at > TOO_LATE:
        return Unsent()
    try:
        return Accepted(parts.carrier.send(letter.message))
    except NotAccepted as refusal:
        return refusal
    except Uncertain as doubt:
        _log.warning("send_uncertain", outbox_id=letter.row.id, cause=type(doubt.__cause__).__name__)
        return Doubtful()
    except Exception as error:  # noqa: BLE001 - after the call began, any fault leaves its end open
        _log.error("send_broke", outbox_id=letter.row.id, error=type(error).__name__)
        return Doubtful()

"""From a claimed row to the carrier's answer: write the text, make the one call. Nothing is written here."""

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, cast

import structlog

from bot.outbox.decide import Accepted, Answer, Doubtful, Unsent
from bot.outbox.parts import Parts
from bot.outbox.picture_links import link_to
from bot.outbox.prices import takes_picture
from bot.outbox.whatsapp import Contents, on_whatsapp
from bot.ports import Channel, NotAccepted, Outgoing, Place, Uncertain
from bot.store import gates
from bot.store.claims import Claimed
from bot.store.contacts import NUMBER
from bot.store.outbox import BODY, TAPPABLE, UNCOUNTED
from bot.words import tappable
from bot.words.segments import count

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
    turned: bool = False
    """Meant for WhatsApp, goes by SMS: the row must say so before the call"""

    @property
    def segments(self) -> int:
        """Of an SMS; WhatsApp has none."""
        return max(1, self.row.segments) if self.row.channel == "sms" else 0

    @property
    def is_template(self) -> bool:
        """Whether WhatsApp takes a fee of its own for it."""
        return self.message.content is not None and self.row.tappable is None

    @property
    def weight(self) -> int:
        """What it takes of the rate: a message of WhatsApp counts as one segment."""
        return max(1, self.segments)


def write(parts: Parts, row: Claimed, usable: Contents) -> Letter:
    """Open the row's seals and make the text. Raises CannotWrite or whatever breaks.

    `usable`: what stands at the carrier for WhatsApp.
    """
    if row.body is None:
        raise CannotWrite("the body is gone")
    body = parts.vault.open(row.body, BODY)
    body.encode()
    if not body.strip():
        raise CannotWrite("the body is empty")
    to = parts.vault.open(row.number, NUMBER)
    now = parts.clock()
    channel = cast(Channel, row.channel)
    message = Outgoing(row.id, to, body, channel, _valid_for(row, now))
    if row.picture_id is not None and takes_picture(to, channel):
        url = link_to(parts.vault, parts.reached_at, row.picture_id, now)
        message = replace(message, picture_url=url)
    if row.channel == "whatsapp":
        question = question_of(parts, row.tappable)
        heard_at = row.whatsapp_at
        found = on_whatsapp(message, question, usable, heard_at=heard_at, language=row.language, now=now)
        if found is not None:
            return Letter(row, found, row.attempts + 1)
    elif row.encoding != UNCOUNTED:
        return Letter(row, message, row.attempts + 1)
    size = count(body)
    by_sms = replace(row, channel="sms", segments=size.segments, encoding=size.encoding)
    as_mms = message.picture_url if takes_picture(to, "sms") else None
    plain = replace(message, channel="sms", picture_url=as_mms)
    return Letter(by_sms, plain, row.attempts + 1, turned=True)


def question_of(parts: Parts, sealed: bytes | None) -> tappable.Tappable | None:
    """What can be tapped, as a row keeps it. Raises SealBroken, ValueError."""
    return tappable.from_json(parts.vault.open(sealed, TAPPABLE)) if sealed else None


def _valid_for(row: Claimed, now: datetime) -> int | None:
    """Seconds until quiet hours or its end: a text that is late in the carrier's queue dies there."""
    if row.quiet_at is None:
        return None
    ends = row.quiet_at if row.expires_at is None else min(row.quiet_at, row.expires_at)
    return max(1, int((ends - now).total_seconds()))


def hand_over(parts: Parts, letter: Letter, announced_at: datetime, place: Place | None = None) -> Answer:
    """Make the call, once, at its place among all texts. Never raises: whatever is not certain is
    Doubtful. Whoever texts STOP while the text waits for its moment does not get it, nor does anybody
    once its broadcast was paused or cancelled.
    """
    if place is not None and _waited(parts, place, announced_at) and _is_unwanted(parts, letter.row):
        return Unsent()
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


def _waited(parts: Parts, place: Place, announced_at: datetime) -> bool:
    """Sleep until its moment, which moves while replies go ahead of it. False where that is now."""
    has_waited = False
    while parts.throttle is not None and (left := parts.throttle.left(place)) > 0:
        has_waited = True
        time.sleep(left)
        if parts.clock() - announced_at > TOO_LATE:
            break
    return has_waited


def _is_unwanted(parts: Parts, row: Claimed) -> bool:
    with parts.db.read() as session:
        return gates.is_unwanted(session, row.id)

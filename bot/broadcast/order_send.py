"""The code of an order comes back: it is sent as it was told, or told anew; and how the last one goes."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.broadcast import order_codes, sending
from bot.broadcast.clocks import local_of
from bot.broadcast.order_offer import Writer, agreeing, give_up, offer, starts
from bot.broadcast.preview import preview, what_changed
from bot.broadcast.progress import Progress, mine, progress
from bot.broadcast.refused import Changed, NotWaiting, NotYours, Refused
from bot.broadcast.sending import Order
from bot.broadcast.when import moment_of
from bot.store import audit, text_orders
from bot.store.audit import Deed
from bot.store.broadcasts import Broadcast
from bot.store.text_orders import TextOrder

BY_TEXT: Final = "broadcast_by_text"
_A_DAY: Final = timedelta(days=1)
LATELY: Final = timedelta(days=7)
_SHOWN: Final = 20
"""Of one person's broadcasts so many are looked through for the last that was sent"""
_UNDER_WAY: Final = ("accepted", "sent")
_NOT_YET: Final = ("pending", "claimed", "submitting")
_LOST: Final = ("undelivered", "failed", "unknown")
_STATES: Final = ("waiting_approval", "refused", "scheduled", "paused", "stopped", "cancelled", "expired")


@dataclass(frozen=True, slots=True)
class Told:
    """What the writer is told, and whether texts begin."""

    said: str = field(repr=False)
    has_sent: bool = False


def send_by_code(writer: Writer, row: TextOrder, code: str) -> Told | None:
    """What a code does. None where no code waits and this is none of the last order."""
    words, draft_id = writer.words, row.broadcast_id or 0
    fits = order_codes.fits(writer.parts.vault, row.code_hash, writer.who.account_id, draft_id, code)
    if row.state == "sent":
        return Told(words.say("sent_before")) if fits else None
    if row.state != "offered":
        is_late = row.state == "over" and writer.now - row.expires_at < _A_DAY
        return Told(words.say("late_code")) if is_late and order_codes.is_whole(code) else None
    if writer.now >= row.expires_at:
        give_up(writer, row)
        return Told(words.say("late_code"))
    if fits:
        return _send(writer, row, draft_id)
    row.tries += 1
    if row.tries >= order_codes.TRIES:
        give_up(writer, row)
        return Told(words.say("three_codes"))
    text_orders.save(writer.session, row)
    return Told(words.say("wrong_code"))


def _send(writer: Writer, row: TextOrder, draft_id: int) -> Told:
    """Send what was told, or tell it anew where it is something else by now."""
    words, session = writer.words, writer.session
    label = writer.kept(row).get("label", "")
    try:
        shown = preview(session, writer.parts, writer.who, draft_id, writer.now)
        changed = what_changed(row.token or "", shown.token)
        at = starts(shown, writer.now)
        if at is not None and at != row.starts_at:
            changed.append("when")
        if changed:
            instead = _instead([one.choice for one in shown.lines])
            first = words.say("changed", what=", ".join(words.say(one) for one in changed))
            return Told(offer(writer, row, draft_id, label, instead=instead, first=first))
        zone = ZoneInfo(shown.place.zone)
        order = Order(at=at.astimezone(zone).replace(tzinfo=None)) if at else sending.NOW
        sent = sending.send(session, writer.parts, writer.who, draft_id, row.token or "", order)
    except Changed as error:
        return Told(words.say("changed", what=", ".join(words.say(one) for one in error.what)))
    except Refused:
        give_up(writer, row)
        return Told(words.say("not_possible"))
    _write_down(writer, draft_id)
    row.state, row.asked = "sent", None
    text_orders.save(session, row)
    if sent.state == "waiting_approval":
        return Told(agreeing(writer, list(shown.place.ids), "waits"), has_sent=True)
    families = words.who(shown.counted.families, shown.counted.contacts)
    when = words.when(at, writer.now, shown.place.zone) if at else words.say("now")
    waiting = sum(line.recipients for line in shown.lines if line.waits)
    wait = f" {words.say('some_wait', number=str(waiting))}" if waiting else ""
    return Told(words.say("sent", families=families, when=when) + wait, has_sent=True)


def take_back(writer: Writer, row: TextOrder) -> str | None:
    """Take back what the last code sent, where it has not begun. None: nothing was sent."""
    if row.state != "sent" or writer.now - row.expires_at > _A_DAY:
        return None
    try:
        sending.withdraw(writer.session, writer.parts, writer.who, row.broadcast_id or 0)
    except NotWaiting:
        return writer.words.say("has_begun")
    row.state = "over"
    text_orders.save(writer.session, row)
    return writer.words.say("taken_back")


def _instead(choices: list[str | None]) -> str:
    return "english" if "english" in choices else "wait"


def _write_down(writer: Writer, broadcast_id: int) -> None:
    """Beside the sending itself: that it was by text."""
    deed = Deed(BY_TEXT, writer.who.account_id, f"broadcast:{broadcast_id}")
    audit.append(writer.session, writer.parts.vault, writer.now, deed)


def status(writer: Writer, *, always: bool) -> str:
    """How the last broadcast of the last days goes; empty where there is none and nothing need be said."""
    rows = mine(writer.session, writer.who, _SHOWN)
    sent = [row for row in rows if row.sent_at is not None and writer.now - row.sent_at <= LATELY]
    if not sent:
        return writer.words.say("no_broadcast") if always else ""
    row = max(sent, key=lambda one: (one.sent_at or writer.now, one.id or 0))
    try:
        return _status(writer, row, progress(writer.session, writer.parts, writer.who, row.id or 0))
    except NotYours:
        return writer.words.say("no_broadcast")


def _status(writer: Writer, row: Broadcast, found: Progress) -> str:
    words, counts = writer.words, []
    zone = row.zone or "UTC"
    if row.state in _STATES:
        local = local_of(row)
        starts = moment_of(local, zone) if local is not None else row.starts_at
        at = words.when(starts, writer.now, zone) if starts else ""
        counts.append(words.say(f"state_{row.state}", when=at))
    some = found.by_state
    groups = {
        "arrived": ("delivered", "read"),
        "under_way": _UNDER_WAY,
        "not_yet": _NOT_YET,
        "not_arrived": _LOST,
        "wait_translation": ("waiting",),
        "not_sent": ("skipped",),
    }
    numbers = {name: sum(some.get(state, 0) for state in states) for name, states in groups.items()}
    if not found.is_filled and row.state == "running":
        numbers["not_yet"] += max(0, found.recipients - sum(some.values()))
    counts += [words.say(name, number=str(number)) for name, number in numbers.items() if number]
    if found.replies:
        counts.append(words.say("answered", number=str(found.replies)))
    counted = row.counts or {}
    families = words.who(counted.get("families", 0), counted.get("contacts", 0))
    when = words.when(row.sent_at or writer.now, writer.now, zone)
    return words.say("status", when=when, families=families, counts=", ".join(counts) or words.say("now"))

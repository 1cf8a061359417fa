"""From a preview to a broadcast that goes out: once, at its time, and where the district asks for it only
after a second person agreed.

Ring `chores` after the commit: the texts are put by `fan_out`, and without a ring within some seconds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.broadcast.audience import reach_of
from bot.broadcast.clocks import at_local, ends_at, kept_of
from bot.broadcast.drafts import may_see
from bot.broadcast.parts import Broadcasting
from bot.broadcast.place import Place
from bot.broadcast.preview import Preview, of_row, what_changed
from bot.broadcast.refused import (
    BadCanary,
    Changed,
    NoDay,
    NotDraft,
    NoTime,
    NotWaiting,
    NotYours,
)
from bot.broadcast.when import check_moment, first_moment, moment_of, next_time, read_rule
from bot.people.access import Who
from bot.store import audience as selected
from bot.store import audit, broadcast_translations, broadcasts, polls
from bot.store import broadcast_moves as moves
from bot.store.audience_ways import Within
from bot.store.audit import Deed
from bot.store.broadcast_translations import PLANNED
from bot.store.broadcasts import Broadcast

LIVES: Final = timedelta(hours=24)
_LONGEST: Final = timedelta(days=7)
_MANY: Final = 20
"""An audience of more than one in so many contacts is read by looking at each contact"""


@dataclass(frozen=True, slots=True)
class Order:
    """When and how it goes out; by default now, and to all at once."""

    at: datetime | None = None
    """Local time of its school, without a zone; of schools in several zones each its own"""
    is_moment: bool = False
    """Whether `at` is the same moment everywhere, told in the zone of its place"""
    rule: str | None = None
    """RRULE (RFC 5545), from `at` on: each occurrence is a broadcast of its own"""
    canary: int | None = None
    """To the first so many; then it is paused until somebody lets it go on"""
    lives: timedelta = LIVES
    """After this nothing of it goes out"""


NOW: Final = Order()


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it."""

    broadcast_id: int
    state: str
    """running, scheduled, series or waiting_approval"""
    starts_at: datetime | None
    is_new: bool
    """False where the same preview was sent before: nothing was done again"""


def send(
    session: Session, parts: Broadcasting, who: Who, draft_id: int, token: str, order: Order = NOW
) -> Sent:
    """Let a draft go out as its preview showed it, once however often it is asked for.

    Raises NotYours, NotDraft, Changed (with what changed), EmptyAudience, NoText, MissingText, InPast,
    InQuietHours, NoTime. Ring `chores` after the commit.
    """
    row = moves.locked(session, draft_id)
    if row is None or row.account_id != who.account_id:
        raise NotYours("there is no such draft of yours")
    if row.state != "draft":
        if row.token == token:
            return Sent(row.id or 0, row.state, row.starts_at, is_new=False)
        raise NotDraft("it was sent already or taken back")
    now = parts.clock()
    shown = of_row(session, parts, who, row, now)
    if changed := what_changed(token, shown.token):
        raise Changed(changed)
    if shown.problems:
        raise shown.problems[0]
    _freeze(session, row, shown, reach_of(session, who), order)
    starts = _starts(session, row, shown.place, order, now)
    if polls.begins(session, draft_id, starts) and order.rule is not None:
        raise NoTime("a question is asked once")
    row.token, row.sent_at, row.starts_at = token, now, starts
    row.lives = int(order.lives.total_seconds() // 60)
    row.expires_at = None if order.rule else ends_at(row, starts)
    row.canary = order.canary
    row.state = "waiting_approval" if shown.needs_approval else state_at(row, now)
    session.add(row)
    session.flush()
    if row.state in PLANNED:
        # Translators have until then; for one that goes at once its filling says who waits
        waits = [line.language for line in shown.lines if line.waits]
        broadcast_translations.wait(session, draft_id, waits, now)
    write_down(session, parts, who, row, "broadcast_sent", contacts=shown.counted.contacts)
    return Sent(row.id or 0, row.state, row.starts_at, is_new=True)


def withdraw(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> None:
    """Take back what has not begun. Raises NotYours, NotWaiting where it has."""
    row = seen(session, who, broadcast_id)
    if not moves.move(session, broadcast_id, PLANNED, "cancelled", reason="withdrawn"):
        raise NotWaiting("it has begun, or is over")
    write_down(session, parts, who, row, "broadcast_withdrawn")


def pause(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> bool:
    """Let nothing more of it be handed over. False where it was not running. Raises NotYours."""
    row = seen(session, who, broadcast_id)
    done = broadcasts.pause(session, broadcast_id)
    if done:
        write_down(session, parts, who, row, "broadcast_paused")
    return done


def resume(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> bool:
    """Go on, also after a canary. False where it was not held. Ring `chores` and `broadcasts` after."""
    row = seen(session, who, broadcast_id)
    done = broadcasts.resume(session, broadcast_id)
    if done:
        if row.reason == moves.CANARY:
            moves.let_go_on(session, broadcast_id)
        write_down(session, parts, who, row, "broadcast_resumed")
    return done


def cancel(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> bool:
    """End it for good, whatever of it waits. False where it was over already. Raises NotYours."""
    row = seen(session, who, broadcast_id)
    if moves.move(session, broadcast_id, PLANNED, "cancelled", reason="by_hand"):
        ended = 0
    elif row.state in ("running", *broadcasts.HELD):
        ended = broadcasts.cancel(session, broadcast_id)
    else:
        return False
    write_down(session, parts, who, row, "broadcast_cancelled", texts=ended)
    return True


def within_of(row: Broadcast) -> Within:
    """Whom the sender might write to at the moment of sending, as the row keeps it."""
    kept = (row.options or {}).get("within", {})
    schools, liaison_at = kept.get("schools", []), kept.get("liaison_at", [])
    return Within(
        None if schools is None else frozenset(schools),
        None if liaison_at is None else frozenset(liaison_at),
        frozenset(kept.get("speaks", [])),
        kept.get("staff_id"),
    )


def _freeze(session: Session, row: Broadcast, shown: Preview, within: Within, order: Order) -> None:
    """Keep with the row what its filling needs, as it was when it was sent."""
    if order.canary is not None and order.canary < 1:
        raise BadCanary("a canary is of one or more")
    if not timedelta(minutes=10) <= order.lives <= _LONGEST:
        raise NoTime("between ten minutes and a week")
    place, counted = shown.place, shown.counted
    kept = {
        "schools": None if within.schools is None else sorted(within.schools),
        "liaison_at": None if within.liaison_at is None else sorted(within.liaison_at),
        "speaks": sorted(within.speaks),
        "staff_id": within.staff_id,
    }
    many = counted.contacts * _MANY > selected.contacts_in_all(session)
    more = {"within": kept, "schools": place.ids, "hours": place.hours, "many": many, **kept_of(place)}
    row.options = {**(row.options or {}), **more}
    row.zone, row.school_id = place.zone, place.only.id if place.only else None
    row.counts = {
        "by_language": dict(counted.by_language),
        "left_out": dict(counted.left_out),
        "families": counted.families,
        "contacts": counted.contacts,
        "new": sum(counted.new.values()),
        "segments": shown.segments,
    }


def _starts(session: Session, row: Broadcast, place: Place, order: Order, now: datetime) -> datetime:
    at_any_hour = row.emergency_by is not None
    if order.rule is not None:
        if order.at is None:
            raise NoTime("a rule needs its first time")
        read_rule(order.rule, order.at)
        first = next_time(session, order.rule, order.at, None, place.schools)
        if first is None:
            raise NoDay("this rule has no day that is not a holiday")
        row.rule = order.rule.strip().upper().removeprefix("RRULE:")
        row.options = {**(row.options or {}), "begins": order.at.isoformat()}
        order = Order(at=first)
    if order.at is None or order.is_moment:
        moment = now if order.at is None else moment_of(order.at, place.zone)
        check_moment(moment, now, place, at_any_hour=at_any_hour)
        return moment
    moment = first_moment(order.at, place.zones)
    check_moment(moment, now, place, at_any_hour=at_any_hour, local=order.at)
    at_local(row, order.at)
    return moment


def state_at(row: Broadcast, now: datetime) -> str:
    """What it is as soon as nobody has to agree any more."""
    if row.rule is not None:
        return "series"
    return "running" if row.starts_at is None or row.starts_at <= now else "scheduled"


def seen(session: Session, who: Who, broadcast_id: int) -> Broadcast:
    """A broadcast within reach. Raises NotYours."""
    row = broadcasts.by_id(session, broadcast_id)
    if row is None or not may_see(session, who, row):
        raise NotYours("there is no such broadcast of yours")
    return row


def write_down(
    session: Session, parts: Broadcasting, who: Who, row: Broadcast, action: str, **counts: int
) -> None:
    """Into the log, in this transaction: ids and counts only."""
    detail = {"topic": row.topic, "state": row.state, **counts}
    deed = Deed(action, who.account_id, f"broadcast:{row.id}", row.school_id, detail)
    audit.append(session, parts.vault, parts.clock(), deed)

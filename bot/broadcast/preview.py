"""What would go out, before it does: each language as a phone shows it, how many, what it costs, how long.

The token says exactly this preview: whoever sends gives it back, and what changed since is refused.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from bot.broadcast import audience as audiences
from bot.broadcast.audience import UNKNOWN, Counted
from bot.broadcast.drafts import Choice, Draft, may_see, opened
from bot.broadcast.letters import Press
from bot.broadcast.parts import Broadcasting
from bot.broadcast.place import Place, place_of
from bot.broadcast.refused import Changed, EmptyAudience, MissingText, NoDate, NoText, NotYours, Refused
from bot.broadcast.which_text import State, Which, state_of, which
from bot.broadcast.wording import Fields, fields_in
from bot.outbox.prices import estimate
from bot.outbox.quiet import school_window
from bot.people.access import Who
from bot.store import accounts, broadcasts
from bot.store.broadcasts import Broadcast
from bot.words.segments import count
from bot.words.tidy import outgoing

_HOME: Final = "+12025550100"
"""For the price: families live at home"""
_HASH: Final = 16
_NAMES: Final = ("audience", "text", "choices")


@dataclass(frozen=True, slots=True)
class Line:
    """The readers of one language."""

    language: str
    """`?`: not known"""
    state: State
    recipients: int
    new: int
    """To whom it is the first text: theirs carries the notice"""
    choice: Choice | None
    """What was chosen where there is no fit text; None where there is one, or nothing is chosen yet"""
    body: str = field(repr=False)
    """As a phone shows it, with the words for unknown names; empty where there is no text"""
    first: str = field(repr=False)
    """The same with the first-contact notice"""
    waits: bool
    """Nothing goes out in this language until a translation is there"""
    segments: int
    encoding: str
    first_segments: int
    micros: int
    """Millionths of a US dollar for all of them, estimated"""


@dataclass(frozen=True, slots=True)
class Preview:
    """One broadcast as it would go out now."""

    broadcast_id: int
    token: str
    lines: Sequence[Line]
    counted: Counted
    place: Place
    segments: int
    """Of all texts together"""
    micros: int
    seconds: float | None
    """How long the sending takes at the rate; None where no rate is set"""
    ends_at: datetime | None
    """When the last goes out if it is sent now; over the night it waits"""
    needs_approval: bool
    problems: Sequence[Refused]
    """Why it could not be sent as it stands, each with its field"""


def preview(
    session: Session, parts: Broadcasting, who: Who, draft_id: int, now: datetime | None = None
) -> Preview:
    """What would go out now. Raises NotYours."""
    row = broadcasts.by_id(session, draft_id)
    if row is None or not may_see(session, who, row):
        raise NotYours("there is no such broadcast of yours")
    return of_row(session, parts, who, row, now or parts.clock())


def of_row(session: Session, parts: Broadcasting, who: Who, row: Broadcast, now: datetime) -> Preview:
    """The same for a row at hand."""
    return of_draft(session, parts, who, row, opened(session, parts, row), now)


def of_draft(
    session: Session, parts: Broadcasting, who: Who, row: Broadcast, draft: Draft, now: datetime
) -> Preview:
    """The same for a row whose words are at hand, kept or not."""
    within = audiences.reach_of(session, who)
    counted = audiences.counted(session, draft.audience, within, audiences.terms_of(row))
    place = place_of(session, draft.audience, within)
    fields = sample(session, parts, draft, place, who)
    lines = [_line(parts, draft, counted, fields, language) for language in counted.by_language]
    segments = sum(
        (one.recipients - one.new) * one.segments + one.new * one.first_segments
        for one in lines
        if not one.waits
    )
    rate = parts.segments_per_second
    seconds = segments / rate if rate else None
    return Preview(
        broadcast_id=row.id or 0,
        token=token_of(draft, counted),
        lines=lines,
        counted=counted,
        place=place,
        segments=segments,
        micros=sum(one.micros for one in lines),
        seconds=seconds,
        ends_at=None
        if seconds is None
        else max(
            _ends(now, seconds, zone, place.hours, at_any_hour=draft.emergency is not None)
            for zone in place.zones
        ),
        needs_approval=parts.approval_above is not None and counted.contacts > parts.approval_above,
        problems=_problems(parts, draft, counted),
    )


def sample(session: Session, parts: Broadcasting, draft: Draft, place: Place, who: Who) -> Fields:
    """The merge fields as far as they are the same for every family."""
    account = accounts.by_id(session, who.account_id)
    sender = parts.vault.open(account.name, accounts.NAME) if account else ""
    return Fields(school=place.name, sender=sender, day=draft.day)


def token_of(draft: Draft, counted: Counted) -> str:
    """Says text, audience and choices, each in a part of its own, so that what changed can be named."""
    words = [[name, one.body, one.origin, one.reviewed] for name, one in sorted(draft.texts.items())]
    chosen = [
        draft.topic,
        draft.purpose,
        sorted(draft.missing.items()),
        draft.language,
        str(draft.day),
        draft.emergency,
    ]
    who = [draft.audience.written(), counted.mark]
    return "-".join([str(draft.id), *(_hashed(part) for part in (who, words, chosen))])


def what_changed(before: str, now: str) -> list[str]:
    """Which parts of a token are otherwise. Raises Changed for what is no token of this draft."""
    old, new = before.split("-"), now.split("-")
    if len(old) != len(new) or old[0] != new[0]:
        raise Changed(["preview"])
    return [name for name, one, other in zip(_NAMES, old[1:], new[1:], strict=True) if one != other]


def _hashed(what: Any) -> str:
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:_HASH]


def _line(parts: Broadcasting, draft: Draft, counted: Counted, fields: Fields, language: str) -> Line:
    reader = draft.language if language == UNKNOWN else language
    words = which(draft, language, withhold_unreviewed=parts.withhold_unreviewed)
    recipients, new = counted.by_language[language], counted.new.get(language, 0)
    by_app = counted.whatsapp.get(language, 0)
    body = first = ""
    press = Press(parts)
    if words is not None and words.body:
        body = press.letter(words, fields, reader, is_new=False).body
        first = press.letter(words, fields, reader, is_new=True).body
    size, first_size = count(outgoing(body)), count(outgoing(first))
    costs = (recipients - new) * _price(size.segments) + new * _price(first_size.segments)
    costs -= by_app * _price(size.segments) - by_app * estimate(_HOME, 0, "whatsapp", is_template=True)
    waits = words is not None and words.waits
    return Line(
        language=language,
        state=_state(draft, words, reader),
        recipients=recipients,
        new=new,
        choice=words.choice if words else None,
        body=body,
        first=first,
        waits=waits,
        segments=size.segments,
        encoding=size.encoding,
        first_segments=first_size.segments,
        micros=max(0, costs) if body else 0,
    )


def _state(draft: Draft, words: Which | None, reader: str) -> State:
    return words.state if words is not None else state_of(draft, reader)


def _price(segments: int) -> int:
    return estimate(_HOME, segments, "sms") if segments else 0


def _problems(parts: Broadcasting, draft: Draft, counted: Counted) -> list[Refused]:
    found: list[Refused] = []
    if not draft.texts.get(draft.language):
        found.append(NoText("there is nothing to say yet"))
    named = {
        part.name for one in draft.texts.values() for part in fields_in(one.body) if part.default is None
    }
    if "date" in named and draft.day is None:
        found.append(NoDate("the text says {date}: which day is it?"))
    if not counted.contacts:
        found.append(EmptyAudience("nobody would get it"))
    missing = [
        language
        for language in counted.by_language
        if which(draft, language, withhold_unreviewed=parts.withhold_unreviewed) is None
    ]
    if missing and draft.texts:
        found.append(MissingText(missing))
    return found


def _ends(now: datetime, seconds: float, zone: str, own: str | None, *, at_any_hour: bool) -> datetime:
    """When so many seconds of sending are over; nothing goes out in quiet hours."""
    if at_any_hour:
        return now + timedelta(seconds=seconds)
    moment, left = now, seconds
    for _ in range(366):
        hours = school_window(moment, zone, own)
        moment = max(moment, hours.opens)
        room = (hours.closes - moment).total_seconds()
        if left <= room:
            return moment + timedelta(seconds=left)
        moment, left = hours.closes, left - room
    return moment

"""The only way into the outbox: text in, rows out, inside the caller's transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final, Literal

from sqlmodel import Session

from bot.outbox.quiet import school_window
from bot.ports import Channel
from bot.store import consents, contacts, schools
from bot.store.broadcasts import Broadcast
from bot.store.gates import OF_OUR_OWN_ACCORD
from bot.store.outbox import BODY, TAPPABLE, UNCOUNTED, add, add_all
from bot.store.vault import Vault
from bot.words import tappable
from bot.words.segments import BODY_LIMIT, count, split
from bot.words.tidy import outgoing

LIVES: Final = timedelta(hours=24)
"""How long after its time a text may still go out when the caller names no end: an answer that comes a
day late confuses, and a row without an end would wait for ever."""
LESS: Final = ("needed", "emergency")
"""Wishes of those who do not want the school's news"""
_AT_ONCE: Final = 1000
CAPTION: Final = 1000
"""Characters that may stand below a picture: WhatsApp takes 1,024
(https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages, media object)"""

Purpose = Literal["school", "beyond"]
"""beyond: outside the school's mission (a fundraiser, a partner's event), for those who asked for it
expressly; a number given to a school is consent for what belongs to the school alone (FCC 16-88)"""


class NothingToSay(ValueError):
    """The text is empty once it is tidied; no carrier takes an empty text (Twilio error 21602)."""


class NotWanted(ValueError):
    """A text of our own accord to somebody who chose fewer texts."""


class NoConsent(ValueError):
    """A text beyond the school's mission to somebody who never asked for such texts."""


def put(
    session: Session,
    vault: Vault,
    *,
    contact_id: int,
    body: str,
    channel: Channel,
    lane: str,
    kind: str,
    now: datetime,
    inbound_id: int | None = None,
    thread_id: int | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    zone: str | None = None,
    hours: str | None = None,
    next_morning: bool = False,
    purpose: Purpose = "school",
    question: tappable.Tappable | None = None,
    picture_id: int | None = None,
) -> list[int]:
    """Store one text to one contact, in parts where it is longer than a carrier takes.

    With a `zone` (IANA) it goes out in that zone's hours only, fewer where the school has `hours` of its
    own, and dies when they end that day, unless `next_morning`. A `question` is shown in its place where it
    can be tapped; a picture goes along with the first part. What is outside the school's mission goes by
    SMS: WhatsApp delivers no marketing in the United States. Returns the ids of its rows in order. Raises
    NothingToSay, NoConsent, NotWanted, and ValueError for a text of our own accord without a zone. Ring the
    lane only after the commit.
    """
    if zone is None and kind in OF_OUR_OWN_ACCORD:
        raise ValueError(f"a {kind} needs the zone of its quiet hours")
    _refuse(session, contact_id, kind, purpose)
    if purpose == "beyond":
        channel = "sms"
    parts = _parts(vault, body, channel, picture_id)
    if question is not None and channel == "whatsapp" and len(parts) == 1 and tappable.shape(question):
        parts[0]["tappable"] = vault.seal(tappable.to_json(question), TAPPABLE)
    common = {
        "contact_id": contact_id,
        "lane": lane,
        "kind": kind,
        "channel": channel,
        "inbound_id": inbound_id,
        "thread_id": thread_id,
        "created_at": now,
        **_times(zone, hours, due_at or now, expires_at, next_morning=next_morning),
    }
    return add(session, [{**_FRESH, **common, **part} for part in parts])


@dataclass(frozen=True, slots=True)
class ToMany:
    """What all texts of a broadcast share."""

    broadcast: Broadcast
    zone: str
    """IANA, of the school"""
    due_at: datetime
    expires_at: datetime | None = None
    next_morning: bool = False
    hours: str | None = None
    """When the school lets texts out; None: as the school of the broadcast does"""


@dataclass(frozen=True, slots=True)
class ToOne:
    """The text of a broadcast to one contact."""

    contact_id: int
    body: str = field(repr=False)
    """Empty for one that is left out"""
    channel: Channel
    language: str | None
    """Of the words"""
    left_out: str | None = None
    """Why nothing goes out to this contact"""


def put_once(session: Session, vault: Vault, shared: ToMany, texts: Iterable[ToOne], now: datetime) -> int:
    """As `put_many`, for a broadcast that goes to each contact once: the database refuses a second row.

    Whoever is left out gets a row that says why, without words. Returns how many rows. Raises
    NothingToSay, and IntegrityError where a contact has its row already.
    """
    common = _common(session, shared, now)
    rows: list[dict[str, Any]] = []
    for one in texts:
        own: dict[str, Any] = {"contact_id": one.contact_id, "channel": one.channel, "language": one.language}
        if one.left_out is not None:
            own |= {"state": "skipped", "reason": one.left_out, "body": None, "segments": 0}
            rows.append({**common, **own, "encoding": UNCOUNTED, "part": 1})
            continue
        channel: Channel = "sms" if shared.broadcast.purpose == "beyond" else one.channel
        for part, (words, size) in enumerate(_measured(one.body, channel), 1):
            sealed = vault.seal(words, BODY)
            rows.append({**common, **own, **size, "channel": channel, "body": sealed, "part": part})
    if rows:
        add_all(session, rows)
    return len(rows)


def put_many(
    session: Session,
    vault: Vault,
    shared: ToMany,
    texts: Iterable[tuple[int, str, Channel]],
    now: datetime,
) -> int:
    """Store texts of a broadcast: contact id, words and channel of each. Returns how many rows.

    About 10,000 in a second or two; nobody else writes to SQLite meanwhile, so commit some thousands
    at a time. Whom a broadcast beyond the school's mission may not go to gets a row as well, skipped
    for `no_consent`, and whoever wants fewer texts one for `not_wanted`, so that nobody is left out in
    silence. Raises NothingToSay before any row of its thousand is stored. Call `broadcasts.filled` after
    the last.
    """
    broadcast, common = shared.broadcast, _common(session, shared, now)
    known: dict[tuple[str, Channel], list[tuple[str, dict[str, Any]]]] = {}
    stored = 0
    source = iter(texts)
    while some := list(islice(source, _AT_ONCE)):
        left_out = _left_out(session, broadcast, [contact_id for contact_id, _, _ in some])
        rows: list[dict[str, Any]] = []
        for contact_id, body, wanted in some:
            channel: Channel = "sms" if broadcast.purpose == "beyond" else wanted
            own: dict[str, Any] = {"contact_id": contact_id, "channel": channel}
            if contact_id in left_out:
                own |= {"state": "skipped", "reason": left_out[contact_id]}
            if len(known) > _AT_ONCE:
                known.clear()
            if (body, channel) not in known:
                known[body, channel] = list(_measured(body, channel))
            parts = known[body, channel]
            rows += [{**common, **own, **size, "body": vault.seal(part, BODY)} for part, size in parts]
        add_all(session, rows)
        stored += len(rows)
    return stored


def _common(session: Session, shared: ToMany, now: datetime) -> dict[str, Any]:
    """What all rows of a broadcast have alike."""
    broadcast = shared.broadcast
    zone = None if broadcast.emergency_by else shared.zone
    hours = shared.hours or _own_hours(session, broadcast)
    ends = [end for end in (shared.expires_at, broadcast.expires_at) if end]
    return {
        **_FRESH,
        "lane": "broadcasts",
        "kind": "broadcast",
        "broadcast_id": broadcast.id,
        "created_at": now,
        **_times(zone, hours, shared.due_at, min(ends, default=None), next_morning=shared.next_morning),
    }


def _refuse(session: Session, contact_id: int, kind: str, purpose: Purpose) -> None:
    if purpose == "beyond" and contact_id not in consents.beyond_school(session, [contact_id]):
        raise NoConsent("this person never asked for texts beyond the school's own")
    if kind == "broadcast" and contacts.wishes(session, [contact_id]).get(contact_id) in LESS:
        raise NotWanted("this person chose fewer texts")


def _left_out(session: Session, broadcast: Broadcast, those: Sequence[int]) -> dict[int, str]:
    """To whom of those a broadcast does not go, and why; an emergency goes to all.

    Of whom it is unclear what is wanted the text is put all the same, and waits there.
    """
    if broadcast.emergency_by:
        return {}
    wishes = contacts.wishes(session, those)
    unwanted = ("emergency",) if broadcast.topic != "news" else LESS
    found = {contact_id: "not_wanted" for contact_id, wish in wishes.items() if wish in unwanted}
    if broadcast.purpose != "school":
        asked = consents.beyond_school(session, those)
        found |= {contact_id: "no_consent" for contact_id in those if contact_id not in asked}
    return found


_FRESH: Final = {"state": "pending", "reason": None, "attempts": 0, "stumbles": 0}


def _own_hours(session: Session, broadcast: Broadcast) -> str | None:
    """Of the school whose broadcast it is: nobody who forgets to name them texts a family too early."""
    school = schools.by_id(session, broadcast.school_id) if broadcast.school_id else None
    return school.text_hours if school else None


def _times(
    zone: str | None,
    own_hours: str | None,
    due_at: datetime,
    expires_at: datetime | None,
    *,
    next_morning: bool,
) -> dict[str, Any]:
    """When it may go out; a text whose time ends before its hours begin is over at once, and says so."""
    if zone is None:
        without = {"zone": None, "hours": None, "quiet_at": None}
        return {"due_at": due_at, "expires_at": expires_at or due_at + LIVES, **without}
    hours = school_window(due_at, zone, own_hours)
    due = max(due_at, hours.opens)
    ends = expires_at or due + LIVES
    if not next_morning:
        ends = min(ends, hours.closes)
    kept = {"zone": zone, "hours": own_hours, "quiet_at": hours.closes}
    times: dict[str, Any] = {"due_at": due, "expires_at": ends, **kept}
    return times if due < ends else times | {"state": "skipped", "reason": "quiet"}


def _parts(vault: Vault, body: str, channel: Channel, picture_id: int | None) -> list[dict[str, Any]]:
    room = BODY_LIMIT if picture_id is None else CAPTION
    sealed = [{**size, "body": vault.seal(part, BODY)} for part, size in _measured(body, channel, room)]
    return [{**part, "picture_id": None if place else picture_id} for place, part in enumerate(sealed)]


def _measured(body: str, channel: Channel, room: int = BODY_LIMIT) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parts of a text, each with its segments and encoding. Raises NothingToSay."""
    text = outgoing(body).strip()
    if not text:
        raise NothingToSay("nothing is left of the text")
    for part in split(text, room):
        if channel == "whatsapp":
            yield part, {"segments": 0, "encoding": UNCOUNTED}
            continue
        size = count(part)
        yield part, {"segments": size.segments, "encoding": size.encoding}

"""A broadcast while it is written: a row that its author alone changes, and from which nothing goes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, Literal

from sqlmodel import Session

from bot.broadcast.audience import Audience, Counted, check_reach, counted, reach_of, terms_of
from bot.broadcast.parts import Broadcasting
from bot.broadcast.refused import EmergencyBeyond, NeedsApproval, NotDraft, NotYours
from bot.broadcast.wording import check
from bot.people.access import Who
from bot.store import broadcast_moves as moves
from bot.store import broadcast_texts, broadcasts
from bot.store.broadcast_moves import TITLE
from bot.store.broadcast_texts import BODY, BroadcastText
from bot.store.broadcasts import Broadcast, Topic
from bot.store.consents import wording_id

Choice = Literal["english", "wait", "machine"]
"""For a language without a usable text: the text in the draft's own language, or wait for a translator;
machine: the draft of a machine that was written as a text of origin machine"""
Origin = Literal["staff", "template", "machine", "translator"]
COUNTS_AT_ONCE: Final = 1


@dataclass(frozen=True, slots=True)
class Written:
    """The text of one language."""

    body: str = field(repr=False)
    origin: Origin = "staff"
    reviewed: bool = True
    """Whether a person who speaks the language stands for it"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A broadcast as its author sees it, whatever its state."""

    id: int
    state: str
    language: str
    """Of the text that the others translate"""
    title: str = field(repr=False)
    template: str | None
    topic: str
    purpose: str
    audience: Audience
    texts: Mapping[str, Written]
    stale: frozenset[str]
    """Languages whose text translates an older text"""
    missing: Mapping[str, Choice]
    day: date | None
    emergency: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be otherwise; None: stays as it is."""

    audience: Audience | None = None
    texts: Mapping[str, Written | None] | None = None
    """By locale; None takes the text of a language away"""
    missing: Mapping[str, Choice] | None = None
    """By locale; the whole of it"""
    language: str | None = None
    title: str | None = None
    topic: Topic | None = None
    purpose: Literal["school", "beyond"] | None = None
    day: date | None = None
    """For {date}"""
    emergency: str | None = None
    """Why it goes out in quiet hours and to all; "" for no emergency. Administrators only"""


def create(
    session: Session, parts: Broadcasting, who: Who, change: Change, *, template: str | None = None
) -> int:
    """Begin a draft; returns its id. Raises OutOfReach, UnknownField, TooLong, NoText, NeedsApproval."""
    made = broadcasts.create(session, created_by=f"account:{who.account_id}", now=parts.clock())
    made.state, made.account_id, made.template = "draft", who.account_id, template
    made.audience, made.options = Audience().written(), {}
    _change(session, parts, who, made, change)
    return made.id or 0


def unsaved(
    session: Session, parts: Broadcasting, who: Who, change: Change, *, template: str | None = None
) -> tuple[Broadcast, Draft]:
    """What `create` would make, as a row that is kept nowhere and its words. Raises as `create`."""
    made = Broadcast(created_by=f"account:{who.account_id}", created_at=parts.clock())
    made.state, made.account_id, made.template = "draft", who.account_id, template
    made.audience, made.options = Audience().written(), {}
    _columns(session, parts, who, made, change)
    texts = {language: one for language, one in (change.texts or {}).items() if one is not None}
    for language, one in texts.items():
        check(one.body, language)
    return made, replace(opened(session, parts, made), texts=texts)


def change(session: Session, parts: Broadcasting, who: Who, draft_id: int, change: Change) -> None:
    """Change a draft. Raises as `create`, and NotYours, NotDraft."""
    _change(session, parts, who, own_draft(session, who, draft_id), change)


def throw_away(session: Session, who: Who, draft_id: int) -> None:
    """Take a draft out of sight, until it is put back or the next one is thrown away.

    Raises NotYours, NotDraft.
    """
    own_draft(session, who, draft_id)
    moves.throw_away(session, who.account_id, draft_id)


def put_back(session: Session, who: Who, draft_id: int) -> None:
    """Take that back. Raises NotYours, and NotDraft where it is too late."""
    found = moves.locked(session, draft_id)
    if found is None or found.account_id != who.account_id:
        raise NotYours("there is no such draft of yours")
    gone = found.title is None and not broadcast_texts.of(session, draft_id)
    if gone or not moves.move(session, draft_id, (moves.THROWN,), "draft"):
        raise NotDraft("it is not there any more")


def copy(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> int:
    """A new draft with the words and the audience of a broadcast of one's own; returns its id."""
    found = read(session, parts, who, broadcast_id)
    told = Change(
        found.audience,
        dict(found.texts),
        found.missing,
        found.language,
        found.title,
        "news" if found.topic == "news" else "attendance" if found.topic == "attendance" else "urgent",
        "beyond" if found.purpose == "beyond" else "school",
        found.day,
    )
    return create(session, parts, who, told, template=found.template)


def read(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> Draft:
    """A broadcast of one's own, in any state, or one that an administrator looks at. Raises NotYours."""
    found = broadcasts.by_id(session, broadcast_id)
    if found is None or not may_see(session, who, found):
        raise NotYours("there is no such broadcast of yours")
    return opened(session, parts, found)


def opened(session: Session, parts: Broadcasting, found: Broadcast) -> Draft:
    """A row with its words."""
    texts = broadcast_texts.of(session, found.series_id or found.id or 0)
    words = {language: parts.vault.open(one.body, BODY) for language, one in texts.items()}
    now = wording_id(words.get(found.language, ""))
    options = found.options or {}
    return Draft(
        id=found.id or 0,
        state=found.state,
        language=found.language,
        title=parts.vault.open(found.title, TITLE) if found.title else "",
        template=found.template,
        topic=found.topic,
        purpose=found.purpose,
        audience=Audience(**(found.audience or {})),
        texts={name: Written(words[name], one.origin, one.reviewed) for name, one in texts.items()},  # type: ignore[arg-type]
        stale=frozenset(
            name
            for name, one in texts.items()
            if name != found.language and one.translates not in (None, now)
        ),
        missing=options.get("missing", {}),
        day=date.fromisoformat(options["day"]) if options.get("day") else None,
        emergency=found.emergency_reason,
    )


def audience_count(session: Session, parts: Broadcasting, who: Who, audience: Audience) -> Counted:
    """How many an audience is now, before there is a draft. Raises OutOfReach."""
    del parts
    within = reach_of(session, who)
    check_reach(session, who, audience, within)
    return counted(session, audience, within, terms_of(Broadcast(created_by="", created_at=_NEVER)))


def own_draft(session: Session, who: Who, draft_id: int) -> Broadcast:
    """A draft of one's own, locked. Raises NotYours, NotDraft."""
    found = moves.locked(session, draft_id)
    if found is None or found.account_id != who.account_id:
        raise NotYours("there is no such draft of yours")
    if found.state != "draft":
        raise NotDraft("it was sent already or taken back")
    return found


def may_see(session: Session, who: Who, found: Broadcast) -> bool:
    """Its sender, and whoever administers all the schools that it is for."""
    del session
    if found.account_id == who.account_id:
        return True
    if found.state in ("draft", moves.THROWN):
        return False
    return administers(who, found)


def administers(who: Who, found: Broadcast) -> bool:
    """Whether this person is an administrator of all the schools that a broadcast is for."""
    at = (found.options or {}).get("schools")
    if at is None:
        return who.everywhere(["administrator"])
    return all(who.may(["administrator"], school_id) for school_id in at)


def _change(session: Session, parts: Broadcasting, who: Who, row: Broadcast, change: Change) -> None:
    _columns(session, parts, who, row, change)
    session.add(row)
    session.flush()
    if change.texts is not None:
        _write(session, parts, row, change.texts)


def _columns(session: Session, parts: Broadcasting, who: Who, row: Broadcast, change: Change) -> None:
    if change.audience is not None:
        check_reach(session, who, change.audience, reach_of(session, who))
        row.audience = change.audience.written()
    for name in ("language", "topic", "purpose"):
        if getattr(change, name) is not None:
            setattr(row, name, getattr(change, name))
    if change.title is not None:
        row.title = parts.vault.seal(change.title, TITLE)
    options: dict[str, Any] = dict(row.options or {})
    if change.missing is not None:
        options["missing"] = dict(change.missing)
    if change.day is not None:
        options["day"] = change.day.isoformat()
    row.options = options
    if change.emergency is not None:
        _emergency(who, row, change.emergency.strip())
    if row.emergency_by and row.purpose != "school":
        raise EmergencyBeyond("an emergency is the school's own")


def _emergency(who: Who, row: Broadcast, reason: str) -> None:
    if not reason:
        row.emergency_by = row.emergency_reason = None
        return
    if not who.may(["administrator"]):
        raise NeedsApproval("only an administrator lets a text go out at night")
    row.emergency_by, row.emergency_reason = f"account:{who.account_id}", reason[:256]
    row.topic = "urgent"


def _write(
    session: Session, parts: Broadcasting, row: Broadcast, texts: Mapping[str, Written | None]
) -> None:
    for language, one in texts.items():
        if one is not None:
            check(one.body, language)
    held = broadcast_texts.of(session, row.id or 0)
    source = texts.get(row.language)
    if source is None and row.language in held:
        words = parts.vault.open(held[row.language].body, BODY)
    else:
        words = source.body if source else ""
    for language, one in texts.items():
        if one is None:
            broadcast_texts.drop(session, row.id or 0, language)
            continue
        kept = BroadcastText(
            broadcast_id=row.id or 0,
            language=language,
            body=b"",
            origin=one.origin,
            reviewed=one.reviewed,
            translates=None if language == row.language else wording_id(words),
            written_at=parts.clock(),
        )
        broadcast_texts.write(session, parts.vault, kept, one.body)


_NEVER: Final = datetime.fromisoformat("2000-01-01T00:00:00+00:00")

"""How far a broadcast is: counts by state and language, each family's state, the same as a file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlmodel import Session

from bot.broadcast.clocks import local_of, zones_of
from bot.broadcast.drafts import may_see
from bot.broadcast.parts import Broadcasting
from bot.broadcast.refused import NotYours
from bot.people.access import Who
from bot.store import audit, broadcast_texts, broadcast_translations, broadcasts, threads
from bot.store import broadcast_moves as moves
from bot.store.audit import Deed
from bot.store.broadcasts import Broadcast
from bot.store.contacts import NAME, NUMBER
from bot.words.phone import mask

HEADER: Final = ("contact", "number", "language", "state", "reason", "error_code", "handed_over_at")
_E164: Final = re.compile(r"\+[1-9]\d{6,14}")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet may take for a formula (OWASP, CSV injection)"""
_AT_ONCE: Final = 1000
OVER: Final = frozenset(
    {"accepted", "sent", "delivered", "read", "undelivered", "failed", "skipped", "unknown"}
)


@dataclass(frozen=True, slots=True)
class Progress:
    """One broadcast as it stands."""

    id: int
    state: str
    reason: str | None
    """Why it is held, cancelled, refused or expired"""
    recipients: int
    """Whom its preview promised a text"""
    put: int
    """Contacts, left out or not, that have their row"""
    by_state: Mapping[str, int]
    """Contacts by state: pending, claimed, submitting, accepted, sent, delivered, read, undelivered, failed,
    unknown, skipped; `waiting` for a translation"""
    by_language: Mapping[str, Mapping[str, int]]
    """The same for each language of the words; `?` where there were none"""
    reasons: Mapping[str, int]
    """Why some got nothing"""
    waiting: Mapping[str, int]
    """For a translation, by language"""
    replies: int
    """Threads that answer it"""
    starts_at: datetime | None
    expires_at: datetime | None
    is_filled: bool
    local_at: datetime | None = None
    """When it begins at the clock of each school, where those are in several `zones`"""
    zones: Sequence[str] = ()

    @property
    def handed_over(self) -> int:
        """Contacts whose text the carrier took."""
        taken = ("accepted", "sent", "delivered", "read", "undelivered")
        return sum(self.by_state.get(state, 0) for state in taken)

    @property
    def share(self) -> float:
        """From 0 to 1: how much of it is over, one way or the other."""
        if self.state in {"done", "cancelled", "expired", "refused"}:
            return 1.0
        over = sum(number for state, number in self.by_state.items() if state in OVER)
        every = max(sum(self.by_state.values()), self.recipients if not self.is_filled else 0)
        return over / every if every else 0.0


@dataclass(frozen=True, slots=True)
class Recipient:
    """One contact of a broadcast."""

    contact_id: int
    number: str = field(repr=False)
    """Masked, but for those who may see it"""
    name: str = field(repr=False)
    language: str | None
    state: str
    reason: str | None
    error_code: int | None
    handed_over_at: datetime | None


def progress(session: Session, parts: Broadcasting, who: Who, broadcast_id: int) -> Progress:
    """How far it is. Raises NotYours."""
    del parts
    row = _seen(session, who, broadcast_id)
    by_state: dict[str, int] = {}
    by_language: dict[str, dict[str, int]] = {}
    reasons: dict[str, int] = {}
    for (language, state, reason), number in moves.states_by_language(session, broadcast_id).items():
        by_state[state] = by_state.get(state, 0) + number
        mine = by_language.setdefault(language or "?", {})
        mine[state] = mine.get(state, 0) + number
        if state in {"skipped", "failed", "undelivered"} and reason:
            reasons[reason] = reasons.get(reason, 0) + number
    waiting = broadcast_texts.waiting(session, broadcast_id) or broadcast_translations.planned(session, row)
    if waiting:
        by_state["waiting"] = sum(waiting.values())
        for language, number in waiting.items():
            by_language.setdefault(language, {})["waiting"] = number
    return Progress(
        id=broadcast_id,
        state=row.state,
        reason=row.reason,
        recipients=(row.counts or {}).get("contacts", 0),
        put=row.put_so_far,
        by_state=by_state,
        by_language=by_language,
        reasons=reasons,
        waiting=waiting,
        replies=threads.answering(session, broadcast_id),
        starts_at=row.starts_at,
        expires_at=row.expires_at,
        is_filled=row.filled_at is not None,
        local_at=local_of(row),
        zones=zones_of(row),
    )


def mine(session: Session, who: Who, limit: int = 100) -> Sequence[Broadcast]:
    """What this person wrote, drafts too, latest first."""
    return moves.of_account(session, who.account_id, limit)


def to_approve(session: Session, who: Who) -> Sequence[Broadcast]:
    """What waits for this person's word: somebody else's, within reach."""
    waiting = moves.latest(session, states=("waiting_approval",))
    return [row for row in waiting if row.account_id != who.account_id and may_see(session, who, row)]


def visible(session: Session, who: Who, limit: int = 100) -> Sequence[Broadcast]:
    """What was sent at this person's schools or by this person, latest first."""
    return [row for row in moves.latest(session, limit=limit) if may_see(session, who, row)]


def recipients(
    session: Session,
    parts: Broadcasting,
    who: Who,
    broadcast_id: int,
    *,
    after: int = 0,
    limit: int = 100,
    numbers: bool = False,
) -> Sequence[Recipient]:
    """The next contacts after one, by id. Raises NotYours. Who shows `numbers` writes it down."""
    _seen(session, who, broadcast_id)
    return [
        Recipient(
            contact_id=row.contact_id,
            number=_number(parts, row.number, numbers=numbers),
            name=parts.vault.open(row.name, NAME) if row.name else "",
            language=row.language,
            state=row.state,
            reason=row.reason,
            error_code=row.error_code,
            handed_over_at=row.submitted_at,
        )
        for row in moves.rows_after(session, broadcast_id, after, limit)
    ]


def export(
    session: Session, parts: Broadcasting, who: Who, broadcast_id: int, *, numbers: bool = False
) -> Iterator[Sequence[str]]:
    """Lines of a CSV file, the header first, and writes down that they were taken. Raises NotYours.

    No cell is a formula to a spreadsheet; a number in full stays as it is, +1 and all.
    """
    row = _seen(session, who, broadcast_id)
    detail = {"contacts": row.put_so_far, "numbers": numbers}
    deed = Deed("broadcast_exported", who.account_id, f"broadcast:{broadcast_id}", row.school_id, detail)
    audit.append(session, parts.vault, parts.clock(), deed)
    return lines(session, parts, who, broadcast_id, numbers=numbers)


def lines(
    session: Session, parts: Broadcasting, who: Who, broadcast_id: int, *, numbers: bool
) -> Iterator[Sequence[str]]:
    """The lines alone, read some at a time, for whoever wrote down that they are taken. Raises NotYours."""
    yield HEADER
    after = 0
    while some := recipients(session, parts, who, broadcast_id, after=after, limit=_AT_ONCE, numbers=numbers):
        for one in some:
            at = one.handed_over_at.isoformat() if one.handed_over_at else ""
            cells = (one.contact_id, one.number, one.language, one.state, one.reason, one.error_code, at)
            yield [cell("" if value is None else str(value)) for value in cells]
        after = some[-1].contact_id


def cell(value: str) -> str:
    """A cell that no spreadsheet runs. An E.164 number in full is none that it could: it stays faithful."""
    if value.startswith(_FORMULA) and not _E164.fullmatch(value):
        return f"'{value}"
    return value


def _number(parts: Broadcasting, sealed: bytes, *, numbers: bool) -> str:
    if not sealed:
        return ""
    full = parts.vault.open(sealed, NUMBER)
    return full if numbers else mask(full)


def _seen(session: Session, who: Who, broadcast_id: int) -> Broadcast:
    row = broadcasts.by_id(session, broadcast_id)
    if row is None or not may_see(session, who, row):
        raise NotYours("there is no such broadcast of yours")
    return row

"""Before a restored database may send: what of its texts has gone out since the backup was taken?

The carrier's list is asked for every person that something waits for:

1. a text to the same number with the same body, that no row holds, is the row's own: it is bound
2. an answer to a text after which the carrier's list shows another answer of ours is dropped: the lost
   machine answered it, in words that a later moment would not repeat
3. the rest was not sent
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, cast

from bot.outbox.hand_over import question_of
from bot.outbox.parts import Parts
from bot.outbox.whatsapp import is_told_as
from bot.ports import CarrierRecord, Channel
from bot.store import arming, statuses
from bot.store.arming import Wanted
from bot.store.contacts import NUMBER
from bot.store.outbox import BODY
from bot.store.vault import SealBroken, opened

SKEW: Final = timedelta(minutes=2)
"""How far the lost machine's clock may have been from the carrier's"""
_PEOPLE_AT_ONCE: Final = 64
_CALLS_AT_ONCE: Final = 8


@dataclass(slots=True)
class Found:
    """What became clear."""

    people: int = 0
    bound: int = 0
    """Texts that went out already"""
    dropped: int = 0
    """Answers in place of which another went out already"""


def look_back(parts: Parts, as_of: datetime, tell: Callable[[Found], None] = lambda _found: None) -> Found:
    """Settle every row that was sent after `as_of`; safe to run again. Raises Uncertain where the
    carrier's list cannot be read: then nothing may be armed.
    """
    answered = {record.sid: record.created_at for record in parts.carrier.received_since(as_of - SKEW)}
    found, last = Found(), 0
    with ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="look-back") as pool:
        while people := _next_people(parts, last):
            lists = pool.map(lambda rows: _listed(parts, rows, as_of), people)
            for rows, records in zip(people, lists, strict=True):
                _settle(parts, rows, records, answered, as_of, found)
                last = max(last, rows[0].contact_id)
            tell(found)
    return found


def _next_people(parts: Parts, after: int) -> list[list[Wanted]]:
    with parts.db.read() as session:
        rows = arming.wanted(session, after, _PEOPLE_AT_ONCE)
    return [list(mine) for _, mine in groupby(rows, key=lambda row: (row.contact_id, row.channel))]


def _listed(parts: Parts, rows: Sequence[Wanted], as_of: datetime) -> Sequence[CarrierRecord]:
    number = opened(parts.vault, rows[0].number, NUMBER)
    if number is None:
        # Nobody can write to a number that does not open; the drain sets such rows aside.
        return []
    since = min(as_of, *(row.created_at for row in rows)) - SKEW
    return parts.carrier.sent_to(number, since, cast(Channel, rows[0].channel))


def _settle(
    parts: Parts,
    rows: Sequence[Wanted],
    records: Sequence[CarrierRecord],
    answered: dict[str, datetime],
    as_of: datetime,
    found: Found,
) -> None:
    found.people += 1
    with parts.db.write() as session:
        held = statuses.bound_sids(session, [record.sid for record in records])
        free = sorted(
            (record for record in records if record.sid not in held),
            key=lambda record: (record.created_at, record.sid),
        )
        unmatched = []
        for row in rows:
            ours = _same_text(parts, row, free)
            if ours is None:
                unmatched.append(row)
                continue
            free.remove(ours)
            if arming.bind_sent(session, row.id, ours.sid, ours.created_at):
                statuses.keep(session, ours.sid, row.id, ours.status, ours.error_code, parts.clock())
                statuses.raise_to(session, row.id, ours.sid, ours.status, ours.error_code)
                found.bound += 1
        late = [row.id for row in unmatched if _was_answered(row, free, answered, as_of)]
        found.dropped += arming.drop(session, late) if late else 0


def _same_text(parts: Parts, row: Wanted, free: Iterable[CarrierRecord]) -> CarrierRecord | None:
    """The oldest text in the list that says the same; carriers trim white space."""
    try:
        body = parts.vault.open(row.body, BODY) if row.body else ""
        question = question_of(parts, row.tappable)
    except SealBroken:
        return None
    same = (one for one in free if body.strip() and is_told_as(one.body, body, question, row.channel))
    return next(same, None)


def _was_answered(
    row: Wanted, free: Iterable[CarrierRecord], answered: dict[str, datetime], as_of: datetime
) -> bool:
    """Whether something else of ours went to this person after what this row answers.

    A text that came in after the backup is dated by the carrier: we may have fetched it much later.
    """
    if row.lane != "replies":
        return False
    asked_at = answered.get(row.answers or "") or row.asked_at or min(row.created_at, as_of)
    return any(record.created_at > asked_at - _TICK for record in free)


_TICK: Final = timedelta(seconds=1)
"""The carrier tells whole seconds"""

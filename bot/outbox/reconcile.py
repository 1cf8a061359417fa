"""Rows that were handed over and never answered: find out what became of them.

A receipt that names our row has already mended it. Else the carrier's own list is asked: a text to
the same number, with the same body, made after we announced it, that no other row holds, is ours.
With neither, 90 seconds after the announcement, the row goes back to pending. This trusts the
carrier's list. Where the list cannot be read the row becomes `unknown` and a person decides.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, cast

import structlog

from bot.outbox.hand_over import question_of
from bot.outbox.parts import Parts
from bot.outbox.put import LIVES
from bot.outbox.whatsapp import is_told_as
from bot.ports import CarrierRecord, Channel
from bot.store import answers, statuses
from bot.store.answers import Unanswered
from bot.store.contacts import NUMBER
from bot.store.outbox import BODY

NO_TRACE: Final = timedelta(seconds=90)
"""A text that is in no list by then was not accepted; a call takes 35 s at most."""
GIVE_UP: Final = timedelta(minutes=10)
"""How long an unreadable list is asked again before a person is"""
TRACELESS: Final = 5
"""A row that vanished without trace this often is not sent any more"""
BOX: Final = 20.0
"""Seconds that one round of looking may take"""
_LOOK_AGAIN: Final = timedelta(seconds=15)
_SKEW: Final = timedelta(seconds=5)
"""How far our clock may be ahead of the carrier's. A text of ours from just before is not mistaken
for this one: its SID is bound."""

_log = structlog.get_logger(__name__)


def reconcile(parts: Parts, *, limit: int = 50, seconds: float = BOX) -> int:
    """Look after rows whose answer is overdue; returns how many came to an end of their doubt.

    Begins no new look after `seconds`: a carrier that hangs takes half a minute for each.
    """
    with parts.db.read() as session:
        rows = answers.unanswered(session, now=parts.clock(), limit=limit)
    ends, settled = time.monotonic() + seconds, 0
    for row in rows:
        settled += _settle(parts, row)
        if time.monotonic() > ends:
            break
    return settled


def send_again(
    parts: Parts, row_id: int, *, blind: bool = False
) -> Literal["found", "pending", "list_unreadable", "not_unknown"]:
    """A person wants an unknown row sent again; it then has a new day to live.

    If the carrier's list shows it after all, it is bound instead ("found"). If the list still cannot
    be read, nothing happens unless the person accepts that the text may arrive twice (`blind`).
    """
    with parts.db.read() as session:
        row = answers.unknown_row(session, row_id)
    if row is None:
        return "not_unknown"
    records = _listed(parts, row)
    if records is None and not blind:
        return "list_unreadable"
    if records and _bind_match(parts, row, records):
        return "found"
    now = parts.clock()
    with parts.db.write() as session:
        reopened = answers.reopen(session, row_id, now=now, expires_at=now + LIVES)
    return "pending" if reopened else "not_unknown"


def _settle(parts: Parts, row: Unanswered) -> bool:
    asked_at = parts.clock()
    records = _listed(parts, row)
    if records and _bind_match(parts, row, records):
        return True
    age = asked_at - row.submitted_at
    with parts.db.write() as session:
        if records is None and age >= GIVE_UP:
            _log.error("outcome_unknown", outbox_id=row.id)
            return answers.end(session, row.id, row.token, state="unknown", reason="list_unreadable")
        if records is None or age < NO_TRACE:
            answers.doubt(session, row.id, row.token, _next_look(row, asked_at))
            return False
        if row.attempts >= TRACELESS:
            return answers.end(session, row.id, row.token, state="failed", reason="no_trace")
        _log.warning("not_accepted_after_all", outbox_id=row.id)
        return answers.again(session, row.id, row.token, due_at=asked_at, reason="no_trace")


def _next_look(row: Unanswered, now: datetime) -> datetime:
    """A little later, and certainly at the moment when no trace means not accepted."""
    decisive = row.submitted_at + NO_TRACE
    later = now + _LOOK_AGAIN
    return decisive if now < decisive < later else later


def _listed(parts: Parts, row: Unanswered) -> Sequence[CarrierRecord] | None:
    """What the carrier's list has that may be this row; None when list or row cannot be read."""
    since = row.submitted_at.replace(microsecond=0) - _SKEW
    try:
        number = parts.vault.open(row.number, NUMBER)
        body = parts.vault.open(row.body, BODY) if row.body else ""
        listed = parts.carrier.sent_to(number, since, cast(Channel, row.channel))
        question = question_of(parts, row.tappable)
        return [
            one
            for one in listed
            if one.created_at >= since and is_told_as(one.body, body, question, row.channel)
        ]
    except Exception as error:  # noqa: BLE001 - the row's fate hangs on the list, not on why it failed
        _log.warning("list_unreadable", outbox_id=row.id, error=type(error).__name__)
        return None


def _bind_match(parts: Parts, row: Unanswered, same: Sequence[CarrierRecord]) -> bool:
    """Bind the oldest of these that is no other row's."""
    with parts.db.write() as session:
        taken = statuses.bound_sids(session, [one.sid for one in same])
        free = [one for one in same if one.sid not in taken]
        if not free:
            return False
        ours = min(free, key=lambda one: (one.created_at, one.sid))
        if not statuses.bind(session, row.id, ours.sid):
            return False
        statuses.keep(session, ours.sid, row.id, ours.status, ours.error_code, parts.clock())
        statuses.raise_to(session, row.id, ours.sid, ours.status, ours.error_code)
    _log.info("found_in_the_carriers_list", outbox_id=row.id)
    return True

"""Receipts that never came: the carrier is asked what became of a text, so that its last state is known.

A receipt is lost where we were away longer than the carrier tries. What the carrier tells now is kept as
a receipt is; where it tells nothing new the text is asked about again later, see bot.store.overdue.
"""

import time
from typing import Final

import structlog

from bot.outbox.parts import Parts
from bot.outbox.status import record_status
from bot.ports import CarrierRecord, Uncertain
from bot.store import overdue
from bot.store.overdue import Overdue
from bot.store.states import RANK, TOLD_AS

AT_ONCE: Final = 50
"""Texts that one round asks about"""
BOX: Final = 20.0
"""Seconds that one round may take"""

_log = structlog.get_logger(__name__)


def ask_about_overdue(parts: Parts, *, limit: int = AT_ONCE, seconds: float = BOX) -> int:
    """One round; returns of how many texts more is known now. A carrier that is away ends it."""
    with parts.db.write() as session:
        rows = overdue.take(session, parts.clock(), limit)
    ends, learned = time.monotonic() + seconds, 0
    for row in rows:
        try:
            record = parts.carrier.message(row.sid)
        except Uncertain as error:
            _log.warning("overdue_not_asked", outbox_id=row.id, error=str(error))
            break
        if record is not None and _says_more(record, row):
            _keep(parts, row, record)
            learned += 1
        if time.monotonic() > ends:
            break
    if learned:
        _log.info("receipts_fetched_late", asked=len(rows), learned=learned)
    return learned


def _says_more(record: CarrierRecord, row: Overdue) -> bool:
    state = TOLD_AS.get(record.status)
    return state is not None and RANK[state] > RANK[row.state]


def _keep(parts: Parts, row: Overdue, record: CarrierRecord) -> None:
    with parts.db.write() as session:
        by_sms = record_status(session, row.sid, row.id, record.status, record.error_code, parts.clock())
    if by_sms:
        parts.bell.ring("replies")
        parts.bell.ring("broadcasts")

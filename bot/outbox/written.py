"""Writes the texts of one claim, within a time: a row that breaks or does not end is told apart, and keeps
no other row back.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import structlog
from rq.timeouts import BaseTimeoutException, TimerDeathPenalty

from bot.outbox.hand_over import Letter, write
from bot.outbox.parts import Parts
from bot.outbox.whatsapp import Contents
from bot.store.claims import Claimed

_log = structlog.get_logger(__name__)


class TakesTooLong(BaseTimeoutException):
    """Writing a text does not end."""


@dataclass
class Written:
    """What became of the rows of one claim."""

    letters: list[Letter]
    broken: list[Claimed]
    """Cannot be written, or not in time"""
    left: list[Claimed]
    """Not begun, because one before them did not end: for whoever claims next"""


def write_all(parts: Parts, rows: Sequence[Claimed], usable: Contents, *, seconds: float) -> Written:
    """Write each row. Ends after `seconds` even where a row does not, which is then one of the broken.

    `usable`: what stands at the carrier for WhatsApp. Code that lets no other thread run, such as a regular
    expression that does not end, is ended by the time-outs of the queue and the sweeper.
    """
    found: dict[int, Letter | None] = {}
    begun: set[int] = set()
    ends = time.monotonic() + seconds
    with suppress(TakesTooLong), TimerDeathPenalty(seconds, TakesTooLong):  # type: ignore[no-untyped-call]
        for row in rows:
            if time.monotonic() > ends:
                break
            begun.add(row.id)
            found[row.id] = _written(parts, row, usable)
    for row_id in begun - found.keys():
        _log.error("does_not_end", outbox_id=row_id)
    return Written(
        [letter for letter in found.values() if letter is not None],
        [row for row in rows if row.id in begun and found.get(row.id) is None],
        [row for row in rows if row.id not in begun],
    )


def _written(parts: Parts, row: Claimed, usable: Contents) -> Letter | None:
    try:
        return write(parts, row, usable)
    except TakesTooLong:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one row breaks on, the others go out
        _log.error("cannot_write", outbox_id=row.id, error=type(error).__name__)
        return None

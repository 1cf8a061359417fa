"""What one day's texts may take: segments, US dollars, or both, for each sender.

Texts to many stop at four fifths of the day's
budget, so that families who write are still answered; answers stop at the whole. Beyond it only what
nobody may wait for goes out, to numbers at home: confirmations of STOP, help, danger. All else waits for
the next day, or ends for the reason `budget` where its time is over by then.

The count and the rows are one transaction: a crash neither forgets a text nor counts it twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from sqlmodel import Session

from bot.outbox.caps import Budget, day_of, next_day
from bot.outbox.hand_over import Letter
from bot.outbox.prices import estimate, is_home
from bot.outbox.put_off import put_off
from bot.ports import Lane
from bot.store import marks, spending
from bot.store.spending import Day

ESSENTIAL: Final = ("opt_out_confirmation", "opt_in_confirmation", "help", "erasure_receipt", "danger")
SHARE: Final = {"broadcasts": 0.8}
ALARMS: Final = (80, 100)
"""Per cent of the budget; the marks `budget_80` and `budget_100` tell when each was last passed"""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Spree:
    """The spending of one claim's texts in one transaction; nobody else spends meanwhile.

    Begin it before contacts and rows are locked: `spending` comes first, everywhere.
    """

    budget: Budget
    session: Session
    lane: Lane
    now: datetime
    day: Day

    @classmethod
    def begin(cls, budget: Budget, session: Session, lane: Lane, now: datetime) -> "Spree":
        """Lock the day."""
        return cls(budget, session, lane, now, spending.locked(session, budget.brand, day_of(now)))

    def affordable(self, letters: Sequence[Letter]) -> list[Letter]:
        """Those that the budget still bears, in order."""
        bears, day = [], self.day
        for letter in letters:
            after = Day(day.segments + letter.segments, day.micros + cost(letter), day.told)
            if _is_essential(letter) or self.budget.used(after) <= SHARE.get(self.lane, 1.0):
                bears.append(letter)
                day = after
        return bears

    def spend(self, gone: Iterable[Letter], left: Iterable[Letter]) -> None:
        """Count what goes out, put the rest off, and raise the alarm where a mark is passed."""
        segments, micros = _sum(gone)
        spending.add(self.session, self.budget.brand, day_of(self.now), segments=segments, micros=micros)
        waiting = list(left)
        for letter in waiting:
            put_off(self.session, letter.row, next_day(self.now), "budget")
        after = self.budget.used(Day(self.day.segments + segments, self.day.micros + micros))
        # Texts that had to wait have reached the end of what their lane may use, though it is not all spent.
        reached = max(after, SHARE.get(self.lane, 1.0)) if waiting else after
        for alarm in ALARMS:
            if reached * 100 >= alarm:
                self._tell(alarm, len(waiting))

    def _tell(self, alarm: int, waiting: int) -> None:
        if spending.tell(self.session, self.budget.brand, day_of(self.now), alarm):
            marks.put(self.session, f"budget_{alarm}", self.now)
            _log.warning(
                "budget_reached",
                per_cent=alarm,
                segments=self.day.segments,
                dollars=round(self.day.micros / 1e6, 2),
                put_off=waiting,
                lane=self.lane,
            )


def give_back(session: Session, budget: Budget, letters: Iterable[Letter], now: datetime) -> None:
    """Texts that the carrier certainly did not take cost nothing. In a transaction of its own."""
    segments, micros = _sum(letters)
    spending.add(session, budget.brand, day_of(now), segments=-segments, micros=-micros)


def cost(letter: Letter) -> int:
    """Millionths of a US dollar, estimated."""
    message = letter.message
    return estimate(
        message.to,
        letter.segments,
        message.channel,
        is_template=letter.is_template,
        has_picture=message.picture_url is not None,
    )


def _is_essential(letter: Letter) -> bool:
    return letter.row.kind in ESSENTIAL and is_home(letter.message.to)


def _sum(letters: Iterable[Letter]) -> tuple[int, int]:
    sizes = [(letter.segments, cost(letter)) for letter in letters]
    return sum(size for size, _ in sizes), sum(micros for _, micros in sizes)

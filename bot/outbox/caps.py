"""How much the texts of one day may take. Pure.

A day begins at midnight in California, where the mobile carriers' daily caps begin anew
(https://support.twilio.com/hc/en-us/articles/1260804800549).
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.store.spending import Day

ZONE: Final = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True, slots=True)
class Budget:
    """A day's budget of one sender; None: no end in that unit."""

    brand: str
    segments: int | None = None
    micros: int | None = None
    """Millionths of a US dollar"""

    def used(self, day: Day) -> float:
        """The part of the budget that is spent, 1.0 for all of it."""
        parts = [0.0]
        if self.segments is not None:
            parts.append(day.segments / self.segments)
        if self.micros is not None:
            parts.append(day.micros / self.micros)
        return max(parts)


def day_of(now: datetime) -> date:
    """The day whose budget counts."""
    return now.astimezone(ZONE).date()


def next_day(now: datetime) -> datetime:
    """When the next one begins; `now` aware."""
    return datetime.combine(day_of(now) + timedelta(days=1), time(0), ZONE).astimezone(now.tzinfo)

"""By which clock a text goes out: of schools in several time zones each family's by its own school's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.broadcast.place import Place
from bot.broadcast.when import moment_of
from bot.store.broadcasts import Broadcast


def kept_of(place: Place) -> dict[str, Any]:
    """What a row keeps of it: nothing where all its schools are in one zone."""
    return {"zones": place.zones} if place.is_spread else {}


def zones_of(row: Broadcast) -> list[str]:
    """The zones of its schools."""
    return (row.options or {}).get("zones") or [row.zone or "UTC"]


def is_spread(row: Broadcast) -> bool:
    """Whether its schools are in several."""
    return len(zones_of(row)) > 1


def local_of(row: Broadcast) -> datetime | None:
    """The time at which it goes out at each school's own clock; None: at once, or its zone says it."""
    written = (row.options or {}).get("local")
    return datetime.fromisoformat(written) if written else None


def at_local(row: Broadcast, local: datetime) -> None:
    """Let it go out at this time of each school."""
    if is_spread(row):
        row.options = {**(row.options or {}), "local": local.isoformat()}


def starts_in(row: Broadcast, zone: str, starts: datetime) -> datetime:
    """When it begins in a zone, where the first of it begins at `starts`."""
    local = local_of(row)
    return max(starts, moment_of(local, zone)) if local is not None else starts


def ends_at(row: Broadcast, starts: datetime) -> datetime:
    """When nothing of it goes out any more, where the first of it begins at `starts`."""
    last = max(starts_in(row, zone, starts) for zone in zones_of(row))
    return last + timedelta(minutes=row.lives or 0)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of one school, and when it lets texts out."""

    zone: str
    hours: str | None

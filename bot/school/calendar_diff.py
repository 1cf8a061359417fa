"""What differs between two calendars of a school: added, changed, gone. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from bot.school.calendar import CalendarDate

BY_HAND: Final = "by-hand-"
"""How the uids of dates begin that no file has"""

Key = Callable[[CalendarDate], object]


@dataclass(frozen=True, slots=True)
class Difference:
    """How one calendar becomes another."""

    added: tuple[CalendarDate, ...]
    changed: tuple[tuple[CalendarDate, CalendarDate], ...]
    """Each as it is and as it will be"""
    gone: tuple[CalendarDate, ...]
    same: int
    """So many dates stay as they are"""

    @property
    def is_nothing(self) -> bool:
        """Whether families would notice nothing."""
        return not (self.added or self.changed or self.gone)


def difference(before: Iterable[CalendarDate], after: Iterable[CalendarDate]) -> Difference:
    """What becomes of each date, paired by what it says, then by its uid, then by its day and kind."""
    old, new = sorted(before, key=_order), sorted(after, key=_order)
    same = _paired(old, new, _says)
    changed = [
        *_paired(old, new, lambda one: (one.uid, one.first_day)),
        *_paired(old, new, lambda one: (one.first_day, one.kind)),
        *_paired(old, new, lambda one: (one.first_day, one.summary)),
        *_paired(old, new, lambda one: one.uid),
    ]
    changed.sort(key=lambda pair: _order(pair[1]))
    return Difference(tuple(new), tuple(changed), tuple(old), len(same))


def merged(file: Iterable[CalendarDate], held: Iterable[CalendarDate]) -> list[CalendarDate]:
    """A new file's dates, and those that were given by hand and that it does not have."""
    new = list(file)
    told = {(one.kind, one.first_day, one.last_day) for one in new}
    own = [one for one in held if one.uid.startswith(BY_HAND)]
    return [*new, *(one for one in own if (one.kind, one.first_day, one.last_day) not in told)]


def _paired(
    old: list[CalendarDate], new: list[CalendarDate], key: Key
) -> list[tuple[CalendarDate, CalendarDate]]:
    """Take pairs with the same key out of both lists."""
    waiting: dict[object, list[CalendarDate]] = {}
    for one in reversed(old):
        waiting.setdefault(key(one), []).append(one)
    pairs = [(found.pop(), one) for one in new if (found := waiting.get(key(one)))]
    was, becomes = {id(pair[0]) for pair in pairs}, {id(pair[1]) for pair in pairs}
    old[:] = [one for one in old if id(one) not in was]
    new[:] = [one for one in new if id(one) not in becomes]
    return pairs


def _says(one: CalendarDate) -> object:
    return replace(one, uid="")


def _order(one: CalendarDate) -> tuple[object, ...]:
    return one.first_day, one.last_day, one.kind, one.summary, one.uid

"""Ratings of help as counts of five families or more: by span of whole months, school and language. Pure.

A month that has fewer than five waits for the next one, and both are told as one span. Spans do not overlap
and do not change: nobody sees what one more rating did to a number.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from bot.broadcast.small_counts import FEWEST, both_shown
from bot.store.thread_ratings import Rated

ALL: Final = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How many families rated, and what on average; both None where it would tell of fewer than five."""

    families: int | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months in which at least five families rated the help. The line "" is all of them."""

    first: date
    last: date
    """The first days of the first and the last month"""
    by_school: Mapping[str, Found]
    """By the id of the school; "None" where no school is known"""
    by_language: Mapping[str, Found]

    @property
    def all(self) -> Found:
        """All families."""
        return self.by_school[ALL]


def spans(rated: Iterable[Rated], zone: ZoneInfo, today: date) -> list[Span]:
    """The spans that are over, latest first."""
    found: list[Span] = []
    waiting: list[tuple[date, Sequence[Rated]]] = []
    for month, those in _by_month(rated, zone):
        waiting.append((month, those))
        once = _once(one for _, several in waiting for one in several)
        if month < today.replace(day=1) and len(once) >= FEWEST:
            found.append(_span(waiting[0][0], month, once))
            waiting = []
    return found[::-1]


def _by_month(rated: Iterable[Rated], zone: ZoneInfo) -> Iterator[tuple[date, Sequence[Rated]]]:
    months: dict[date, list[Rated]] = {}
    for one in rated:
        months.setdefault(one.at.astimezone(zone).date().replace(day=1), []).append(one)
    yield from sorted(months.items())


def _once(rated: Iterable[Rated]) -> list[Rated]:
    """Of each person the latest rating: who rates often counts once."""
    return list({one.contact_id: one for one in rated}.values())


def _span(first: date, last: date, rated: Sequence[Rated]) -> Span:
    schools = _grouped(rated, lambda one: str(one.school_id))
    languages = _grouped(rated, lambda one: str(one.language))
    shown = both_shown(_counts(schools), _counts(languages))
    every = {ALL: [one.rating for one in rated]}
    by_school, by_language = (
        {group: _found((groups | every)[group], counts[0]) for group, counts in table.items()}
        for groups, table in zip((schools, languages), shown, strict=True)
    )
    return Span(first, last, by_school, by_language)


def _grouped(rated: Iterable[Rated], by: Callable[[Rated], str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for one in rated:
        groups.setdefault(by(one), []).append(one.rating)
    return groups


def _counts(groups: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    return {group: [len(ratings)] for group, ratings in groups.items()}


def _found(ratings: Sequence[int], count: int | None) -> Found:
    return Found(None, None) if count is None else Found(count, sum(ratings) / len(ratings))

"""Counts of which none tells of fewer than five families, not even by subtraction. Pure.

A count of one to four is hidden. Where a row or column with its sum would give a hidden count away, the
next smallest is hidden too: at least two in each, that are five families or more together.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

FEWEST: Final = 5

Cell = tuple[str, int]
"""(group, choice); the group "" is all families, the choice -1 all choices"""
ALL: Final = ""
EVERY: Final = -1


def shown(
    counts: Mapping[str, Sequence[int]], hidden_sums: frozenset[int] = frozenset()
) -> dict[str, list[int | None]]:
    """For each group, and "" for all, the counts of the choices and at the end their sum; None is hidden.

    `hidden_sums`: places among the counts of all families that must be hidden for another table's sake.
    """
    choices = len(next(iter(counts.values()), ()))
    table = _with_sums(counts, choices)
    hidden = {cell for cell, count in table.items() if 0 < count < FEWEST}
    hidden |= {(ALL, _place(number, choices)) for number in hidden_sums}
    while (more := _given_away(table, hidden, list(counts), choices)) is not None:
        hidden.add(more)
    order = [*range(choices), EVERY]
    return {
        group: [None if (group, one) in hidden else table[group, one] for one in order]
        for group in (*counts, ALL)
    }


def both_shown(
    first: Mapping[str, Sequence[int]], second: Mapping[str, Sequence[int]]
) -> tuple[dict[str, list[int | None]], dict[str, list[int | None]]]:
    """Two tables of the same families: what one hides of all families, the other does not show."""
    sums: frozenset[int] = frozenset()
    while True:
        tables = shown(first, sums), shown(second, sums)
        found = frozenset(
            place for table in tables for place, count in enumerate(table[ALL]) if count is None
        )
        if found == sums:
            return tables
        sums = found


def _place(number: int, choices: int) -> int:
    return EVERY if number == choices else number


def _with_sums(counts: Mapping[str, Sequence[int]], choices: int) -> dict[Cell, int]:
    table = {(group, one): row[one] for group, row in counts.items() for one in range(choices)}
    for group, row in counts.items():
        table[group, EVERY] = sum(row)
    for one in range(choices):
        table[ALL, one] = sum(row[one] for row in counts.values())
    table[ALL, EVERY] = sum(map(sum, counts.values()))
    return table


def _lines(groups: list[str], choices: int) -> Iterator[tuple[list[Cell], Cell]]:
    """Every row and column with the cell that is its sum."""
    for group in (*groups, ALL):
        yield [(group, one) for one in range(choices)], (group, EVERY)
    for one in (*range(choices), EVERY):
        yield [(group, one) for group in groups], (ALL, one)


def _given_away(table: Mapping[Cell, int], hidden: set[Cell], groups: list[str], choices: int) -> Cell | None:
    """A cell that must be hidden too; None where nothing is given away."""
    for cells, total in _lines(groups, choices):
        secret = [cell for cell in cells if cell in hidden]
        if total in hidden:
            # A sum alone is given away by its parts.
            if secret or not cells:
                continue
            secret = []
        elif not secret or (len(secret) > 1 and sum(table[cell] for cell in secret) >= FEWEST):
            continue
        rest = [cell for cell in cells if cell not in hidden and table[cell] > 0]
        rest = rest or [cell for cell in (total, *cells) if cell not in hidden]
        if rest:
            return min(rest, key=lambda cell: (table[cell], cell))
    return None

"""Puts the steps of a flow into rows, so that most arrows lead downwards (Sugiyama, made simple). Pure.

Arrows that would close a circle are turned round; each arrow over several rows gets a bend in every row
between; the order in a row follows the neighbours above and below, and so do the places.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

_ROUNDS: Final = 6
ABREAST: Final = 6
"""Steps in one row at most: a row that nobody can overlook is two"""


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing in a row: a step, or the bend of an arrow (its name is then its own)."""

    name: str
    is_bend: bool = False


@dataclass
class Rows:
    """The steps in rows, and how each arrow runs through them."""

    rows: list[list[Spot]] = field(default_factory=list)
    runs: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """By (source, target): names of the spots that the arrow touches, from its source to its target"""


def in_rows(names: Sequence[str], arrows: Iterable[tuple[str, str]], first: str) -> Rows:
    """Lay out `names` (the first row begins with `first`); an arrow to itself touches one spot."""
    pairs = list(dict.fromkeys(arrows))
    following: dict[str, list[str]] = {name: [] for name in names}
    for source, target in pairs:
        if source != target:
            following[source].append(target)
    back = _closing(following, [first, *names])
    down = [(b, a) if (a, b) in back else (a, b) for a, b in pairs if a != b]
    depth = _depths(names, down)
    made = Rows([[] for _ in range(max(depth.values(), default=0) + 1)])
    for name in names:
        made.rows[depth[name]].append(Spot(name))
    for source, target in pairs:
        turned = (source, target) in back
        upper, lower = (target, source) if turned else (source, target)
        run = [upper, *_bends(made, upper, lower, depth), lower] if source != target else [source]
        made.runs[source, target] = run[::-1] if turned else run
    _sort(made)
    return made


def _closing(following: Mapping[str, Sequence[str]], starts: Iterable[str]) -> set[tuple[str, str]]:
    """The arrows that lead back to a step that is still being walked from."""
    back, done, walking = set[tuple[str, str]](), set[str](), set[str]()
    for start in starts:
        trail = [] if start in done else [(start, iter(following[start]))]
        walking.update(name for name, _ in trail)
        while trail:
            name, ahead = trail[-1]
            target = next(ahead, None)
            if target is None:
                trail.pop()
                walking.discard(name)
                done.add(name)
            elif target in walking:
                back.add((name, target))
            elif target not in done:
                walking.add(target)
                trail.append((target, iter(following[target])))
    return back


def _depths(names: Sequence[str], down: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The row of each step: below everything that leads there, and no more than fit side by side.

    Steps that wait longest for a row come first (Coffman and Graham); a circle is in `down` no more.
    """
    above: dict[str, set[str]] = {name: set() for name in names}
    for upper, lower in down:
        above[lower].add(upper)
    depth: dict[str, int] = {}
    row = 0
    while len(depth) < len(names):
        ready = [name for name in names if name not in depth and above[name] <= depth.keys()]
        ready.sort(key=lambda name: max((depth[one] for one in above[name]), default=-1))
        depth |= dict.fromkeys(ready[:ABREAST], row)
        row += 1
    return depth


def _bends(made: Rows, upper: str, lower: str, depth: Mapping[str, int]) -> list[str]:
    bends = []
    for row in range(depth[upper] + 1, depth[lower]):
        bend = f"{upper}>{lower}:{row}"
        if Spot(bend, is_bend=True) not in made.rows[row]:
            made.rows[row].append(Spot(bend, is_bend=True))
        bends.append(bend)
    return bends


def neighbours(made: Rows) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """For each spot those above it, and those below."""
    row_of = {spot.name: number for number, row in enumerate(made.rows) for spot in row}
    above: dict[str, list[str]] = {name: [] for name in row_of}
    below: dict[str, list[str]] = {name: [] for name in row_of}
    for run in made.runs.values():
        for one, other in pairwise(run):
            upper, lower = (one, other) if row_of[one] < row_of[other] else (other, one)
            below[upper].append(lower)
            above[lower].append(upper)
    return above, below


def _sort(made: Rows) -> None:
    """Order each row by where its neighbours stand in the row before (the barycentre heuristic)."""
    above, below = neighbours(made)
    for turn in range(_ROUNDS):
        downwards = turn % 2 == 0
        rows = made.rows if downwards else made.rows[::-1]
        for fixed, moved in pairwise(rows):
            at = {spot.name: place for place, spot in enumerate(fixed)}
            near = above if downwards else below
            weight = {
                spot.name: _mean([at[name] for name in near[spot.name] if name in at], place)
                for place, spot in enumerate(moved)
            }
            moved.sort(key=lambda spot, weight=weight: weight[spot.name])  # type: ignore[misc]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise

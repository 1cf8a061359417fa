"""Where everything stands in the drawing of a flow: boxes with their lines of words, arrows as paths. Pure.

The units are those of an SVG whose letters are 13 high. Whoever draws chooses colours; this chooses places.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.flow.check.ways import END
from bot.flow.layers import Rows, Spot, in_rows, neighbours
from bot.flow.load import Flow
from bot.flow.outline import Box, outline

WIDTH: Final = 208
HEIGHT: Final = 72
_END_WIDTH: Final = 64
_GAP: Final = 28
_BEND: Final = 8
_BEND_GAP: Final = 6
_DOWN: Final = 84
_EDGE: Final = 12
_LETTERS: Final = 29
_ON_ARROW: Final = 22
_ROUNDS: Final = 8


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A step with the place of its upper left corner."""

    name: str
    kind: str
    waits: bool
    x: float
    y: float
    width: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawnArrow:
    """An arrow as the path of an SVG, with its words and where they stand."""

    path: str
    words: str
    x: float
    y: float
    is_by_time: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole drawing."""

    width: float
    height: float
    boxes: tuple[DrawnBox, ...]
    arrows: tuple[DrawnArrow, ...]


def picture(flow: Flow) -> Picture:
    """Lay out a flow; several answers that lead from one step to the same next one are one arrow."""
    boxes = {box.name: box for box in outline(flow)}
    words: dict[tuple[str, str], list[str]] = {}
    timed: dict[tuple[str, str], bool] = {}
    for box in boxes.values():
        for arrow in box.arrows:
            pair = (box.name, arrow.target)
            words.setdefault(pair, []).append(arrow.words)
            timed[pair] = timed.get(pair, True) and arrow.is_by_time
    names = [*boxes, *([END] if any(target == END for _, target in words) else [])]
    rows = in_rows(names, words, flow.file.first)
    centre = _centres(rows)
    level = {spot.name: _EDGE + n * (HEIGHT + _DOWN) for n, row in enumerate(rows.rows) for spot in row}
    drawn = tuple(_box(boxes.get(name), centre[name], level[name]) for name in names)
    arrows = tuple(
        _arrow(rows.runs[pair], centre, level, _joined(words[pair]), is_by_time=timed[pair]) for pair in words
    )
    width = max(box.x + box.width for box in drawn) + _EDGE
    width = max([width, *(centre[s.name] + _EDGE for row in rows.rows for s in row)])
    return Picture(width + 60, _EDGE + len(rows.rows) * (HEIGHT + _DOWN) - _DOWN + _EDGE, drawn, arrows)


def _wide(spot: Spot) -> float:
    return _BEND if spot.is_bend else _END_WIDTH if spot.name == END else WIDTH


def _room(spot: Spot) -> float:
    return _BEND_GAP if spot.is_bend else _GAP


def _centres(rows: Rows) -> dict[str, float]:
    """The middle of each spot: near its neighbours, in the order of its row, with room between."""
    above, below = neighbours(rows)
    centre: dict[str, float] = {}
    for row in rows.rows:
        at = 0.0
        for spot in row:
            centre[spot.name] = at + _wide(spot) / 2
            at += _wide(spot) + _room(spot)
    for turn in range(_ROUNDS):
        near = above if turn % 2 == 0 else below
        for row in rows.rows if turn % 2 == 0 else rows.rows[::-1]:
            _settle(row, centre, near)
    left = min(centre[spot.name] - _wide(spot) / 2 for row in rows.rows for spot in row)
    return {name: x - left + _EDGE for name, x in centre.items()}


def _settle(row: Sequence[Spot], centre: dict[str, float], near: Mapping[str, Sequence[str]]) -> None:
    wanted = [
        sum(centre[name] for name in near[spot.name]) / len(near[spot.name])
        if near[spot.name]
        else centre[spot.name]
        for spot in row
    ]
    placed: list[float] = []
    for number, spot in enumerate(row):
        before = row[number - 1]
        room = (_wide(before) + _wide(spot)) / 2 + max(_room(before), _room(spot)) if number else 0
        placed.append(max(wanted[number], placed[-1] + room) if number else wanted[number])
    shift = sum(want - have for want, have in zip(wanted, placed, strict=True)) / len(row)
    for spot, x in zip(row, placed, strict=True):
        centre[spot.name] = x + shift


def _box(box: Box | None, x: float, y: float) -> DrawnBox:
    if box is None:
        return DrawnBox(END, "end", waits=False, x=x - _END_WIDTH / 2, y=y, width=_END_WIDTH, lines=())
    words = textwrap.wrap(box.words, _LETTERS, max_lines=2, placeholder=" …", break_long_words=True)
    return DrawnBox(box.name, box.kind, box.waits, x - WIDTH / 2, y, WIDTH, tuple(words))


def _arrow(
    run: Sequence[str],
    centre: Mapping[str, float],
    level: Mapping[str, float],
    words: str,
    *,
    is_by_time: bool,
) -> DrawnArrow:
    if len(run) == 1:
        x, y = centre[run[0]] + WIDTH / 2, level[run[0]] + HEIGHT / 2
        path = f"M{x:.0f} {y - 14:.0f}c34 0 34 28 2 28"
        return DrawnArrow(path, words, x + 30, y - 18, is_by_time)
    down = level[run[-1]] > level[run[0]]
    points = [(centre[run[0]], level[run[0]] + (HEIGHT if down else 0))]
    for name in run[1:-1]:
        ends = (level[name], level[name] + HEIGHT)
        points += [(centre[name], y) for y in (ends if down else ends[::-1])]
    points.append((centre[run[-1]], level[run[-1]] + (-3 if down else HEIGHT + 3)))
    path = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    for (x0, y0), (x1, y1) in pairwise(points):
        bow = (y1 - y0) / 2
        path += f"C{x0:.0f} {y0 + bow:.0f} {x1:.0f} {y1 - bow:.0f} {x1:.0f} {y1:.0f}"
    (x0, y0), (x1, y1) = points[0], points[1]
    # Nearer to the end of the first bow, where arrows from one step have spread
    return DrawnArrow(path, words, x0 + (x1 - x0) * 0.72, y0 + (y1 - y0) * 0.64, is_by_time)


def _joined(words: Sequence[str]) -> str:
    said = list(dict.fromkeys(word for word in words if word))
    if not said:
        return ""
    more = f" +{len(said) - 1}" if len(said) > 1 else ""
    room = _ON_ARROW - len(more)
    return (said[0] if len(said[0]) <= room else f"{said[0][: room - 1].rstrip()}…") + more

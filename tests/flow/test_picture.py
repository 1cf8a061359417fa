"""The drawing of a flow: every step has a place of its own, and every arrow runs from one to another."""

from itertools import combinations
from pathlib import Path

import pytest

from bot.flow.check.ways import END
from bot.flow.layers import ABREAST, in_rows
from bot.flow.load import load_flow
from bot.flow.outline import outline
from bot.flow.picture import HEIGHT, picture

ROOT = Path(__file__).resolve().parents[2]
FLOWS = sorted(
    path for path in ROOT.joinpath("flows").glob("*.yaml") if path.stem not in ("always", "phrases")
)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_every_step_of_a_shipped_flow_has_a_place_and_no_two_overlap(path: Path) -> None:
    flow = load_flow(path.read_text("utf-8"), path.name)
    drawn = picture(flow)
    assert {box.name for box in drawn.boxes} - {END} == set(flow.steps)
    for one, other in combinations(drawn.boxes, 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or abs(one.y - other.y) >= HEIGHT, f"{one.name} lies on {other.name}"
    assert all(box.x >= 0 and box.x + box.width <= drawn.width for box in drawn.boxes)
    assert all(box.y >= 0 and box.y + HEIGHT <= drawn.height for box in drawn.boxes)
    pairs = {(box.name, arrow.target) for box in outline(flow) for arrow in box.arrows}
    assert len(drawn.arrows) == len(pairs)


def test_rows_follow_the_arrows_and_an_arrow_that_closes_a_circle_leads_back_up() -> None:
    made = in_rows("abcd", [("a", "b"), ("b", "c"), ("c", "a"), ("a", "d"), ("d", "d"), ("a", "c")], "a")
    row = {spot.name: number for number, spots in enumerate(made.rows) for spot in spots}
    assert (row["a"], row["b"], row["c"], row["d"]) == (0, 1, 2, 1)
    assert made.runs["d", "d"] == ["d"]
    assert made.runs["c", "a"] == ["c", "a>c:1", "a"], "it bends in each row between, as the one down does"
    assert made.runs["a", "c"] == ["a", "a>c:1", "c"]


def test_no_row_is_wider_than_can_be_overlooked() -> None:
    names = ["top", *(f"leaf{number}" for number in range(20))]
    made = in_rows(names, [("top", name) for name in names[1:]], "top")
    assert max(sum(not spot.is_bend for spot in row) for row in made.rows) == ABREAST

"""Flows as Mermaid flowcharts: whole, readable by Mermaid's grammar, and with the waits marked."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.draw import draw
from bot.flow.draw import mermaid
from bot.flow.load import Flow, load_flow

ROOT = Path(__file__).resolve().parents[2]
FLOWS = sorted(
    path for path in ROOT.joinpath("flows").glob("*.yaml") if path.stem not in ("always", "phrases")
)

_TEXT = r'"[^"<>]*(?:<br/>[^"<>]*)?"'
_SHAPE = (
    rf"\[{_TEXT}\]|\[\[{_TEXT}\]\]|\[\({_TEXT}\)\]|\[/{_TEXT}/\]|\[\\{_TEXT}\\\]"
    rf"|\{{{_TEXT}\}}|\{{\{{{_TEXT}\}}\}}|\(\({_TEXT}\)\)|\(\[{_TEXT}\]\)|>{_TEXT}\]"
)
_NODE = rf"[a-z][a-z0-9_]*(?:{_SHAPE})?"
_ARROW = r'(?:-->|-\.->)(?:\|"[^"|<>]*"\|)?'
LINE = re.compile(
    rf"^  (?:{_NODE}(?: {_ARROW} {_NODE})?|classDef waits [a-z-]+:\w+|class [a-z0-9_,]+ waits)$"
)
"""The part of Mermaid's flowchart grammar that we write"""


def loaded(path: Path) -> Flow:
    """A flow from its file."""
    return load_flow(path.read_text("utf-8"), path.name)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_the_drawing_of_a_shipped_flow_is_mermaid(path: Path) -> None:
    head, *lines = mermaid(loaded(path)).splitlines()
    assert head == "flowchart TD"
    assert [line for line in lines if not LINE.match(line)] == []


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_every_step_is_drawn_once_and_every_arrow_ends_at_a_node(path: Path) -> None:
    flow = loaded(path)
    drawn = mermaid(flow)
    for name in flow.steps:
        assert len(re.findall(rf"^  step_{name}[\[({{>]", drawn, re.MULTILINE)) == 1
    ends = re.findall(r"(?:-->|-\.->)(?:\|[^|]*\|)? (\w+)$", drawn, re.MULTILINE)
    assert set(ends) <= {f"step_{name}" for name in flow.steps} | {"finish_of_flow"}


FLOW = """
flow: garden
about: A garden day
starts_with: {topics: [garden]}
first: end
steps:
  end:
    ask: 'Will you come to the "garden" <day> #1?'
    choices:
      sure: {label: "We will come", go: many}
      never: {label: "We cannot", go: bye}
    silent: {after: 2 hours, go: bye}
  many: {look_up: {in: calendar.dates, save: dates}, found: bye, not_found: bye}
  bye: {say: "Goodbye.", end: yes}
"""


def test_choices_stand_on_the_arrows_and_time_is_dotted() -> None:
    drawn = mermaid(load_flow(FLOW, "garden.yaml"))
    assert '  step_end -->|"We will come"| step_many\n' in drawn
    assert '  step_end -.->|"silent"| step_bye\n' in drawn
    assert '  step_many -->|"not found"| step_bye\n' in drawn
    assert "  step_bye --> finish_of_flow\n" in drawn


def test_the_steps_that_wait_are_marked() -> None:
    assert mermaid(load_flow(FLOW, "garden.yaml")).endswith("  class step_end waits\n")


def test_signs_of_mermaid_in_a_text_do_no_harm() -> None:
    assert "end<br/>Will you come to the #quot;garden#quot; #lt;day#gt; #35;1?" in mermaid(
        load_flow(FLOW, "garden.yaml")
    )


def test_an_unknown_flow_is_answered_with_the_one_that_was_meant() -> None:
    result = CliRunner().invoke(draw, ["school_date", "--flows", str(ROOT / "flows")])
    assert result.exit_code == 1
    assert "Did you mean `school_dates`?" in result.output

"""Broken flows, each with the exact faults that `ally check` must find in it: no more and no fewer.

A file of broken/ begins with `# expects: line:column: message` for each fault of it; it may go on with
other files of the same house after a line `# file: its path`. Lines count within the whole file.
"""

import ast
import re
from pathlib import Path

import pytest

from bot.cli.page_words import english
from bot.flow import check
from tests.flow.check.house import faults_of
from tests.flow.check.in_english import left_in_english, outside_of_remarks

BROKEN = sorted(Path(__file__).parent.joinpath("broken").glob("*.yaml"))
BOT = Path(check.__file__).parents[2]
SAY = [
    *sorted((BOT / "flow" / "check").glob("*.py")),
    BOT / "flow" / "shelf.py",
    BOT / "words" / "nearest.py",
]
"""What says how to mend a flow"""
_EXPECTS = re.compile(r"^# expects: (.+)$", re.MULTILINE)
_FILE = re.compile(r"^# file: (\S+)$")
_PLACED = re.compile(r"^\d+:\d+: ")


@pytest.fixture(scope="module")
def msgids() -> set[str]:
    """Every sentence that a catalog of the staff pages can hold."""
    return {text if isinstance(text, str) else text[0] for text in english()}


def parts_of(path: Path) -> dict[str, str]:
    """The files that one case holds; each keeps its line numbers by empty lines before it."""
    name, parts = f"flows/{path.stem}.yaml", dict[str, list[str]]()
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        found = _FILE.match(line)
        if found:
            name = found[1]
        parts.setdefault(name, [""] * number).append(line)
    return {name: "\n".join(kept) + "\n" for name, kept in parts.items()}


def expected_of(path: Path) -> list[str]:
    """The faults that a case declares, as `ally check` prints them."""
    said = _EXPECTS.findall(path.read_text("utf-8"))
    return [f"flows/{path.stem}.yaml:{one}" if _PLACED.match(one) else one for one in said]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_flow_gets_exactly_its_faults_and_pages_can_say_them(
    path: Path, tmp_path: Path, msgids: set[str]
) -> None:
    faults = faults_of(tmp_path, parts_of(path))
    found = [str(fault).replace(f"{tmp_path}/", "") for fault in faults]
    assert "\n".join(sorted(found)) == "\n".join(sorted(expected_of(path)))
    said = [part for fault in faults for part in (fault.wrong, fault.fix)]
    assert [part for one in said for part in left_in_english(one, msgids)] == [], "use `remark`"


@pytest.mark.parametrize("path", SAY, ids=lambda path: path.name)
def test_no_sentence_of_the_check_can_be_said_in_english_alone(path: Path) -> None:
    found = [
        one for one in outside_of_remarks(ast.parse(path.read_text("utf-8"))) if "office hours" not in one
    ]
    assert found == [], "use `remark`"


def test_there_are_at_least_sixty_broken_flows() -> None:
    assert len(BROKEN) >= 60


def test_the_house_around_them_is_in_order(tmp_path: Path) -> None:
    """A fault of the frame would stand in every case."""
    garden = "flow: garden\nabout: x\nstarts_with: {topics: [garden]}\nfirst: a\nsteps:\n  a: {end: yes}\n"
    assert faults_of(tmp_path, {"flows/garden.yaml": garden}) == []

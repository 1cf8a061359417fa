"""`ally catalogs` brings translations up to the flows, says what it did, and notices a forgotten update."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.catalogs import catalogs

FLOW = 'flow: f\nfirst: a\nsteps:\n  a: {say: "Hello", end: yes}\n'


class House:
    """A folder with flows and catalogs, and the command in it."""

    def __init__(self, folder: Path) -> None:
        self.flows, self.messages = folder / "flows", folder / "messages"
        self.flows.mkdir()
        self.write(FLOW)

    def write(self, flow: str) -> None:
        (self.flows / "f.yaml").write_text(flow, "utf-8")

    def run(self, *words: str) -> Result:
        folders = ["--flows", str(self.flows), "--messages", str(self.messages)]
        return CliRunner().invoke(catalogs, [*words, *folders])

    @property
    def spanish(self) -> Path:
        return self.messages / "es" / "LC_MESSAGES" / "ally.po"

    def translate(self, english: str, text: str) -> None:
        content = self.spanish.read_text("utf-8")
        self.spanish.write_text(
            content.replace(f'"{english}"\nmsgstr ""', f'"{english}"\nmsgstr "{text}"'), "utf-8"
        )


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path)
    assert house.run("update", "--add", "es").exit_code == 0
    house.translate("Hello", "Hola")
    return house


def test_an_update_twice_changes_nothing_the_second_time(house: House) -> None:
    before = house.spanish.read_bytes()
    result = house.run("update")
    assert result.output == "Everything is up to date.\n"
    assert house.spanish.read_bytes() == before


def test_an_edited_flow_is_noticed_by_the_check_and_said_by_the_update(house: House) -> None:
    house.write(FLOW.replace("Hello", "Good morning"))
    before = house.spanish.read_bytes()
    check = house.run("update", "--check")
    assert check.exit_code == 1
    assert f"{house.spanish}: 1 stale" in check.output
    assert house.spanish.read_bytes() == before
    assert house.run("update").exit_code == 0
    assert "ally: stale since" in house.spanish.read_text("utf-8")
    assert house.run("update", "--check").exit_code == 0


def test_the_coverage_of_each_language_is_shown(house: House) -> None:
    lines = {line.split()[0]: line.split() for line in house.run("show").output.splitlines()[1:]}
    assert set(lines) == {"en", "es"}
    assert lines["es"][2] == "1"
    assert int(lines["es"][5]) > 20  # the facts have no translation in this folder


def test_a_broken_flow_is_named_and_nothing_is_written(house: House) -> None:
    house.write("flow: [f")
    before = house.spanish.read_bytes()
    result = house.run("update")
    assert result.exit_code == 1
    assert "flows/f.yaml:" in result.output
    assert house.spanish.read_bytes() == before


def test_a_broken_catalog_is_named_with_its_line(house: House) -> None:
    house.spanish.write_text("msgid 'x\n", "utf-8")
    result = house.run("update")
    assert result.exit_code == 1
    assert "ally.po:1:1: this line cannot be read" in result.output
    assert house.run("show").exit_code == 1

"""The JSON Schema for editors: it takes what the loader takes, refuses what it refuses, and is current."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from bot.cli.flows import flows as command
from bot.flow.model import AlwaysFile, FlowFile, Part, PhraseFile
from bot.flow.schema import schema

ROOT = Path(__file__).resolve().parents[2]
FLOWS = sorted(ROOT.joinpath("flows").glob("*.yaml"))
BROKEN = Path(__file__).parent / "check" / "broken"
REFUSED = (
    *("shape_unknown_word", "shape_unknown_word_at_the_top", "shape_misspelled_steps", "shape_missing"),
    *("shape_type", "shape_list", "shape_topics", "shape_name", "shape_tries", "timer_unreadable"),
)


def as_an_editor_reads(path: Path) -> Any:
    """YAML 1.2 with numbers and truths, as the YAML language server takes it."""
    return YAML(typ="safe", pure=True).load(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_an_editor_marks_nothing_in_a_shipped_file(path: Path) -> None:
    found = [error.message for error in Draft7Validator(schema()).iter_errors(as_an_editor_reads(path))]
    assert found == []


@pytest.mark.parametrize("name", REFUSED)
def test_an_editor_marks_what_the_loader_refuses(name: str) -> None:
    assert not Draft7Validator(schema()).is_valid(as_an_editor_reads(BROKEN / f"{name}.yaml"))


def test_the_schema_itself_is_valid() -> None:
    Draft7Validator.check_schema(schema(["a.b"], ["c"], ["d"]))


def test_editors_are_offered_the_names_that_exist() -> None:
    made = schema(["calendar.dates"], ["set_language"], ["meals"])["definitions"]
    assert made["LookUp"]["properties"]["in"]["enum"] == ["calendar.dates"]
    assert made["Step"]["properties"]["do"]["enum"] == ["resume", "set_language"]
    assert made["Step"]["properties"]["fact"]["enum"] == ["meals"]


def test_every_word_is_described() -> None:
    """An author reads the description while typing; a word without one is a riddle."""
    seen: set[type[Part]] = set()
    for name, part in schema()["definitions"].items():
        for word, described in part.get("properties", {}).items():
            assert described.get("description"), f"{name}.{word}"
        seen |= {model for model in (FlowFile, AlwaysFile, PhraseFile) if model.__name__ == name}
    assert len(seen) == 3


def test_the_schema_in_the_flows_folder_is_current() -> None:
    """After a change: ally flows schema > flows/.schema.json."""
    written = json.loads(ROOT.joinpath("flows/.schema.json").read_text("utf-8"))
    result = CliRunner().invoke(command, ["schema"])
    assert result.exit_code == 0
    assert written == json.loads(result.output), "run: ally flows schema > flows/.schema.json"


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_a_shipped_file_names_its_schema(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=.schema.json\n")

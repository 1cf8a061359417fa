"""A folder of flows is read whole, or refused with every fault of every file."""

from pathlib import Path

import pytest

from bot.flow.shelf import read_shelf
from bot.words.yaml_tree import FilesBroken
from tests.flow.kit import ALWAYS, PHRASES

FLOW = "flow: hello\nabout: A test\nfirst: a\nsteps:\n  a: {say: Hi., end: yes}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is whole."""
    place = tmp_path / "flows"
    place.mkdir()
    (place / "always.yaml").write_text(ALWAYS)
    (place / "phrases.yaml").write_text(PHRASES)
    (place / "hello.yaml").write_text(FLOW)
    return place


def faults(folder: Path) -> str:
    with pytest.raises(FilesBroken) as raised:
        read_shelf(folder)
    return str(raised.value)


def test_a_whole_folder_is_read(folder: Path) -> None:
    shelf = read_shelf(folder)
    assert list(shelf.flows) == ["hello"]
    assert shelf.always.broken == "hand_over"
    assert shelf.phrases["sorry"].other.startswith("Sorry")


def test_what_every_house_needs_is_asked_for(folder: Path) -> None:
    (folder / "always.yaml").unlink()
    (folder / "phrases.yaml").unlink()
    said = faults(folder)
    assert "flows/always.yaml:1:1: this file is missing." in said
    assert "flows/phrases.yaml:1:1: this file is missing." in said


def test_a_flow_is_named_as_its_file(folder: Path) -> None:
    (folder / "other.yaml").write_text(FLOW)
    said = faults(folder)
    assert "flows/other.yaml:1:1: the flow is `hello` but the file is other.yaml." in said
    assert "there are two flows named `hello`" in said


def test_the_faults_of_all_files_are_told_together(folder: Path) -> None:
    (folder / "latin.yaml").write_bytes(b"flow: caf\xe9\n")
    (folder / "typo.yaml").write_text(FLOW.replace("hello", "typo").replace("say:", "sayy:"))
    (folder / "twice.yaml").write_text(FLOW.replace("hello", "twice") + "steps: {}\n")
    said = faults(folder)
    assert "flows/latin.yaml:1:1: the file is not UTF-8 text." in said
    assert "Did you mean `say`?" in said
    assert "flows/twice.yaml:6:1:" in said


def test_every_value_stays_the_text_it_was_written_as(folder: Path) -> None:
    """8:30, no and 012 are words of the author, never 510, False and 10."""
    odd = FLOW.replace("Hi.", "8:30").replace("A test", "no").replace("hello", "odd")
    (folder / "odd.yaml").write_text(odd)
    flow = read_shelf(folder).flows["odd"]
    assert flow.steps["a"].say is not None
    assert (flow.steps["a"].say.other, flow.file.about) == ("8:30", "no")

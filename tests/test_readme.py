"""What README and CONTRIBUTING promise is tried: their flows load, their files and commands are there."""

import re

import pytest

from bot.flow.load import load_flow
from tests.house.source import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md")
README = (ROOT / "README.md").read_text("utf-8")


def test_the_first_flow_is_a_flow_in_ten_lines() -> None:
    (source,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    flow = load_flow(source, "flows/lost_and_found.yaml")
    assert list(flow.steps) == ["what_is_lost", "office", "person", "finish"]
    assert len(source.splitlines()) == 10


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_and_every_file_named_is_there(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    linked = re.findall(r"\]\(((?!http)[^)#]+)", text)
    named = re.findall(r"`((?:bot|tests|docs|requirements)/[\w./]+)`", text)
    assert [path for path in linked + named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_named_is_there(document: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    named = re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / document).read_text("utf-8"), re.MULTILINE)
    assert [name for name in named if name not in targets] == []

"""The page assets are what npm brought: pinned, hashed, with their licences."""

import json
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tools.vendor import HERE, STATIC, TESTS, sri


@pytest.mark.parametrize("folder", [STATIC, TESTS])
def test_every_file_is_recorded_and_none_was_changed(folder: Path) -> None:
    record = json.loads((folder / "vendor.json").read_text("utf-8"))
    files = {name: hash_ for part in record.values() for name, hash_ in part["files"].items()}
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there == {*files, "vendor.json"}
    for name, hash_ in files.items():
        assert sri((folder / name).read_bytes()) == hash_, f"{name}: make vendor"
    for part in record.values():
        assert any("LICENSE" in name for name in part["files"])


def test_versions_are_pinned_and_the_lock_names_no_address() -> None:
    wanted = json.loads((HERE / "package.json").read_text("utf-8"))["dependencies"]
    lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    records = [json.loads((folder / "vendor.json").read_text("utf-8")) for folder in (STATIC, TESTS)]
    held = {name: part["version"] for record in records for name, part in record.items()}
    assert held == wanted == {name: lock[f"node_modules/{name}"]["version"] for name in wanted}
    assert all(lock[f"node_modules/{name}"]["integrity"] for name in wanted)
    assert "http" not in (HERE / "package-lock.json").read_text("utf-8").replace("github.com", "")
    assert str(ROOT) not in (HERE / "package-lock.json").read_text("utf-8")

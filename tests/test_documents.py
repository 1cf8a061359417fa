"""Whoever follows a document types what is there: commands, options and settings exist, and each is told."""

from pathlib import Path

import pytest

from bot.settings import Settings
from tests.house.documents import commands, documents, settings_named, wrong_in
from tests.house.source import ROOT

NOT_OURS = {
    "ALLY_DOMAIN": "compose.yaml: the host that the proxy gets its certificate for",
    "ALLY_REQUIRE_ALL": "of the tests",
    "ALLY_FAULTS": "of the tests",
}
"""Names that look like a setting of the program and are read elsewhere, and where"""
SETTINGS = {str(field.alias) for field in Settings.model_fields.values()}
REFERENCE = ROOT / "docs" / "settings.md"


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_every_command_option_and_setting_named_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = commands(text, is_prose=path.suffix == ".md")
    assert [wrong for line in lines for wrong in wrong_in(line)] == []
    assert settings_named(text) - SETTINGS - set(NOT_OURS) == set()


def test_every_setting_stands_in_the_reference_with_what_holds_without_it() -> None:
    rows = [line for line in REFERENCE.read_text("utf-8").splitlines() if line.startswith("| `")]
    told = {line.split("`")[1]: line.split("|")[2].strip() for line in rows}
    assert set(told) == SETTINGS
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, str | int | Path) and field.default != "":
            assert f"`{field.default}`" == told[str(field.alias)], name


def test_what_is_not_there_is_seen() -> None:
    """A rule that reads wrongly would find nothing."""
    found = list(
        commands("`ally staff phone x` then\n```sh\nally broadcast send --as me 12\n```", is_prose=True)
    )
    assert found == ["staff phone x", "broadcast send --as me 12"]
    assert [wrong for line in found for wrong in wrong_in(line)] == []
    assert list(wrong_in("staff fire x")) == ["`ally staff fire x`: no command `fire`"]
    assert list(wrong_in("fly")) == ["`ally fly`: no command `fly`"]
    assert list(wrong_in("arm --loud")) == ["`ally arm --loud`: no option `--loud`"]
    assert settings_named("set ALLY_NUMBER, TWILIO_AUTH_TOKEN and DATABASE_URL") == {
        "ALLY_NUMBER",
        "TWILIO_AUTH_TOKEN",
        "DATABASE_URL",
    }

"""Which name somebody meant."""

import pytest

from bot.words.nearest import did_you_mean, named, nearest
from bot.words.remark import remark


@pytest.mark.parametrize(
    ("word", "names", "meant"),
    [
        ("godbye", ["hello", "goodbye"], "goodbye"),
        ("og", ["go", "say"], "go"),
        ("xyz", ["go", "say"], None),
        ("menu", [], None),
    ],
)
def test_a_slip_finds_its_name_and_nonsense_finds_none(
    word: str, names: list[str], meant: str | None
) -> None:
    assert nearest(word, names) == meant


def test_where_nothing_is_close_something_else_is_said() -> None:
    assert did_you_mean("xyz", ["go"], remark("Write go.")) == "Write go."
    assert did_you_mean("goo", ["go"], remark("Write go.")) == "Did you mean `go`?"


def test_many_names_are_cut_short() -> None:
    assert named(["b", "a"]) == "`a`, `b`"
    assert named(map(str, range(10))).endswith("`7` ...")

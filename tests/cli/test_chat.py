"""`ally chat`: talks with the bot in the terminal or from a pipe, and writes what it heard as a test."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.chat import chat
from bot.talk.written import read_talk
from tests.fixtures.installation import ROOT


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> "type[Pipe]":
    """Pipes lines into `ally chat` in the folder of the flows."""
    monkeypatch.chdir(ROOT)
    return Pipe


class Pipe:
    """One run of the command."""

    @staticmethod
    def say(lines: list[str], *options: str) -> Result:
        """Every line, and then the end."""
        result = CliRunner().invoke(chat, options, input="".join(f"{line}\n" for line in lines))
        assert not isinstance(result.exception, AssertionError | TypeError), result.exception
        return result


def test_a_line_is_a_text_and_each_answer_shows_its_size(talk: type[Pipe]) -> None:
    said = talk.say(["Hello", "/step", "/choices", "/values"], "--language", "en").output
    assert "> Hello" in said
    assert "x GSM-7]" in said
    assert "(menu/" in said
    assert "(dates) " in said
    assert "({" in said


def test_time_passes_a_person_closes_and_buttons_are_tapped(talk: type[Pipe]) -> None:
    lines = [
        "menu",
        "/tap dates",
        "/tap nothing_such",
        "Talk to a person",
        "/wait 5h",
        "/close",
        "/picture",
        "/dance",
    ]
    said = talk.say(lines, "--language", "en", "--met", "--steps").output
    assert "/which_dates, en)" in said
    assert "(talk_to_person/hand_over, en)" in said
    assert said.count("/tap X") == 2, "what it does not know is answered with what there is"


def test_quit_ends_it(talk: type[Pipe]) -> None:
    assert "> Hello" not in talk.say(["/quit", "Hello"], "--stranger").output


def test_a_saved_talk_is_read_back_as_it_went(talk: type[Pipe], tmp_path: Path) -> None:
    file = tmp_path / "new" / "case.yaml"
    lines = ["menu", "/step", "/tap dates", "/wait 4d", "hello"]
    options = ("--language", "en", "--met", "--now", "2026-10-13 10:00", "--about", "She comes back")
    said = talk.say(lines, *options, "--save", str(file)).output
    assert f"Written to {file}" in said
    saved = read_talk(file.read_text(), "case.yaml")
    assert (saved.talk, saved.family, saved.texted_before) == ("She comes back", "en", "yes")
    assert f"{saved.now:%Y-%m-%d %H:%M}" == "2026-10-13 10:00"
    assert len(saved.turns) == 4, "asking about the talk is no part of it"
    assert saved.turns[2].we_say == []
    for turn in saved.turns:
        for text in turn.we_say:
            assert text.split("\n")[0] in said


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--language", "xx"], "No invented parent speaks `xx`"),
        (["--as", "guardian-nobody"], "guardian-morales-elena"),
        (["--fails", "no_such_action"], "No action is called no_such_action"),
    ],
)
def test_who_is_not_there_is_said_with_who_is(talk: type[Pipe], options: list[str], told: str) -> None:
    result = talk.say(["Hello"], *options)
    assert result.exit_code == 1
    assert told in result.output


def test_broken_flows_are_listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/menu.yaml").write_text("flow: menu\n")
    monkeypatch.chdir(tmp_path)
    result = Pipe.say(["Hello"])
    assert result.exit_code == 1
    assert "menu.yaml:1:" in result.output

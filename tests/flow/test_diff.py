"""What `ally flows diff` says of two versions of a flow."""

from pathlib import Path

from click.testing import CliRunner

from bot.cli.flows import flows as command
from bot.flow.changes import changes, changes_between
from bot.flow.load import load_flow

OLD = """
flow: garden
about: A garden day
starts_with: {topics: [garden]}
first: hello
steps:
  hello:
    ask: "Will you come?"
    choices:
      sure: {label: "We will come", go: many}
      never: {label: "We cannot", go: bye}
    unclear: {tries: 2}
  many:
    ask: "How many?"
    answer: {save: guests, type: number}
    go: thanks
  thanks: {say: "So many: {guests}.", go: bye}
  bye: {say: "Goodbye.", end: yes}
"""


def said(new: str, old: str = OLD) -> list[str]:
    """The differences as step: words."""
    found = changes(load_flow(old, "garden.yaml"), load_flow(new, "garden.yaml"))
    return [f"{change.step}: {change.said}" for change in found]


def test_comments_and_spaces_change_nothing() -> None:
    assert said(OLD.replace("steps:\n", "# What follows\n\nsteps:\n")) == []


def test_a_step_that_is_gone_is_finished_on_the_old_version() -> None:
    new = OLD.replace('  thanks: {say: "So many: {guests}.", go: bye}\n', "").replace("go: thanks", "go: bye")
    assert said(new) == [
        "thanks: the step is gone: whoever stands there finishes on the old version",
        "many: `answer` leads to `bye`, and no longer to `thanks`",
    ]


def test_a_renamed_step_that_is_declared_carries_people_over() -> None:
    """Its own name is not a change of targets."""
    new = OLD.replace("thanks", "thank_you").replace(
        "first: hello\n", "first: hello\nmoved: {thanks: thank_you}\n"
    )
    assert said(new) == ["thanks: the step is `thank_you` now: whoever stands there goes on at it"]


def test_a_renamed_step_that_is_not_declared_is_one_gone_and_one_new() -> None:
    assert said(OLD.replace("thanks", "thank_you")) == [
        "thanks: the step is gone: whoever stands there finishes on the old version",
        "thank_you: the step is new",
        "many: `answer` leads to `thank_you`, and no longer to `thanks`",
    ]


def test_changed_english_makes_translations_out_of_date() -> None:
    new = OLD.replace("Goodbye.", "See you.").replace("We cannot", "We cannot come")
    assert said(new) == [
        "hello: the English of `choices.never` has changed: its translations become out of date",
        "bye: the English of `say` has changed: its translations become out of date",
    ]


def test_a_new_choice_and_one_that_is_gone_are_told() -> None:
    new = OLD.replace('never: {label: "We cannot"', 'perhaps: {label: "Perhaps"')
    assert said(new) == [
        "hello: `choices.perhaps` is a new text to translate",
        "hello: `choices.never` is gone; it led to `bye`",
        "hello: `choices.perhaps` is new and leads to `bye`",
    ]


def test_tries_types_times_and_topics_are_told() -> None:
    new = (
        OLD.replace("tries: 2", "tries: 3")
        .replace("type: number", "type: text")
        .replace("[garden]", "[party]")
    )
    assert said(new) == [
        ": the topic `garden` opens it no longer",
        ": the topic `party` opens it",
        "hello: `unclear.tries` is `3`, and was `2`",
        "many: `answer.type` is `text`, and was `number`",
    ]


def test_flows_that_come_and_go_are_told() -> None:
    garden = load_flow(OLD, "garden.yaml")
    assert [change.said for change in changes_between({"garden": garden}, {})] == [
        "the flow is gone: whoever is in it finishes on the old version"
    ]
    assert [change.said for change in changes_between({}, {"garden": garden})] == ["the flow is new"]


def test_the_command_compares_two_files(tmp_path: Path) -> None:
    for name, text in {"old": OLD, "new": OLD.replace("Goodbye.", "See you.")}.items():
        tmp_path.joinpath(f"{name}.yaml").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(command, ["diff", str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml")])
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == (
        "garden/bye: the English of `say` has changed: its translations become out of date."
    )


def test_the_command_says_so_when_nothing_changes(tmp_path: Path) -> None:
    tmp_path.joinpath("one.yaml").write_text(OLD, encoding="utf-8")
    result = CliRunner().invoke(command, ["diff", str(tmp_path), str(tmp_path)])
    assert result.output == "Nothing changes for anybody.\n"

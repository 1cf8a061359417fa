"""`ally check` at the command line: what it prints, and with which code it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.check import check
from bot.flow.check.known import PHRASES
from tests.flow.check.house import FILES

GOOD = """flow: garden
about: A garden day
starts_with: {topics: [garden]}
first: hello
steps:
  hello: {say: "Welcome to the garden.", end: yes}
"""
SPANISH = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#, fuzzy
msgctxt "garden/hello/say"
msgid "Welcome to the garden."
msgstr "Bienvenidos al jardín."
"""


def run(folder: Path, flow: str, *options: str, spanish: str = "") -> Result:
    """Check a small house with this flow in it."""
    phrases = "phrases:\n" + "".join(f'  {name}: "Words"\n' for name in PHRASES)
    files = {**FILES, "flows/garden.yaml": flow, "flows/phrases.yaml": phrases}
    if spanish:
        files["messages/es/LC_MESSAGES/ally.po"] = spanish
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    where = ["--flows", str(folder / "flows"), "--messages", str(folder / "messages")]
    return CliRunner().invoke(check, [*where, *options])


def test_all_in_order_ends_with_0(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD)
    assert (result.exit_code, result.output) == (0, "Every flow is in order.\n")


def test_an_error_is_a_line_with_place_and_fix_and_ends_with_1(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD.replace("end: yes", "go: bye"))
    assert result.exit_code == 1
    assert result.output == (
        "flows/garden.yaml:6:42: there is no step `bye` in this flow. Its steps are `hello`.\n"
        "1 error, no warnings.\n"
    )


def test_a_translation_must_use_the_agreed_words(tmp_path: Path) -> None:
    terms = "terms: {garden: {english: [garden], es: huerto}}"
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "glossary.yaml").write_text(terms, "utf-8")
    wrong = "garden/hello/say: the agreed words for `garden` are not in it. Say: huerto."
    unread = run(tmp_path, GOOD, spanish=SPANISH)
    assert (unread.exit_code, f":7:1: warning: {wrong}" in unread.output) == (0, True), unread.output
    reviewed = run(tmp_path, GOOD, spanish=SPANISH.replace("#, fuzzy\n", ""))
    assert (reviewed.exit_code, f":6:1: {wrong}" in reviewed.output) == (1, True), reviewed.output


def test_the_words_that_translate_badly_are_checked_too(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    listed = tmp_path / "messages" / "plain_words.yaml"
    listed.write_text('words:\n  pie: {say: pie, why: idiom, plain: "easy"}\n', "utf-8")
    assert run(tmp_path, GOOD).exit_code == 0
    listed.write_text('words:\n  pie: {say: pie, why: sweet, plain: "easy"}\n', "utf-8")
    wrong = run(tmp_path, GOOD)
    assert wrong.exit_code == 1
    assert "messages/plain_words.yaml:2:3: `pie` has the reason `sweet`, which is none." in wrong.output


def test_a_warning_is_shown_and_ends_with_0(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD.replace("end: yes", "save: {x: y}, end: yes"))
    assert result.exit_code == 0
    assert "flows/garden.yaml:6:49: warning: nothing uses `x`. Remove it.\n" in result.output


def test_a_file_that_cannot_be_read_is_a_fault_and_no_traceback(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD.replace("steps:", "steps"))
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert result.output.endswith("1 error, no warnings.\n")


def test_json_is_for_programs(tmp_path: Path) -> None:
    result = run(tmp_path, GOOD.replace("end: yes", "go: bye"), "--json")
    assert result.exit_code == 1
    [fault] = json.loads(result.output)
    assert fault == {
        "file": "flows/garden.yaml",
        "line": 6,
        "column": 42,
        "wrong": "there is no step `bye` in this flow.",
        "fix": "Its steps are `hello`.",
        "rule": "target",
        "severity": "error",
    }


@pytest.mark.parametrize(("options", "listed"), [((), False), (("--language", "es"), True)])
def test_texts_are_listed_one_by_one_for_a_chosen_language(
    tmp_path: Path, options: tuple[str, ...], *, listed: bool
) -> None:
    result = run(tmp_path, GOOD, *options, spanish=SPANISH)
    assert "warning: not read by anybody who speaks Spanish: 1 of " in result.output
    line = "flows/garden.yaml:6:11: warning: nobody who speaks Spanish has read this text in it."
    assert (line in result.output) is listed

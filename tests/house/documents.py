"""Finds in documents what they tell people to type: commands of `ally` with their options, and settings."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli.main import ally
from tests.house.source import ROOT

_CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)
_COMMAND = re.compile(r"(?:^|[`\s/])ally((?: +[^\s`|;&)]+)+)", re.MULTILINE)
_WORD = re.compile(r"[a-z][a-z-]*")
_SETTING = re.compile(r"\b(?:ALLY|TWILIO)_[A-Z_]+[A-Z]\b|\b(?:DATABASE|REDIS)_URL\b")


def documents() -> list[Path]:
    """What people read who set Ally up, run it or use its API, and what the services are started with."""
    guides = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "compose.yaml", ROOT / "Dockerfile"]
    units = [path for path in (ROOT / "deploy").rglob("*") if path.is_file()]
    return sorted(path for path in (*guides, *units) if path.name != "CHANGELOG.md")


def commands(text: str, *, is_prose: bool) -> Iterator[str]:
    """Every command line of `ally` in a text; in prose only those that are set as code."""
    spans = _CODE.findall(text) if is_prose else [text]
    for span in spans:
        for match in _COMMAND.finditer(span.replace("\\\n", " ")):
            yield match[1].split("#")[0].strip()


def wrong_in(line: str) -> Iterator[str]:
    """What of a command line is not there: the command, a command of its group, an option."""
    command: click.Command = ally
    words = line.split()
    while words and isinstance(command, click.Group) and _WORD.fullmatch(words[0]):
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            yield f"`ally {line}`: no command `{words[0]}`"
            return
        command, words = found, words[1:]
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
    for word in words:
        if word.startswith("--") and word.partition("=")[0] not in options:
            yield f"`ally {line}`: no option `{word}`"


def settings_named(text: str) -> set[str]:
    """Every name of a setting in a text."""
    return set(_SETTING.findall(text))

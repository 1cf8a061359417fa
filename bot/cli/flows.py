"""`ally flows`: the schema for editors, and what a change means for conversations that are running."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from bot.flow.changes import Change, changes_between
from bot.flow.load import Flow, load_flow
from bot.flow.schema import schema as schema_of
from bot.flow.shelf import ALWAYS, PHRASES
from bot.school.look_up_words import look_up_words
from bot.school.rights import read_rights
from bot.talk.action_words import action_words
from bot.talk.subject import FACTS
from bot.words.yaml_tree import Fault, FilesBroken


@click.group()
def flows() -> None:
    """The flow language: schema for editors, differences of two versions."""


@flows.command()
def schema() -> None:
    """Write the JSON Schema of flow files: `ally flows schema > flows/.schema.json`."""
    click.echo(schema_text(), nl=False)


def schema_text() -> str:
    """The schema with the names of this program's look-ups, actions and facts."""
    facts = (fact.id for fact in read_rights(FACTS).every())
    return json.dumps(schema_of(look_up_words(), action_words(), facts), indent=1, ensure_ascii=False) + "\n"


@flows.command()
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Say what changes from OLD to NEW, two flow files or two folders, for conversations that are running."""
    try:
        found = changes_between(_flows(old), _flows(new))
    except FilesBroken as broken:
        raise click.ClickException(f"one of them is broken.\n{broken}") from None
    for line in _said(found):
        click.echo(line)


def _flows(path: Path) -> dict[str, Flow]:
    paths = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    found: dict[str, Flow] = {}
    faults: list[Fault] = []
    for one in paths:
        if one.name in (ALWAYS, PHRASES):
            continue
        try:
            flow = load_flow(one.read_text(encoding="utf-8"), str(one))
            found[flow.name] = flow
        except FilesBroken as broken:
            faults += broken.faults
    if faults:
        raise FilesBroken(faults)
    return found


def _said(found: Iterable[Change]) -> list[str]:
    lines = [f"{change.flow}{f'/{change.step}' if change.step else ''}: {change.said}." for change in found]
    if not lines:
        return ["Nothing changes for anybody."]
    return [
        *lines,
        "Running conversations finish on the old version; only steps under `moved:` go on in the new.",
    ]

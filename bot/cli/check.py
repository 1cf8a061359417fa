"""`ally check`: proves every flow in every language before a family meets it."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from bot.broadcast.hard_words import read_hard_words
from bot.cli.folders import FLOWS, MESSAGES
from bot.flow.check.rules import check as prove
from bot.talk.subject import read_subject
from bot.words.locales import LOCALES
from bot.words.yaml_tree import Fault, FilesBroken


@click.command()
@FLOWS
@MESSAGES
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(list(LOCALES)),
    help="Prove only this language, and list its texts that are missing or not reviewed; may be repeated",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of faults")
def check(flows: Path, messages: Path, languages: tuple[str, ...], *, as_json: bool) -> None:
    """Prove every flow in every language: file:line:column, what is wrong, and the fix.

    Ends with 1 where there are errors; warnings are shown and do not fail.
    """
    faults = _of_plain_words(messages)
    try:
        faults += prove(read_subject(flows, messages, languages))
    except FilesBroken as broken:
        faults += broken.faults
    if as_json:
        click.echo(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=1))
    else:
        for fault in faults:
            click.echo(str(fault))
        click.echo(_sum(faults))
    if any(fault.severity == "error" for fault in faults):
        raise SystemExit(1)


def _of_plain_words(messages: Path) -> list[Fault]:
    """What is wrong with the words that translate badly; an installation may have no list of them."""
    path = messages / "plain_words.yaml"
    try:
        if path.is_file():
            read_hard_words(path.read_text("utf-8-sig"), f"messages/{path.name}")
    except FilesBroken as broken:
        return broken.faults
    return []


def _sum(faults: list[Fault]) -> str:
    errors = sum(fault.severity == "error" for fault in faults)
    warnings = len(faults) - errors
    if not faults:
        return "Every flow is in order."
    return f"{_number(errors, 'error')}, {_number(warnings, 'warning')}."


def _number(n: int, of: str) -> str:
    return f"{n or 'no'} {of}{'' if n == 1 else 's'}"

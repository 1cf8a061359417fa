"""`ally check`: proves every flow in every language before a family meets it."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from bot.flow.check.rules import check as prove
from bot.talk.subject import read_subject
from bot.words.locales import LOCALES
from bot.words.yaml_tree import Fault, FilesBroken

FLOWS = click.option(
    "--flows", default="flows", show_default=True, type=click.Path(path_type=Path), help="Folder of the flows"
)
MESSAGES = click.option(
    "--messages",
    default="messages",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder of the catalogs and of what parents say",
)


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
    try:
        faults = prove(read_subject(flows, messages, languages))
    except FilesBroken as broken:
        faults = broken.faults
    if as_json:
        click.echo(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=1))
    else:
        for fault in faults:
            click.echo(str(fault))
        click.echo(_sum(faults))
    if any(fault.severity == "error" for fault in faults):
        raise SystemExit(1)


def _sum(faults: list[Fault]) -> str:
    errors = sum(fault.severity == "error" for fault in faults)
    warnings = len(faults) - errors
    if not faults:
        return "Every flow is in order."
    return f"{_number(errors, 'error')}, {_number(warnings, 'warning')}."


def _number(n: int, of: str) -> str:
    return f"{n or 'no'} {of}{'' if n == 1 else 's'}"

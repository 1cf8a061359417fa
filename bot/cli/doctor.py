"""`ally doctor`: what is wrong with this installation and the fix, also where half of it is down."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from bot.cli.first_run import ENV_FILE
from bot.examine import machine
from bot.examine.finding import Finding, State, broken, guarded
from bot.examine.whole import every, inside, outside
from bot.records import now
from bot.settings import Settings, SettingsWrong, read_settings
from bot.store.database import Database

_SIGNS: Final[dict[State, tuple[str, str]]] = {
    "ok": ("ok      ", "green"),
    "warning": ("warning ", "yellow"),
    "broken": ("BROKEN  ", "red"),
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of findings")
def doctor(*, as_json: bool) -> None:
    """Look at everything that a deployment gets wrong, and say the fix.

    Changes nothing. Ends with 1 where something is broken; warnings do not fail.
    """
    found = []
    for finding in findings(ENV_FILE):
        found.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=1))
    else:
        click.echo(_sum(found))
    if any(finding.state == "broken" for finding in found):
        raise SystemExit(1)


def findings(env_file: Path) -> Iterator[Finding]:
    """Look at one thing after the other."""
    yield from guarded(".env", lambda: machine.look_at_secrets(env_file))
    try:
        settings = read_settings()
    except SettingsWrong as wrong:
        for line in str(wrong).splitlines():
            yield broken("settings", line, "set it in the environment or in .env; README.md tells what it is")
        return
    database = Database(settings.database_url)
    try:
        yield from _all_of(settings, database)
    finally:
        database.close()


def _all_of(settings: Settings, database: Database) -> Iterator[Finding]:
    looks = {**inside(settings, database, now()), **outside(settings, now)}
    yield from every({**looks, "flows": lambda: machine.look_at_flows(settings)})


def _show(finding: Finding) -> None:
    sign, colour = _SIGNS[finding.state]
    click.echo(f"{click.style(sign, fg=colour)}{finding.about}: {finding.says}")
    if finding.fix:
        click.echo(f"        fix: {finding.fix}")


def _sum(found: list[Finding]) -> str:
    broken_ones = sum(finding.state == "broken" for finding in found)
    warnings = sum(finding.state == "warning" for finding in found)
    if not broken_ones and not warnings:
        return "\nAll is well."
    return f"\n{broken_ones} broken, {warnings} to see to."

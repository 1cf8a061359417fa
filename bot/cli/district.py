"""`ally district`: checks and loads a district's folder (district.yaml, roster, calendars)."""

from pathlib import Path

import click

from bot.cli.with_bot import with_records
from bot.records import Records
from bot.school.district import DistrictRefused, load_district, read_district

FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))


@click.group()
def district() -> None:
    """Schools, people and calendars of a district."""


@district.command("check")
@FOLDER
def check(folder: Path) -> None:
    """Read a folder and list everything that is wrong in it; changes nothing."""
    try:
        found = read_district(folder)
    except DistrictRefused as refused:
        raise click.ClickException(f"{len(refused.errors)} faults:\n{refused}") from None
    click.echo(
        f"{folder} is right: {len(found.words.schools)} schools, {len(found.roster.families)} families."
    )


@district.command("load")
@FOLDER
@click.option(
    "--many-may-leave", is_flag=True, help="Yes, a large share of families is gone from the roster."
)
@with_records
def load(here: Records, folder: Path, *, many_may_leave: bool) -> None:
    """Load a folder; loading it again changes only what has changed in it."""
    try:
        report = load_district(here.db, here.vault, folder, here.clock, many_may_leave=many_may_leave)
    except DistrictRefused as refused:
        raise click.ClickException(f"Nothing was loaded. {len(refused.errors)} faults:\n{refused}") from None
    click.echo("Nothing had changed." if report.changes_nothing else f"Loaded.\n{report.roster}")
    for note in report.notes:
        click.echo(f"Note: {note}")

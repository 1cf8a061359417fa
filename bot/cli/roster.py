"""`ally roster`: check or load a OneRoster 1.1 set by itself, as a nightly export brings it."""

from pathlib import Path

import click

from bot.cli.with_bot import with_records
from bot.people.roster import RosterRefused, read_roster
from bot.people.roster_store import store_roster
from bot.records import Records

_PATH = click.argument("path", type=click.Path(path_type=Path))
_COLUMN = click.option(
    "--language-column",
    default="metadata.homeLanguage",
    show_default=True,
    help="The column of users.csv that holds the home language",
)


@click.group()
def roster() -> None:
    """The district's roster: OneRoster 1.1 CSV in a folder or a zip."""


@roster.command()
@_PATH
@_COLUMN
def check(path: Path, language_column: str) -> None:
    """Say everything that is wrong with PATH; change nothing."""
    try:
        found = read_roster(path, language_column)
    except RosterRefused as refused:
        raise click.ClickException(listed(refused.errors)) from None
    print_notes(found.notes)
    click.echo(
        f"schools: {len(found.schools)}, children: {len(found.children)}, "
        f"families: {len(found.families)}, guardians: {len(found.guardians)}, staff: {len(found.staff)}"
    )


@roster.command()
@_PATH
@_COLUMN
@click.option("--many-may-leave", is_flag=True, help="More than a fifth of the children left")
@with_records
def load(here: Records, path: Path, language_column: str, *, many_may_leave: bool) -> None:
    """Load PATH. A second time changes nothing; consent and chosen languages are never touched."""
    try:
        found = read_roster(path, language_column)
        with here.db.write() as session:
            report = store_roster(session, here.vault, found, here.clock(), many_may_leave=many_may_leave)
    except RosterRefused as refused:
        raise click.ClickException(listed(refused.errors)) from None
    print_notes(found.notes)
    print_counts(report.counts())


def listed(errors: list[str]) -> str:
    """Errors a line each, and how many."""
    return "\n".join(["this cannot be used:", *errors, f"{len(errors)} errors; nothing was changed."])


def print_notes(notes: list[str]) -> None:
    """What was left out, to the side of the result."""
    for note in notes:
        click.echo(f"note: {note}", err=True)


def print_counts(counts: list[tuple[str, int]]) -> None:
    """What was changed, by name."""
    changes = [f"{name.replace('_', ' ')}: {count}" for name, count in counts if count]
    click.echo("\n".join(changes) or "Nothing has changed.")

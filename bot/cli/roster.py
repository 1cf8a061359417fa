"""ally roster: check or load a OneRoster 1.1 set or a whole district folder."""

from pathlib import Path
from typing import Protocol

import click

from bot.people.roster import RosterRefused, read_roster
from bot.people.roster_store import RosterReport, store_roster
from bot.ports import Clock
from bot.school.district import FILE, DistrictRefused, load_district, read_district
from bot.store.database import Database
from bot.store.vault import Vault

_COLUMN = "metadata.homeLanguage"


class House(Protocol):
    """What these commands need of the running program."""

    @property
    def db(self) -> Database:
        """The database."""

    @property
    def vault(self) -> Vault:
        """The vault."""

    @property
    def clock(self) -> Clock:
        """The clock."""


@click.group()
def roster() -> None:
    """Check or load a roster: OneRoster 1.1 CSV in a folder or zip, or a folder with district.yaml."""


@roster.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--language-column", default=_COLUMN, show_default=True, help="Home language")
def check(path: Path, language_column: str) -> None:
    """Say everything that is wrong with PATH; change nothing."""
    try:
        found = read_district(path).roster if _is_district(path) else read_roster(path, language_column)
    except (RosterRefused, DistrictRefused) as refused:
        raise click.ClickException(_listed(refused.errors)) from None
    _print_notes(found.notes)
    click.echo(
        f"{len(found.schools)} schools, {len(found.children)} children, "
        f"{len(found.families)} families, {len(found.guardians)} guardians, {len(found.staff)} staff"
    )


@roster.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--language-column", default=_COLUMN, show_default=True, help="Home language")
@click.option("--many-may-leave", is_flag=True, help="More than a fifth of the children left")
@click.pass_obj
def load(house: House, path: Path, language_column: str, many_may_leave: bool) -> None:  # noqa: FBT001 click hands it over so
    """Load PATH. A second time changes nothing; consent and chosen languages are never touched."""
    try:
        report, notes = _load(house, path, language_column, many_may_leave=many_may_leave)
    except (RosterRefused, DistrictRefused) as refused:
        raise click.ClickException(_listed(refused.errors)) from None
    _print_notes(notes)
    changes = [f"{name.replace('_', ' ')}: {count}" for name, count in report.counts() if count]
    click.echo("\n".join(changes) or "Nothing has changed.")


def _load(
    house: House, path: Path, language_column: str, *, many_may_leave: bool
) -> tuple[RosterReport, list[str]]:
    if _is_district(path):
        whole = load_district(house.db, house.vault, path, house.clock, many_may_leave=many_may_leave)
        return whole.roster, whole.notes
    found = read_roster(path, language_column)
    with house.db.write() as session:
        report = store_roster(session, house.vault, found, house.clock(), many_may_leave=many_may_leave)
    return report, found.notes


def _is_district(path: Path) -> bool:
    return (path / FILE).is_file()


def _listed(errors: list[str]) -> str:
    return "\n".join([*errors, f"{len(errors)} errors; nothing was loaded."])


def _print_notes(notes: list[str]) -> None:
    for note in notes:
        click.echo(f"note: {note}", err=True)

"""`ally rights`: the facts about rights, and which of them somebody must look at."""

from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from bot.records import now
from bot.school import rights as library
from bot.school.district import DistrictRefused, jurisdiction_of
from bot.school.rights import Fact, RightsLibrary, Withheld, read_rights
from bot.words.yaml_tree import FilesBroken

FACTS = Path(library.__file__).parent / "facts"
WIDE = 200
"""Letters of the table where nobody looks: a line a fact, to be searched"""


@click.command()
@click.option("--all", "every", is_flag=True, help="Also the facts that are in order.")
@click.option("--soon", default=60, show_default=True, help="Count as due what falls due in so many days.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Look from this day instead of today.")
@click.option("--state", help="Facts of this state too, as us-ca; else that of --district.")
@click.option(
    "--district",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A district's folder; its district.yaml names the state.",
)
def rights(*, every: bool, soon: int, on: datetime | None, state: str | None, district: Path | None) -> None:
    """List the facts that are withheld, fall due, or have no reviewer yet. Exit 1 when any is withheld."""
    today = on.date() if on else now().date()
    facts = _read(state, district)
    shown = [fact for fact in _by_urgency(facts) if every or _reason(facts, fact, today, soon)]
    if not shown:
        click.echo("Every fact is in order.")
        return
    _show(facts, shown, today, soon)
    held = facts.due(today)
    told = f"{len(facts.every())} facts; {len(held)} withheld on {today}."
    unreviewed = sum(not fact.written.reviewer for fact in facts.every())
    click.echo(f"{told} {unreviewed} have no reviewer: families are told so with each of them.")
    if held:
        raise SystemExit(1)


def _read(state: str | None, district: Path | None) -> RightsLibrary:
    try:
        return read_rights(FACTS, state or jurisdiction_of(district))
    except (FilesBroken, DistrictRefused) as error:
        raise click.ClickException(str(error)) from None


def _by_urgency(facts: RightsLibrary) -> list[Fact]:
    return sorted(facts.every(), key=lambda fact: (fact.written.review_by, fact.id))


def _reason(facts: RightsLibrary, fact: Fact, today: date, soon: int) -> str:
    """Why somebody must look at a fact; empty where it is in order, but for a reviewer."""
    found = facts.fact(fact.id, today)
    if isinstance(found, Withheld):
        return f"withheld: {found.reason.replace('_', ' ')}"
    left = (fact.written.review_by - today).days
    return f"due in {left} days" if left <= soon else ""


def _show(facts: RightsLibrary, shown: list[Fact], today: date, soon: int) -> None:
    table = Table("fact", "place", "status", "checked", "review by", "reviewer", "what to do")
    for fact in shown:
        written = fact.written
        table.add_row(
            fact.id,
            fact.jurisdiction,
            written.status,
            f"{written.verified_on}",
            f"{written.review_by}",
            written.reviewer or "-",
            _reason(facts, fact, today, soon) or "in order",
        )
    console = Console()
    (console if console.is_terminal else Console(width=WIDE)).print(table)

"""`ally absences`: what parents reported by text, for the attendance office."""

import click
from rich.console import Console
from rich.table import Table

from bot.cli.told import is_reached, told_words, why_nobody
from bot.cli.with_bot import with_records
from bot.people import absences as people
from bot.records import Records
from bot.store import absences as store
from bot.store import notices


@click.group()
def absences() -> None:
    """Children whose parents said by text that they will be away."""


@absences.command("list")
@click.option("--school", help="Only this school, by the sourcedId of its org.")
@with_records
def list_waiting(here: Records, school: str | None) -> None:
    """Reports that nobody has marked as seen, soonest day first."""
    with here.db.read() as session:
        found = people.waiting(session, here.vault, school)
        told = notices.about(session, absences=[one.id for one in found])
    if not found:
        click.echo("No absence waits to be seen.")
        return
    table = Table("report", "day", "child", "grade", "school", "reason", "reported (UTC)", "told")
    for one in found:
        when = f"{one.reported_at:%Y-%m-%d %H:%M}"
        mine = [notice for notice in told if notice.absence_id == one.id]
        row = (str(one.id), f"{one.day}", one.child, one.grade, one.school, one.reason, when)
        table.add_row(*row, told_words(mine, {}))
    Console().print(table)
    for one in found:
        mine = [notice for notice in told if notice.absence_id == one.id]
        if not is_reached(mine):
            why = why_nobody(mine, f"the attendance office at {one.school}")
            click.echo(f"Report {one.id}: nobody was told: {why}")


@absences.command("seen")
@click.argument("report", type=int)
@with_records
def seen(here: Records, report: int) -> None:
    """Mark a report as seen; it leaves the list."""
    with here.db.write() as session:
        done = store.see(session, report, here.clock())
    if not done:
        raise click.ClickException(
            f"Report {report} does not wait; `ally absences list` shows those that do."
        )
    click.echo(f"Report {report} is seen.")

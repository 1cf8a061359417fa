"""`ally delivery`: what keeps texts from arriving, and who mends it."""

from datetime import timedelta

import click
from rich.console import Console
from rich.table import Table

from bot.carrier.twilio.errors import verdict
from bot.cli.one_number import number_of
from bot.cli.with_bot import with_records
from bot.outbox.caps import day_of, next_day
from bot.outbox.costs import by_kind
from bot.outbox.go_on import go_on as go_on_after_a_fault
from bot.records import Records
from bot.sending import budget
from bot.store import contacts, failing, spending, troubles
from bot.store.failing import Failing
from bot.words.phone import mask


@click.group()
def delivery() -> None:
    """What keeps texts from arriving."""


@delivery.command("problems")
@click.option("--names", is_flag=True, help="Names and whole numbers, for the office that mends them.")
@with_records
def problems(here: Records, *, names: bool) -> None:
    """Faults of our own that hold broadcasts, and numbers of families that get no texts."""
    with here.db.read() as session:
        faults = troubles.open_ones(session)
        numbers = failing.to_mend(session, here.clock())
    if not faults and not numbers:
        click.echo("Nothing keeps texts from arriving.")
        return
    for fault in faults:
        told = verdict(fault.code)
        click.echo(
            f"Broadcasts wait since {fault.since:%Y-%m-%d %H:%M} UTC: {told.staff_words} ({fault.code})"
        )
        click.echo(f"  {told.to_do} Then: ally delivery go-on")
    if numbers:
        Console().print(_table(here, numbers, names=names))


@delivery.command("costs")
@click.option("--days", default=1, show_default=True, help="How many days back.")
@with_records
def costs(here: Records, *, days: int) -> None:
    """What texts took, by country, language and encoding; estimates by list price, not a bill."""
    now = here.clock()
    since = next_day(now) - timedelta(days=days)
    with here.db.read() as session:
        day = spending.so_far(session, here.settings.brand, day_of(now))
        taken = spending.by_contact(session, since)
    limit = budget(here.settings)
    spent = f"Today: {day.segments} segments, about ${day.micros / 1e6:.2f}"
    click.echo(f"{spent}, {limit.used(day):.0%} of the budget." if limit else f"{spent}; no budget is set.")
    table = Table("country", "language", "encoding", "texts", "segments", "about US $")
    for (country, language, encoding), cost in sorted(by_kind(here.vault, taken).items()):
        dollars = f"{cost.micros / 1e6:.4f}"
        table.add_row(country, language, encoding, str(cost.texts), str(cost.segments), dollars)
    Console().print(table)


def _table(here: Records, numbers: list[Failing], *, names: bool) -> Table:
    table = Table("contact", "number", "school", "since", "texts", "why", "what to do")
    for one in numbers:
        number = here.vault.open(one.number, contacts.NUMBER)
        name = here.vault.open(one.name, contacts.NAME) if one.name else ""
        told = verdict(one.code)
        table.add_row(
            f"{one.contact_id} {name}".strip() if names else str(one.contact_id),
            number if names else mask(number),
            one.schools,
            f"{one.since:%Y-%m-%d}",
            "stopped" if one.is_dead else "still tried",
            f"{told.staff_words} ({one.code})",
            told.to_do,
        )
    return table


@delivery.command("mended")
@click.argument("number")
@with_records
def mended(here: Records, number: str) -> None:
    """Say that a number works after all: texts go there again."""
    e164 = number_of(number)
    with here.db.write() as session:
        contact = contacts.by_number_hash_locked(session, here.vault.fingerprint(e164))
        if contact is None or not failing.mend(session, contact.id or 0):
            raise click.ClickException("Nothing is wrong with this number here.")
    click.echo("It gets texts again.")


@delivery.command("go-on")
@with_records
def go_on(here: Records) -> None:
    """Say that Twilio and the settings are mended: broadcasts go on."""
    with here.db.write() as session:
        went_on = go_on_after_a_fault(session, here.clock())
    here.bell.ring("broadcasts")
    click.echo("Broadcasts go on." if went_on.faults or went_on.broadcasts else "Nothing held them.")

"""`ally consent`: opt-outs and opt-ins that came on paper, spoken or by e-mail, and the proof of all."""

from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table

from bot.cli.one_number import contact_of, number_of
from bot.cli.with_bot import with_records
from bot.people.consent import MEANS, Means, log_beyond, log_start, log_stop
from bot.records import Records
from bot.store import consents, contacts
from bot.words.phone import mask


@click.group()
def consent() -> None:
    """Who may be texted, and how we know."""


_means = click.option(
    "--how", "means", type=click.Choice(MEANS), required=True, help="How the person said so."
)
_by = click.option("--by", "recorded_by", required=True, help="Who writes it down.")
_on = click.option("--on", "said_at", type=click.DateTime(["%Y-%m-%d"]), help="When it was said; else now.")


@consent.command("stop")
@click.argument("number")
@_means
@_by
@_on
@with_records
def stop(here: Records, number: str, means: Means, recorded_by: str, said_at: datetime | None) -> None:
    """Text this number no more, from now on. Nothing is sent to say so."""
    e164, now = number_of(number), here.clock()
    with here.db.write() as session:
        is_new = log_stop(
            session,
            here.vault,
            e164,
            means=means,
            recorded_by=recorded_by,
            said_at=_moment(said_at, now),
            now=now,
        )
    click.echo("No more texts go to this number." if is_new else "This number had opted out already.")


@consent.command("start")
@click.argument("number")
@_means
@_by
@_on
@with_records
def start(here: Records, number: str, means: Means, recorded_by: str, said_at: datetime | None) -> None:
    """Take an opt-out back, because the person asked the school for texts again."""
    e164, now = number_of(number), here.clock()
    with here.db.write() as session:
        is_new = log_start(
            session,
            here.vault,
            e164,
            means=means,
            recorded_by=recorded_by,
            said_at=_moment(said_at, now),
            now=now,
        )
    click.echo(_STARTED if is_new else "This number had not opted out.")


_STARTED = (
    "This number gets texts again. If it had texted STOP itself, its carrier may go on blocking ours: "
    "then the person must text START from that phone."
)


@consent.command("show")
@click.argument("number")
@with_records
def show(here: Records, number: str) -> None:
    """Every proof that is kept for a number, oldest first."""
    found = contact_of(here, number)
    with here.db.read() as session:
        events = consents.of_contact(session, found.id or 0)
    table = Table(
        "when (UTC)", "what", "how", "language", "wording", "written down by", title=f"Now: {found.consent}"
    )
    for one in events:
        table.add_row(
            f"{one.at:%Y-%m-%d %H:%M}", one.kind, one.source, one.language, one.wording, one.recorded_by or ""
        )
    Console().print(table)


@consent.command("unclear")
@with_records
def unclear(here: Records) -> None:
    """Who may have asked for no more texts and has not said yet; ask them, then `stop` or `start`."""
    with here.db.read() as session:
        found = contacts.unclear(session)
        since = {one.id: consents.of_contact(session, one.id or 0)[-1].at for one in found}
    if not found:
        click.echo("Nobody is in doubt.")
        return
    table = Table("contact", "number", "language", "since (UTC)", title="Held back but for emergencies")
    for one in found:
        number = mask(here.vault.open(one.number, contacts.NUMBER))
        table.add_row(str(one.id), number, one.language or "", f"{since[one.id]:%Y-%m-%d %H:%M}")
    Console().print(table)


@consent.command("beyond")
@click.argument("number")
@click.option("--off", is_flag=True, help="Taken back.")
@_means
@_by
@_on
@with_records
def beyond(
    here: Records, number: str, *, off: bool, means: Means, recorded_by: str, said_at: datetime | None
) -> None:
    """Asked expressly for texts outside the school's mission, such as a partner's event."""
    e164, now = number_of(number), here.clock()
    with here.db.write() as session:
        log_beyond(
            session,
            here.vault,
            e164,
            on=not off,
            means=means,
            recorded_by=recorded_by,
            said_at=_moment(said_at, now),
            now=now,
        )
    click.echo(
        "Only the school's own texts go there." if off else "Texts beyond the school's own may go there."
    )


def _moment(said_at: datetime | None, now: datetime) -> datetime:
    """The day as given, at noon: on a day alone nobody knows the hour."""
    if said_at is None:
        return now
    moment = said_at.replace(hour=12, tzinfo=UTC)
    if moment.date() > now.date():
        raise click.ClickException("That day has not come yet.")
    return min(moment, now)

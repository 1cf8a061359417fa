"""`ally arm`: lets a restored system send again, after a look at what has gone out already."""

from contextlib import suppress
from datetime import datetime
from typing import Final

import click
from rich.console import Console
from rich.table import Table

from bot.cli.with_bot import with_bot
from bot.outbox.look_back import SKEW, Found, look_back
from bot.ports import Uncertain
from bot.store import arming
from bot.wiring import Bot

_ROUNDS: Final = 1000
"""Of timers, a hundred families each: more than any backup's age brings together"""


@click.command()
@click.option("--look", is_flag=True, help="Only look and settle; arm nothing")
@with_bot
def arm(bot: Bot, *, look: bool) -> None:
    """Let a restored system send again.

    Takes in what families wrote since the backup, asks the carrier which texts went out since then,
    shows what is left to send, and asks for the program's name.
    """
    with bot.db.read() as session:
        as_of = arming.disarmed_as_of(session)
    if as_of is None:
        click.echo("It is armed: texts go out.")
        return
    click.echo(f"Disarmed; the backup is of {as_of:%Y-%m-%d %H:%M:%S} UTC.")
    try:
        fetched = catch_up(bot, as_of)
        click.echo(f"{fetched} texts that families wrote since then were taken in.")
        found = look_back(bot.outbox, as_of, _progress)
    except Uncertain as error:
        raise click.ClickException(
            f"The carrier cannot be asked what went out ({error}). Nothing is armed; try again later."
        ) from None
    click.echo(
        f"{found.bound} texts had gone out already and {found.dropped} were answered otherwise:"
        " none of these is sent again."
    )
    _show(bot)
    if not look:
        _ask_and_arm(bot)


def catch_up(bot: Bot, as_of: datetime) -> int:
    """Let all that happened since `as_of` happen here: texts that came in, timers that were due.

    Returns how many texts were taken in. Raises Uncertain where the carrier's list cannot be read.
    """
    fetched = bot.sweeper.fetch_since(as_of - SKEW)
    bot.sweeper.upkeep()
    # A timer that breaks has been logged by the upkeep; it must not keep the school silent.
    with suppress(Exception):
        for _ in range(_ROUNDS):
            if not bot.sweeper.wake():
                break
    return fetched


def _progress(found: Found) -> None:
    click.echo(f"  looked up {found.people} people", err=True)


def _show(bot: Bot) -> None:
    with bot.db.read() as session:
        amounts = arming.amounts(session, bot.clock())
    if not amounts:
        click.echo("Nothing waits to be sent.")
        return
    table = Table("lane", "kind", "texts", "people", "oldest due (UTC)")
    for one in amounts:
        table.add_row(one.lane, one.kind, str(one.rows), str(one.people), f"{one.oldest_due:%Y-%m-%d %H:%M}")
    Console().print(table)


def _ask_and_arm(bot: Bot) -> None:
    program = bot.settings.program
    click.echo("Is the old machine off for good? Two systems that send would write to families twice.")
    typed = click.prompt(f"To send these, type the program's name as families read it ({program})")
    if typed.strip() != program:
        raise click.ClickException("That is another name. Nothing was armed.")
    with bot.db.write() as session:
        arming.arm(session)
    bot.bell.ring("replies")
    bot.bell.ring("broadcasts")
    click.echo("Armed: texts go out.")

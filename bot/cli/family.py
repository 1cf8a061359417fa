"""`ally family`: all that is held for one number, printed or erased; for a family that asks, or a court."""

import json

import click

from bot.cli.one_number import contact_of
from bot.cli.with_bot import with_bot
from bot.people.holdings import held_for
from bot.store import erasure
from bot.wiring import Bot


@click.group()
def family() -> None:
    """What is held of one family's number."""


@family.command("show")
@click.argument("number")
@with_bot
def show(bot: Bot, number: str) -> None:
    """Print everything that is held for a number, as JSON. PRIVACY.md lists the same fields."""
    contact = contact_of(bot, number)
    with bot.db.read() as session:
        held = held_for(session, bot.vault, contact)
    click.echo(json.dumps(held, ensure_ascii=False, indent=2, default=str))


@family.command("erase")
@click.argument("number")
@click.confirmation_option(prompt="Erase all that is held for this number? It cannot be undone.")
@with_bot
def erase(bot: Bot, number: str) -> None:
    """Erase everything but a keyed hash that keeps the number from being texted again. No receipt is sent."""
    contact = contact_of(bot, number)
    with bot.db.write() as session:
        erasure.forget(session, contact.id or 0, bot.clock())
        erasure.finish(session, contact.id or 0)
    click.echo("It is erased.")

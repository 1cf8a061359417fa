"""`ally threads`: who waits for a person, and handing a conversation back to the bot."""

import click
from rich.console import Console
from rich.table import Table

from bot.cli.with_bot import with_bot
from bot.store import threads as store
from bot.talk.closing import close_thread
from bot.wiring import Bot


@click.group()
def threads() -> None:
    """Conversations that wait for a person."""


@threads.command("list")
@with_bot
def list_open(bot: Bot) -> None:
    """Those that are open, longest waiting first; ids only, no names and no numbers."""
    with bot.db.read() as session:
        found = store.open_ones(session)
    if not found:
        click.echo("Nobody waits for a person.")
        return
    table = Table("thread", "since (UTC)", "to", "topic")
    for thread in found:
        table.add_row(str(thread.id), f"{thread.opened_at:%Y-%m-%d %H:%M}", thread.to, thread.topic or "-")
    Console().print(table)


@threads.command("close")
@click.argument("thread_id", type=int)
@with_bot
def close(bot: Bot, thread_id: int) -> None:
    """Hand a conversation back to the bot, which tells the family that it is back."""
    if not close_thread(bot.talk, thread_id):
        raise click.ClickException(
            f"Thread {thread_id} is not open; `ally threads list` shows those that are."
        )
    click.echo(f"Thread {thread_id} is closed; the bot answers again.")

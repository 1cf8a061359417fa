"""`ally threads`: who waits for a person, and handing a conversation back to the bot."""

import click
from rich.console import Console
from rich.table import Table

from bot.cli.told import is_reached, staff_names, told_words, why_nobody
from bot.cli.with_bot import with_bot, with_records
from bot.records import Records
from bot.store import notices, schools
from bot.store import threads as store
from bot.talk.closing import close_thread
from bot.wiring import Bot


@click.group()
def threads() -> None:
    """Conversations that wait for a person."""


@threads.command("list")
@with_records
def list_open(here: Records) -> None:
    """Those that are open, danger first, then longest waiting; of families ids only, no names, no numbers."""
    with here.db.read() as session:
        found = store.open_ones(session)
        told = notices.about(session, threads=[thread.id or 0 for thread in found])
        names = staff_names(session)
        places = {school.id: school.name for school in schools.every_school(session)}
    if not found:
        click.echo("Nobody waits for a person.")
        return
    table = Table("thread", "since (UTC)", "to", "topic", "told")
    for thread in found:
        mine = [one for one in told if one.thread_id == thread.id]
        topic = f"[bold red]{thread.topic}[/]" if thread.topic == store.URGENT else thread.topic or "-"
        since = f"{thread.opened_at:%Y-%m-%d %H:%M}"
        table.add_row(str(thread.id), since, thread.to, topic, told_words(mine, names))
    Console().print(table)
    for thread in found:
        mine = [one for one in told if one.thread_id == thread.id]
        if not is_reached(mine):
            place = places.get(thread.school_id, "any school")
            why = why_nobody(mine, f"{thread.to.replace('_', ' ')} at {place}")
            click.echo(f"Thread {thread.id}: nobody was told: {why}")


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

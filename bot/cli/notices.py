"""`ally notices`: what staff were to be told and have not been yet, or could not be."""

import click
from rich.console import Console
from rich.table import Table

from bot.cli.told import reader_of, staff_names, way
from bot.cli.with_bot import with_records
from bot.records import Records
from bot.school.reach import ACCOUNT, ON_CALL, SECOND_PERSON
from bot.store import notices as store
from bot.store.notices import Notice


@click.group()
def notices() -> None:
    """Texts and e-mails that tell staff of families who wait and children who are away."""


@notices.command("list")
@with_records
def list_not_told(here: Records) -> None:
    """Those under way and those that failed, latest first; no words, no numbers and no addresses."""
    with here.db.read() as session:
        found, names = store.not_told(session), staff_names(session)
    if not found:
        click.echo("All that was to be told was told.")
        return
    table = Table("notice", "since (UTC)", "about", "to", "by", "state", "tries", "next (UTC)", "why")
    for one in found:
        table.add_row(
            str(one.id),
            f"{one.created_at:%Y-%m-%d %H:%M}",
            _about(one),
            reader_of(one, names),
            way(one),
            one.state,
            str(one.tries),
            f"{one.due_at:%Y-%m-%d %H:%M}" if one.state in store.UNDER_WAY else "-",
            one.reason or "-",
        )
    Console().print(table)


def _about(notice: Notice) -> str:
    if notice.thread_id:
        return f"thread {notice.thread_id}"
    if notice.absence_id:
        return f"absence {notice.absence_id}"
    others = {ACCOUNT: "a link to sign in", SECOND_PERSON: "numbers taken", ON_CALL: "the day's budget"}
    return others.get(notice.to, "a translation")

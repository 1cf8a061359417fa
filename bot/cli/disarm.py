"""`ally disarm`: stops all sending, above all after a restore that was not made with `ally restore`."""

from datetime import UTC, datetime

import click

from bot.cli.with_bot import settings
from bot.outbox.sweep import HEARTBEAT
from bot.records import now
from bot.store import arming, marks
from bot.store.database import Database


@click.command()
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]),
    help="When this database was last at work, in UTC; else the sweeper's last sign of life",
)
def disarm(as_of: datetime | None) -> None:
    """Send nothing more until `ally arm`; texts that come in are stored.

    For a database brought back by other means (a disk's snapshot, pg_restore): before its processes start.
    """
    database = Database(settings().database_url)
    try:
        with database.write() as session:
            moment = as_of.replace(tzinfo=UTC) if as_of else marks.get(session, HEARTBEAT) or now()
            arming.disarm(session, moment)
    finally:
        database.close()
    click.echo(f"Disarmed, as of {moment:%Y-%m-%d %H:%M:%S} UTC. Nothing is sent until: ally arm")

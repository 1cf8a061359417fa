"""`ally migrate`: brings the database to the schema of this version, before its processes start."""

import click

from bot.cli.with_bot import settings
from bot.store.database import Database
from bot.store.migrations import newest, upgrade


@click.command()
def migrate() -> None:
    """Bring the database to the schema of this version; safe beside workers of the version before."""
    database = Database(settings().database_url)
    try:
        upgrade(database)
    finally:
        database.close()
    click.echo(f"The database has the schema of this version ({newest()}).")

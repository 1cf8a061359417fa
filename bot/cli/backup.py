"""`ally backup`: the whole database in one file, while everything runs."""

from importlib.metadata import version
from pathlib import Path

import click

from bot.cli.with_bot import settings
from bot.records import now
from bot.store import marks
from bot.store.copies import NOTE, write_copy
from bot.store.database import Database
from bot.store.dump import CopyUnfit


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Write the database to PATH, or to a file named for the time where PATH is a folder."""
    taken_at = now()
    if path.is_dir():
        path /= f"ally-{taken_at:%Y-%m-%dT%H%M%SZ}.zip"
    database = Database(settings().database_url)
    try:
        manifest = write_copy(database, path, taken_at=taken_at, version=version("ally"))
        with database.write() as session:
            marks.put(session, marks.BACKED_UP, taken_at)
    except (CopyUnfit, OSError) as error:
        raise click.ClickException(f"No backup was written: {error}") from None
    finally:
        database.close()
    size = path.stat().st_size / 1e6
    click.echo(f"{path}: {manifest.rows} rows of {len(manifest.tables)} tables, {size:.1f} MB\n{NOTE}")

"""`ally restore`: a backup becomes the database, disarmed until `ally arm`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click

from bot.cli.with_bot import settings
from bot.store.copies import Manifest, read_manifest, restore_copy
from bot.store.database import Database
from bot.store.dump import CopyUnfit, rows_here
from bot.store.vault import Vault

WRITTEN_BY_EVERY_START: Final = ("mark", "flow_revision")


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Also where the database holds something: that is lost")
def restore(path: Path, *, replace: bool) -> None:
    """Make the database of DATABASE_URL what it was when PATH was written.

    Nothing is sent afterwards until `ally arm`. Stop the web and worker processes first.
    """
    told = settings()
    database = Database(told.database_url)
    try:
        manifest = read_manifest(path)
        _refuse_to_lose(rows_here(database), replace=replace)
        vault = Vault(told.key_list, told.fingerprint_key.get_secret_value())
        restore_copy(database, path, manifest, vault)
    except (CopyUnfit, OSError) as error:
        raise click.ClickException(f"Nothing was changed. {error}") from None
    finally:
        database.close()
    _tell(manifest)


def _refuse_to_lose(rows: Mapping[str, int], *, replace: bool) -> None:
    held = {name: n for name, n in rows.items() if n and name not in WRITTEN_BY_EVERY_START}
    if not held:
        return
    listed = ", ".join(f"{n} of {name}" for name, n in held.items())
    if not replace:
        raise click.ClickException(f"The database is not empty ({listed}). With --replace all of it is lost.")
    click.echo(f"The database holds {listed}.")
    click.confirm("All of it is lost. Go on?", abort=True)


def _tell(manifest: Manifest) -> None:
    click.echo(
        f"Restored {manifest.rows} rows, as they were on {manifest.moment:%Y-%m-%d at %H:%M:%S UTC}.\n"
        "It is DISARMED: texts that come in are stored, nothing is sent.\n"
        "Make sure that the old machine is off for good. Then: ally doctor, and ally arm."
    )

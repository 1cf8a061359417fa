"""`ally family`: all that is held for one number, printed or erased; for a family that asks, or a court."""

import json
from pathlib import Path

import click

from bot.cli.one_number import contact_of
from bot.cli.with_bot import with_records
from bot.people.holdings import held_for
from bot.records import Records
from bot.store import erasure, media, pictures


@click.group()
def family() -> None:
    """What is held of one family's number."""


@family.command("show")
@click.argument("number")
@click.option("--files", type=click.Path(path_type=Path, file_okay=False), help="Folder for their pictures.")
@with_records
def show(here: Records, number: str, *, files: Path | None) -> None:
    """Print everything that is held for a number, as JSON. PRIVACY.md lists the same fields."""
    contact = contact_of(here, number)
    with here.db.read() as session:
        held = held_for(session, here.vault, contact)
        came = media.of_contact(session, contact.id or 0) if files else []
        went = pictures.of_contact(session, contact.id or 0) if files else []
    for one in came:
        _write(here, files, f"{one.inbound_id}-{one.place}", one.kind, one.content, media.CONTENT)
    for picture in went:
        _write(here, files, f"sent-{picture.id}", picture.kind, picture.content, pictures.CONTENT)
    click.echo(json.dumps(held, ensure_ascii=False, indent=2, default=str))


def _write(
    here: Records, folder: Path | None, name: str, kind: str, sealed: bytes | None, context: str
) -> None:
    into = folder or Path()
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = here.vault.open_bytes(sealed or b"", context)
    (into / f"{name}.{kind.rsplit('/', maxsplit=1)[-1]}").write_bytes(content)


@family.command("erase")
@click.argument("number")
@click.confirmation_option(prompt="Erase all that is held for this number? It cannot be undone.")
@with_records
def erase(here: Records, number: str) -> None:
    """Erase everything but a keyed hash that keeps the number from being texted again. No receipt is sent."""
    contact = contact_of(here, number)
    with here.db.write() as session:
        erasure.forget(session, contact.id or 0, here.clock())
        erasure.finish(session, contact.id or 0)
    click.echo("It is erased.")

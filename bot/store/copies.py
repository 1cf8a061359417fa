"""A backup: one zip file with a manifest and a file of lines for each table; whole or not there at all.

Texts, names and numbers stand in it as sealed as in the database. The keys do not stand in it.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection
from sqlmodel import Session

from bot.store import dump, migrations
from bot.store.arming import disarm
from bot.store.database import Database
from bot.store.dump import CopyUnfit
from bot.store.key_probe import Fit, probe
from bot.store.vault import Vault

FORM: Final = 1
MANIFEST: Final = "manifest.json"
_CHUNK: Final = 1 << 20
NOTE: Final = (
    "The encryption keys ALLY_KEYS and ALLY_FINGERPRINT_KEY are not in this file."
    " Without them its texts, names and numbers stay closed: keep them elsewhere."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One table in the file."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file is."""

    level: str
    """Migration of the database it was taken from"""
    taken_at: str
    """ISO 8601: a moment before the first row was read"""
    version: str
    source: str
    """sqlite or postgresql; either is restored into either"""
    tables: dict[str, Part]
    form: int = FORM
    note: str = field(default=NOTE)

    @property
    def moment(self) -> datetime:
        """`taken_at` as a moment."""
        return datetime.fromisoformat(self.taken_at)

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(part.rows for part in self.tables.values())


def write_copy(database: Database, path: Path, *, taken_at: datetime, version: str) -> Manifest:
    """Write the database as it is now to `path`, for its owner alone; a file of that name is replaced.

    Also before the migrations of this version. Raises CopyUnfit where the schema is none that this program
    knows, OSError where the file cannot be written.
    """
    with _at_the_end(path) as file, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        with dump.snapshot(database) as connection:
            level = migrations.level_of(connection)
            if level is None or not migrations.is_known(level):
                raise CopyUnfit(f"The database is of another version of Ally ({level or 'none'}).")
            parts = {
                table: _write_table(archive, connection, table, columns)
                for table, columns in dump.shape(connection).items()
            }
        manifest = Manifest(level, taken_at.isoformat(), version, database.engine.dialect.name, parts)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


@contextmanager
def _at_the_end(path: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name once it is whole and on the disk."""
    beside = path.with_name(f"{path.name}.part")
    # Written beside the place, so that the last step is a rename within one file system
    handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write_table(archive: ZipFile, connection: Connection, table: str, columns: list[str]) -> Part:
    digest, rows = hashlib.sha256(), 0
    with archive.open(_member(table), "w", force_zip64=True) as member:
        for line in dump.lines(connection, table, columns):
            raw = f"{line}\n".encode()
            digest.update(raw)
            member.write(raw)
            rows += 1
    return Part(columns, rows, digest.hexdigest())


def read_manifest(path: Path) -> Manifest:
    """What a backup says of itself, every row of it checked. Raises CopyUnfit, OSError."""
    try:
        with ZipFile(path) as archive:
            told = json.loads(archive.read(MANIFEST))
            if told.get("form") != FORM or not migrations.is_known(told["level"]):
                raise CopyUnfit(
                    f"This backup was made by Ally {told.get('version')}, which is newer than this one:"
                    " install that version, then restore."
                )
            tables = {name: Part(**part) for name, part in told.pop("tables").items()}
            for name, part in tables.items():
                _check(archive, name, part)
            return Manifest(tables=tables, **told)
    except (BadZipFile, KeyError, TypeError, ValueError) as error:
        raise CopyUnfit(f"{path} is no whole backup of Ally ({type(error).__name__}).") from error


def _check(archive: ZipFile, name: str, part: Part) -> None:
    found = hashlib.sha256()
    with archive.open(_member(name)) as member:
        while chunk := member.read(_CHUNK):
            found.update(chunk)
    if found.hexdigest() != part.sha256:
        raise CopyUnfit(f"The table {name} in this backup is damaged: its checksum is another.")


def restore_copy(database: Database, path: Path, manifest: Manifest, vault: Vault) -> Fit:
    """Make the database what the backup was, disarmed; all that it held before is gone.

    One transaction: when anything is raised the database is as before. Raises CopyUnfit, also where
    the keys of `vault` are not those of the backup; otherwise tells how they fit.
    """
    fits: list[Fit] = []

    def finish(connection: Connection) -> None:
        dump.move_ids_on(connection)
        with Session(connection) as session:
            fits.append(probe(session, vault))
            if fits[0] in ("other_keys", "other_fingerprint_key"):
                raise CopyUnfit(
                    "The backup was written with other keys: set ALLY_KEYS and"
                    " ALLY_FINGERPRINT_KEY to those of the machine it comes from."
                )
            disarm(session, manifest.moment)

    migrations.rebuild(database, manifest.level, lambda connection: _fill(path, manifest, connection), finish)
    return fits[0]


def _fill(path: Path, manifest: Manifest, connection: Connection) -> None:
    """Put every row of a backup into an empty schema of its level."""
    with ZipFile(path) as archive:
        for name, part in manifest.tables.items():
            with archive.open(_member(name)) as member:
                loaded = dump.load(connection, name, part.columns, TextIOWrapper(member, "utf-8"))
            if loaded != part.rows:
                raise CopyUnfit(f"The table {name} holds {loaded} rows of {part.rows}.")


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"

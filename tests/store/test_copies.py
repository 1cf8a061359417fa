"""A backup is whole, the same on both databases, closed to whoever lacks the keys, and disarmed when back."""

import hashlib
import json
import stat
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Connection
from sqlmodel import select

from bot.store import arming, dump, family_merges, migrations
from bot.store.contacts import NUMBER, find_or_create
from bot.store.copies import MANIFEST, read_manifest, restore_copy, write_copy
from bot.store.database import Database
from bot.store.dump import IDS_SKIPPED, CopyUnfit
from bot.store.outbox import OutboxRow, add
from bot.store.vault import Vault, new_key
from tests.fixtures.installation import ENGLISH, Installation

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Open = Callable[[str], Database]


@pytest.fixture
def copy(house: Installation, tmp_path: Path) -> Path:
    """A backup of the demo district after one conversation, two of its families put together."""
    house.text("Hello")
    with house.bot.db.write() as session:
        both = family_merges.both_locked(session, 1, 2)
        family_merges.merge(session, kept=both[2], gone=both[1])
    path = tmp_path / "ally.zip"
    write_copy(house.bot.db, path, taken_at=AT, version="test")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path, open_database: Open) -> Database:
    """Another database, with the schema and nothing else, of either kind whatever the first one is."""
    if request.param == "sqlite":
        return open_database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    return open_database(str(request.getfixturevalue("postgres_url")))


@pytest.fixture
def fresh(tmp_path: Path, open_database: Open) -> Database:
    """An empty SQLite file with the schema."""
    database = open_database(f"sqlite:///{tmp_path / 'fresh.db'}")
    migrations.upgrade(database)
    return database


def everything(database: Database) -> dict[str, list[str]]:
    """All rows of all tables but the marks."""
    with dump.snapshot(database) as connection:
        columns = {table.name: list(table.columns.keys()) for table in dump.tables()}
        return {name: list(dump.lines(connection, name, columns[name])) for name in columns if name != "mark"}


def test_every_row_comes_back_on_either_kind_of_database(
    house: Installation, copy: Path, elsewhere: Database, vault: Vault
) -> None:
    assert restore_copy(elsewhere, copy, read_manifest(copy), vault) == "fits"
    before = everything(house.bot.db)
    assert sum(map(len, before.values())) > 50
    assert before["outbox"]
    assert everything(elsewhere) == before
    assert migrations.is_current(elsewhere)


def test_what_comes_back_is_disarmed_as_of_the_backup(copy: Path, elsewhere: Database, vault: Vault) -> None:
    restore_copy(elsewhere, copy, read_manifest(copy), vault)
    with elsewhere.read() as session:
        assert arming.disarmed_as_of(session) == AT


def test_new_texts_get_ids_that_the_lost_machine_never_gave(
    house: Installation, copy: Path, elsewhere: Database, vault: Vault
) -> None:
    restore_copy(elsewhere, copy, read_manifest(copy), vault)
    with house.bot.db.read() as session:
        last = session.exec(select(OutboxRow).order_by(OutboxRow.id.desc())).first()  # type: ignore[union-attr]
    assert last is not None
    row = last.model_dump(exclude={"id", "sid"}) | {"sid": None}
    with elsewhere.write() as session:
        (new,) = add(session, [row])
        contact = find_or_create(session, vault, "+15125550188", AT)
    assert new == (last.id or 0) + IDS_SKIPPED + 1
    assert contact.id


def test_the_file_is_for_its_owner_alone_and_holds_nothing_readable_and_no_key(
    house: Installation, copy: Path, keys: tuple[str, str]
) -> None:
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with ZipFile(copy) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (ENGLISH[1:], "Dana", "Hello", *keys):
        assert secret.encode() not in inside
    manifest = read_manifest(copy)
    assert "keys" in manifest.note
    assert manifest.tables["inbound"].rows == 1
    assert manifest.source == ("sqlite" if house.bot.db.is_sqlite else "postgresql")


def test_a_backup_that_breaks_leaves_the_one_before(
    house: Installation, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copy.read_bytes()

    def broken(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("bot.store.dump.lines", broken)
    with pytest.raises(OSError, match="no space"):
        write_copy(house.bot.db, copy, taken_at=AT, version="test")
    assert copy.read_bytes() == before
    assert [path.name for path in copy.parent.glob("*.part")] == []


def test_what_is_written_while_the_backup_runs_is_in_none_of_its_tables_or_in_all(
    house: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = dump.lines

    def interrupted(connection: Connection, table: str, columns: list[str]) -> Iterator[str]:
        house.text("while it runs")
        return lines(connection, table, columns)

    monkeypatch.setattr("bot.store.dump.lines", interrupted)
    manifest = write_copy(house.bot.db, tmp_path / "busy.zip", taken_at=AT, version="test")
    assert manifest.tables["inbound"].rows in (0, 1), "the first look sets the moment"
    assert bool(manifest.tables["outbox"].rows) == bool(manifest.tables["inbound"].rows)


@pytest.mark.parametrize("harm", ["a byte", "a table", "the manifest", "cut short", "no zip"])
def test_a_damaged_file_is_refused_before_anything_is_touched(copy: Path, harm: str) -> None:
    with ZipFile(copy) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    if harm == "a byte":
        inside["tables/outbox.jsonl"] = inside["tables/outbox.jsonl"].replace(b"reply", b"rexly", 1)
    elif harm == "a table":
        del inside["tables/contact.jsonl"]
    elif harm == "the manifest":
        del inside[MANIFEST]
    with ZipFile(copy, "w") as archive:
        for name, raw in inside.items():
            archive.writestr(name, raw)
    if harm == "cut short":
        copy.write_bytes(copy.read_bytes()[:-100])
    elif harm == "no zip":
        copy.write_text("a letter")
    with pytest.raises(CopyUnfit):
        read_manifest(copy)


def test_a_backup_of_a_newer_version_is_refused_with_the_way_out(copy: Path) -> None:
    with ZipFile(copy) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(inside[MANIFEST]) | {"level": "9999", "version": "99.0"}
    with ZipFile(copy, "w") as archive:
        for name, raw in (inside | {MANIFEST: json.dumps(told).encode()}).items():
            archive.writestr(name, raw)
    with pytest.raises(CopyUnfit, match=r"Ally 99\.0, which is newer.*install that version"):
        read_manifest(copy)


def test_other_keys_are_noticed_and_nothing_is_changed(copy: Path, fresh: Database) -> None:
    with fresh.write() as session:
        arming.disarm(session, AT - timedelta(days=9))
    others = Vault([new_key()], new_key())
    with pytest.raises(CopyUnfit, match="ALLY_KEYS"):
        restore_copy(fresh, copy, read_manifest(copy), others)
    with fresh.read() as session:
        assert arming.disarmed_as_of(session) == AT - timedelta(days=9)


def test_another_fingerprint_key_is_noticed(copy: Path, fresh: Database, keys: tuple[str, str]) -> None:
    with pytest.raises(CopyUnfit, match="ALLY_FINGERPRINT_KEY"):
        restore_copy(fresh, copy, read_manifest(copy), Vault([keys[0]], new_key()))


def test_a_backup_may_be_taken_before_the_migrations_of_a_new_version(
    empty_url: str, open_database: Open, tmp_path: Path, vault: Vault
) -> None:
    old = open_database(empty_url)
    migrations.upgrade(old, "0002")
    manifest = write_copy(old, tmp_path / "old.zip", taken_at=AT, version="before")
    assert manifest.level == "0002"
    assert "erased_at" not in manifest.tables["contact"].columns
    fresh = open_database(f"sqlite:///{tmp_path / 'fresh.db'}")
    restore_copy(fresh, tmp_path / "old.zip", read_manifest(tmp_path / "old.zip"), vault)
    assert migrations.is_current(fresh)


def test_an_old_backup_takes_every_migration_since_on_its_way(
    empty_url: str, open_database: Open, vault: Vault, tmp_path: Path
) -> None:
    number = "+15125550101"
    row = {
        "id": 7,
        "number_hash": vault.fingerprint(number),
        "number": b64encode(vault.seal(number, NUMBER)).decode(),
        "consent": "given",
        "created_at": AT.isoformat(),
    }
    line = f"{json.dumps(list(row.values()))}\n".encode()
    part = {"columns": list(row), "rows": 1, "sha256": hashlib.sha256(line).hexdigest()}
    told = {"form": 1, "level": "0001", "taken_at": AT.isoformat(), "version": "0.0.1", "source": "sqlite"}
    with ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr("tables/contact.jsonl", line)
        archive.writestr(MANIFEST, json.dumps(told | {"note": "", "tables": {"contact": part}}))
    path = tmp_path / "old.zip"
    new = open_database(empty_url)
    assert restore_copy(new, path, read_manifest(path), vault) == "fits"
    assert migrations.is_current(new)
    with new.write() as session:
        contact = find_or_create(session, vault, number, AT)
        assert (contact.id, contact.consent, contact.erased_at) == (7, "given", None)

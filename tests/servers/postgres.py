"""A PostgreSQL server of its own for tests and measurements, on a socket in a temporary folder."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from glob import glob
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.servers.memory import DISK

_WHERE = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
)
_FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
)
_PATIENCE = 60.0
"""Seconds that a server may take to come up on a busy machine"""


def postgres_programs() -> Path | None:
    """The folder with initdb and postgres, the newest version found; None without PostgreSQL."""
    on_path = shutil.which("initdb")
    folders = [str(Path(on_path).resolve().parent)] if on_path else []
    folders += sorted((found for where in _WHERE for found in glob(where)), reverse=True)  # noqa: PTH207 - absolute patterns
    for folder in map(Path, folders):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


class Postgres:
    """One running server. PostgreSQL refuses to run as root, so root hands it to another user."""

    def __init__(
        self, programs: Path, *, durable: bool = False, segment_mb: int = 16, folder: str = DISK
    ) -> None:
        """`durable` keeps fsync on, for measurements and crash tests; tests run without. `segment_mb`:
        the size of a file of its write-ahead log. `folder`: where its own folder is made.
        """
        self._programs, self._segment_mb = programs, segment_mb
        self._options: Sequence[str] = () if durable else _FAST
        # Not below pytest's folder: a socket's path has 104 bytes at most, and root's is closed to others
        self._folder = Path(tempfile.mkdtemp(prefix="ally-pg-", dir=folder))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = _unprivileged()
            self._as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        self._server: subprocess.Popen[bytes] | None = None
        self._initdb()
        self.start()

    def url(self, database: str) -> str:
        """Address of one database of this server, as DATABASE_URL takes it."""
        return f"postgresql://ally@/{database}?host={quote(str(self._folder), safe='')}"

    def start(self) -> None:
        """Start the server and wait until it answers. Raises RuntimeError when it does not."""
        settings = ["listen_addresses=", "max_connections=200", *self._options]
        flags = [part for setting in settings for part in ("-c", setting)]
        command = [str(self._programs / "postgres"), "-D", str(self._data), "-k", str(self._folder), *flags]
        with self._log.open("ab") as log:
            server: subprocess.Popen[bytes] = subprocess.Popen(
                command, stdout=log, stderr=log, cwd="/", **self._as
            )
        self._server = server
        self._wait(server)

    def stop(self, *, kill: bool = False) -> None:
        """Stop the server; `kill` as a crash would (SIGQUIT, its immediate shutdown)."""
        if self._server is None:
            return
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients
        self._server.send_signal(3 if kill else 2)
        self._server.wait(_PATIENCE)
        self._server = None

    def limit_files(self, size: int | None) -> None:
        """Let no file grow beyond so many bytes, as on a full volume; None: without end again.

        PostgreSQL then fails as it does where no space is left: a statement that needs a new page.
        """
        assert self._server is not None
        told = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout.split()
        pairs = zip(map(int, told[::2]), map(int, told[1::2]), strict=True)
        limit = f"--fsize={'unlimited' if size is None else size}:unlimited"
        for pid in [self._server.pid, *(pid for pid, parent in pairs if parent == self._server.pid)]:
            # As the server's own user; one of its processes may have ended meanwhile
            subprocess.run(["prlimit", f"--pid={pid}", limit], check=False, capture_output=True, **self._as)

    def close(self) -> None:
        """Stop the server and remove all it wrote."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database, as a copy of `template`, and return its address."""
        # From version 15 on this way must be asked for; it costs a third less than by way of the log
        how = " STRATEGY FILE_COPY" if self._version >= 15 else ""
        statement = sql.SQL(f"CREATE DATABASE {{}} TEMPLATE {{}}{how}")
        self._run(statement.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, its open connections included."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    @property
    def _version(self) -> int:
        return int((self._data / "PG_VERSION").read_text().split(".")[0])

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _log(self) -> Path:
        return self._folder / "server.log"

    def _initdb(self) -> None:
        command = [str(self._programs / "initdb"), "-D", str(self._data), "-U", "ally", "-A", "trust"]
        options = ["-E", "UTF8", "--locale=C", "--no-sync", f"--wal-segsize={self._segment_mb}"]
        done = subprocess.run(
            [*command, *options], check=False, capture_output=True, text=True, cwd="/", **self._as
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed: {done.stderr}")

    def _wait(self, server: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and server.poll() is None:
            with suppress(psycopg.OperationalError):
                self._run(sql.SQL("SELECT 1"))
                return
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {self._log.read_text()}")

    def _run(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("root needs a user named postgres or nobody to run PostgreSQL as")

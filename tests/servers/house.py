"""A house that takes a carrier's webhooks on a real port and remembers them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from bot.carrier.twilio.signatures import SIGNATURE_HEADER, valid

TOKEN = "a token for tests"


@dataclass(frozen=True)
class Knock:
    """One webhook call as it came."""

    path: str
    form: dict[str, str]
    headers: dict[str, str]
    signed: bool


@dataclass
class House:
    """What came, and the statuses the next calls are answered with; 200 when none is left."""

    url: str = ""
    knocks: list[Knock] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """Media type and content by path, for whoever fetches them"""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, knock: Knock) -> int:
        """Remember one call; gives the status to answer it with."""
        with self.lock:
            self.knocks.append(knock)
            return self.answers.pop(0) if self.answers else 200

    def at(self, path: str) -> list[Knock]:
        """The calls to paths that begin so, in the order they came."""
        with self.lock:
            return [knock for knock in self.knocks if knock.path.startswith(path)]

    def forget(self) -> None:
        """As if nothing had come."""
        with self.lock:
            self.knocks.clear()
            self.answers.clear()
            self.files.clear()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    house: House

    def do_POST(self) -> None:
        """Take one form."""
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(parse_qsl(raw, keep_blank_values=True))
        url = self.house.url + self.path
        signed = valid([TOKEN], url, form, self.headers.get(SIGNATURE_HEADER))
        self.send_response(self.house.take(Knock(self.path, form, dict(self.headers), signed)))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        """Serve one file."""
        kind, content = self.house.files.get(self.path, ("text/plain", b""))
        self.send_response(200 if self.path in self.house.files else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    do_HEAD = do_GET  # noqa: N815 - the name of http.server

    def log_message(self, *_: object) -> None:
        """Nothing: forms hold texts."""


@contextmanager
def house_at_work() -> Iterator[House]:
    """A house on a free port until the block ends."""
    house = House()
    handler = type("Handler", (_Handler,), {"house": house})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        house.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield house
        server.shutdown()

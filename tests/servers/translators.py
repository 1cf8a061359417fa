"""Two translators on this machine that take nothing but what the published contracts allow."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

KEY = "key-of-this-test"
SPOKEN = ("en", "es", "ar", "zh-Hans", "ht", "vi", "pt", "ru", "so", "ur", "tl", "fr", "ko", "uk", "sw")


@dataclass
class Engine:
    """What it was asked, and what it shall answer in place of a translation."""

    got: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    answer: bytes | None = None
    hangs: bool = False
    let_go: Event = field(default_factory=Event)
    url: str = ""
    says: Callable[[str, str], str] = lambda text, target: f"{target} {text.upper()}"
    """What it makes of a text in the target language"""
    languages: list[str] = field(default_factory=lambda: list(SPOKEN))
    """What LibreTranslate says that it knows; it refuses others"""
    tells_languages: bool = True


class Handler(BaseHTTPRequestHandler):
    """Answers for one engine."""

    engine: Engine

    def do_GET(self) -> None:
        """Which languages there are, as LibreTranslate answers it."""
        if self.engine.hangs:
            self.engine.let_go.wait(30)
            return
        named = [
            {"code": one, "name": one, "targets": self.engine.languages} for one in self.engine.languages
        ]
        content = json.dumps(named).encode()
        is_there = self.path == "/languages" and self.engine.tells_languages
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        if self.engine.hangs:
            self.engine.let_go.wait(30)
            return
        asked = json.loads(raw)
        fault = self.fault(asked)
        self.engine.got.append(asked)
        content = self.engine.answer if self.engine.answer is not None else self.translated(asked)
        if fault:
            content = json.dumps({"error": fault}).encode()
        self.send_response(400 if fault else self.engine.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def fault(self, asked: dict[str, Any]) -> str:
        is_google = self.path == "/language/translate/v2"
        fields = {"q", "source", "target", "format"} | (set() if is_google else {"api_key"})
        if not is_google and self.path != "/translate":
            return "path"
        if self.headers["Content-Type"] != "application/json" or set(asked) - fields:
            return "form"
        if (self.headers["X-Goog-Api-Key"] if is_google else asked.get("api_key")) != KEY:
            return "key"
        if not is_google and not {asked["source"], asked["target"]} <= set(self.engine.languages):
            return f"{asked['target']} is not supported"
        texts = asked["q"]
        is_list = isinstance(texts, list) and all(isinstance(one, str) for one in texts)
        if not is_list or (is_google and len(texts) > 128) or asked["format"] not in {"text", "html"}:
            return "texts"
        return ""

    def translated(self, asked: dict[str, Any]) -> bytes:
        rows = [self.engine.says(text, asked["target"]) for text in asked["q"]]
        if self.path == "/translate":
            return json.dumps({"translatedText": rows}).encode()
        return json.dumps({"data": {"translations": [{"translatedText": one} for one in rows]}}).encode()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def translators() -> Iterator[Engine]:
    """One server with both; a text comes back in capitals with the target before it."""
    engine = Engine()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("One", (Handler,), {"engine": engine}))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    engine.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield engine
    finally:
        engine.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()

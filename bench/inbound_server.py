"""One web process for the inbound measurement: `floor` (the least that could be done) or `ally`."""

import os
import sys
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication
from redis import Redis
from rq import Queue
from sqlalchemy import Engine, text
from twilio.request_validator import RequestValidator

from bot.settings import read_settings
from bot.store.database import Database
from bot.store.vault import Vault
from bot.web.application import create_application
from bot.wiring import build

FLOOR_SQL = [
    text("SELECT id, number, conversation FROM contact WHERE number_hash = :hash"),
    text(
        "INSERT INTO inbound (sid, contact_id, channel, body, heard_as, received_at) "
        "VALUES (:sid, :contact, 'sms', :body, '', :now)"
    ),
    text("UPDATE contact SET name_source = :mark, last_inbound_at = :now WHERE id = :contact"),
    text("UPDATE count SET times = times + 1 WHERE name = 'bench'"),
    text(
        "INSERT INTO outbox (contact_id, lane, kind, channel, state, body, segments, encoding, attempts, "
        "stumbles, due_at, created_at) "
        "VALUES (:contact, 'replies', 'reply', 'sms', 'pending', :body, 1, 'GSM-7', 0, 0, :now, :now)"
    ),
]


def floor_application() -> Flask:
    """Twilio's validator, five bare statements in one durable transaction, one enqueue; no thinking."""
    app = Flask("floor")
    settings = read_settings()
    database = Database(settings.database_url)
    queue = Queue("floor", connection=Redis.from_url(str(settings.redis_url)))
    validator = RequestValidator(settings.twilio_auth_token.get_secret_value())
    # Sealed as ours are, since Ally reads what else this number has texted
    vault = Vault(settings.key_list, settings.fingerprint_key.get_secret_value())
    body = vault.seal("x" * 150, "inbound.body")

    @app.post("/twilio/inbound")
    def inbound() -> Response:
        url = f"{settings.public_url}/twilio/inbound"
        if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
            return Response("", 403)
        _five_statements(database.engine, request.form["MessageSid"], request.headers["X-Hash"], body)
        queue.enqueue("bot.jobs.nothing", result_ttl=0)
        return Response("<Response/>", mimetype="text/xml")

    return app


def _five_statements(engine: Engine, sid: str, number_hash: str, body: bytes) -> None:
    writing = engine.execution_options(ally_writes=True)
    now = datetime.now(UTC)
    stamp: Any = now if engine.dialect.name == "postgresql" else now.replace(tzinfo=None).isoformat(" ")
    with writing.begin() as connection:
        contact = connection.execute(FLOOR_SQL[0], {"hash": number_hash}).scalar_one()
        values = {"sid": sid, "contact": contact, "body": body, "now": stamp, "mark": "roster"}
        for statement in FLOOR_SQL[1:]:
            connection.execute(statement, values)


class Server(BaseApplication):  # type: ignore[misc]
    """The same gunicorn for both: one process, threads."""

    def __init__(self, which: str, port: int) -> None:
        self._which = which
        self._port = port
        super().__init__()

    def load_config(self) -> None:
        """As `ally run` serves."""
        for name, value in {
            "bind": [f"127.0.0.1:{self._port}"],
            "worker_class": "gthread",
            "workers": int(os.environ.get("BENCH_WORKERS", "1")),
            "threads": 8,
            "keepalive": 75,
            "loglevel": "error",
            "control_socket_disable": True,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application under measurement."""
        return floor_application() if self._which == "floor" else create_application(build(read_settings()))


if __name__ == "__main__":
    Server(sys.argv[1], int(sys.argv[2])).run()

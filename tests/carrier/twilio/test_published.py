"""Every request we make and every form we read, held against what Twilio publishes."""

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.carrier.twilio.forms import read_inbound, read_status
from bot.carrier.twilio.media import MediaAway, TwilioMedia
from bot.carrier.twilio.rest import TwilioCarrier
from bot.ports import Content, NotAccepted, Outgoing, Uncertain
from tests.carrier.twilio.published import INBOUND, STATUS, faults, misfits
from tests.servers.local_carrier import ACCOUNT, HER, NUMBER, Local

SERVICE = "MG" + "1" * 32
Asked = tuple[str, str, list[tuple[str, str]]]


@pytest.fixture
def listening() -> Iterator[tuple[str, list[Asked]]]:
    """A server that writes down each request and knows no answer."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            parts = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            fields = parse_qsl(parts.query, keep_blank_values=True) + parse_qsl(raw, keep_blank_values=True)
            asked.append((self.command, parts.path, fields))
            self.send_response(404)
            self.end_headers()

        do_GET = do_POST = do_DELETE = _take  # noqa: N815 - the names of http.server

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def carrier(url: str, **changes: Any) -> TwilioCarrier:
    usual: dict[str, Any] = {
        "sender": NUMBER,
        "messaging_service_sid": None,
        "status_callback": "https://texts.example.org/twilio/status",
    }
    return TwilioCarrier(ACCOUNT, "token", base_url=url, **(usual | changes))


TEXTS = [
    Outgoing(1, HER, "No hay clases el lunes."),
    Outgoing(2**62, HER, "x" * 1600),
    Outgoing(3, HER, "家长您好 😀\n&=+%", channel="whatsapp"),
    Outgoing(
        4, HER, "¿Qué día?", "whatsapp", content=Content("HX" + "c" * 32, {"1": "¿Qué día?", "2": "😀"})
    ),
    Outgoing(5, HER, "Morgen", valid_for=3600),
    Outgoing(6, HER, "Mira", picture_url="https://texts.example.org/pictures/7-1796000000-ab.jpg"),
]
SENDERS: list[dict[str, str | None]] = [
    {},
    {"sender": None, "messaging_service_sid": SERVICE},
    {"messaging_service_sid": SERVICE},
]


@pytest.mark.parametrize("changes", SENDERS, ids=["number", "service", "both"])
@pytest.mark.parametrize(
    "text", TEXTS, ids=["short", "longest", "whatsapp", "buttons", "with an end", "picture"]
)
def test_every_create_is_as_published(
    listening: tuple[str, list[Asked]], text: Outgoing, changes: dict[str, str | None]
) -> None:
    url, asked = listening
    with contextlib.suppress(NotAccepted, Uncertain):
        carrier(url, **changes).send(text)
    assert len(asked) == 1, "one call, whatever the answer"
    assert faults(*asked[0]) == []
    fields = dict(asked[0][2])
    assert ("Body" in fields) != ("ContentSid" in fields), "words or a content, never both (error 35127)"
    assert fields.get("MediaUrl") == text.picture_url
    if text.content is None:
        assert fields["Body"] == text.body
    else:
        assert json.loads(fields["ContentVariables"]) == text.content.variables


@pytest.mark.parametrize("changes", SENDERS, ids=["number", "service", "both"])
def test_every_list_and_every_call_for_media_is_as_published(
    listening: tuple[str, list[Asked]], changes: dict[str, str | None]
) -> None:
    url, asked = listening
    there = TwilioMedia(ACCOUNT, "token", base_url=url)
    sid, file = "MM" + "a" * 32, "ME" + "b" * 32
    calls: list[Callable[[], object]] = [
        lambda: carrier(url, **changes).sent_to(HER, datetime.now(UTC), "whatsapp"),
        lambda: carrier(url, **changes).sent_to(HER, datetime.now(UTC), "sms"),
        lambda: carrier(url, **changes).received_since(datetime.now(UTC)),
        lambda: there.of_text(sid),
        lambda: there.fetch(sid, file),
        lambda: there.delete(sid, file),
    ]
    for call in calls:
        with contextlib.suppress(Uncertain, MediaAway):
            call()
    assert len(asked) >= len(calls)
    assert [faults(*one) for one in asked] == [[]] * len(asked)


@pytest.mark.parametrize(
    ("method", "path", "fields"),
    [
        (
            "POST",
            f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            [("To", HER), ("From", NUMBER), ("Body", "x" * 1601)],
        ),
        ("POST", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", [("To", HER), ("Body", "x")]),
        (
            "POST",
            f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            [("To", "5125550101"), ("From", NUMBER), ("Body", "x")],
        ),
        (
            "POST",
            f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            [("To", HER), ("From", NUMBER), ("Body", "x"), ("Tags", "1")],
        ),
        ("GET", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", [("PageSize", "1001")]),
        ("PUT", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", []),
    ],
)
def test_the_judge_finds_a_wrong_request(method: str, path: str, fields: list[tuple[str, str]]) -> None:
    assert faults(method, path, fields)


def test_the_forms_that_the_local_carrier_posts_are_as_published_and_are_read(local: Local) -> None:
    local.type(body="Hola")
    local.type(body="", media=["image/png"])
    local.type(body="Sí", channel="whatsapp", payload="yes")
    local.carrier().send(Outgoing(7, HER, "Buenos días"))
    local.settle()
    inbound, statuses = local.house.at("/inbound"), local.house.at("/status")
    assert len(inbound) == 3
    assert len(statuses) == 2
    for knock in inbound:
        assert misfits(list(knock.form.items()), INBOUND, strict=False) == []
        assert read_inbound(knock.form).sid == knock.form["MessageSid"]
    for knock in statuses:
        assert misfits(list(knock.form.items()), STATUS, strict=False) == []
        assert read_status(knock.form, {"m": "7"}).row_id == 7

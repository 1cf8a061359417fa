"""What the SDK's answer must prove before its SID is believed, and rarer ways to fail."""

import json
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.carrier.twilio.rest import TwilioCarrier
from bot.ports import NotAccepted, Outgoing, Uncertain

SID = "SM" + "a" * 32
TEXT = Outgoing(1, "+15125550101", "Hello there")
Headers = Sequence[tuple[str, str]]
Answering = Callable[..., TwilioCarrier]

GOOD: dict[str, object] = {"sid": SID, "to": TEXT.to, "body": TEXT.body}


@pytest.fixture
def answering() -> Iterator[Answering]:
    """A server that gives one fixed answer to every request."""
    servers: list[HTTPServer] = []

    def start(status: int, body: object, headers: Headers = ()) -> TwilioCarrier:
        raw = (body if isinstance(body, str) else json.dumps(body)).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                if not any(name == "Content-Length" for name, _ in headers):
                    self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return TwilioCarrier(
            "AC" + "1" * 32,
            "token",
            base_url=f"http://127.0.0.1:{server.server_port}",
            sender="+15125550100",
            messaging_service_sid=None,
            status_callback="http://127.0.0.1/status",
        )

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_good_answer_gives_its_sid(answering: Answering) -> None:
    assert answering(201, GOOD).send(TEXT) == SID


def test_a_trial_account_may_put_its_words_before_ours(answering: Answering) -> None:
    trial = GOOD | {"body": "Sent from your Twilio trial account - Hello there"}

    assert answering(201, trial).send(TEXT) == SID


@pytest.mark.parametrize(
    "answer",
    [
        GOOD | {"to": "+15125550199"},
        GOOD | {"body": "Another text"},
        GOOD | {"sid": None},
        GOOD | {"sid": "MG" + "a" * 32},
        GOOD | {"body": 7},
        {},
        [],
        "null",
        "",
        "<html>",
        "7",
        GOOD | {"date_created": 9},
    ],
    ids=str,
)
def test_an_answer_that_does_not_prove_to_be_ours_is_uncertain(answering: Answering, answer: object) -> None:
    carrier = answering(201, answer)

    with pytest.raises(Uncertain):
        carrier.send(TEXT)


@pytest.mark.parametrize("status", [302, 408, 500, 502, 503, 504])
def test_a_status_that_proves_nothing_is_uncertain(answering: Answering, status: int) -> None:
    with pytest.raises(Uncertain):
        answering(status, "<html>oh</html>").send(TEXT)


def test_a_body_shorter_than_promised_is_uncertain(answering: Answering) -> None:
    with pytest.raises(Uncertain):
        answering(201, GOOD, [("Content-Length", "4000")]).send(TEXT)


def test_a_refusal_without_twilios_json_has_no_code(answering: Answering) -> None:
    with pytest.raises(NotAccepted) as refused:
        answering(403, "<html>a proxy</html>").send(TEXT)

    assert (refused.value.code, refused.value.retry_after) == (None, None)


def test_a_refusal_in_the_newer_error_format_keeps_its_code(answering: Answering) -> None:
    told = {"type": "t", "title": "No", "status": 400, "code": 21610}

    with pytest.raises(NotAccepted) as refused:
        answering(400, told).send(TEXT)

    assert refused.value.code == 21610


@pytest.mark.parametrize(("told", "seconds"), [("7", 7.0), ("0", 1.0), ("9999", 60.0), ("x", 1.0)])
def test_retry_after_is_heeded_within_reason(answering: Answering, told: str, seconds: float) -> None:
    with pytest.raises(NotAccepted) as refused:
        answering(429, {"code": 20429}, [("Retry-After", told)]).send(TEXT)

    assert refused.value.retry_after == seconds


def test_a_service_with_smart_encoding_may_change_quotes_and_dashes_but_no_letter(
    answering: Answering,
) -> None:
    sent = Outgoing(1, TEXT.to, "“No hay clases” — el lunes… ½ día")
    told = {"sid": SID, "to": TEXT.to, "from": None, "num_segments": "0", "status": "accepted"}

    assert answering(201, told | {"body": '"No hay clases" - el lunes... 1/2 día'}).send(sent) == SID
    for other in ("“No hay clases” — el martes… ½ día", "", "—"):
        with pytest.raises(Uncertain):
            answering(201, told | {"body": other}).send(sent)


def test_a_text_of_signs_alone_must_come_back_as_it_was(answering: Answering) -> None:
    with pytest.raises(Uncertain):
        answering(201, GOOD | {"body": "!!"}).send(Outgoing(1, TEXT.to, "…"))

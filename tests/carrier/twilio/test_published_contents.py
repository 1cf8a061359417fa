"""What we ask of the Content API, held against what Twilio publishes about it, in our own words.

https://www.twilio.com/docs/content/content-api-resources (a content: language, variables, types; an approval:
name, category) and beside it twilio-quick-reply, twiliolist-picker, twilio-text for the limits.
"""

import contextlib
import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from bot.carrier.twilio.contents import ContentApi, ContentRefused, Draft
from bot.outbox import whatsapp_push
from bot.talk.library import FileLibrary
from bot.words.locales import LOCALES
from bot.words.tappable import Option, Tappable, variables
from tests.servers.local_carrier import ACCOUNT

Asked = tuple[str, str, dict[str, Any]]
VARIABLE = re.compile(r"\{\{(\d+)\}\}")


@pytest.fixture
def listening() -> Iterator[tuple[str, list[Asked]]]:
    """A server that writes down each request and answers with a SID."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            asked.append((self.command, self.path, json.loads(raw) if raw else {}))
            answer = json.dumps({"sid": "HX" + "a" * 32, "status": "received"}).encode()
            self.send_response(201 if self.command == "POST" else 200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = _take  # noqa: N815 - the names of http.server

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def content_faults(told: dict[str, Any]) -> list[str]:
    """What is wrong with a content; nothing for a good one. Variables count when they are filled."""
    wrong = [] if re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", told.get("language", "")) else ["language"]
    wrong += [
        f"{name} is no field" for name in set(told) - {"friendly_name", "language", "variables", "types"}
    ]
    types = {kind: one for kind, one in told.get("types", {}).items() if one}
    used = set(VARIABLE.findall(json.dumps(types)))
    wrong += (
        [] if used == set(told.get("variables", {})) else ["a variable without a sample, or the other way"]
    )
    for kind, one in types.items():
        limits = {"twilio/text": 1600, "twilio/quick-reply": 1024, "twilio/list-picker": 1024}
        wrong += [] if 0 < len(one.get("body", "")) <= limits.get(kind, 0) else [f"{kind}: body"]
        parts = one.get("actions") or one.get("items") or ()
        most = {"twilio/quick-reply": 3, "twilio/list-picker": 10}.get(kind, 0)
        wrong += [] if len(parts) <= most else [f"{kind}: more than {most}"]
        wrong += [f"{kind}: a part without id" for part in parts if not part.get("id")]
    return wrong


def approval_faults(told: dict[str, Any]) -> list[str]:
    """What is wrong with the wish for an approval."""
    wrong = [] if re.fullmatch(r"[a-z0-9_]{1,512}", told.get("name", "")) else ["name"]
    return wrong + (
        [] if told.get("category") in ("UTILITY", "MARKETING", "AUTHENTICATION") else ["category"]
    )


def test_everything_that_is_pushed_is_as_published(
    listening: tuple[str, list[Asked]], library: FileLibrary
) -> None:
    url, asked = listening
    api = ContentApi(ACCOUNT, "token", url)
    every = whatsapp_push.wanted(library.book, "Ally, Cedar Valley Schools", LOCALES)
    for one in every:
        sid = api.create(one.draft)
        if one.locale:
            api.ask_approval(sid, f"ally_{one.draft.name.lower()}")
    made = [told for verb, path, told in asked if (verb, path) == ("POST", "/v1/Content")]
    approvals = [told for _, path, told in asked if path.endswith("/ApprovalRequests/whatsapp")]
    assert len(made) == len(every) >= 17
    assert len(made) + len(approvals) == len(asked)
    assert [content_faults(told) for told in made] == [[]] * len(made)
    assert [approval_faults(told) for told in approvals] == [[]] * 4
    assert {told["category"] for told in approvals} == {"UTILITY"}


def test_templates_neither_begin_nor_end_with_a_variable(library: FileLibrary) -> None:
    for one in whatsapp_push.wanted(library.book, "Ally, Cedar Valley Schools", LOCALES):
        if one.locale:
            body = one.draft.types["twilio/text"]["body"]
            assert not re.search(r"^\{\{|\}\}$|\}\}\s*\{\{", body.strip()), one.draft.name
            assert "STOP" in body


def test_what_is_filled_in_is_what_the_content_asks_for(library: FileLibrary) -> None:
    wanted = {one.name: one.draft for one in whatsapp_push.wanted(library.book, "Ally", LOCALES)}
    for count in range(1, 11):
        labels = tuple(
            Option(f"menu/ask/{n}", f"Choice number {n}" if count > 3 else f"C{n}") for n in range(count)
        )
        draft = wanted[f"{'buttons' if count <= 3 else 'list'}_{count}"]
        assert set(variables(Tappable("Which?", labels, "Choose"))) == set(draft.samples)


@pytest.mark.parametrize(
    "draft",
    [
        Draft("x", "en", {"twilio/text": {"body": "a" * 1601}}, {}),
        Draft("x", "english", {"twilio/text": {"body": "a"}}, {}),
        Draft("x", "en", {"twilio/text": {"body": "a {{1}} b"}}, {}),
        Draft("x", "en", {"twilio/quick-reply": {"body": "a", "actions": [{"id": "1"}] * 4}}, {}),
    ],
)
def test_the_judge_finds_a_wrong_content(listening: tuple[str, list[Asked]], draft: Draft) -> None:
    url, asked = listening
    with contextlib.suppress(ContentRefused):
        ContentApi(ACCOUNT, "token", url).create(draft)
    assert content_faults(asked[0][2])

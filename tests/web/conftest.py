"""The web process in this one: signed posts as the carrier makes them, through Flask's own client."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask, Request
from werkzeug.test import TestResponse

from bot.carrier.twilio.signatures import SIGNATURE_HEADER, sign
from bot.web.application import create_application
from tests.fixtures.installation import ENGLISH, PUBLIC, TOKEN, Installation

Form = dict[str, str]


@dataclass
class Door:
    """The way in, as the carrier knows it."""

    app: Flask
    house: Installation

    def form(self, words: str | None = "Hello", sender: str = ENGLISH, **changes: str | None) -> Form:
        """A text's form as Twilio fills it; None takes a field away."""
        sid = self.house.sid()
        usual: dict[str, str | None] = {
            "MessageSid": sid,
            "SmsMessageSid": sid,
            "SmsSid": sid,
            "AccountSid": "AC" + "5" * 32,
            "From": sender,
            "To": "+15125550100",
            "Body": words,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
        }
        return {name: value for name, value in {**usual, **changes}.items() if value is not None}

    def knock(self, form: Form, path: str = "/twilio/inbound", **more: Any) -> TestResponse:
        """Post a form, signed; `signature` and `token` make it otherwise."""
        body = encoded(form)
        signature = more.get("signature") or sign(more.get("token", TOKEN), f"{PUBLIC}{path}", read(body))
        return self.post(path, body, signature)

    def post(self, path: str, body: bytes, signature: str | None) -> TestResponse:
        """Post bytes as a form, with a signature or without."""
        headers = {} if signature is None else {SIGNATURE_HEADER: signature}
        kind = "application/x-www-form-urlencoded"
        return self.app.test_client().post(path, data=body, headers=headers, content_type=kind)


def read(body: bytes) -> Form:
    """A form as whoever receives these bytes reads it: that is what a signature is over."""
    kind = "application/x-www-form-urlencoded"
    return Request.from_values(method="POST", data=body, content_type=kind).form.to_dict()


def encoded(form: Form) -> bytes:
    """A form as the network carries it; a lone surrogate as the three bytes that broken programs send."""
    return urlencode(form, errors="surrogatepass", quote_via=quote).encode()


@pytest.fixture
def door(house: Installation) -> Door:
    """The door of a house, on SQLite and on PostgreSQL."""
    return Door(create_application(house.bot), house)


@pytest.fixture
def door_of() -> Callable[[Installation], Door]:
    """The door of any installation."""
    return lambda house: Door(create_application(house.bot), house)

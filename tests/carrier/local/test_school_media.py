"""Pictures that the school sends: fetched at its address, shown on the phone, kept until they are deleted."""

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from bot.carrier.local.pictures import picture
from bot.carrier.media_kinds import MOST_BYTES
from bot.carrier.twilio.media import TwilioMedia
from bot.carrier.twilio.transport import Timeouts, Transport
from bot.ports import Channel, Outgoing
from tests.servers.house import TOKEN
from tests.servers.local_carrier import ACCOUNT, HER, NUMBER, Local


def with_picture(local: Local, path: str = "/p.png", channel: Channel = "sms") -> str:
    """Send one and wait until all is over; gives its SID."""
    url = local.house.url + path
    if channel == "whatsapp":
        local.type(body="hola", channel="whatsapp")
    sid = local.carrier().send(Outgoing(5, HER, "Mira", channel, picture_url=url))
    local.settle()
    return sid


@pytest.mark.parametrize(("channel", "prefix"), [("sms", "MM"), ("whatsapp", "SM")])
def test_a_picture_is_fetched_shown_on_the_phone_and_can_be_deleted(
    local: Local, channel: Channel, prefix: str
) -> None:
    local.house.files["/p.png"] = ("image/png", picture())
    sid = with_picture(local, channel=channel)
    text = local.ledger()["sent"][0]
    assert (sid[:2], text["status"]) == (prefix, "delivered")
    shown = requests.get(f"{local.url}/media/{sid}/0", timeout=5)
    assert (shown.headers["Content-Type"], shown.content) == ("image/png", picture())
    assert f'src="/media/{sid}/0"' in requests.get(local.url, timeout=5).text
    there = TwilioMedia(ACCOUNT, TOKEN, base_url=local.url)
    (file,) = there.of_text(sid)
    there.delete(sid, file)
    assert there.of_text(sid) == []


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (None, b""),
        ("image/jpeg", picture()),
        ("text/html", b"<html>"),
        ("image/png", picture() + b"\0" * MOST_BYTES),
    ],
    ids=["is not there", "another type than said", "no picture", "too large"],
)
@pytest.mark.parametrize(("channel", "code"), [("sms", 11200), ("whatsapp", 63019)])
def test_a_picture_that_cannot_be_had_fails_its_text(
    local: Local, kind: str | None, content: bytes, channel: Channel, code: int
) -> None:
    if kind is not None:
        local.house.files["/p.png"] = (kind, content)
    with_picture(local, channel=channel)
    text = local.ledger()["sent"][0]
    assert (text["status"], text["error_code"]) == ("failed", code)


@pytest.mark.parametrize(
    ("urls", "code"), [(["nonsense"], 21620), (["https://texts.example.org/p"] * 11, 21623)]
)
def test_addresses_are_checked_at_once(local: Local, urls: list[str], code: int) -> None:
    sdk = Client(ACCOUNT, TOKEN, http_client=Transport(local.url, Timeouts()))
    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(to=HER, from_=NUMBER, body="Mira", media_url=urls)
    assert refused.value.code == code

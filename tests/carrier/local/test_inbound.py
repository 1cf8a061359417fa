"""A person writes: the signed webhook, its retries and its fallback."""

from collections.abc import Callable

import pytest
import requests

from bot.carrier.media_kinds import kind_of
from bot.carrier.twilio.forms import FormRefused, read_inbound
from bot.carrier.twilio.media import MediaAway, TwilioMedia
from tests.servers.house import TOKEN
from tests.servers.local_carrier import ACCOUNT, HER, NUMBER, Local, wait_until


def test_a_text_arrives_signed_with_all_of_twilios_fields(local: Local) -> None:
    told = local.type(body="¿Cuándo no hay clases?")

    (knock,) = local.house.at("/inbound")
    assert knock.signed
    assert told["arrived"] is True
    assert knock.form.items() >= {
        "MessageSid": told["sid"], "SmsSid": told["sid"], "AccountSid": ACCOUNT, "From": HER,
        "To": NUMBER, "Body": "¿Cuándo no hay clases?", "NumMedia": "0", "NumSegments": "1",
        "SmsStatus": "received", "ApiVersion": "2010-04-01",
    }.items()  # fmt: skip
    assert read_inbound(knock.form).body == "¿Cuándo no hay clases?"


def test_a_tapped_button_arrives_with_its_payload(local: Local) -> None:
    local.type(channel="whatsapp", body="Sí", payload="yes", name="Lucía")

    text = read_inbound(local.house.at("/inbound")[0].form)

    assert (text.channel, text.sender, text.payload, text.body) == ("whatsapp", HER, "yes", "Sí")
    assert local.house.at("/inbound")[0].form["ProfileName"] == "Lucía"


def test_a_picture_can_be_fetched_from_its_address(local: Local) -> None:
    local.type(media=["image/png"])

    (media,) = read_inbound(local.house.at("/inbound")[0].form).media
    answer = requests.get(media.url, auth=(ACCOUNT, TOKEN), timeout=10)

    assert media.type == answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")


def test_a_location_arrives_with_its_place(local: Local) -> None:
    local.type(channel="whatsapp", location=True)

    assert read_inbound(local.house.at("/inbound")[0].form).has_location


def test_without_overrides_an_error_is_not_tried_again_but_goes_to_the_fallback(local: Local) -> None:
    local.house.answers[:] = [503]

    told = local.type(body="Hola")

    assert len(local.house.at("/inbound")) == 1
    (fallback,) = local.house.at("/fallback")
    assert fallback.signed
    assert fallback.form["ErrorCode"] == "11200"
    assert fallback.form["ErrorUrl"].endswith("/inbound")
    assert told["arrived"] is True


def test_a_text_that_nobody_takes_is_listed_as_lost(local: Local) -> None:
    local.house.answers[:] = [500, 500]

    told = local.type(body="Hola")

    assert told["arrived"] is False
    assert [attempt["status"] for attempt in told["attempts"]] == [500, 500]


def test_overrides_in_the_fragment_try_again_with_the_same_token(
    start: Callable[..., Local],
) -> None:
    local = start(inbound="/inbound#rc=3&rp=all&rt=4000")
    local.house.answers[:] = [500, 404, 503]

    told = local.type(body="Hola")

    knocks = local.house.at("/inbound")
    assert [attempt["status"] for attempt in told["attempts"]] == [500, 404, 503, 200]
    assert {knock.path for knock in knocks} == {"/inbound"}
    assert len({knock.headers["I-Twilio-Idempotency-Token"] for knock in knocks}) == 1
    assert all(knock.signed for knock in knocks)


def test_one_message_can_arrive_many_times_at_once(local: Local) -> None:
    local.type(body="Hola", copies=10)

    wait_until(lambda: len(local.house.at("/inbound")) == 10)
    assert len({knock.form["MessageSid"] for knock in local.house.at("/inbound")}) == 1
    assert len(local.settle()["received"]) == 1


def test_the_same_message_can_be_sent_again_later(local: Local) -> None:
    first = local.type(body="Hola")
    local.type(body="Hola", sid=first["sid"])

    assert len(local.house.at("/inbound")) == 2
    assert len(local.ledger()["received"]) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"MessageSid": None, "SmsSid": None, "SmsMessageSid": None},
        {"From": "32665"},
        {"NumMedia": "x"},
        {"Body": "x" * 100_000},
    ],
)
def test_signed_nonsense_can_be_sent(local: Local, fields: dict[str, str | None]) -> None:
    local.type(body="Hola", fields=fields)

    (knock,) = local.house.at("/inbound")
    assert knock.signed
    with pytest.raises(FormRefused):
        read_inbound(knock.form)


def test_control_characters_and_lone_surrogates_travel_as_the_network_leaves_them(
    local: Local,
) -> None:
    local.type(body="Ho\x00la \ud83d")

    (knock,) = local.house.at("/inbound")
    assert (knock.signed, knock.form["Body"]) == (True, "Ho\x00la ?")


def test_a_picture_can_be_listed_fetched_and_deleted_as_at_twilio(local: Local) -> None:
    told = local.type(body="", media=["image/png", "application/pdf"])
    there = TwilioMedia(ACCOUNT, TOKEN, base_url=local.url)
    form = local.house.at("/inbound")[0].form

    files = there.of_text(told["sid"])

    assert form["MediaUrl1"].endswith(f"/Messages/{told['sid']}/Media/{files[1]}")
    assert [kind_of(there.fetch(told["sid"], file)) for file in files] == ["image/png", "application/pdf"]
    for file in files:
        there.delete(told["sid"], file)
        there.delete(told["sid"], file)
    assert there.of_text(told["sid"]) == []
    with pytest.raises(MediaAway):
        there.fetch(told["sid"], files[0])
    with pytest.raises(MediaAway):
        TwilioMedia(ACCOUNT, "another", base_url=local.url).of_text(told["sid"])

"""The adapter that production uses, through the real SDK against a running carrier."""

import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.carrier.twilio.rest import TwilioCarrier
from bot.carrier.twilio.transport import Timeouts
from bot.ports import NotAccepted, Outgoing, Uncertain
from tests.servers.local_carrier import HER, Local

TEXT = Outgoing(row_id=7, to=HER, body="No hay clases el lunes.")


def test_a_text_that_is_taken_gives_its_sid_and_our_row_id_comes_back(local: Local) -> None:
    sid = local.carrier().send(TEXT)

    sent = local.settle()["sent"]
    assert [(text["sid"], text["body"], text["to"]) for text in sent] == [(sid, TEXT.body, HER)]
    statuses = local.house.at("/status")
    assert [knock.path for knock in statuses] == ["/status?m=7", "/status?m=7"]
    assert all(knock.signed for knock in statuses)


def test_many_threads_each_get_the_sid_of_their_own_text(local: Local) -> None:
    carrier = local.carrier()
    texts = [Outgoing(row, f"+1512555{100 + row % 100:04}", f"Text number {row}") for row in range(200)]

    with ThreadPoolExecutor(16) as pool:
        sids = list(pool.map(carrier.send, texts))

    sent = {text["sid"]: text["body"] for text in local.ledger()["sent"]}
    assert [sent[sid] for sid in sids] == [text.body for text in texts]


def test_a_text_that_may_not_be_late_carries_its_time(local: Local) -> None:
    carrier = TwilioCarrier(
        "AC1",
        "t",
        base_url=local.house.url,
        sender=HER,
        messaging_service_sid=None,
        status_callback="http://x",
    )
    for seconds in (None, 1800, 90_000, 0):
        with pytest.raises(Uncertain):  # the house answers nothing that shows a SID
            carrier.send(replace(TEXT, valid_for=seconds))
    told = [knock.form.get("ValidityPeriod") for knock in local.house.at("/2010-04-01/")]
    assert told == [None, "1800", "36000", "1"]


def test_whatsapp_numbers_are_written_as_twilio_wants_them(local: Local) -> None:
    local.type(channel="whatsapp", body="Hola")

    local.carrier().send(Outgoing(1, HER, "Hola", channel="whatsapp"))

    assert local.ledger()["sent"][0]["channel"] == "whatsapp"


def test_too_many_requests_is_certainly_not_accepted_and_may_be_tried_again(local: Local) -> None:
    local.misbehave(refuse_429=1)

    with pytest.raises(NotAccepted) as refused:
        local.carrier().send(TEXT)

    assert refused.value.code == 20429
    assert refused.value.retry_after == 1.0
    assert local.ledger()["sent"] == []


@pytest.mark.parametrize(
    "switch",
    [
        {"error_5xx_after_accepting": 1},
        {"truncate_answer": 1},
        {"reset_after_accepting": 1},
        {"hang_after_accepting": 1, "hang_seconds": 3},
    ],
    ids=lambda switch: next(iter(switch)),
)
def test_an_answer_lost_after_accepting_is_uncertain_and_sent_once(
    local: Local, switch: dict[str, float]
) -> None:
    local.misbehave(**switch)

    with pytest.raises(Uncertain):
        local.carrier(timeouts=Timeouts(connect=2.0, read=1.0)).send(TEXT)

    assert len(local.ledger()["sent"]) == 1


def test_a_refused_connection_may_be_tried_again(local: Local) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]

    with pytest.raises(NotAccepted) as refused:
        local.carrier(base_url=f"http://127.0.0.1:{port}").send(TEXT)

    assert refused.value.code is None
    assert refused.value.retry_after is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (Outgoing(1, "5125550101", "Hello"), 21211),
        (Outgoing(1, HER, "x" * 1601), 21617),
        (Outgoing(1, HER, ""), 21602),
        (Outgoing(1, HER, "\ud83d alone"), None),
    ],
    ids=["no number", "too long", "empty", "lone surrogate"],
)
def test_a_text_the_carrier_cannot_take_is_refused_for_good(
    local: Local, text: Outgoing, code: int | None
) -> None:
    with pytest.raises(NotAccepted) as refused:
        local.carrier().send(text)

    assert (refused.value.code, refused.value.retry_after) == (code, None)


def test_wrong_credentials_are_told_by_their_code(local: Local) -> None:
    with pytest.raises(NotAccepted) as refused:
        local.carrier(token="another token").send(TEXT)

    assert refused.value.code == 20003


def test_the_list_holds_what_was_sent_to_one_number_newest_first(local: Local) -> None:
    carrier = local.carrier()
    before = datetime.now(UTC)
    for number in range(3):
        carrier.send(Outgoing(number, HER, f"Text {number}"))
    carrier.send(Outgoing(9, "+15125550199", "To somebody else"))
    local.type(body="Gracias")

    found = carrier.sent_to(HER, before, "sms")

    assert [record.body for record in found] == ["Text 2", "Text 1", "Text 0"]
    assert {(record.to, record.sender, record.channel) for record in found} == {(HER, "+15125550100", "sms")}


def test_one_text_is_asked_about_by_its_sid(local: Local) -> None:
    carrier = local.carrier()
    sid = carrier.send(TEXT)

    found = carrier.message(sid)

    assert found is not None
    assert (found.sid, found.to, found.body) == (sid, HER, TEXT.body)
    assert carrier.message("SM" + "0" * 32) is None
    with pytest.raises(Uncertain):
        local.carrier(token="another token").message(sid)


def test_a_text_of_the_same_second_is_in_the_list_and_an_older_one_is_not(local: Local) -> None:
    carrier = local.carrier()
    carrier.send(TEXT)

    end_of_second = datetime.now(UTC).replace(microsecond=999_999)

    assert len(carrier.sent_to(HER, end_of_second - timedelta(seconds=1), "sms")) == 1
    assert carrier.sent_to(HER, end_of_second + timedelta(seconds=2), "sms") == []


def test_a_long_list_is_read_page_by_page(local: Local) -> None:
    carrier = local.carrier()
    before = datetime.now(UTC)
    bodies = [f"Text {number}" for number in range(230)]
    for row, body in enumerate(bodies):
        carrier.send(Outgoing(row, HER, body))

    found = carrier.sent_to(HER, before, "sms")

    assert [record.body for record in found] == bodies[::-1]


def test_received_texts_of_both_channels_are_listed_newest_first(local: Local) -> None:
    before = datetime.now(UTC)
    local.type(body="Por SMS")
    local.type(body="Por WhatsApp", channel="whatsapp")
    local.carrier().send(TEXT)

    found = local.carrier().received_since(before)

    assert {(record.body, record.channel) for record in found} == {
        ("Por SMS", "sms"),
        ("Por WhatsApp", "whatsapp"),
    }
    assert {record.sender for record in found} == {HER}


def test_a_list_that_cannot_be_read_is_uncertain(local: Local) -> None:
    local.misbehave(list_unreadable=True)

    with pytest.raises(Uncertain):
        local.carrier().sent_to(HER, datetime.now(UTC), "sms")


def test_a_messaging_service_sends_and_lists_too(start: Callable[..., Local]) -> None:
    service = "MG" + "1" * 32
    local = start("--service-sid", service)
    carrier = local.carrier(sender=None, messaging_service_sid=service)
    before = datetime.now(UTC)

    sid = carrier.send(TEXT)
    local.type(body="Gracias")

    assert [record.sid for record in carrier.sent_to(HER, before, "sms")] == [sid]
    assert [record.body for record in carrier.received_since(before)] == ["Gracias"]


def test_nothing_private_is_logged(local: Local, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        local.carrier().send(TEXT)
        local.carrier().sent_to(HER, datetime.now(UTC), "sms")

    assert HER not in caplog.text
    assert "555" not in caplog.text


def test_a_sender_is_needed(local: Local) -> None:
    with pytest.raises(ValueError, match="sender"):
        local.carrier(sender=None)


def test_a_proxy_of_the_environment_is_not_asked_for_this_machine(
    local: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    assert local.carrier().send(TEXT)


def test_a_forked_process_gets_a_client_of_its_own(local: Local, monkeypatch: pytest.MonkeyPatch) -> None:
    carrier = local.carrier()
    mine, _ = carrier._client()
    assert carrier._client()[0] is mine

    monkeypatch.setattr(os, "getpid", lambda: -1)

    assert carrier._client()[0] is not mine

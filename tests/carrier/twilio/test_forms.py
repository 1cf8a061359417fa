"""Webhook forms: what Twilio really sends, and everything else."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from bot.carrier.twilio.forms import FormRefused, Media, mended, read_inbound, read_status

SID = "SM" + "0123456789abcdef" * 2
SMS = {
    "MessageSid": SID,
    "From": "+15125550101",
    "To": "+15125550100",
    "Body": "¿Cuándo no hay clases?",
    "NumMedia": "0",
}
WHATSAPP = SMS | {"From": "whatsapp:+15125550101", "To": "whatsapp:+15125550100"}


def test_a_plain_text_is_read() -> None:
    text = read_inbound(MultiDict(SMS))

    assert (text.sid, text.sender, text.to, text.channel) == (
        SID, "+15125550101", "+15125550100", "sms",
    )  # fmt: skip
    assert text.body == "¿Cuándo no hay clases?"
    assert (text.media, text.payload, text.opt_out_type, text.has_location) == ((), None, None, False)


def test_lists_of_values_are_read_as_a_form_is() -> None:
    assert read_inbound({name: [value] for name, value in SMS.items()}) == read_inbound(SMS)


def test_a_tapped_button_is_known_by_its_payload_not_its_label() -> None:
    tapped = WHATSAPP | {"Body": "Sí", "ButtonText": "Sí", "ButtonPayload": "yes"}

    text = read_inbound(tapped)

    assert (text.channel, text.sender, text.payload, text.body) == (
        "whatsapp", "+15125550101", "yes", "Sí",
    )  # fmt: skip
    assert read_inbound(WHATSAPP | {"ListId": "row-2"}).payload == "row-2"


def test_pictures_and_places_come_without_words() -> None:
    picture = {"NumMedia": "1", "MediaUrl0": "https://x.example/1", "MediaContentType0": "image/png"}
    without = {name: value for name, value in WHATSAPP.items() if name != "Body"}

    assert read_inbound(without | picture).media == (Media("https://x.example/1", "image/png"),)
    assert read_inbound(without | {"Latitude": "1", "Longitude": "2"}).has_location
    assert read_inbound(SMS | {"Body": ""}).body == ""


def test_advanced_opt_out_is_told() -> None:
    assert read_inbound(SMS | {"OptOutType": "STOP"}).opt_out_type == "STOP"
    assert read_inbound(SMS | {"OptOutType": "nonsense"}).opt_out_type is None


@pytest.mark.parametrize("sender", ["32665", "AMAZON", "whatsapp:US.13491208655302741918", "5125550101"])
def test_a_sender_nobody_can_answer_is_refused_kindly(sender: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_inbound(SMS | {"From": sender})

    assert refused.value.kindly
    assert sender not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"MessageSid": None}, "MessageSid"),
        ({"MessageSid": "SM12"}, "MessageSid"),
        ({"From": None}, "From"),
        ({"From": "x" * 5000}, "From"),
        ({"To": None}, "To"),
        ({"To": "nonsense"}, "To"),
        ({"Body": None}, "Body"),
        ({"Body": "x" * 100_000}, "Body"),
        ({"NumMedia": "many"}, "NumMedia"),
        ({"NumMedia": "11"}, "NumMedia"),
        ({"NumMedia": "-1"}, "NumMedia"),
        ({"NumMedia": "1"}, "MediaUrl0"),
        ({"NumMedia": "1", "MediaUrl0": "javascript:alert(1)"}, "MediaUrl0"),
        ({"ButtonPayload": "x" * 300}, "ButtonPayload"),
        ({"Body": 7}, "Body"),
        ({"From": ["a", "b"]}, "From"),
        ({"From": [7]}, "From"),
    ],
)
def test_a_missing_oversized_or_malformed_field_is_named(change: dict[str, Any], field: str) -> None:
    form = {name: value for name, value in (SMS | change).items() if value is not None}

    with pytest.raises(FormRefused) as refused:
        read_inbound(form)

    assert refused.value.field == field


@pytest.mark.parametrize("form", [None, "text", 7, [], object()])
def test_what_is_no_form_at_all_is_refused(form: Any) -> None:
    with pytest.raises(FormRefused):
        read_inbound(form)
    with pytest.raises(FormRefused):
        read_status(form, form)


def test_control_characters_go_and_lone_surrogates_become_marks() -> None:
    told = read_inbound(SMS | {"Body": "Ho\x00la\x07\r\n\ud83d \ud83d\ude00\u0085"})

    assert told.body == "Hola\n\ufffd 😀"


def test_a_short_code_of_ours_may_be_texted() -> None:
    assert read_inbound(SMS | {"To": "32665"}).to == "32665"


def test_a_delivery_receipt_brings_our_row_id_back() -> None:
    form = {"MessageSid": SID, "MessageStatus": "undelivered", "ErrorCode": "30005"}

    report = read_status(form, MultiDict({"m": "42"}))

    assert (report.sid, report.row_id, report.status, report.error_code) == (
        SID, 42, "undelivered", 30005,
    )  # fmt: skip


@pytest.mark.parametrize("row", [None, "", "x", "-1", "0", "٤٢", "9" * 19, "9" * 40, "1.5"])
def test_a_receipt_with_a_broken_row_id_still_counts(row: str | None) -> None:
    query = {} if row is None else {"m": row}
    form = {"SmsSid": SID, "SmsStatus": "Brand_New"}

    report = read_status(form, query)

    assert (report.row_id, report.status, report.error_code) == (None, "brand_new", None)


@pytest.mark.parametrize(
    "form", [{}, {"MessageSid": SID}, {"MessageSid": SID, "MessageStatus": "x y"},
             {"MessageStatus": "sent"}]
)  # fmt: skip
def test_a_receipt_without_sid_or_status_is_refused(form: Any) -> None:
    with pytest.raises(FormRefused):
        read_status(form, {})


any_text = st.text(st.characters(categories=None), max_size=60)
fields = st.sampled_from(
    ["MessageSid", "From", "To", "Body", "NumMedia", "MediaUrl0", "ButtonPayload", "ListId",
     "OptOutType", "Latitude", "Longitude", "MessageStatus", "ErrorCode", "m"]
)  # fmt: skip
values = any_text | st.none() | st.integers() | st.lists(any_text | st.integers(), max_size=2)


@given(changes=st.dictionaries(fields, values))
def test_no_form_raises_anything_but_form_refused(changes: dict[str, Any]) -> None:
    for read in (lambda: read_inbound({**SMS, **changes}), lambda: read_status(changes, changes)):
        with contextlib.suppress(FormRefused):
            read()


@given(any_text)
def test_a_mended_text_can_always_be_stored_and_sent(text: str) -> None:
    whole = mended(text)

    assert "\x00" not in whole
    assert whole.encode("utf-8").decode("utf-8") == whole
    assert mended(whole) == whole

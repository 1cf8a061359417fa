"""Signed nonsense: an answer or a clear refusal, never a 500, nothing lost."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.installation import ENGLISH
from tests.web.conftest import Door

A_SID = "SM" + "f" * 32
LONGEST = "word " * 800

KEPT: list[tuple[str, str, dict[str, str], str | None]] = [
    ("emoji alone", "🦄🦄", {}, "🦄🦄"),
    ("one letter", "x", {}, "x"),
    ("nothing but spaces", "   ", {}, "   "),
    ("empty", "", {}, ""),
    ("NUL and control characters", "a\x00b\x07c\x1bd", {}, "abcd"),
    ("a zero-width joiner alone", "\u200d", {}, "\u200d"),
    ("line ends of every kind", "a\r\nb\rc\u2028d", {}, "a\nb\nc\nd"),
    ("right-to-left marks", "\u202eabc\u202c", {}, "abc"),
    ("a lone surrogate, as broken programs send it", "a\ud83db", {}, None),
    ("as long as WhatsApp carries", LONGEST[:4096], {}, LONGEST[:4096]),
    ("a location", "", {"Latitude": "30.2", "Longitude": "-97.7"}, ""),
    ("a picture", "", {"NumMedia": "1", "MediaUrl0": "https://x.example/1"}, ""),
    ("a picture of no known kind", "", {"NumMedia": "1", "MediaUrl0": "https://x.example/1",
     "MediaContentType0": "\x00"}, ""),
    ("a tap on a button of no flow", "?", {"ButtonPayload": "no_flow/no_step/nothing"}, "?"),
    ("a payload of nonsense", "?", {"ButtonPayload": "/" * 256}, "?"),
    ("an OptOutType nobody knows", "Hello", {"OptOutType": "MAYBE"}, "Hello"),
    ("fields that nobody knows", "Hello", {"Zz": "1", "": "x", "Body2": "y"}, "Hello"),
    ("WhatsApp", "Hello", {"From": f"whatsapp:{ENGLISH}", "To": "whatsapp:+15125550100"}, "Hello"),
    ("placeholders and code", "{contact.name} %s {{7*7}} <script>", {}, "{contact.name} %s {{7*7}} <script>"),
    ("SQL", "'; DROP TABLE contact; --", {}, "'; DROP TABLE contact; --"),
]  # fmt: skip

REFUSED: list[tuple[str, dict[str, str | None]]] = [
    ("no SID", {"MessageSid": None, "SmsMessageSid": None, "SmsSid": None}),
    ("a malformed SID", {"MessageSid": "SM1", "SmsMessageSid": "'", "SmsSid": ""}),
    ("no sender", {"From": None}),
    ("an empty sender", {"From": " "}),
    ("no body and nothing else", {"Body": None}),
    ("a body longer than any", {"Body": "x" * 5001}),
    ("100 kB", {"Body": "x" * 100_000}),
    ("a media count that is none", {"NumMedia": "many"}),
    ("more media than there are", {"NumMedia": "9999999999999999999999"}),
    ("media without addresses", {"NumMedia": "2"}),
    ("a payload longer than any", {"ButtonPayload": "p" * 257}),
    ("no number of ours", {"To": None}),
]

NOBODY = ["12345", "FACEBOOK", "anonymous", "+", "+0", "whatsapp:", "+1512555010x", "messenger:123"]


@pytest.mark.parametrize(("words", "more", "kept"), [row[1:] for row in KEPT], ids=[row[0] for row in KEPT])
def test_it_is_kept_and_acknowledged(door: Door, words: str, more: dict[str, str], kept: str | None) -> None:
    answer = door.knock(door.form(words, **more))
    assert answer.status_code == 200, answer.data
    (body,) = door.house.bodies()
    assert body == kept or (kept is None and body)
    is_reaction = door.house.received()[0].heard_as == "reaction"
    assert door.house.answers() or is_reaction, "nobody is left in silence"


@pytest.mark.parametrize("changes", [row[1] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_it_is_refused_clearly_and_leaves_no_row(door: Door, changes: dict[str, Any]) -> None:
    answer = door.knock(door.form("Hello", **changes))
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert len(answer.data) < 200, "the field and the reason, not what was sent"
    assert door.house.received() == []


@pytest.mark.parametrize("sender", NOBODY)
def test_a_sender_whom_nobody_can_answer_is_acknowledged_and_left_alone(door: Door, sender: str) -> None:
    assert door.knock(door.form("Hello", sender)).status_code in (200, 400)
    assert door.house.received() == []


def test_a_form_larger_than_any_text_is_refused(door: Door) -> None:
    form = door.form("Hello", More="x" * 300_000)
    assert door.knock(form).status_code == 413
    assert door.house.received() == []


@pytest.mark.parametrize(
    "body",
    [b"", b"\x00" * 100, b"%", b"%%%", b"Body=%ff%fe", b"&&&==&", b"{}", b"Body", b"=".join([b"x"] * 5000),
     b"&".join(b"f%d=1" % n for n in range(5000))],
)  # fmt: skip
def test_bytes_that_are_no_form_are_refused(door: Door, body: bytes) -> None:
    assert door.post("/twilio/inbound", body, "A" * 28).status_code in (400, 403, 413)
    assert door.post("/twilio/status", body, "A" * 28).status_code in (400, 403, 413)
    assert door.house.received() == []


FIELDS = st.sampled_from(
    ["MessageSid", "From", "To", "Body", "NumMedia", "MediaUrl0", "MediaContentType0", "ButtonPayload",
     "ListId", "OptOutType", "Latitude", "Longitude", "MessageStatus", "ErrorCode", "SmsStatus"]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=300),
    st.just(ENGLISH),
    st.just(f"whatsapp:{ENGLISH}"),
    st.sampled_from(["", "0", "1", "-1", "STOP", "menu", "2" * 30, "\x00", "²", "delivered"]),
    st.integers(0, 2**40).map(lambda n: f"SM{n:032x}"),
)
QUIET = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@QUIET
@given(st.dictionaries(FIELDS, VALUES))
def test_no_signed_form_breaks_the_way_in(door: Door, changes: dict[str, str]) -> None:
    form = door.form("Hello")
    door.house.clock.move(seconds=1)
    before = len(door.house.received())
    status = door.knock({**form, **changes}).status_code
    assert status in (200, 400)
    if status == 400:
        assert len(door.house.received()) == before
    assert door.knock({**form, **changes}, "/twilio/status?m=1").status_code in (200, 400)


@QUIET
@given(st.text(st.characters(), max_size=600))
def test_any_text_at_all_is_acknowledged_and_its_conversation_goes_on(door: Door, words: str) -> None:
    assert door.knock(door.form(words)).status_code == 200
    assert len(door.house.bodies()) == len(door.house.received())

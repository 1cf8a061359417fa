"""X-Twilio-Signature: the published example, rotation, and everything malformed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from bot.carrier.twilio.signatures import sign, valid

URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_the_published_example_is_signed_and_checked_alike() -> None:
    assert sign("12345", URL, FORM) == SIGNATURE
    assert valid(["12345"], URL, FORM, SIGNATURE)
    assert valid(["12345"], URL, MultiDict(FORM), SIGNATURE)
    assert valid(["12345"], URL, {name: [value] for name, value in FORM.items()}, SIGNATURE)


def test_an_old_token_still_counts_while_tokens_are_rotated() -> None:
    assert valid(["new", "12345"], URL, FORM, SIGNATURE)
    assert not valid(["new", ""], URL, FORM, SIGNATURE)
    assert not valid([], URL, FORM, SIGNATURE)


@pytest.mark.parametrize(
    ("url", "form", "header"),
    [
        (URL, FORM, None),
        (URL, FORM, ""),
        (URL, FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B9="),
        (URL.replace("https", "http"), FORM, SIGNATURE),
        (URL + "0", FORM, SIGNATURE),
        (URL, FORM | {"Digits": "12345"}, SIGNATURE),
        (URL, FORM | {"More": ""}, SIGNATURE),
        (URL, {}, SIGNATURE),
        ("https://mycompany.com:port/x", FORM, SIGNATURE),
        ("", FORM, SIGNATURE),
        (URL, {"Body": "\ud800"}, SIGNATURE),
        (URL, {"Body": 5}, SIGNATURE),
        (URL, "raw text", SIGNATURE),
        (URL, None, SIGNATURE),
    ],
)
def test_whatever_is_forged_missing_or_malformed_is_not_valid(
    url: str, form: Any, header: str | None
) -> None:
    assert valid(["12345"], url, form, header) is False


@given(url=st.text(), header=st.none() | st.text(), form=st.dictionaries(st.text(), st.text()))
def test_no_input_ever_raises(url: str, header: str | None, form: dict[str, str]) -> None:
    assert valid(["12345"], url, form, header) is False

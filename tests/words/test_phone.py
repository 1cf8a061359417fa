"""Numbers are read as people write them and shown only in part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.phone import mask, to_e164


@pytest.mark.parametrize(
    "written", ["+15125550123", "512-555-0123", "(512) 555 0123", "1 512 555 0123", " 512.555.0123 "]
)
def test_the_ways_people_write_a_number_are_one_number(written: str) -> None:
    assert to_e164(written) == "+15125550123"


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert to_e164("+52 55 1234 5678") == "+525512345678"
    assert to_e164("55 1234 5678", region="MX") == "+525512345678"


@pytest.mark.parametrize(
    "written",
    ["", "hello", "555-0123", "0", "+1512555012", "112-555-0123", "512-155-0123", "+" * 500, "\x00"],
)
def test_what_is_no_possible_number_is_none(written: str) -> None:
    assert to_e164(written) is None


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    number = to_e164(text)
    assert number is None or number.startswith("+")


def test_a_masked_number_shows_its_last_three_digits() -> None:
    assert mask("+15125550123") == "+1 ••• ••• •123"
    assert mask("+525512345678") == "+ ••• ••• •678"
    assert mask("123") == "•••"

"""Texts come in and go out without characters that break a carrier, a database or a price."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.segments import count
from bot.words.tidy import incoming, outgoing

ANY = st.text(st.characters(), max_size=200)
ODD = st.text(st.sampled_from("a\u0301é\ud83d\ude00\x00\u202f\u2067ب\u2069\r\n\ufffe\t "), max_size=60)


@given(st.one_of(ANY, ODD))
def test_what_goes_out_has_no_control_character_but_the_line_end(text: str) -> None:
    clean = outgoing(text)
    assert not [char for char in clean if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"]
    assert clean == outgoing(clean)
    assert clean == unicodedata.normalize("NFC", clean)
    clean.encode("utf-8")


@given(st.one_of(ANY, ODD))
def test_anything_may_come_in(text: str) -> None:
    clean = incoming(text)
    assert not [char for char in clean if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"]
    assert clean == incoming(clean)
    assert len(clean) <= 4096
    clean.encode("utf-8")


@pytest.mark.parametrize("space", ["\u202f", "\u00a0", "\u2009", "\t"])
def test_spaces_that_cost_a_segment_become_plain(space: str) -> None:
    assert outgoing(f"2:05{space}PM") == "2:05 PM"
    assert count(outgoing(f"2:05{space}PM")).encoding == "GSM-7"


def test_accents_stay() -> None:
    assert outgoing("an\u0303o, Nguyễn, jou\u0300") == "año, Nguyễn, joù"


def test_marks_of_direction_stay_only_where_the_text_is_ucs_2_anyway() -> None:
    assert outgoing("\u2068Call 555\u2069") == "Call 555"
    arabic = "اتصل على \u2066512-555-0123\u2069"
    assert outgoing(arabic) == arabic


def test_line_ends_of_any_kind_become_one_kind() -> None:
    assert outgoing("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_half_an_emoji_is_shown_as_missing_and_two_halves_are_joined() -> None:
    assert incoming("hi \ud83d!") == "hi \ufffd!"
    assert incoming("hi \ud83d\ude00!") == "hi 😀!"


def test_a_text_from_a_phone_cannot_disguise_itself() -> None:
    assert incoming("\u202eABC\u2066x\u2069") == "ABCx"


def test_joiners_inside_words_and_emoji_stay() -> None:
    assert incoming("👨\u200d👩\u200d👧 می\u200cخواهم") == "👨\u200d👩\u200d👧 می\u200cخواهم"


def test_a_long_text_is_cut_before_a_letter_not_inside_it() -> None:
    text = "a" * 4094 + "👨\u200d👩\u200d👧"
    assert incoming(text) == "a" * 4094
    assert len(incoming("e" + "\u0316" * 90_000)) == 4096

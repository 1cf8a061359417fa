"""Segments are counted as the carrier counts them, and long texts are cut where a reader would pause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words.segments import Encoding, Segments, count, split

BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = set("\f^{}\\[~]|€")
TEXTS = st.one_of(
    st.text(),
    st.text(st.sampled_from("abc é€^{}ж😀\u0301ñá\n"), min_size=60, max_size=700),
)


def slowly(text: str) -> Segments:
    """Count letter by letter, putting each in a segment as a phone does."""
    gsm = all(char in BASIC or char in EXTENSION for char in text)
    costs = [
        (2 if char in EXTENSION else 1) if gsm else len(char.encode("utf-16-le", "surrogatepass")) // 2
        for char in text
    ]
    single, part = (160, 153) if gsm else (70, 67)
    encoding: Encoding = "GSM-7" if gsm else "UCS-2"
    units = sum(costs)
    if units <= single:
        return Segments(encoding, units, int(units > 0), single - units)
    filled = [0]
    for cost in costs:
        if filled[-1] + cost > part:
            filled.append(0)
        filled[-1] += cost
    return Segments(encoding, units, len(filled), part - filled[-1])


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("ж" * 134, 2),
        ("ж" * 135, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "b" * 152, 3),
        ("ж" * 66 + "😀" + "ж" * 66, 3),
    ],
)
def test_the_published_vectors_give_the_published_segments(text: str, segments: int) -> None:
    assert count(text).segments == segments


@pytest.mark.parametrize("letter", list("éñ¿¡Çàèìòùäöü"))
def test_letters_of_the_gsm_table_keep_a_text_cheap(letter: str) -> None:
    assert count(f"abc {letter}").encoding == "GSM-7"


@pytest.mark.parametrize("letter", [*"áíóúçãõêâô“–…`", "\u202f", "\u00a0", "\t"])
def test_one_letter_outside_the_table_makes_the_whole_text_ucs_2(letter: str) -> None:
    assert count(f"abc {letter}").encoding == "UCS-2"


def test_an_empty_text_costs_nothing() -> None:
    assert count("") == Segments("GSM-7", 0, 0, 160)


@given(TEXTS)
def test_counting_agrees_with_filling_segments_one_letter_at_a_time(text: str) -> None:
    assert count(text) == slowly(text)


@given(TEXTS, st.integers(40, 200))
def test_parts_are_short_enough_and_lose_nothing_but_white_space(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(len(part.encode("utf-16-le", "surrogatepass")) // 2 <= limit for part in parts)
    if len(parts) > 1:
        parts = [part.split(") ", 1)[1] if ") " in part else "" for part in parts]
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_text_that_fits_is_left_alone() -> None:
    assert split("One. Two.") == ["One. Two."]


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("We are closed tomorrow. ", "."),
        ("¿Puede venir su hijo mañana? ", "?"),
        ("المدرسة مغلقة غدًا؟ ", "؟"),
        ("اسکول کل بند ہے۔ ", "۔"),
        ("明天不上课。", "。"),
    ],
)
def test_parts_end_with_a_sentence_in_any_script(sentence: str, end: str) -> None:
    parts = split(sentence * 20, 100)
    assert len(parts) > 1
    assert all(part.endswith(end) for part in parts)
    assert parts[0].startswith(f"(1/{len(parts)}) ")


def test_without_sentences_parts_end_with_a_word() -> None:
    for part in split("chalk " * 60, 100):
        assert part.endswith("chalk")


def test_without_words_no_accent_flag_or_family_is_torn_apart() -> None:
    for unit in ("e\u0301", "👨\u200d👩\u200d👧", "🇭🇹", "👍🏽"):
        parts = split(unit * 80, 100)
        for part in parts:
            assert set(part.split(") ", 1)[1].split(unit)) == {""}


def test_more_than_nine_parts_still_fit_their_mark() -> None:
    parts = split("word " * 400, 50)
    assert len(parts) > 40
    assert max(map(len, parts)) <= 50


def test_a_limit_without_room_for_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no room"):
        split("a" * 100, 10)

"""Texts come out of Excel and CSV files as they went in, whatever letters they have."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.talk.spreadsheets import csv_bytes, read_csv, read_xlsx, xlsx_bytes
from bot.words.sheet import clean, titles, unguarded

_TEXTS = st.lists(st.text(st.characters(codec="utf-8"), max_size=30).map(clean), min_size=1, max_size=4)


@settings(max_examples=60)
@given(_TEXTS)
@example(["_x0041_", "=A1", "'=A1", "#N/A", "007", "1e5", "TRUE", "2026-11-24", "a\nb", " "])
def test_any_text_comes_back_from_excel(texts: list[str]) -> None:
    table, odd = read_xlsx(xlsx_bytes([("Texts", [titles("ar"), texts])], right_to_left=True), "t.xlsx")
    assert odd == {}
    assert [clean(cell) for cell in table[1][: len(texts)]] == [clean(text) for text in texts]


@given(_TEXTS)
@example(['a "quoted", text; with\tall', "=A1", "'=A1", "a\nb"])
def test_any_text_comes_back_from_csv(texts: list[str]) -> None:
    table, _ = read_csv(csv_bytes([titles("ar"), texts]), "t.csv")
    assert [unguarded(cell) for cell in table[1]] == texts


@pytest.mark.parametrize("width", [1, 11])
def test_rows_may_be_of_any_length(width: int) -> None:
    table, _ = read_csv(csv_bytes([titles("es"), ["x"] * width]), "t.csv")
    assert table[1] == ["x"] * width

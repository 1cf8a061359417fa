"""A place in a list, said in words."""

import pytest

from bot.words.places_said import place
from bot.words.plain import plain


@pytest.mark.parametrize(
    ("locale", "text", "at"),
    [
        ("en", "the second one", 2),
        ("en", "number three", 3),
        ("en", "first", 1),
        ("es", "la segunda", 2),
        ("es", "El primero", 1),
        ("es", "opción tres", 3),
        ("es", "the third one", 3),
        ("ht", "dezyèm nan", 2),
        ("ht", "premye a", 1),
        ("ar", "الثاني", 2),
        ("ar", "رقم اربعه", 4),
        ("zh_Hans", "第二个", 2),
        ("zh_Hans", "选三", 3),
        ("en", "the second bus did not come", None),
        ("es", "la segunda hija", None),
        ("en", "", None),
    ],
)
def test_a_place_is_the_whole_text_or_none(locale: str, text: str, at: int | None) -> None:
    assert place(plain(text), locale) == at

"""A text in another language than it is said to be in is noticed; names and numbers raise no alarm."""

import pytest

from bot.hear.heard import read_heard
from bot.hear.written_in import rather
from tests.fixtures.installation import ROOT

HEARD = read_heard(ROOT / "messages" / "heard")


@pytest.mark.parametrize(
    ("text", "said", "likely"),
    [
        ("Your son was absent today.", "es", "en"),
        ("Bus 12 comes at 8.", "es", "en"),
        ("Hoy no hay clases.", "en", "es"),
        ("Otobis la an reta jodi a", "es", "ht"),
        ("公交车晚点了", "es", "zh_Hans"),
        ("الحافلة متأخرة", "en", "ar"),
        ("The bus is late", "ar", "en"),
        ("Автобус опаздывает", "es", "ru"),
    ],
)
def test_another_language_is_noticed(text: str, said: str, likely: str) -> None:
    assert rather(text, said, HEARD) == likely


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Su hija está bien.", "es"),
        ("Ana Lopez, 3:30", "ht"),
        ("12", "ar"),
        ("", "es"),
        ("👍", "zh_Hans"),
        ("Автобус опаздывает", "uk"),
        ("بس لیٹ ہے", "ur"),
        ("Xe buýt 12 đến trễ", "vi"),
        ("الحافلة 12 من Maple Grove متأخرة", "ar"),
    ],
)
def test_what_may_be_in_it_raises_no_alarm(text: str, said: str) -> None:
    assert rather(text, said, HEARD) is None

"""Days, times, numbers and lists read as a family writes them, in all fourteen languages."""

import datetime as dt
import itertools

import pytest
from babel import Locale

from bot.words import locales
from bot.words.segments import count

THANKSGIVING = dt.date(2026, 11, 26)
AFTERNOON = dt.time(14, 5)
ALL = list(locales.LOCALES)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "Thursday, November 26"),
        ("es", "jueves, 26 de noviembre"),
        ("ar", "الخميس، 26 نوفمبر"),
        ("zh_Hans", "11月26日星期四"),
        ("ht", "jedi 26 novanm"),
        ("vi", "Thứ Năm, 26 tháng 11"),
        ("pt_BR", "quinta-feira, 26 de novembro"),
        ("ru", "четверг, 26 ноября"),
        ("so", "Khamiis, Noofeembar 26"),
        ("ur", "جمعرات، 26 نومبر"),
        ("fil", "Huwebes, Nobyembre 26"),
        ("fr", "jeudi 26 novembre"),
        ("ko", "11월 26일 목요일"),
        ("uk", "четвер, 26 листопада"),
    ],
)
def test_a_day_is_written_in_each_language(locale: str, words: str) -> None:
    assert locales.day(THANKSGIVING, locale) == words
    assert "2026" not in words
    assert "2026" in locales.day(THANKSGIVING, locale, year=True)


def test_the_table_has_the_fourteen_languages_the_first_five_first() -> None:
    assert ALL[:5] == ["en", "es", "ar", "zh_Hans", "ht"]
    assert len(ALL) == 14
    assert {name for name in ALL if locales.is_rtl(name)} == {"ar", "ur"}


def test_no_french_shows_in_haitian_creole() -> None:
    french = Locale.parse("fr")
    names = {*french.months["format"]["wide"].values(), *french.days["format"]["wide"].values(), "et"}
    names -= {"avril"}  # the same word in both languages
    year = [dt.date(2026, 1, 1) + dt.timedelta(days) for days in range(365)]
    written = " ".join(locales.day(date, "ht", year=True) for date in year)
    written += " " + locales.listed(["Ana", "Bo", "Li"], "ht") + " " + locales.span(year[0], year[9], "ht")
    assert not names & set(written.split())
    assert locales.number(1234, "ht") == "1,234"


@pytest.mark.parametrize("locale", ALL)
def test_no_odd_space_is_ever_written(locale: str) -> None:
    written = [
        locales.day(THANKSGIVING, locale, year=True),
        locales.time(AFTERNOON, locale),
        locales.span(THANKSGIVING, dt.date(2027, 1, 1), locale, year=True),
        locales.number(1234567.5, locale),
        locales.listed(["a", "b", "c"], locale),
        *(locales.language_name(code, locale) for code in ALL),
    ]
    assert not set("".join(written)) & set("\u00a0\u2009\u202f")


@pytest.mark.parametrize("locale", ["en", "fil", "so", "ht", "es"])
def test_a_time_keeps_a_cheap_text_cheap(locale: str) -> None:
    assert count(locales.time(AFTERNOON, locale)).encoding == "GSM-7"


def test_times_follow_the_habit_of_the_language() -> None:
    assert locales.time(AFTERNOON, "en") == "2:05 PM"
    assert locales.time(AFTERNOON, "es") == "2:05 p.m."
    assert locales.time(AFTERNOON, "vi") == "14:05"
    assert locales.time(AFTERNOON, "ko") == "오후 2:05"


def test_a_span_of_one_day_is_that_day() -> None:
    assert locales.span(THANKSGIVING, THANKSGIVING, "es") == "jueves, 26 de noviembre"
    both = locales.span(THANKSGIVING, dt.date(2026, 11, 27), "es")
    assert both == "jueves, 26 de noviembre - viernes, 27 de noviembre"


def test_the_first_of_a_month_is_said_as_people_say_it() -> None:
    assert locales.day(dt.date(2027, 1, 1), "fr") == "vendredi 1er janvier"
    assert locales.day(dt.date(2027, 1, 1), "ht", year=True) == "vandredi 1ye janvye 2027"


@pytest.mark.parametrize(
    ("locale", "items", "sentence"),
    [
        ("es", "abc", "a, b y c"),
        ("ht", "abc", "a, b ak c"),
        ("ht", "ab", "a ak b"),
        ("ht", "a", "a"),
        ("ht", "", ""),
        ("en", "abc", "a, b, and c"),
        ("zh_Hans", "abc", "a、b和c"),
        ("es", "", ""),
    ],
)
def test_items_become_a_sentence(locale: str, items: str, sentence: str) -> None:
    assert locales.listed(items, locale) == sentence


def test_spanish_and_changes_before_its_own_sound() -> None:
    assert locales.listed(["español", "inglés"], "es") == "español e inglés"
    assert locales.listed(["agua", "hielo"], "es") == "agua y hielo"


def test_phone_numbers_are_plain_and_keep_their_order_in_right_to_left_text() -> None:
    assert locales.phone("+15125550123") == "512-555-0123"
    assert locales.phone("+525512345678") == "+52 55 1234 5678"
    assert locales.phone("not a number") == "not a number"
    assert locales.phone("+15125550123", "ar") == "\u2066512-555-0123\u2069"


def test_languages_are_named_in_the_readers_language() -> None:
    assert locales.language_name("es", "es") == "español"
    assert locales.language_name("zh_Hans", "en") == "Chinese"
    assert locales.language_name("es", "ht") == "panyòl"
    assert locales.language_name("ilo", "ht") == "Iloko"
    assert locales.language_name("xx", "en") == "xx"


def test_an_unknown_locale_is_written_as_english() -> None:
    assert locales.day(THANKSGIVING, "xx") == "Thursday, November 26"


def test_every_pair_of_languages_has_a_name() -> None:
    for code, reader in itertools.product(ALL, ALL):
        assert locales.language_name(code, reader) != code

"""What rosters call a language becomes the locale we write in."""

import pytest

from bot.people.home_language import home_locale


@pytest.mark.parametrize(
    ("said", "locale"),
    [
        ("es", "es"),
        ("spa", "es"),
        ("Spanish", "es"),
        ("Español", "es"),
        ("es-MX", "es"),
        ("Arabic", "ar"),
        ("العربية", "ar"),
        ("zh", "zh_Hans"),
        ("Chinese", "zh_Hans"),
        ("Mandarin", "zh_Hans"),
        ("zh_Hant", "zh_Hant"),
        ("Haitian Creole", "ht"),
        ("hat", "ht"),
        ("Tagalog", "fil"),
        ("Portuguese", "pt_BR"),
        (" VIETNAMESE ", "vi"),
        ("", None),
        ("Elvish", None),
        ("--", None),
        ("../../etc", None),
    ],
)
def test_a_roster_word_for_a_language_becomes_a_locale(said: str, locale: str | None) -> None:
    assert home_locale(said) == locale

"""The wording of a count is CLDR's, and gettext tools are told the same."""

import gettext

import pytest
from babel import Locale

from bot.words.locales import LOCALES
from bot.words.plurals import RULES, plural_category, plural_index, rule_of

NUMBERS = [*range(1200), 10_000, 10_004, 100_011]


@pytest.mark.parametrize("locale", list(LOCALES))
def test_the_gettext_line_gives_the_same_form_as_cldr(locale: str) -> None:
    rule = RULES[locale]
    line = getattr(gettext, "c2py")(rule.expression)  # noqa: B009 -- not in the type stubs
    for n in NUMBERS:
        assert line(n) == plural_index(n, locale) == rule.forms.index(plural_category(n, locale))


@pytest.mark.parametrize("locale", sorted(set(LOCALES) - {"ht"}))
def test_categories_are_those_of_cldr(locale: str) -> None:
    assert [plural_category(n, locale) for n in NUMBERS] == [
        str(Locale.parse(locale).plural_form(n)) for n in NUMBERS
    ]


@pytest.mark.parametrize("locale", list(LOCALES))
def test_a_form_that_may_spell_its_number_out_stands_for_one_number_only(locale: str) -> None:
    for form in RULES[locale].forms:
        numbers = [n for n in NUMBERS if plural_category(n, locale) == form]
        assert (len(numbers) == 1) == (form in RULES[locale].single)


def test_millions_take_the_common_form_where_translators_have_no_other() -> None:
    assert plural_category(1_000_000, "es") == "other"


def test_haitian_creole_does_not_count_as_french_does() -> None:
    assert plural_category(0, "ht") == "other"
    assert plural_category(0, "fr") == "one"


def test_an_unknown_locale_counts_as_english() -> None:
    assert plural_category(1, "xx") == "one"
    assert rule_of("xx").header == "nplurals=2; plural=(n != 1);"

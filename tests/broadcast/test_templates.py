"""Templates: every one is there in every language, asks for what it needs, and is filled by the locale."""

from dataclasses import replace
from typing import Any

import pytest

from bot.broadcast.checks import Surroundings, checked
from bot.broadcast.templates import Unfilled, filled, template, templates, tips
from bot.broadcast.wording import check
from bot.flow.book import Book, Worded
from bot.talk.library import FileLibrary
from bot.words.catalogs import Text
from tests.broadcast.test_checks import TODAY

VALUES = {
    "day": "2026-12-04",
    "opens": "2026-12-07",
    "starts": "15:30",
    "ends": "12:30",
    "place": "Room 12",
    "event": "Winter Fair",
    "partner": "Cedar Valley Library",
    "language": "ar",
    "tip": "tip_k2_1",
}
LOCALES = ("en", "es", "ar", "zh_Hans", "ht")


@pytest.fixture
def book(library: FileLibrary) -> Book:
    """The words as shipped."""
    return library.book


def test_all_templates_are_listed_with_what_they_ask_for(book: Book) -> None:
    found = {one.name: dict(one.asks) for one in templates(book)}
    assert list(found) == [
        *("picture_day", "early_release", "conference", "attendance", "snow_closure"),
        *("interpreter_meeting", "learning_tip", "partner_event"),
    ]
    assert found["early_release"] == {"day": "date", "ends": "time"}
    assert found["learning_tip"] == {"tip": "tip"}
    assert template(book, "attendance").merges == ("child",)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_is_filled_in_each_language_and_may_be_sent(book: Book, locale: str) -> None:
    for one in templates(book):
        text = filled(book, one.name, VALUES, locale)
        assert text.state == ("reviewed" if locale == "en" else "unreviewed")
        check(text.body, locale)
        found = checked({locale: text.body}, locale, Surroundings(TODAY, (locale,)))
        assert [said.said(str, "en") for said in found] == [], text.body


def test_days_times_and_languages_are_written_as_their_readers_do(book: Book) -> None:
    assert "Friday, December 4" in filled(book, "picture_day", VALUES, "en").body
    assert "viernes, 4 de diciembre" in filled(book, "picture_day", VALUES, "es").body
    assert "12月4日星期五" in filled(book, "picture_day", VALUES, "zh_Hans").body
    assert "vandredi 4 desanm" in filled(book, "picture_day", VALUES, "ht").body
    assert "12:30 PM" in filled(book, "early_release", VALUES, "en").body
    assert "intérprete de árabe" in filled(book, "interpreter_meeting", VALUES, "es").body
    assert "{school}" in filled(book, "picture_day", VALUES, "es").body


def test_a_tip_is_told_in_the_reader_s_language(book: Book) -> None:
    assert len(tips(book)) == 32
    english, spanish = (filled(book, "learning_tip", VALUES, one).body for one in ("en", "es"))
    assert "Read or tell a story" in english
    assert "Read or tell" not in spanish


@pytest.mark.parametrize(
    ("name", "wrong", "field"),
    [
        ("picture_day", {"day": "4 December"}, "day"),
        ("picture_day", {"day": ""}, "day"),
        ("early_release", {"ends": "25:00"}, "ends"),
        ("interpreter_meeting", {"language": "tlh"}, "language"),
        ("learning_tip", {"tip": "stop_confirmation"}, "tip"),
        ("partner_event", {"place": "{child}"}, "place"),
        ("partner_event", {"event": "x" * 81}, "event"),
        ("partner_event", {"partner": " "}, "partner"),
    ],
)
def test_a_value_that_is_none_is_told_by_its_field(
    book: Book, name: str, wrong: dict[str, str], field: str
) -> None:
    with pytest.raises(Unfilled) as told:
        filled(book, name, VALUES | wrong, "en")
    assert told.value.name == field


class Edited:
    """The catalogs after the English of one template was changed."""

    def __init__(self, texts: Any, state: str) -> None:
        self.texts, self.state = texts, state

    def text(self, locale: str, context: str, msgid: str) -> Worded:
        if locale == "es" and context == "phrase/template_picture_day":
            return Text(msgid, "en", self.state)  # type: ignore[arg-type]
        found: Worded = self.texts.text(locale, context, msgid)
        return found

    def plural(self, *told: Any) -> Worded:
        found: Worded = self.texts.plural(*told)
        return found


@pytest.mark.parametrize("state", ["stale", "missing"])
def test_a_stale_or_missing_text_is_none_and_never_the_english(book: Book, state: str) -> None:
    edited = replace(book, texts=Edited(book.texts, state))
    found = filled(edited, "picture_day", VALUES, "es")
    assert (found.state, found.body, found.is_fit) == (state, "", False)

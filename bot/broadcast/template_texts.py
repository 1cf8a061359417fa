"""The texts of a template in every language that has them, for a broadcast that is begun from it. Pure."""

from collections.abc import Mapping
from typing import Final

from bot.broadcast.drafts import Written
from bot.broadcast.templates import filled
from bot.flow.book import Book
from bot.store.broadcasts import Topic
from bot.words.locales import LOCALES

ATTENDANCE: Final = "attendance"
_TOPICS: Final[Mapping[str, Topic]] = {ATTENDANCE: "attendance", "snow_closure": "urgent"}


def topic_of(template: str) -> Topic:
    """What kind of news a template is: whoever wants fewer texts gets those on attendance all the same."""
    return _TOPICS.get(template, "news")


def texts_of(book: Book, template: str, values: Mapping[str, str]) -> dict[str, Written]:
    """By locale. Raises KeyError for an unknown template, Unfilled for a value that is missing or is none."""
    found = {locale: filled(book, template, values, locale) for locale in LOCALES}
    return {
        locale: Written(one.body, "template", one.state == "reviewed" or locale == "en")
        for locale, one in found.items()
        if one.is_fit
    }

"""The phrases of the program outside any flow, in a person's language."""

from collections.abc import Mapping

from bot.flow.book import Book
from bot.flow.render import NotKnown, fill
from bot.flow.state import Value


def phrase(book: Book, name: str, locale: str, known: Mapping[str, Value]) -> str:
    """A phrase of the program in a language; what is not known of the school is left out of it.

    A translation that has gone stale is never said: English then.
    """
    english = book.phrases[name].other
    found = book.texts.text(locale, f"phrase/{name}", english)
    is_stale = found.state == "stale" and found.locale != "en"
    body, tongue = (english, "en") if is_stale else (found.body, found.locale)

    def inner(other: str, language: str) -> str:
        return phrase(book, other, language, known)

    try:
        return fill(body, known, tongue, inner)
    except NotKnown:
        return fill(body, _Blank(known), tongue, inner)


class _Blank(dict[str, Value]):
    """Known values, and nothing where one is missing: a stop must be confirmed whatever else is broken."""

    def __contains__(self, _name: object) -> bool:
        return True

    def __missing__(self, _name: str) -> Value:
        return ""

"""Turns what a turn wants said into the one text that goes out, and the phrases outside any flow."""

from collections.abc import Iterable, Mapping

from bot.flow.book import Book
from bot.flow.render import NotKnown, fill
from bot.flow.state import Value
from bot.flow.turn import Effect, Offered, Say


def as_sms(effects: Iterable[Effect]) -> str:
    """One body for all that is said: choices as numbered lines, list lines close together."""
    said = [effect for effect in effects if isinstance(effect, Say)]
    body = ""
    for index, say in enumerate(said):
        close = index > 0 and (_is_line(say) or (say.where == said[index - 1].where))
        body += ("" if not body else "\n" if close else "\n\n") + _with_choices(say.text, say.choices)
    return body


def _is_line(say: Say) -> bool:
    return say.where.endswith("/each.say")


def _with_choices(text: str, choices: tuple[Offered, ...]) -> str:
    return "\n".join([text, *(f"{number} {one.label}" for number, one in enumerate(choices, 1))])


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

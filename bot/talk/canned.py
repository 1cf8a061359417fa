"""Ready-made replies, `canned_<name>` of flows/phrases.yaml, in a family's language and with their review.

They stand among the phrases because all that a text for families needs is there already: the translators'
catalogs with their states, `ally check` and the sixth-grade measure. A school adds one by adding a phrase.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.flow.book import Book
from bot.flow.render import NotKnown, fill
from bot.flow.state import Value
from bot.school import hours
from bot.store.schools import School

BEGINS: Final = "canned_"
_WITHOUT: Final = ("stale", "missing")


@dataclass(frozen=True, slots=True)
class Canned:
    """One of them, as its sender reads it and as the family gets it."""

    name: str
    own: str = field(repr=False)
    """In the language of who sends it, else English"""
    own_language: str
    text: str = field(repr=False)
    """In the language of the family"""
    is_reviewed: bool
    """Whether somebody who speaks the family's language has read it"""


def every(book: Book, school: School | None, family: str, reader: str) -> list[Canned]:
    """All that can be said in the family's language at this school, in the order of the file."""
    names = [name for name in book.phrases if name.startswith(BEGINS)]
    found = (_one(book, name, school, family, reader) for name in names)
    return [one for one in found if one is not None]


def named(book: Book, name: str, school: School | None, family: str, reader: str) -> Canned | None:
    """The one of this name, where there is one that can be said."""
    phrase = BEGINS + name
    return _one(book, phrase, school, family, reader) if phrase in book.phrases else None


def _one(book: Book, phrase: str, school: School | None, family: str, reader: str) -> Canned | None:
    theirs = _said(book, phrase, school, family)
    if theirs is None:
        return None
    own = _said(book, phrase, school, reader) or _said(book, phrase, school, "en") or theirs
    name = phrase.removeprefix(BEGINS)
    return Canned(name, own.body, own.language, theirs.body, theirs.is_reviewed)


@dataclass(frozen=True, slots=True)
class _Said:
    body: str = field(repr=False)
    language: str
    is_reviewed: bool


def _said(book: Book, phrase: str, school: School | None, locale: str) -> _Said | None:
    """In this language and no other; None without a translation, or where the school does not say enough."""
    found = book.texts.text(locale, f"phrase/{phrase}", book.phrases[phrase].other)
    if found.locale != locale or found.state in _WITHOUT:
        return None
    try:
        body = fill(found.body, _about(school, locale), locale, lambda name, _locale: name)
    except NotKnown:
        return None
    return _Said(body, locale, found.state == "reviewed")


def _about(school: School | None, locale: str) -> Mapping[str, Value]:
    if school is None:
        return {}
    said = hours.said(school.hours, locale)
    open_at: dict[str, Value] = {"office.hours": said} if said else {}
    return {"school.phone": {"phone": school.phone}, **open_at} if school.phone else open_at

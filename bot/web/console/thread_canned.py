"""Ready-made replies that fit a thread: in its family's language, at its school."""

from collections.abc import Mapping
from typing import Final

from flask import current_app
from flask_babel import get_locale

from bot.store.contacts import Contact
from bot.store.schools import School
from bot.talk import canned
from bot.talk.canned import Canned
from bot.talk.replying import LONGEST_KEY, Seen, Written
from bot.talk.surroundings import FALLBACK_LANGUAGE
from bot.web.bot_of import bot_of

_LONGEST_KEY: Final = 40


def offered(contact: Contact, school: School | None) -> list[Canned]:
    """All that can be said to this family."""
    return canned.every(bot_of(current_app).library.book, school, _family(contact), _reader())


def chosen(contact: Contact, school: School | None, told: Mapping[str, str]) -> Written | None:
    """The one that a form asks for, as an answer; None where there is none of this name."""
    book, key = bot_of(current_app).library.book, told.get("key", "")[:_LONGEST_KEY]
    one = canned.named(book, told.get("reply", ""), school, _family(contact), _reader())
    if one is None or not key:
        return None
    return Written(
        one.text,
        # Of one page two different ones may be sent, each once
        f"{key}:{one.name}"[:LONGEST_KEY],
        Seen.read(told.get("seen", "")),
        wrote=one.own,
        language=one.own_language,
        origin="canned",
        is_reviewed=one.is_reviewed,
    )


def _family(contact: Contact) -> str:
    return contact.language or FALLBACK_LANGUAGE


def _reader() -> str:
    return str(get_locale() or FALLBACK_LANGUAGE)

"""What a person writes to a family: in which language, and what is asked before anything goes out."""

from dataclasses import dataclass, field
from secrets import compare_digest
from typing import Any, Final

from flask import abort, current_app, request

from bot.hear.written_in import rather
from bot.talk.names_around import names_around
from bot.talk.replying import Seen, Written
from bot.talk.translating import ForPerson, ThereAndBack, Wanted, there_and_back
from bot.web.bot_of import bot_of
from bot.web.console import thread_pages
from bot.web.console.own_language import own
from bot.words.locales import LOCALES

LONGEST: Final = 1600


@dataclass(frozen=True, slots=True)
class Draft:
    """A form of the composer as it was posted."""

    text: str = field(repr=False)
    key: str
    seen: str
    language: str
    """Locale that its writer says it is in"""
    is_sure: bool
    """Whether the writer was asked about the language, and has said so again"""
    wants_person: bool = False
    """Whether it shall wait for a person, also where a machine could do it"""
    shown: str = field(default="", repr=False)
    """The machine's translation that the writer was shown, with what it says when translated back"""
    proof: str = ""
    """That it was this very one"""


@dataclass(frozen=True, slots=True)
class Ask:
    """What the writer is asked first; nothing has been sent."""

    looks_like: str
    """The locale that the text looks like"""
    said: str
    """The one that was said"""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the writer reads before it is sent: a translation and its way back, or why a person does it."""

    said: str
    there: str = field(default="", repr=False)
    back: str = field(default="", repr=False)
    proof: str = ""
    why: str = ""


def draft() -> Draft:
    """What was posted. A button of an answer to a question says the language again, in `as`."""
    told = request.form
    key = told.get("key", "")[:64]
    if not key:
        abort(400)
    said = told.get("as") or told.get("language", "")
    language = said if said in LOCALES else own()
    text = told.get("text", "").replace("\r\n", "\n")[:LONGEST]
    return Draft(
        text,
        key,
        told.get("seen", ""),
        language,
        is_sure=bool(told.get("as")) or told.get("sure") == "y",
        wants_person=told.get("by") == "person",
        shown=told.get("shown", "").replace("\r\n", "\n"),
        proof=told.get("proof", ""),
    )


def family_language(thread_id: int) -> str | None:
    """The locale that the family of a thread reads; None where nobody knows it."""
    with bot_of(current_app).db.read() as session:
        return thread_pages.opened(session, thread_id).contact.language


def asked_first(written: Draft, family: str | None) -> Ask | None:
    """What must be said before this goes anywhere: it does not look like the language it is said to be in."""
    if family is None or written.is_sure or _is_proved(written, family):
        return None
    heard = bot_of(current_app).library.hearing.heard
    likely = rather(written.text, written.language, heard)
    return Ask(likely, written.language) if likely is not None else None


def looked_at(thread_id: int, written: Draft, family: str | None) -> Preview | None:
    """What a machine made of it, to be read first; None where nothing is to be shown before it goes its way.

    Only a translation that was shown with its way back is ever sent.
    """
    talk = bot_of(current_app).talk
    if family in (None, written.language) or written.wants_person or talk.translator is None:
        return None
    if _is_proved(written, family):
        return None
    made = _made(thread_id, written, family)
    if isinstance(made, ForPerson):
        return Preview(written.language, why=made.why)
    return Preview(written.language, made.there, made.back, _proof(written, family, made.there))


def said_first(thread_id: int, written: Draft, family: str | None) -> dict[str, Any]:
    """What the page shows before anything is sent; empty where it may go its way."""
    asked = asked_first(written, family)
    preview = looked_at(thread_id, written, family) if asked is None else None
    if asked is None and preview is None:
        return {}
    return {"asked": asked, "preview": preview}


def answer_of(written: Draft, family: str | None) -> Written:
    """The answer: as it stands in the family's language, else the machine's that was read, else held."""
    seen = Seen.read(written.seen)
    if family in (None, written.language):
        return Written(written.text, written.key, seen, language=written.language)
    wrote: dict[str, Any] = {"wrote": written.text, "language": written.language, "is_reviewed": False}
    if _is_proved(written, family) and not written.wants_person:
        return Written(written.shown, written.key, seen, origin="machine", **wrote)
    why = "asked" if bot_of(current_app).talk.translator is not None else "no_machine"
    return Written("", written.key, seen, origin="human", is_held=True, why_held=why, **wrote)


def _made(thread_id: int, written: Draft, family: str) -> ThereAndBack | ForPerson:
    bot = bot_of(current_app)
    with bot.db.read() as session:
        here = thread_pages.opened(session, thread_id)
        names = names_around(session, bot.vault, here.contact, bot.talk.program)
    today = bot.clock().date()
    return there_and_back(bot.talk, Wanted(written.text, written.language, family, names, today))


def _is_proved(written: Draft, family: str | None) -> bool:
    expected = _proof(written, family or "", written.shown)
    return bool(written.shown) and compare_digest(expected, written.proof)


def _proof(written: Draft, family: str, there: str) -> str:
    parts = (written.key, written.language, family, written.text.strip(), there)
    return bot_of(current_app).vault.fingerprint("shown:" + "\0".join(parts))

"""Brings to the carrier what WhatsApp messages are made of, and follows the approval of templates."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import structlog

from bot.carrier.twilio.contents import Approval, ContentRefused, Draft, session_drafts
from bot.flow.book import Book
from bot.store import contents
from bot.store.contents import SESSION, Content
from bot.store.database import Database
from bot.words.whatsapp_languages import template_language

TEMPLATES: Final = {"notice": "whatsapp_notice"}
"""Name of each template, and the phrase that is its wording"""
MISSING: Final = "missing"
WAITING_LOOK, SETTLED_LOOK = timedelta(hours=1), timedelta(days=1)
"""How often the carrier is asked about a template under review, and about any other"""

_log = structlog.get_logger(__name__)


class Api(Protocol):
    """The carrier's Content API, see bot.carrier.twilio.contents."""

    def create(self, draft: Draft) -> str:
        """Make a content; its SID."""

    def ask_approval(self, sid: str, name: str) -> Approval:
        """Hand a template to the reviewers."""

    def approval(self, sid: str) -> Approval:
        """How far the review is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A content that should stand at the carrier."""

    name: str
    locale: str
    """Empty for buttons and lists"""
    draft: Draft

    @property
    def wording(self) -> str:
        """Changes with every word of it."""
        written = json.dumps([self.draft.language, self.draft.types], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of one content. `fault` is empty where it stands at the carrier."""

    wanted: Wanted
    state: str
    fault: str = ""


def wanted(book: Book, program: str, locales: Iterable[str]) -> list[Wanted]:
    """Everything that should be there: buttons, lists, and each template in each language that has one.

    A language whose wording is missing or stale, or that WhatsApp does not know, has none: its families
    get those texts by SMS.
    """
    found = [Wanted(draft.name, "", draft) for draft in session_drafts()]
    for name, phrase in TEMPLATES.items():
        for locale in locales:
            draft = _template(book, program, name, phrase, locale)
            if draft is not None:
                found.append(Wanted(name, locale, draft))
    return found


def _template(book: Book, program: str, name: str, phrase: str, locale: str) -> Draft | None:
    language = template_language(locale)
    told = book.texts.text(locale, f"phrase/{phrase}", book.phrases[phrase].other)
    if language is None or told.locale != locale or told.state == "stale":
        return None
    body = told.body.replace("{program.name}", program).replace("{text}", "{{1}}")
    types: dict[str, Any] = {"twilio/text": {"body": body}}
    return Draft(f"{name}_{language}", language, types, {"1": "…"})


def push(db: Database, api: Api, all_wanted: Sequence[Wanted], now: datetime) -> list[Pushed]:
    """Create what is missing or has changed, and ask for approval where it is needed.

    A fault loses nothing: what was made is kept, the rest is tried again by the next push.
    """
    with db.read() as session:
        here = {(one.name, one.language): one for one in contents.all_of_them(session)}
    return [_push(db, api, one, here.get((one.name, one.locale)), now) for one in all_wanted]


def _push(db: Database, api: Api, one: Wanted, known: Content | None, now: datetime) -> Pushed:
    if known is not None and (known.wording != one.wording or known.state == MISSING):
        known = None
    if known is not None and known.state != "unsubmitted":
        return Pushed(one, known.state)
    try:
        if known is None:
            known = _created(db, api, one, now)
        if one.locale:
            told = api.ask_approval(known.sid, f"ally_{one.draft.name.lower()}_{one.wording[:8]}")
            _note(db, known.sid, told, now)
            return Pushed(one, told.state)
    except ContentRefused as refusal:
        return Pushed(one, known.state if known else MISSING, str(refusal))
    return Pushed(one, SESSION)


def _created(db: Database, api: Api, one: Wanted, now: datetime) -> Content:
    sid = api.create(one.draft)
    state = "unsubmitted" if one.locale else SESSION
    made = Content(
        name=one.name, language=one.locale, sid=sid, state=state, wording=one.wording, pushed_at=now
    )
    with db.write() as session:
        contents.put(session, made)
    return made


def follow(db: Database, api: Api, now: datetime) -> list[Content]:
    """Ask about every template: an approved one may be paused; all that is kept, as it is now.

    What the carrier no longer has is `missing`, and the next push makes it anew. Raises ContentRefused
    where the carrier does not answer.
    """
    with db.read() as session:
        kept = contents.all_of_them(session)
    for one in kept:
        try:
            told = api.approval(one.sid)
        except ContentRefused as refusal:
            if not refusal.is_missing:
                raise
            told = Approval(MISSING, "the carrier does not have it")
        if one.state != SESSION or told.state == MISSING:
            _note(db, one.sid, told, now)
    with db.read() as session:
        return contents.all_of_them(session)


def follow_due(db: Database, api: Api, now: datetime) -> int:
    """`follow` where it is time: each hour while a review lasts, else once a day. Returns 1 when it asked."""
    with db.read() as session:
        due = contents.due_to_check(session, now - WAITING_LOOK, now - SETTLED_LOOK)
    if not due:
        return 0
    try_to_follow(db, api, now)
    return 1


def try_to_follow(db: Database, api: Api, now: datetime) -> None:
    """`follow`, for those who go on without an answer: the carrier may be away, or ending as we are."""
    try:
        follow(db, api, now)
    except ContentRefused as refusal:
        _log.warning("templates_not_followed", reason=str(refusal))


def _note(db: Database, sid: str, told: Approval, now: datetime) -> None:
    with db.write() as session:
        contents.note_approval(session, sid, told.state, told.reason, now)

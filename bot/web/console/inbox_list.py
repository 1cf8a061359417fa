"""One page of the inbox, with the mark by which a change is seen and the pause until the next look."""

from dataclasses import dataclass
from typing import Any, Final

from flask import current_app, request
from werkzeug.http import generate_etag

from bot.store import inbox, schools
from bot.store.inbox import Filters, Row
from bot.web.bot_of import bot_of
from bot.web.console import inbox_search, thread_pages, thread_words
from bot.web.console.looks import next_look

_PAGE: Final = 50
_TOLD_ANEW: Final = 300
"""Seconds after which the list is told again where nothing changed but the time that families wait"""
_OURS: Final = ("mark", "since", "every", "told")


def listed() -> dict[str, Any]:
    """One page of the list, its filters, and the mark by which a change is seen."""
    found, now = _found(), bot_of(current_app).clock()
    with bot_of(current_app).db.read() as session:
        choices = inbox.choices(session, thread_pages.scope(session), now)
        places = schools.every_school(session)
    return {**_shown(found), "languages": choices[0], "topics": choices[1], "places": places}


def changed() -> dict[str, Any] | None:
    """The list alone; None where it is as the page has it, which costs one question to the database."""
    found = _found()
    return None if found.look["same"] else _shown(found)


@dataclass(frozen=True, slots=True)
class _Found:
    rows: list[Row]
    number: int
    wanted: Filters
    look: dict[str, Any]


def _found() -> _Found:
    bot, now = bot_of(current_app), bot_of(current_app).clock()
    number = max(request.args.get("page", 1, type=int), 1)
    with bot.db.read() as session:
        wanted = inbox_search.filters()
        scope = thread_pages.scope(session)
        rows = inbox.rows(session, scope, wanted, now, limit=_PAGE + 1, offset=(number - 1) * _PAGE)
    seen = [(one, thread_words.is_late(one, now), thread_words.writes(one, now)) for one in rows]
    look = next_look(now.timestamp(), generate_etag(repr(seen).encode()))
    told = request.args.get("told", now.timestamp(), type=float)
    look["same"] = look["same"] and now.timestamp() - told < _TOLD_ANEW
    return _Found(rows, number, wanted, {**look, "told": now.timestamp()})


def _shown(found: _Found) -> dict[str, Any]:
    bot, now = bot_of(current_app), bot_of(current_app).clock()
    with bot.db.read() as session:
        lines = thread_words.lines(session, bot.vault, found.rows[:_PAGE], now)
    return {
        "lines": lines,
        "wanted": found.wanted,
        "has_more": len(found.rows) > _PAGE,
        "words": thread_words,
        "number": found.number,
        "asked": {name: value for name, value in request.args.items() if name not in _OURS},
        **found.look,
    }

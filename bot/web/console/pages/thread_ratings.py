"""How families found the help of people: counts and means, never of fewer than five families."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_interval, format_skeleton
from flask import Blueprint, current_app
from flask_babel import get_locale

from bot.people.access import Role
from bot.store import schools, thread_ratings
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.ratings_counted import ALL, Found, Span, spans
from bot.web.console.said_of_people import language_name
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.web.console.zone_here import zone_here

page = Blueprint("thread_ratings", __name__, url_prefix="/threads/ratings")
ROLES: Final[tuple[Role, ...]] = ("administrator", "liaison")
_SHOWN: Final = 12
_MONTH: Final = "yMMMM"
_NOBODY_KNOWS: Final = "None"


@page.get("/")
@needs(*ROLES)
def show() -> str:
    """By months, school and language."""
    bot, zone = bot_of(current_app), ZoneInfo(zone_here() or "UTC")
    with bot.db.read() as session:
        rated = thread_ratings.every(session, who().schools(ROLES))
        names = {str(one.id): one.name for one in schools.every_school(session)}
    found = spans(rated, zone, bot.clock().astimezone(zone).date())[:_SHOWN]
    return show_page("console/thread_ratings.html", spans=[_said(one, names) for one in found])


def _said(span: Span, schools_by_id: Mapping[str, str]) -> dict[str, Any]:
    """A span in words: what may be told of it, by name."""
    languages = {one: language_name(one) for one in span.by_language if one != _NOBODY_KNOWS}
    return {
        "months": _months(span),
        "all": span.all,
        "schools": _lines(span.by_school, schools_by_id),
        "languages": _lines(span.by_language, languages),
    }


def _lines(found: Mapping[str, Found], names: Mapping[str, str]) -> list[tuple[str, Found]]:
    told = ((names.get(group, ""), one) for group, one in found.items() if group != ALL)
    return sorted((line for line in told if line[1].families is not None), key=lambda line: line[0])


def _months(span: Span) -> str:
    """Its months in words: October 2026, or September to November 2026."""
    locale = str(get_locale() or "en")
    first: date = span.first
    if first == span.last:
        return str(format_skeleton(_MONTH, first, locale=locale))
    return str(format_interval(first, span.last, _MONTH, locale=locale))

"""Home: what waits for whoever is signed in, and for administrators the way to the first text."""

from typing import Any, Final

from flask import Blueprint, current_app
from sqlmodel import Session

from bot.people.access import Who
from bot.store import audit, teachers, threads, untold
from bot.store.threads import URGENT, Waiting
from bot.web.bot_of import bot_of
from bot.web.console import needs_me
from bot.web.console.declared import signed_in
from bot.web.console.deeds import LOG_READERS, said_lines
from bot.web.console.first_run import steps
from bot.web.console.needs_me import FRONT, Need
from bot.web.console.said_of_people import JOBS, language_name
from bot.web.console.seen_in_bulk import taken_by_others
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.wiring import Bot

page = Blueprint("home", __name__)
_SHOWN: Final = 50
_LINES: Final = 10


@page.get("/")
@signed_in()
def show() -> str:
    """The page after signing in."""
    bot, me = bot_of(current_app), who()
    with bot.db.read() as session:
        parts = {
            "needs": _needs(session, bot, me),
            "waiting": _waiting(session, me),
            "steps": list(steps(session, bot)) if me.everywhere(("administrator",)) else [],
            "lines": _log(session, bot, me),
            **_own_classes(session, me),
        }
    return show_page(
        "console/home.html", urgent=URGENT, jobs=JOBS, language_name=language_name, most=_SHOWN, **parts
    )


def _needs(session: Session, bot: Bot, me: Who) -> list[Need]:
    """The worst first."""
    found: list[Need] = []
    if me.may(FRONT):
        found += [*needs_me.untold_threads(session, me), *needs_me.untold_absences(session, me)]
        found += needs_me.to_translate(session, me)
    if me.may(("administrator",)):
        found += needs_me.to_approve(session, me)
        found += taken_by_others(session, bot.vault, me, bot.clock())
        found += [*needs_me.held_back(session, me), *needs_me.in_doubt(session, me, bot.clock())]
    if me.everywhere(("administrator",)):
        found += [*needs_me.set_aside(session, me), *needs_me.silent_programs(session, bot)]
        found += needs_me.facts_due(bot.library.rights, bot.clock().date())
        found += needs_me.outdated_texts(bot.library.texts)
    return sorted(found, key=lambda need: need.urgency != "bad")


def _waiting(session: Session, me: Who) -> list[Waiting]:
    """Families who wait for a person: at the own schools, else those who wait for oneself."""
    if me.may(FRONT):
        return threads.waiting_at(session, me.schools(FRONT), _SHOWN + 1)
    if me.staff_id is not None:
        return threads.waiting_for(session, me.staff_id, _SHOWN + 1)
    return []


def _own_classes(session: Session, me: Who) -> dict[str, Any]:
    """For teachers: whom they teach, and who of them will be away though the office does not know."""
    if not me.may(("teacher",)):
        return {"is_teacher": False}
    taught = teachers.taught_by(session, me.staff_id) if me.staff_id else []
    away = untold.absences(session, staff_id=me.staff_id) if me.staff_id else []
    return {"is_teacher": True, "classes": taught, "away": away}


def _log(session: Session, bot: Bot, me: Who) -> list[Any]:
    """For auditors: the last deeds."""
    if not me.may(("auditor",)):
        return []
    lines = audit.latest(session, _LINES, school_ids=me.schools(LOG_READERS))
    return said_lines(session, bot.vault, lines)

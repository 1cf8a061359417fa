"""The audit log: who did what, and whether the chain of lines is whole."""

from typing import Any, Final

from flask import Blueprint, current_app, request, url_for

from bot.store import audit
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.deeds import LOG_READERS, SAID, said_lines
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who

page = Blueprint("log", __name__, url_prefix="/log")
_LINES: Final = 50


@page.get("/")
@needs("auditor", "administrator")
def show() -> str:
    """Latest first; of the own schools, for whom the whole district is not open."""
    action, before = request.args.get("action", "")[:32], request.args.get("before", type=int)
    bot, mine = bot_of(current_app), who().schools(LOG_READERS)
    with bot.db.read() as session:
        found = audit.latest(session, _LINES + 1, before=before, action=action, school_ids=mine)
        lines, kinds = said_lines(session, bot.vault, found[:_LINES]), audit.actions(session, mine)
    here: dict[str, Any] = {"action": action or None}
    return show_page(
        "console/log.html",
        lines=lines,
        kinds=kinds,
        said=SAID,
        action=action,
        older=url_for(".show", **here, before=lines[-1].id) if len(found) > _LINES else None,
        newest=url_for(".show", **here) if before else None,
        may_check=mine is None,
    )


@page.get("/check")
@needs("auditor", "administrator", district=True)
def check() -> str:
    """Read all lines and compare each with its hash; for the whole district, as the chain is one."""
    bot = bot_of(current_app)
    with bot.db.read() as session:
        broken = audit.first_broken(session, bot.vault)
        last = audit.latest(session, 1)
    return show_page(
        "console/log_check.html", broken=broken, lines=last[0].id if last else 0, now=bot.clock()
    )

"""Who is asking: the cookie of a browser and the sign-in behind it."""

import re
from ipaddress import ip_address
from typing import Final

from flask import abort, current_app, g, request, session

from bot.people import sign_in
from bot.people.access import Who
from bot.people.desk import Desk
from bot.people.sign_in import Visit
from bot.web.bot_of import bot_of
from bot.web.console.looks import look_of

_TOKEN: Final = "token"  # noqa: S105 - where it stands in the cookie
_AGENTS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def desk() -> Desk:
    """Where accounts are kept."""
    bot = bot_of(current_app)
    return Desk(bot.db, bot.vault, bot.clock)


def look_up_visit() -> Visit | None:
    """Whoever this request comes from, at any stage of signing in; asked of the database once."""
    if "visit" not in g:
        token = session.get(_TOKEN)
        is_used = look_of(current_app) is None
        g.visit = sign_in.visit_of(desk(), token, is_used=is_used) if isinstance(token, str) else None
    found: Visit | None = g.visit
    return found


def visit() -> Visit:
    """The visit of a page that its route opens only to who is (half way) signed in."""
    found = look_up_visit()
    if found is None:
        abort(403)
    return found


def who() -> Who:
    """Whoever is signed in."""
    return visit().who


def enter(token: str) -> None:
    """Let this browser be signed in by a new token; nothing of before is kept but the language."""
    language = session.get("language")
    session.clear()
    session[_TOKEN] = token
    if language:
        session["language"] = language
    g.pop("visit", None)


def leave() -> None:
    """Forget the sign-in in this browser."""
    session.clear()
    g.pop("visit", None)


def browser() -> str:
    """What this browser is, in two words that its owner knows again: Firefox, Android."""
    told = request.user_agent.string
    name = next((shown for mark, shown in _AGENTS if re.search(rf"\b{mark}", told)), "")
    system = next((shown for mark, shown in _SYSTEMS if mark in told), "")
    return ", ".join(part for part in (name, system) if part)


def address() -> str:
    """Where a request comes from, for counting failed tries alone; never kept as it is.

    Behind a proxy of our own network that is what the proxy says, last in its header: what stands before
    may be anybody's invention.
    """
    direct = request.remote_addr or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return told if told and ip_address(direct).is_private else direct
    except ValueError:
        return direct


def local_path(wanted: str | None) -> str | None:
    """A path of the console to go to next, if that is what it is; nothing that leads elsewhere."""
    if wanted and re.fullmatch(r"/staff(/[\w./-]*)?(\?[\w.=&%+-]*)?", wanted) and ".." not in wanted:
        return wanted
    return None

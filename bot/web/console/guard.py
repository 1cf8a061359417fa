"""Before each request to the console: the route's declaration, foreign pages, CSRF, sign-in, role, school."""

from typing import Final
from urllib.parse import urlsplit

from flask import abort, current_app, redirect, request, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response

from bot.people.sign_in import Visit
from bot.web.bot_of import bot_of
from bot.web.console import errors, unsent
from bot.web.console.declared import MAX_FORM, Needs, needs_of
from bot.web.console.visits import look_up_visit

SAFE: Final = ("GET", "HEAD", "OPTIONS")
NAME: Final = "console"
"""Of the blueprint that holds every page"""
_COMING_BACK: Final = ("console.sign_in.show", "console.account.prove")
_NEXT_STEP: Final = {
    "second": "console.sign_in.code",
    "enrolling": "console.sign_in.enrol",
    "whole": "console.home.show",
}


def is_ours() -> bool:
    """Whether this request goes to the console, be it to a page that is not there."""
    return (request.endpoint or "").startswith(f"{NAME}.") or request.path.startswith("/staff")


def guard() -> Response | None:
    """Let a request through, or answer it."""
    if not is_ours() or request.endpoint is None:
        return None
    needed = needs_of(current_app, request.endpoint)
    if needed is None:
        abort(403)
    # Nobody who is not signed in has a file for us to read
    request.max_content_length = needed.max_bytes if look_up_visit() else min(needed.max_bytes, MAX_FORM)
    _refuse_foreign()
    csrf: CSRFProtect = current_app.extensions["csrf"]
    csrf.protect()
    return None if needed.stage == "nothing" else _let_in(needed, look_up_visit())


def may_open(needed: Needs, visit: Visit, school_id: int | None) -> bool:
    """Whether the roles of a visit open a route; `school_id`: of the school that its path names."""
    if needed.district:
        return visit.who.everywhere(needed.roles)
    return not needed.roles or visit.who.may(needed.roles, school_id)


def _refuse_foreign() -> None:
    """No form of another site is taken, also where a browser would send our cookie along."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    ours = {urlsplit(bot_of(current_app).settings.public_url).netloc, request.host}
    if site not in ("same-origin", "none") or (origin is not None and urlsplit(origin).netloc not in ours):
        raise CSRFError("The form came from another site.")


def _let_in(needed: Needs, visit: Visit | None) -> Response | None:
    if visit is None:
        return _signed_out()
    if visit.sign_in.stage != needed.stage:
        return _go(_NEXT_STEP[visit.sign_in.stage])
    school = (request.view_args or {}).get(needed.school) if needed.school else None
    if (needed.school and school is None) or not may_open(needed, visit, school):
        abort(403)
    if needed.fresh and not visit.is_fresh(bot_of(current_app).clock()):
        return _go("console.account.prove")
    return None


def _signed_out() -> Response:
    """To sign in; but whoever just sent what they wrote gets it back first."""
    if request.method not in SAFE and (lost := unsent.words()):
        page, code = errors.signed_out(lost)
        return Response(page, code, mimetype="text/html")
    return _go("console.sign_in.show")


def _go(endpoint: str) -> Response:
    """Elsewhere first, and back here afterwards; also out of a part of a page that htmx asked for."""
    is_part = bool(request.headers.get("HX-Request"))
    is_page = request.method in SAFE and not is_part
    here = request.full_path.rstrip("?") if is_page else unsent.came_from()
    target = url_for(endpoint, next=here if endpoint in _COMING_BACK else None)
    if is_part:
        return Response(status=204, headers={"HX-Redirect": target})
    return redirect(target, 303)

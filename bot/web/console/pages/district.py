"""Signing in with the district's own account, and proving with it again who one is."""

from typing import Final

import structlog
from flask import Blueprint, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.people import district_sign_on
from bot.people.sign_in import Refused
from bot.web.console import district
from bot.web.console.declared import anybody, signed_in
from bot.web.console.pages.sign_in import NEXT
from bot.web.console.showing import show as show_page
from bot.web.console.visits import browser, desk, enter, local_path, look_up_visit

page = Blueprint("district", __name__, url_prefix="/district")
_PROVING: Final = "proving"
_SAID: Final = {
    Refused: _(
        "Nobody with your district account may sign in here yet. "
        "Ask an administrator of your school for an invitation."
    ),
    district.NotConfirmed: _(
        "Your district did not confirm who you are. Try again, or sign in with your password."
    ),
    district.Away: _(
        "Your district's sign-in does not answer. Try again in a minute, or sign in with your password."
    ),
}
_log = structlog.get_logger(__name__)


@page.get("/")
@anybody()
def go() -> ResponseReturnValue:
    """To the district's own page; a link and no form, for a policy on forms would stop the way there."""
    session.pop(_PROVING, None)
    return _gone(anew=False)


@page.get("/prove")
@signed_in()
def prove() -> ResponseReturnValue:
    """There once more, to prove it anew."""
    session[_PROVING], session[NEXT] = True, local_path(request.args.get(NEXT))
    return _gone(anew=True)


@page.get("/back")
@anybody()
def back() -> ResponseReturnValue:
    """Back from there."""
    if not district.is_there():
        abort(404)
    proving, wanted = bool(session.pop(_PROVING, False)), session.get(NEXT)
    try:
        who = district.come_back(desk().clock(), anew=proving)
        if proving:
            district_sign_on.prove_by_district(desk(), look_up_visit(), who)
        else:
            enter(district_sign_on.by_district(desk(), who, browser=browser()))
    except (Refused, district.NotConfirmed, district.Away) as error:
        return _refused(error)
    return redirect(wanted or url_for("console.home.show"), 303)


def _gone(*, anew: bool) -> ResponseReturnValue:
    if not district.is_there():
        abort(404)
    try:
        return district.go(anew=anew)
    except district.Away as error:
        return _refused(error)


def _refused(error: Exception) -> tuple[str, int]:
    cause = type(error.__cause__).__name__ if error.__cause__ else ""
    _log.warning("district_sign_on_refused", reason=type(error).__name__, cause=cause)
    code = 503 if isinstance(error, district.Away) else 403
    return show_page("console/district.html", advice=_SAID[type(error)]), code

"""Pages for what goes wrong: what it means and what to do, nothing of the inside."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import structlog
from flask import g, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from bot.log_lines import place_of
from bot.web.console import unsent

_log = structlog.get_logger(__name__)


class _Said(NamedTuple):
    title: LazyString
    advice: LazyString


_SAID: Final = {
    400: _Said(
        _("This could not be read"),
        _("Go back, load the page again, and send the form once more. Nothing was changed."),
    ),
    403: _Said(
        _("This page is not open to you"),
        _("Your role does not include it. An administrator of your school can change that."),
    ),
    404: _Said(
        _("There is no such page"),
        _("It may have been moved or removed. Look for it from the home page."),
    ),
    405: _Said(
        _("This cannot be opened so"),
        _("Go back and use the button on the page."),
    ),
    413: _Said(
        _("This file or text is too large"),
        _("Send a smaller one. Nothing was changed: go back, and copy what you typed before you try again."),
    ),
    429: _Said(
        _("Too many tries"),
        _("Wait a quarter of an hour, then try again. If you forgot your password, ask for a new one."),
    ),
    500: _Said(
        _("Something went wrong here"),
        _("It was written down for whoever runs this service. Try again in a minute."),
    ),
    503: _Said(
        _("The service is not ready"),
        _("It cannot reach its data now. Try again in a minute. The carrier keeps families' texts."),
    ),
}
_EXPIRED: Final = _Said(
    _("This form is no longer valid"),
    _("You signed out or in again since it was opened. Nothing was sent: open the page again for that."),
)
_SIGNED_OUT: Final = _Said(
    _("You were signed out meanwhile"),
    _("That happens after two hours without work, or twelve in all. Nothing was sent or changed."),
)


def show(
    code: int, said: _Said | None = None, lost: Sequence[str] = (), came_from: str | None = None
) -> tuple[str, int]:
    """The page of a status, of its family where it has none of its own. `lost`: what was written in vain."""
    if code >= 500:
        g.setdefault("visit", None)  # the page asks nothing of a database that may be away
    words = said or _SAID.get(code) or _SAID[500 if code >= 500 else 400]
    told: dict[str, Any] = {"code": code, "title": words.title, "advice": words.advice, "lost": lost}
    return render_template("console/error.html", **told, came_from=came_from), code


def signed_out(words: list[str]) -> tuple[str, int]:
    """For somebody who wrote for too long: what they wrote, to be copied, and the way back to the page."""
    return show(401, _SIGNED_OUT, words, unsent.came_from())


def refused(error: HTTPException) -> HTTPException | tuple[str, int]:
    """Whatever the console refuses; other parts of the web process answer as they did."""
    if not request.path.startswith("/staff") or error.code is None or error.code < 400:
        return error
    if isinstance(error, CSRFError):
        return show(error.code, _EXPIRED, unsent.words() if unsent.is_from_here() else (), unsent.came_from())
    return show(error.code)


def unexpected(error: Exception) -> HTTPException | tuple[str, int]:
    """What nobody expected: logged by its kind and place."""
    if isinstance(error, HTTPException):
        return refused(error)
    _log.error("unexpected", endpoint=request.endpoint, error=type(error).__name__, place=place_of(error))
    return show(503 if isinstance(error, SQLAlchemyError) else 500)

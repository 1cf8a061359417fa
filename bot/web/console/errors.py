"""Pages for what goes wrong: what it means and what to do, nothing of the inside."""

from typing import Final, NamedTuple

import structlog
from flask import g, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from bot.log_lines import place_of

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
        _("Send a smaller one. Nothing was changed."),
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
    _("You signed in again since it was opened. Load the page again, and send it once more."),
)


def show(code: int, said: _Said | None = None) -> tuple[str, int]:
    """The page of a status; of its family where it has none of its own."""
    if code >= 500:
        g.setdefault("visit", None)  # the page asks nothing of a database that may be away
    words = said or _SAID.get(code) or _SAID[500 if code >= 500 else 400]
    return render_template("console/error.html", code=code, title=words.title, advice=words.advice), code


def refused(error: HTTPException) -> HTTPException | tuple[str, int]:
    """Whatever the console refuses; other parts of the web process answer as they did."""
    if not request.path.startswith("/staff") or error.code is None or error.code < 400:
        return error
    return show(error.code, _EXPIRED if isinstance(error, CSRFError) else None)


def unexpected(error: Exception) -> HTTPException | tuple[str, int]:
    """What nobody expected: logged by its kind and place."""
    if isinstance(error, HTTPException):
        return refused(error)
    _log.error("unexpected", endpoint=request.endpoint, error=type(error).__name__, place=place_of(error))
    return show(503 if isinstance(error, SQLAlchemyError) else 500)

"""What nobody expected: logged by its kind and place, never by its words, which might quote a text."""

import structlog
from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from bot.log_lines import place_of

_log = structlog.get_logger(__name__)


def catch_in(part: Flask | Blueprint, status: int) -> None:
    """Answer an unexpected error of this part with `status`; Flask's own refusals stay as they are."""

    def answer(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        # The rule, not the address: some hold what opens a sign-in or a picture
        path = request.url_rule.rule if request.url_rule else ""
        _log.error("unexpected", path=path, error=type(error).__name__, place=place_of(error))
        return Response("Something went wrong; please try again.\n", status, mimetype="text/plain")

    part.register_error_handler(Exception, answer)

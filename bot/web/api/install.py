"""Puts the API into the web process."""

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from bot.web.api import attendance, broadcasts, document
from bot.web.api.problems import of_http
from bot.web.api.routes import new_api, no_store


def install(app: Flask) -> None:
    """Add the API to a web process. It knows no cookie and no session, so there is no form to forge."""
    api = new_api()
    for module in (broadcasts, attendance, document):
        module.add_to(api)
    app.register_blueprint(api)
    app.after_request(no_store)


def refused(error: HTTPException) -> Response | None:
    """What Flask itself refuses of a request to the API; None where it was for somebody else."""
    return of_http(error) if request.path.startswith("/api/") else None

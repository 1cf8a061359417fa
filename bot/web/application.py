"""Puts the web process together."""

from flask import Flask
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from bot.web.api.install import install as install_api
from bot.web.api.install import refused as api_refused
from bot.web.bot_of import EXTENSION
from bot.web.console.errors import refused
from bot.web.console.install import install
from bot.web.console.words import Catalogs
from bot.web.failures import catch_in
from bot.web.front import front
from bot.web.health import health
from bot.web.hooks import hooks
from bot.web.metrics import EXTENSION as METRICS
from bot.web.metrics import metrics, registry_of
from bot.web.pictures import pictures
from bot.wiring import Bot

MAX_FORM = 256 * 1024
"""Bytes. A text of 4,096 characters with all of the carrier's fields is some 40 kB at the most."""


def create_application(bot: Bot, catalogs: Catalogs | None = None) -> Flask:
    """The web side of one bot. `catalogs`: other words for the staff pages than the committed ones."""
    app = Flask("bot.web")
    app.config["MAX_CONTENT_LENGTH"] = MAX_FORM
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM
    app.extensions[EXTENSION] = bot
    app.extensions[METRICS] = registry_of(bot)
    catch_in(app, 500)
    app.register_blueprint(hooks)
    app.register_blueprint(health)
    app.register_blueprint(metrics)
    app.register_blueprint(pictures)
    app.register_blueprint(front)
    install(app, bot, catalogs)
    install_api(app)
    app.register_error_handler(HTTPException, _refused)
    return app


def _refused(error: HTTPException) -> ResponseReturnValue | HTTPException:
    """What Flask itself refuses, to programs and people each in their way."""
    for_programs = api_refused(error)
    return refused(error) if for_programs is None else for_programs

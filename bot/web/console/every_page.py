"""Every page of the console under one blueprint: a new file in pages/ gets a line here."""

from typing import Final

from flask import Blueprint

from bot.web.console.errors import unexpected
from bot.web.console.guard import NAME
from bot.web.console.pages import (
    account,
    components,
    delivery,
    district,
    flows,
    home,
    languages,
    links,
    log,
    schools,
    settings,
    sign_in,
    staff,
    trial,
    unknown,
)

PAGES: Final = (
    account,
    components,
    delivery,
    district,
    flows,
    home,
    languages,
    links,
    log,
    schools,
    settings,
    sign_in,
    staff,
    trial,
    unknown,
)


def new_console() -> Blueprint:
    """The blueprint of the whole console, for one web process."""
    console = Blueprint(NAME, __name__, url_prefix="/staff")
    console.register_error_handler(Exception, unexpected)
    for module in PAGES:
        console.register_blueprint(module.page)
    return console

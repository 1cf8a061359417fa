"""Every page of the console under one blueprint: a new file in pages/ gets a line here."""

from typing import Final

from flask import Blueprint

from bot.web.console.errors import unexpected
from bot.web.console.guard import NAME
from bot.web.console.pages import (
    account,
    broadcast_groups,
    broadcast_machine,
    broadcast_poll,
    broadcast_reminders,
    broadcast_send,
    broadcast_translate,
    broadcast_watch,
    broadcasts,
    components,
    delivery,
    district,
    families,
    families_consent,
    families_merge,
    families_number,
    families_people,
    flows,
    home,
    languages,
    links,
    log,
    school_calendar,
    school_people,
    schools,
    set_aside,
    settings,
    sign_in,
    staff,
    thread_canned,
    thread_pictures,
    thread_preview,
    thread_ratings,
    thread_translate,
    threads,
    tokens,
    translations,
    trial,
    unknown,
)

PAGES: Final = (
    account,
    broadcast_groups,
    broadcast_machine,
    broadcast_poll,
    broadcast_reminders,
    broadcast_send,
    broadcast_translate,
    broadcast_watch,
    broadcasts,
    components,
    delivery,
    district,
    families,
    families_consent,
    families_merge,
    families_number,
    families_people,
    flows,
    home,
    languages,
    links,
    log,
    school_calendar,
    school_people,
    schools,
    set_aside,
    settings,
    sign_in,
    staff,
    thread_canned,
    thread_pictures,
    thread_preview,
    thread_ratings,
    thread_translate,
    threads,
    tokens,
    translations,
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

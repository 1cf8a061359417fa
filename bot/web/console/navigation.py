"""The way through the console: each entry is shown to whoever may open its page."""

from typing import Final, NamedTuple

from flask import current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from bot.web.console.declared import needs_of
from bot.web.console.guard import may_open
from bot.web.console.visits import look_up_visit

ENTRIES: Final = (
    ("console.home.show", _("Home")),
    ("console.threads.show", _("Inbox")),
    ("console.families.show", _("Families")),
    ("console.translations.show", _("Translations")),
    ("console.broadcasts.show", _("Broadcasts")),
    ("console.schools.show", _("Schools")),
    ("console.staff.show", _("Staff")),
    ("console.languages.show", _("Languages")),
    ("console.flows.show", _("Flows")),
    ("console.delivery.show", _("Delivery")),
    ("console.settings.show", _("Settings")),
    ("console.log.show", _("Log")),
)


class Entry(NamedTuple):
    """One line of the way."""

    url: str
    label: LazyString
    is_here: bool


def entries() -> list[Entry]:
    """What the caller may open, in order; nothing before they are signed in."""
    visit = look_up_visit()
    if visit is None or not visit.is_whole:
        return []
    found = []
    for endpoint, label in ENTRIES:
        needed = needs_of(current_app, endpoint)
        if needed is not None and may_open(needed, visit, None):
            room = endpoint.rpartition(".")[0]
            # Some pages are several files: broadcasts, broadcast_send; families, families_merge
            rooms = (f"{room}.", f"{room}_", f"{room.removesuffix('s')}_")
            here = (request.endpoint or "").startswith(rooms)
            found.append(Entry(url_for(endpoint), label, here))
    return found

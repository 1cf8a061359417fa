"""What pages say of reminders: kinds of days, how long before, and what becomes of one."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from flask_babel import LazyString, format_date, gettext, ngettext
from flask_babel import lazy_gettext as _

from bot.store.school_events import SchoolEvent
from bot.web.console.broadcast_words import STATES

KINDS: Final[Mapping[str, LazyString]] = {
    "no_school": _("No school"),
    "early_release": _("Early release"),
    "conference": _("Conferences"),
    "report_card": _("Report cards"),
    "testing": _("Tests"),
    "meeting": _("Meetings for families"),
}
BECOMES: Final[Mapping[str, tuple[LazyString, str]]] = {
    **STATES,
    "planned": (_("is shown here four days before"), "neutral"),
    "skipped": (_("left out"), "neutral"),
    "waiting_approval": (_("waits for you"), "warning"),
}


def before(days: int) -> str:
    """How long before its day a reminder goes out."""
    if days == 1:
        return str(gettext("The evening before"))
    if days % 7 == 0:
        return str(ngettext("%(num)s week before", "%(num)s weeks before", days // 7))
    return str(ngettext("%(num)s day before", "%(num)s days before", days))


def days_of(event: SchoolEvent) -> str:
    """The day of a date, or its first and last."""
    if event.first_day == event.last_day:
        return _day(event.first_day)
    return f"{_day(event.first_day)} - {_day(event.last_day)}"


def _day(day: date) -> str:
    return str(format_date(day, "full"))

"""What pages call languages, roles of people at school, and what a thread is about."""

from typing import Final

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from bot.words import locales

JOBS: Final = {
    "liaison": _("liaison"),
    "teacher": _("teacher"),
    "nurse": _("nurse"),
    "counselor": _("counselor"),
    "office": _("office"),
    "aide": _("aide"),
    "administrator": _("administrator"),
    "district_office": _("district office"),
}


def language_name(code: str | None) -> str:
    """A language in the words of the page; said so where nobody knows it."""
    return locales.language_name(code, str(get_locale() or "en")) if code else gettext("not known")

"""Families in words for the pages: whether texts reach somebody, what was agreed to, best hours."""

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from bot.web.console import said_of_people, thread_words
from bot.web.console.delivery_facts import REASONS

STANDING: Final = {
    "given": (_("gets our texts"), "good"),
    "noticed": (_("was told how to stop, has not answered yet"), "neutral"),
    "none": (_("has had no text yet"), "neutral"),
    "unclear": (_("may have asked for no more texts: ask"), "warning"),
    "stopped": (_("asked for no more texts"), "bad"),
    "dead": (_("no text arrives at this number"), "bad"),
    "erased": (_("asked to be forgotten"), "bad"),
}
"""Whether texts reach a person, and the kind of the badge"""
ORIGINS: Final = thread_words.ORIGINS
SUBJECTS: Final = said_of_people.SUBJECTS
subject = said_of_people.subject
WANTS: Final = {
    None: _("all texts of the school"),
    "needed": _("only what is needed: absences and what is urgent"),
    "emergency": _("only emergencies"),
    "unclear": _("not clear"),
}
EVENTS: Final = {
    "noticed": _("was told of the program, HELP and STOP"),
    "stopped": _("asked for no more texts"),
    "started": _("asked for texts again"),
    "unclear": _("may have asked for no more texts"),
    "chose_all": _("chose all texts"),
    "chose_needed": _("chose only what is needed"),
    "chose_emergency": _("chose only emergencies"),
    "beyond_on": _("agreed to texts beyond the school's own"),
    "beyond_off": _("took that back"),
    "tips_on": _("asked for learning tips"),
    "tips_off": _("ended the learning tips"),
    "wrong_number": _("this is the wrong number"),
    "number_given": _("the family gave this number"),
    "number_changed": _("has another number now"),
}
CHANGES: Final = {
    "linked": _("A number was linked"),
    "unlinked": _("A number was unlinked"),
    "number": _("Somebody has another number"),
    "merged": _("Two families were put together"),
}
UNDO: Final = {
    "linked": "console.families_people.undo",
    "unlinked": "console.families_people.undo",
    "number": "console.families_number.undo",
    "merged": "console.families_merge.undo",
}
"""Where each kind of change is taken back"""
MEANS: Final = {
    "text": _("by text"),
    "paper": _("on paper"),
    "spoken": _("spoken"),
    "email": _("by e-mail"),
    "carrier": _("through the phone company"),
    "staff": _("written down by staff"),
    "in_person": _("in person"),
}
BANDS: Final = {
    "k2": _("kindergarten to 2nd grade"),
    "g35": _("3rd to 5th grade"),
    "g68": _("6th to 8th grade"),
    "g912": _("9th to 12th grade"),
}
SOURCES: Final = {
    "roster": _("from the roster"),
    "heard": _("as the person writes"),
    "chosen": _("chosen"),
}
"""Where a language comes from"""
BEST_TIMES: Final = said_of_people.BEST_TIMES
STATES: Final = thread_words.STATES


def language_name(code: str | None) -> str:
    """A language in the words of the page."""
    return said_of_people.language_name(code)


def recorder(told: str, names: Mapping[int, str]) -> str:
    """Who wrote a change of consent down: the name of an account, or what was written."""
    kind, _colon, number = told.partition(":")
    return names.get(int(number), told) if kind == "account" and number.isdecimal() else told


def event(kind: str) -> str:
    """One change of consent; a kind without words stands for itself."""
    return str(EVENTS.get(kind, kind.replace("_", " ")))


def state(code: str) -> tuple[str, str]:
    """The state of a text, and the kind of its badge."""
    words, kind = STATES.get(code, (code, "neutral"))
    return str(words), kind


def reason(code: str | None) -> str:
    """Why a text was not sent; empty where there is nothing to say."""
    if not code:
        return ""
    return str(REASONS.get(code) or gettext("Reason: %(code)s", code=code.replace("_", " ")))

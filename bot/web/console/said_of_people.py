"""What pages call languages, roles of people at school, and what a thread is about."""

from typing import Final

from flask import current_app
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _

from bot.flow.phrases import phrase
from bot.web.bot_of import bot_of
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

BEST_TIMES: Final = {
    "morning": _("in the morning"),
    "midday": _("around noon"),
    "afternoon": _("in the afternoon"),
    "evening": _("in the evening"),
    "weekend": _("on weekends"),
}
"""When somebody likes to be reached"""

_PRIVATE: Final = _("something private")
SUBJECTS: Final = {
    "private": _PRIVATE,
    "own_status": _PRIVATE,
    "enforcement": _PRIVATE,
    "danger": _("danger"),
    "child_danger": _("danger"),
    "self_harm": _("danger"),
    "person": _("wants to talk to a person"),
    "talk_to_person": _("wants to talk to a person"),
    "hand_over": _("a text that Ally did not understand"),
    "not_sure": _("a text that Ally did not understand"),
    "other_part": _("one of several questions"),
    "menu": _("the menu"),
    "welcome": _("a first text"),
    "legal_help": _("legal help"),
    "medicine": _("health"),
    "share_story": _("a story or a skill for the class"),
    "help_nearby": _("help outside school"),
    "who_can_help": _("who at school can help"),
    "learning_tips": _("learning tips"),
    "my_data": _("what we keep of them"),
    "erase_data": _("what we keep of them"),
    "my_language": _("their language"),
    "which_texts": _("which texts they get"),
    "wrong_number": _("a wrong number"),
}
"""What a thread is about, or came from. Of what must stay private no more than that"""


def subject(name: str) -> str:
    """The same for all else: as families read it in the menus; a name of ours where no menu has it."""
    book, key = bot_of(current_app).library.book, f"topic_{name}"
    if key not in book.phrases:
        return name.replace("_", " ")
    return phrase(book, key, str(get_locale() or "en"), {})


def language_name(code: str | None) -> str:
    """A language in the words of the page; said so where nobody knows it."""
    return locales.language_name(code, str(get_locale() or "en")) if code else gettext("not known")

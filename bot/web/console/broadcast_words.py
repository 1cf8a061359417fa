"""What pages say of broadcasts: their states, what became of texts, and why something was not done."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Final, NamedTuple

from flask_babel import LazyString, format_time, gettext
from flask_babel import lazy_gettext as _

from bot.broadcast import refused
from bot.broadcast.audience import UNKNOWN
from bot.broadcast.polls import PollRefused
from bot.broadcast.refused import Refused
from bot.web.console.delivery_facts import REASONS
from bot.web.console.said_of_people import language_name

STATES: Final[Mapping[str, tuple[LazyString, str]]] = {
    "draft": (_("draft"), "neutral"),
    "waiting_approval": (_("waits for a second person"), "warning"),
    "refused": (_("refused"), "bad"),
    "scheduled": (_("planned"), "neutral"),
    "series": (_("repeats"), "neutral"),
    "running": (_("going out"), "good"),
    "paused": (_("paused"), "warning"),
    "stopped": (_("stopped by a fault"), "bad"),
    "cancelled": (_("cancelled"), "neutral"),
    "expired": (_("too late, not sent"), "bad"),
    "done": (_("sent"), "good"),
}
"""A broadcast's state, and the kind of its badge"""
BECAME: Final[Mapping[str, LazyString]] = {
    "pending": _("waits"),
    "claimed": _("being sent"),
    "submitting": _("being sent"),
    "accepted": _("handed over"),
    "sent": _("on its way"),
    "delivered": _("arrived"),
    "read": _("read"),
    "undelivered": _("did not arrive"),
    "failed": _("could not be sent"),
    "unknown": _("nobody knows"),
    "skipped": _("not sent"),
    "waiting": _("waits for a translation"),
}
"""What became of one text"""
LEFT_OUT: Final[Mapping[str, LazyString]] = {
    "opted_out": _("texted STOP"),
    "not_wanted": _("asked for fewer texts"),
    "no_consent": _("did not agree to such texts"),
    "landline": _("have a landline"),
    "dead_number": _("have a number that does not work"),
    "no_number": _("have no number"),
    "no_text": _("have no text in their language"),
}
WORDS_STATE: Final[Mapping[str, tuple[LazyString, str]]] = {
    "own": (_("as you wrote it"), "good"),
    "reviewed": (_("checked by a speaker"), "good"),
    "unreviewed": (_("not checked by a speaker"), "warning"),
    "stale": (_("translates an older text"), "bad"),
    "missing": (_("no text yet"), "bad"),
}
TEMPLATES: Final[Mapping[str, LazyString]] = {
    "picture_day": _("Picture day"),
    "early_release": _("Early release"),
    "conference": _("Conferences"),
    "attendance": _("Attendance"),
    "snow_closure": _("Snow closure"),
    "interpreter_meeting": _("Meeting with an interpreter"),
    "learning_tip": _("Learning tip"),
    "partner_event": _("A partner's event"),
}
ASKED: Final[Mapping[str, LazyString]] = {
    "day": _("Day"),
    "starts": _("Begins at"),
    "ends": _("Ends at"),
    "opens": _("Opens again on"),
    "place": _("Place"),
    "event": _("What it is called"),
    "partner": _("Name of the partner"),
    "language": _("Language of the interpreter"),
    "tip": _("Which tip"),
}
TOPICS: Final[Mapping[str, LazyString]] = {
    "news": _("News: not to those who asked for fewer texts"),
    "attendance": _("Attendance, and what a family needs to know"),
    "urgent": _("Urgent today"),
}
REFUSALS: Final[Mapping[str, LazyString]] = {
    "words": _("The words are not right yet"),
    "people": _("It goes to the wrong families"),
    "time": _("It is the wrong time"),
    "talk": _("Let us talk about it first"),
}
CHANGED: Final[Mapping[str, LazyString]] = {
    "audience": _("who gets it"),
    "text": _("the words"),
    "choices": _("the choices"),
    "preview": _("the whole preview"),
}
CHECKS: Final[Mapping[str, LazyString]] = {
    "reading": _("Easy to read"),
    "length": _("Length"),
    "names": _("Names of students"),
    "words": _("Words that translate badly"),
    "dates": _("Dates"),
}


class Fault(NamedTuple):
    """Something to mend, at its field."""

    field: str
    says: str


def language(code: str) -> str:
    """A language of readers; said so where nobody knows it."""
    return str(gettext("Language not known, gets English")) if code == UNKNOWN else language_name(code)


def reason(word: str | None) -> str:
    """Why a text was not sent."""
    return str(REASONS.get(word or "", LEFT_OUT.get(word or "", word or "")))


def fault(error: Refused) -> Fault:
    """A refusal in the words of the page, at its field."""
    at = getattr(error, "language", "")
    if isinstance(error, PollRefused):
        return Fault(f"first_{at}", _says(error))
    return Fault(f"text_{at}" if error.field == "text" and at else error.field, _says(error))


def _says(error: Refused) -> str:
    if isinstance(error, refused.UnknownField):
        wrong = gettext("“{%(name)s}” is no field.", name=error.name)
        return f"{wrong} {gettext('Did you mean {%(near)s}?', near=error.near)}" if error.near else wrong
    if isinstance(error, refused.TooLong):
        size = {"characters": error.characters, "most": error.most}
        return str(
            gettext("The text has %(characters)s letters, and %(most)s is the most: say less.", **size)
        )
    if isinstance(error, refused.MissingText):
        return str(gettext("Choose what happens for: %(languages)s.", languages=_names(error.languages)))
    if isinstance(error, refused.InQuietHours):
        hours = {"opens": clock(error.opens), "closes": clock(error.closes)}
        return str(gettext("Texts go out between %(opens)s and %(closes)s only.", **hours))
    if isinstance(error, refused.Changed):
        what = ", ".join(str(CHANGED.get(one, one)) for one in error.what)
        return str(gettext("Since you looked this changed: %(what)s. Look again, then send.", what=what))
    word = error.why if isinstance(error, PollRefused) else type(error).__name__
    return str(_SAYS.get(word, _("That was not possible: look at it as it is now.")))


_SAYS: Final[Mapping[str, LazyString]] = {
    "EmptyAudience": _("Nobody would get it. Choose families who can be texted."),
    "OutOfReach": _("You may not write to all of these. Choose again."),
    "NotDraft": _("It was sent already or taken back."),
    "NoText": _("Write what you want to say."),
    "NoDate": _("The text says {date}: say which day it is."),
    "InPast": _("That time is over. Choose a later one."),
    "NoTime": _("Write a day and a time."),
    "TooFar": _("One year ahead is the most."),
    "NoUntil": _("Say until which day it repeats."),
    "NoDay": _("Until then no such day comes on which there is school. Choose a later last day."),
    "BadCanary": _("Write how many get it first: 1 or more, in digits."),
    "NoPhone": _(
        "No phone of yours is known here, or it texted STOP. An administrator can write your number down."
    ),
    "TooOften": _("Three times an hour is the most. Try again later."),
    "EmergencyBeyond": _("An emergency is the school's own: it cannot be beyond the school's mission."),
    "GroupRefused": _("A group has a short name; what a family is or where it is from is none."),
    "RuleRefused": _("Choose a kind of day, and write a time such as 17:00."),
    "ThereAlready": _("There is such a rule already."),
    "AlreadyReminded": _("They were reminded before. Nobody is asked a third time."),
    "NeedsApproval": _("A second person decides this, who administers all of its schools."),
    "NotWaiting": _("Somebody decided before you, or it has begun."),
    "one_or_two_questions": _("Write one question, or two."),
    "other_choices_than_the_first_language": _("Write as many answers here as in your own language."),
    "no_question": _("Write the question as well as its answers."),
    "two_to_six_choices": _("Give two to six answers, each on a line of its own."),
    "a_choice_is_empty_or_long": _("An answer has 1 to 40 letters."),
    "two_choices_are_alike": _("Two answers are alike."),
    "a_choice_is_a_number": _("An answer that is a number cannot be told from its place: write “1 child”."),
    "no_merge_fields_here": _("Answers and the second question hold no fields in curly braces."),
}


def clock(at: str) -> str:
    """A time of day as the reader writes it."""
    return str(format_time(time.fromisoformat(at), "short", rebase=False))


def _names(codes: Sequence[str]) -> str:
    return ", ".join(language(one) for one in codes)


def tag(code: str) -> str:
    """The lang of a text."""
    return "en" if code == UNKNOWN else code.replace("_", "-")

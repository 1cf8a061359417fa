"""From an empty database to the first text: what is there already, and what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlmodel import Session

from bot.school.hours import office_hours
from bot.store import first_steps, schools
from bot.store.schools import School
from bot.web.console.said_of_people import language_name
from bot.wiring import Bot
from bot.words import locales


@dataclass(frozen=True, slots=True)
class Step:
    """One step, whether it is done, and how it is done."""

    title: str
    is_done: bool
    how: str
    url: str | None = None
    act: str = ""
    code: str = ""
    """A command, a setting or a line of district.yaml"""
    missing: str = ""
    """Where it is not done yet: names of schools or languages"""


def steps(session: Session, bot: Bot) -> Iterator[Step]:
    """All steps in order; each looks at what is really there."""
    every = schools.every_school(session)
    yield _school(every)
    yield _hours(every)
    yield _calendar(session, every)
    yield _liaison(session, every)
    yield _number(bot)
    yield _languages(session, bot)
    yield _text(session, bot)


def _school(every: list[School]) -> Step:
    return Step(
        _("A school"),
        bool(every),
        _(
            "Name the folder with district.yaml and the roster in the environment and start again, "
            "or add a school here."
        ),
        url_for("console.schools.show") if every else url_for("console.schools.new"),
        _("Add a school"),
        "ALLY_DISTRICT=district/",
    )


def _hours(every: list[School]) -> Step:
    missing = [school for school in every if not office_hours(school.hours).regular]
    where = url_for("console.schools.one", school_id=missing[0].id) if missing else None
    return Step(
        _("Its hours"),
        bool(every) and not missing,
        _(
            "Families are told when the office is open, and people answer then. Write the hours of "
            "each school."
        ),
        where,
        _("Write the hours"),
    )


def _calendar(session: Session, every: list[School]) -> Step:
    without = first_steps.without_calendar(session)
    where = url_for("console.school_calendar.show", school_id=without[0]) if without else None
    return Step(
        _("Its calendar"),
        bool(every) and not without,
        _(
            "Families ask whether there is school. Upload the school's calendar (.ics), or write its days "
            "by hand."
        ),
        where,
        _("Add the calendar"),
        missing=_names(every, without),
    )


def _liaison(session: Session, every: list[School]) -> Step:
    without = first_steps.without_liaison(session)
    return Step(
        _("A liaison whom texts and e-mails reach"),
        bool(every) and not without,
        _(
            "Write each liaison down with languages, and a mobile number or an e-mail address; a district "
            "with files writes them into district.yaml."
        ),
        url_for("console.school_people.new", school_id=without[0]) if without else None,
        _("Write somebody down"),
        missing=_names(every, without),
    )


def _names(every: list[School], ids: list[int]) -> str:
    return ", ".join(school.name for school in every if school.id in ids)


def _number(bot: Bot) -> Step:
    settings = bot.settings
    has_number = bool(settings.number or settings.messaging_service_sid)
    return Step(
        _("A number"),
        has_number,
        _(
            "Write the carrier's account and your number into the environment; the doctor says "
            "what is missing. On this machine's own carrier no text leaves it."
        ),
        url_for("console.settings.show"),
        _("Ask the doctor"),
        "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, ALLY_NUMBER",
    )


def _languages(session: Session, bot: Bot) -> Step:
    spoken = first_steps.languages(session)
    known = set(bot.library.texts.locales()) | {"en"}
    return Step(
        _("Your families' languages"),
        (bool(spoken) or first_steps.was_answered(session)) and spoken <= known,
        _(
            "The roster says what families read. Each language needs its texts, read by somebody "
            "who speaks it."
        ),
        url_for("console.languages.show"),
        _("See the languages"),
        missing=", ".join(language_name(code) for code in sorted(spoken - known)),
    )


def _text(session: Session, bot: Bot) -> Step:
    return Step(
        _("A test text"),
        first_steps.was_answered(session),
        _(
            "Text “menu” to %(number)s from your own telephone (in a demo: from the phones page) and read "
            "the answer.",
            number=locales.phone(bot.settings.number, str(get_locale())) or _("your number"),
        ),
    )

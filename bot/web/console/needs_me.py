"""What waits for whoever is signed in, by what their roles let them do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from flask import current_app, url_for
from flask_babel import LazyString, format_datetime, ngettext
from flask_babel import gettext as _
from sqlmodel import Session

from bot.broadcast import progress
from bot.outbox import heartbeats
from bot.outbox.heartbeats import SWEEPER
from bot.people.access import Who
from bot.people.translators import translator_of
from bot.school.rights import Fact, RightsLibrary
from bot.store import (
    arming,
    broadcast_translations,
    broadcasts,
    failing,
    outbox,
    translation_tasks,
    troubles,
    untold,
)
from bot.web.console.declared import needs_of
from bot.web.console.guard import may_open
from bot.web.console.said_of_people import language_name
from bot.web.console.visits import visit
from bot.wiring import Bot
from bot.words.catalogs import Catalogs

FRONT: Final = ("administrator", "liaison")
"""Roles that look after families at their schools"""
SOON: Final = timedelta(days=30)
"""So long before a fact is withheld somebody is asked to look at it"""

Urgency = Literal["bad", "warning"]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that somebody must do: bad where families or staff are not served until then."""

    urgency: Urgency
    says: str | LazyString
    advice: str | LazyString
    url: str | None = None
    act: str | LazyString = ""
    command: str = ""
    """What does it where no page does"""


def untold_threads(session: Session, who: Who) -> Iterator[Need]:
    """For those who look after families: who waits though nobody at school could be told."""
    threads = untold.threads(session, who.schools(FRONT))
    if threads.number:
        says = ngettext(
            "%(num)s family waits for a person, and nobody at school could be told.",
            "%(num)s families wait for a person, and nobody at school could be told.",
            threads.number,
        )
        since = format_datetime(threads.since, "short")
        advice = _("The oldest since %(since)s. See below, and give staff a way to be told.", since=since)
        onward = _page("console.schools.show", _("Look at the schools"))
        yield Need("bad", says, advice, *onward, command="ally notices list")


def untold_absences(session: Session, who: Who) -> Iterator[Need]:
    """For the same: absences that the office has not been told of."""
    for one in untold.absences(session, who.schools(FRONT)):
        says = ngettext(
            "%(num)s absence at %(school)s is told to nobody yet.",
            "%(num)s absences at %(school)s are told to nobody yet.",
            one.number,
            school=one.school,
        )
        advice = _("Tell the attendance office, or write down how it is told.")
        onward = _page("console.schools.one", _("Say who is told"), school_id=one.school_id)
        yield Need("warning", says, advice, *onward, command="ally absences list")


def to_translate(session: Session, who: Who) -> Iterator[Need]:
    """For whoever may translate them: texts that a family or a colleague cannot read yet."""
    me = translator_of(session, who)
    waiting = sum(me.may(one) for one in translation_tasks.waiting(session))
    waiting += sum(
        me.may_for_many(one.source, one.target, one.schools)
        for one in broadcast_translations.lacking(session)
    )
    if waiting:
        says = ngettext(
            "%(num)s text waits for a translation.", "%(num)s texts wait for a translation.", waiting
        )
        advice = _("Whoever shall read them gets nothing before.")
        yield Need("warning", says, advice, *_page("console.translations.show", _("Translate them")))


def to_approve(session: Session, who: Who) -> Iterator[Need]:
    """For administrators: texts to many that somebody else wrote and may not send alone."""
    if waiting := progress.to_approve(session, who):
        says = ngettext(
            "%(num)s text to many waits for your word.",
            "%(num)s texts to many wait for your word.",
            len(waiting),
        )
        onward = _page("console.broadcasts.show", _("Read and decide"))
        yield Need("warning", says, _("Nothing of it goes out before."), *onward)


def held_back(session: Session, who: Who) -> Iterator[Need]:
    """For administrators: what keeps texts from going out; what is counted, for those of the district."""
    onward = _page("console.delivery.show", _("Look at delivery"))
    if arming.disarmed_as_of(session) is not None:
        says = _("Nothing is sent since a backup was restored.")
        yield Need("bad", says, _("Read what the doctor says, then arm it."), command="ally arm")
    every = broadcasts.held(session) if who.everywhere(("administrator",)) else []
    if held := sum(one.state == "stopped" for one in every):
        says = ngettext(
            "%(num)s text to many was stopped by a fault.",
            "%(num)s texts to many were stopped by a fault.",
            held,
        )
        yield Need(
            "bad", says, _("Mend the fault, then let it go on."), *onward, command="ally delivery go-on"
        )
    for trouble in troubles.open_ones(session):
        says = _("The carrier refuses texts: error %(code)s.", code=trouble.code)
        advice = _("Texts to many wait until this is mended.")
        yield Need("bad", says, advice, *onward, command="ally delivery go-on")


def in_doubt(session: Session, who: Who, now: datetime) -> Iterator[Need]:
    """For administrators: texts (of the district only) and numbers (of their schools) to decide about."""
    onward = _page("console.delivery.show", _("Look at delivery"))
    here = who.schools(("administrator",))
    if unknown := len(outbox.unknown_ids(session)) if here is None else 0:
        says = ngettext(
            "Of %(num)s text nobody knows whether it went out.",
            "Of %(num)s texts nobody knows whether they went out.",
            unknown,
        )
        yield Need("warning", says, _("Decide for each: send it again, or not."), *onward)
    if lost := len(failing.to_mend(session, now, school_ids=here)):
        says = ngettext(
            "%(num)s family's number does not get our texts.",
            "%(num)s families' numbers do not get our texts.",
            lost,
        )
        yield Need("warning", says, _("Ask the family for a number that works."), *onward)


def set_aside(session: Session, who: Who) -> Iterator[Need]:
    """For administrators of the district: texts that nobody could write."""
    if aside := len(outbox.set_aside_ids(session)) if who.everywhere(("administrator",)) else 0:
        says = ngettext(
            "%(num)s text could not be written and was set aside.",
            "%(num)s texts could not be written and were set aside.",
            aside,
        )
        advice = _("They did not go out. Let them be tried anew.")
        yield Need("bad", says, advice, *_page("console.delivery.show", _("Look at delivery")))


def silent_programs(session: Session, bot: Bot) -> Iterator[Need]:
    """For administrators of the district: programs that were not heard for minutes."""
    now = bot.clock()
    for name, last in heartbeats.last_beats(session).items():
        is_sweeper = name == SWEEPER
        if not heartbeats.is_silent(name, last, now) or not (is_sweeper or bot.settings.redis_url):
            continue
        workers = _("The workers of %(queue)s are silent.", queue=name)
        when = format_datetime(last, "short") if last else _("never")
        yield Need(
            "bad" if is_sweeper else "warning",
            _("The sweeper is silent.") if is_sweeper else workers,
            _("Last heard: %(when)s. Texts go out late or not at all until it runs.", when=when),
            *_page("console.settings.show", _("See what the doctor says")),
            command=f"python worker.py {'sweep' if is_sweeper else name}",
        )


def facts_due(rights: RightsLibrary, today: date) -> Iterator[Need]:
    """For administrators of the district: facts about rights that somebody must look at."""
    held = rights.due(today)
    soon = [one for one in rights.due(today + SOON) if one not in held]
    if held:
        says = ngettext(
            "%(num)s fact about rights is withheld.", "%(num)s facts about rights are withheld.", len(held)
        )
        yield Need("warning", says, _look_again(held), command="ally rights")
    if soon:
        says = ngettext(
            "%(num)s fact about rights is due within 30 days.",
            "%(num)s facts about rights are due within 30 days.",
            len(soon),
        )
        yield Need("warning", says, _look_again(soon), command="ally rights")


def outdated_texts(texts: Catalogs) -> Iterator[Need]:
    """For the same: translations that are of another English."""
    stale = {locale: texts.coverage(locale)["stale"] for locale in texts.locales()}
    old = {locale: number for locale, number in stale.items() if number}
    if old:
        names = ", ".join(f"{language_name(locale)} ({number})" for locale, number in old.items())
        says = ngettext(
            "%(num)s language has outdated texts.", "%(num)s languages have outdated texts.", len(old)
        )
        advice = _("The English changed since: families get English there. %(names)s.", names=names)
        yield Need("warning", says, advice, *_page("console.languages.show", _("Look at the languages")))


def _look_again(facts: list[Fact]) -> str:
    names = ", ".join(one.id for one in facts[:5]) + (" …" if len(facts) > 5 else "")
    return str(_("Compare with the source, and write the new dates down: %(names)s.", names=names))


def _page(endpoint: str, act: str, **path: Any) -> tuple[str | None, str]:
    """The link to a page, for whoever may open it."""
    needed = needs_of(current_app, endpoint)
    if needed is None or not may_open(needed, visit(), path.get("school_id")):
        return None, ""
    return url_for(endpoint, **path), act

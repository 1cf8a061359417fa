"""What the pages of broadcasts share: a draft at work, the checks of its words, and who gets it."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import abort, current_app
from flask_babel import get_locale, gettext
from sqlmodel import Session

from bot.broadcast import audience as audiences
from bot.broadcast import drafts
from bot.broadcast.audience import SENDERS, UNKNOWN, Counted
from bot.broadcast.checks import Surroundings, checked
from bot.broadcast.drafts import Draft
from bot.broadcast.finding import Finding
from bot.broadcast.hard_words import HardWords, read_hard_words
from bot.broadcast.names_in_text import StudentName
from bot.broadcast.parts import Broadcasting
from bot.broadcast.place import place_of
from bot.broadcast.refused import NotYours, Refused
from bot.people.access import Role
from bot.store import classes
from bot.store.families import STUDENT_NAME
from bot.web.bot_of import bot_of
from bot.web.console import broadcast_words as words
from bot.web.console.broadcast_days import known_days
from bot.web.console.broadcast_form import GRADES, Form
from bot.web.console.visits import who
from bot.words.locales import LOCALES

ROLES: Final[tuple[Role, ...]] = ("administrator", "liaison", "teacher")
assert set(ROLES) == set(SENDERS)
FIRST_LOOK, LAST_LOOK, LOOKS = 2, 60, 60
"""Seconds until a page looks again: twice as long each time nothing changed; then no more"""


def parts() -> Broadcasting:
    """What broadcasts work with."""
    return bot_of(current_app).broadcasting


def draft_of(session: Session, broadcast_id: int) -> Draft:
    """The draft of an address; 404 also where it is somebody else's."""
    try:
        return drafts.read(session, parts(), who(), broadcast_id)
    except NotYours:
        abort(404)


def own_draft(session: Session, draft_id: int) -> Draft:
    """As `draft_of`, and one that can still be changed."""
    found = draft_of(session, draft_id)
    if found.state != "draft":
        abort(404)
    return found


def fields(session: Session, form: Form) -> dict[str, Any]:
    """What the form chooses from, beside what stands in it."""
    within = audiences.reach_of(session, who())
    return {
        "form": form,
        "source": form.source,
        "topics": words.TOPICS,
        "may_any_hour": who().may(("administrator",)),
        "own_name": who().name,
        "choices": audiences.choices(session, within),
        "grades": GRADES,
        "languages": list(LOCALES),
        "words": words,
    }


def looked(session: Session, form: Form) -> dict[str, Any]:
    """The five checks of the words, and how many get them: nothing is kept."""
    counted, fault = _counted(session, form)
    around = _surroundings(session, form, counted)
    found = checked({locale: text for locale, text in form.texts.items() if text}, form.source, around)
    return {"findings": [_shown(one, form.texts) for one in found], "counted": counted, "unreached": fault}


def _counted(session: Session, form: Form) -> tuple[Counted | None, str]:
    try:
        return drafts.audience_count(session, parts(), who(), form.audience), ""
    except Refused as error:
        return None, words.fault(error).says


def _surroundings(session: Session, form: Form, counted: Counted | None) -> Surroundings:
    place = place_of(session, form.audience, audiences.reach_of(session, who()))
    today = parts().clock().astimezone(ZoneInfo(place.zone)).date()
    readers = counted.by_language if counted else {}
    languages = tuple(dict.fromkeys("en" if one == UNKNOWN else one for one in readers)) or ("en",)
    folder = bot_of(current_app).settings.messages
    names = _names(session, form)
    days = known_days(session, place.schools, today)
    return Surroundings(today, languages, names, _hard_words(Path(folder)), days)


def _names(session: Session, form: Form) -> list[StudentName]:
    """Students of the classes that are chosen, else of all that the writer reaches: of nobody beyond."""
    here = audiences.choices(session, audiences.reach_of(session, who())).classes
    reached = {one.id for one in here}
    vault = parts().vault
    sealed = classes.student_names(session, reached & form.audience.classes or reached)
    split = (vault.open(name, STUDENT_NAME).rpartition(" ") for name in sealed)
    return [StudentName(given or family, family if given else "") for given, _, family in split]


@lru_cache(maxsize=4)
def _hard_words(folder: Path) -> HardWords:
    file = folder / "plain_words.yaml"
    return read_hard_words(file.read_text("utf-8"), file.name) if file.exists() else ()


def _shown(finding: Finding, texts: Mapping[str, str]) -> dict[str, Any]:
    wrong, fix = finding.said(gettext, str(get_locale() or "en"))
    place = texts.get(finding.language, "")[finding.start : finding.end]
    at = {"check": finding.check, "language": finding.language, "place": place[:80]}
    return {**at, "wrong": wrong, "fix": fix}

"""Reminders from the calendar: by which rules a school sends them, and those that come next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.broadcast.coming import coming
from bot.broadcast.refused import NotYours, Refused
from bot.broadcast.reminder_rules import DAYS, REMINDED, RuleDesk, ThereAlready
from bot.store import reminders, schools
from bot.store.schools import School
from bot.web.console import broadcast_words as words
from bot.web.console import reminder_words
from bot.web.console.broadcast_desk import parts
from bot.web.console.declared import needs
from bot.web.console.showing import done, done_with_undo, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who

page = Blueprint("broadcast_reminders", __name__, url_prefix="/broadcasts/reminders")


@dataclass(frozen=True, slots=True)
class AtRule:
    """What is wrong with a rule as it was typed."""

    rule_id: int
    """0: a new one"""
    field: str
    """The id of the field"""
    says: str

    @classmethod
    def of(cls, rule_id: int, error: Refused) -> Self:
        """A rule that is there already is so by its kind of day; the rest is its time."""
        name = "kind" if isinstance(error, ThereAlready) else f"at-{rule_id}" if rule_id else "at"
        return cls(rule_id, name, words.fault(error).says)


@page.get("/")
@needs("administrator")
def show() -> ResponseReturnValue:
    """The schools of whoever asks; where it is one, that one."""
    with parts().db.read() as session:
        mine = [one for one in schools.every_school(session) if who().may(("administrator",), one.id)]
        waiting = {one.id: sum(c.state == "waiting_approval" for c in _coming(session, one)) for one in mine}
    if len(mine) == 1:
        return redirect(url_for(".one", school_id=mine[0].id), 303)
    return show_page("console/broadcast_reminder_schools.html", schools=mine, waiting=waiting)


@page.get("/<int:school_id>")
@needs("administrator", school="school_id")
def one(school_id: int) -> str:
    """The rules of a school, and what they will send."""
    return _page(school_id, None)


def _page(school_id: int, fault: AtRule | None) -> str:
    """The same; `fault`: what was wrong with what was just typed, and stands there still."""
    with parts().db.read() as session:
        school = _school(session, school_id)
        shown: dict[str, Any] = {
            "school": school,
            "rules": reminders.rules_of(session, school_id),
            "next": _coming(session, school),
            "kinds": REMINDED,
            "days": DAYS,
            "fault": fault,
            "told": request.form if fault else {},
        }
    return show_page("console/broadcast_reminders.html", words=words, said=reminder_words, **shown)


@page.post("/<int:school_id>")
@needs("administrator", school="school_id")
def add(school_id: int) -> ResponseReturnValue:
    """A rule made of choices."""
    told = request.form
    days = told.get("days_before", 0, type=int)

    def added(at: RuleDesk) -> None:
        at.add(told.get("kind", ""), days, told.get("at", ""), by_itself=told.get("by_itself") == "y")

    return _changed(school_id, added, _("The rule is there. What it sends next stands below."), typed=0)


@page.post("/<int:school_id>/<int:rule_id>")
@needs("administrator", school="school_id")
def change(school_id: int, rule_id: int) -> ResponseReturnValue:
    """Another time of a rule, whether somebody looks first, and whether it is on."""
    told = request.form
    by_itself, is_on = told.get("by_itself") == "y", told.get("is_on") == "y"

    def changed(at: RuleDesk) -> None:
        at.change(rule_id, told.get("at", ""), by_itself=by_itself, is_on=is_on)

    said = _("The rule is changed. Texts that had not begun are written anew.")
    return _changed(school_id, changed, said, typed=rule_id)


@page.post("/<int:school_id>/<int:rule_id>/remove")
@needs("administrator", school="school_id")
def remove(school_id: int, rule_id: int) -> ResponseReturnValue:
    """Remind no more by this rule."""
    undo = ("console.broadcast_reminders.restore", {"rule_id": rule_id})
    return _changed(school_id, lambda at: at.remove(rule_id), _("The rule is removed."), undo)


@page.post("/<int:school_id>/<int:rule_id>/restore")
@needs("administrator", school="school_id")
def restore(school_id: int, rule_id: int) -> ResponseReturnValue:
    """Take that back."""
    return _changed(school_id, lambda at: at.restore(rule_id), _("The rule is there again."))


@page.post("/<int:school_id>/<int:rule_id>/skip")
@needs("administrator", school="school_id")
def skip(school_id: int, rule_id: int) -> ResponseReturnValue:
    """Leave one date out."""
    uid, day = _date()
    return _changed(school_id, lambda at: at.skip(rule_id, uid, day), _("This one is left out."))


@page.post("/<int:school_id>/<int:rule_id>/unskip")
@needs("administrator", school="school_id")
def unskip(school_id: int, rule_id: int) -> ResponseReturnValue:
    """Let it be sent after all."""
    uid, day = _date()
    return _changed(school_id, lambda at: at.unskip(rule_id, uid, day), _("This one is sent after all."))


def _changed(
    school_id: int,
    change: Callable[[RuleDesk], None],
    said: LazyString,
    undo: tuple[str, dict[str, int]] | None = None,
    *,
    typed: int | None = None,
) -> ResponseReturnValue:
    """Do one thing to the rules of a school, and show them again. `typed`: in which rule, 0 for a new one."""
    error = _refused(school_id, change)
    if error is not None and typed is not None:
        return _page(school_id, AtRule.of(typed, error)), 422
    if error is not None:
        not_done(words.fault(error).says)
    elif undo is None:
        done(said)
    else:
        done_with_undo(said, undo[0], school_id=school_id, **undo[1])
    return redirect(url_for(".one", school_id=school_id), 303)


def _refused(school_id: int, change: Callable[[RuleDesk], None]) -> Refused | None:
    """Why it was not done; None where it was."""
    try:
        with parts().db.write() as session:
            change(RuleDesk(session, parts(), who(), _school(session, school_id)))
    except NotYours:
        abort(404)
    except Refused as error:
        return error
    return None


def _school(session: Session, school_id: int) -> School:
    found = schools.by_id(session, school_id)
    if found is None:
        abort(404)
    return found


def _coming(session: Session, school: School) -> Any:
    return coming(session, parts(), school)


def _date() -> tuple[str, date]:
    try:
        return request.form.get("uid", "")[:512], date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        abort(400)

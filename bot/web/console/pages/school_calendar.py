"""A school's calendar: a file that is looked at before it counts, dates by hand, and the way back."""

from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.school.calendar import CalendarDate, CalendarRefused, Fault, read_content
from bot.school.calendar_diff import BY_HAND
from bot.school.calendar_edit import (
    CALENDAR,
    CalendarEditor,
    ChangedMeanwhile,
    dates_by_id,
    mark_of,
    year_of,
)
from bot.store import calendar_changes, schools
from bot.store.schools import School
from bot.web.bot_of import bot_of
from bot.web.console.calendar_form import KINDS, DateForm, UploadForm, days_said, times_said
from bot.web.console.declared import needs
from bot.web.console.showing import done, done_with_undo, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who

page = Blueprint("school_calendar", __name__, url_prefix="/schools/<int:school_id>/calendar")
MAX_FILE: Final = 1024 * 1024
_MEANWHILE: Final = _("Somebody changed the calendar meanwhile. Nothing was changed; look at it again.")
_OVER: Final = _("This file does not wait any more. Choose it again.")


@page.get("/")
@needs("administrator", school="school_id")
def show(school_id: int) -> str:
    """All dates, and both ways to change them."""
    return _page(school_id, UploadForm(), DateForm())


@page.post("/file")
@needs("administrator", school="school_id", max_bytes=MAX_FILE)
def upload(school_id: int) -> ResponseReturnValue:
    """Read a file; nothing of it counts until somebody has seen what it would change."""
    form, school = UploadForm(), _school(school_id)
    if not form.validate():
        return _page(school_id, form, DateForm(formdata=None)), 400
    first, last = year_of(school, _today(school))
    try:
        dates = read_content("", form.file.data.read(), school.zone, first, last)
    except CalendarRefused as refused:
        return _page(school_id, form, DateForm(formdata=None), refused.faults), 400
    with bot_of(current_app).db.write() as session:
        change = _editor(session).want(school_id, (form.file.data.filename or "")[:100], dates)
    return redirect(url_for(".look", school_id=school_id, change_id=change), 303)


@page.get("/files/<int:change_id>")
@needs("administrator", school="school_id")
def look(school_id: int, change_id: int) -> str:
    """What a file that was uploaded would change."""
    with bot_of(current_app).db.read() as session:
        wanted = _editor(session).wanted(school_id, change_id)
    if wanted is None:
        abort(404)
    school = _school(school_id)
    told: dict[str, Any] = {"wanted": wanted, "id": change_id, "year": year_of(school, _today(school))}
    return show_page("console/school_calendar_look.html", **told, **_words(school))


@page.post("/files/<int:change_id>")
@needs("administrator", school="school_id")
def take(school_id: int, change_id: int) -> ResponseReturnValue:
    """Let it count."""
    try:
        with bot_of(current_app).db.write() as session:
            change = _editor(session).take(school_id, change_id, request.form.get("seen", ""))
    except ChangedMeanwhile:
        not_done(_MEANWHILE)
        return redirect(url_for(".look", school_id=school_id, change_id=change_id), 303)
    return _back(school_id, change, _("The file is the calendar now."), _OVER)


@page.post("/dates")
@needs("administrator", school="school_id")
def add(school_id: int) -> ResponseReturnValue:
    """A date by hand."""
    form, school = DateForm(), _school(school_id)
    if not form.validate():
        return _page(school_id, UploadForm(formdata=None), form), 400
    with bot_of(current_app).db.write() as session:
        change = _editor(session).change(school_id, None, form.date(school.zone))
    return _back(school_id, change, _("The date is in the calendar."))


@page.get("/dates/<int:event_id>")
@needs("administrator", school="school_id")
def one(school_id: int, event_id: int) -> str:
    """One date, to change or remove."""
    form, school = DateForm(), _school(school_id)
    held = _held(school_id, event_id)
    form.show(held, school.zone)
    return _one(school, event_id, held, form)


@page.post("/dates/<int:event_id>")
@needs("administrator", school="school_id")
def change(school_id: int, event_id: int) -> ResponseReturnValue:
    """Change it, or take it out."""
    form, school, held = DateForm(), _school(school_id), _held(school_id, event_id)
    is_out = "remove" in request.form
    if not is_out and not form.validate():
        return _one(school, event_id, held, form), 400
    if request.form.get("seen") != mark_of([held]):
        return _back(school_id, None, "")
    try:
        with bot_of(current_app).db.write() as session:
            new = None if is_out else form.date(school.zone)
            made = _editor(session).change(school_id, held, new)
    except ChangedMeanwhile:
        made = None
    words = _("The date is out of the calendar.") if is_out else _("The date is changed.")
    return _back(school_id, made, words)


@page.post("/changes/<int:change_id>/undo")
@needs("administrator", school="school_id")
def undo(school_id: int, change_id: int) -> ResponseReturnValue:
    """Take a change back."""
    with bot_of(current_app).db.write() as session:
        undone = _editor(session).undo(school_id, change_id)
    if undone:
        done(_("Undone. The calendar is as it was before."))
    else:
        not_done(_MEANWHILE)
    return redirect(url_for(".show", school_id=school_id), 303)


@page.post("/give-back")
@needs("administrator", school="school_id")
def give_back(school_id: int) -> ResponseReturnValue:
    """Let the district's files decide again."""
    with bot_of(current_app).db.write() as session:
        _editor(session).give_back(school_id)
    done(_("From the next start on the district's file is the calendar again."))
    return redirect(url_for(".show", school_id=school_id), 303)


def _back(
    school_id: int, change: int | None, words: str | LazyString, otherwise: LazyString = _MEANWHILE
) -> ResponseReturnValue:
    """To the calendar, with the way back; `change` none: somebody else was there first."""
    if change is None:
        not_done(otherwise)
    else:
        done_with_undo(words, "console.school_calendar.undo", school_id=school_id, change_id=change)
    return redirect(url_for(".show", school_id=school_id), 303)


def _page(school_id: int, upload: UploadForm, form: DateForm, faults: list[Fault] | None = None) -> str:
    school = _school(school_id)
    today = _today(school)
    with bot_of(current_app).db.read() as session:
        rows = dates_by_id(session, school_id).items()
        last = calendar_changes.last_made(session, school_id)
    return show_page(
        "console/school_calendar.html",
        upload=upload,
        form=form,
        faults=faults or [],
        coming=[(id_, date_) for id_, date_ in rows if date_.last_day >= today],
        past=[(id_, date_) for id_, date_ in rows if date_.last_day < today],
        last=last,
        is_kept=CALENDAR in school.kept,
        year=year_of(school, today),
        **_words(school),
    )


def _one(school: School, event_id: int, held: CalendarDate, form: DateForm) -> str:
    words = _words(school)
    return show_page(
        "console/school_calendar_date.html", form=form, held=held, id=event_id, seen=mark_of([held]), **words
    )


def _words(school: School) -> dict[str, Any]:
    return {
        "school": school,
        "kinds": KINDS,
        "by_hand": BY_HAND,
        "days_said": days_said,
        "times_said": lambda one: times_said(one, school.zone),
    }


def _school(school_id: int) -> School:
    with bot_of(current_app).db.read() as session:
        found = schools.by_id(session, school_id)
    return found if found is not None else abort(404)


def _held(school_id: int, event_id: int) -> CalendarDate:
    with bot_of(current_app).db.read() as session:
        found = dates_by_id(session, school_id).get(event_id)
    return found if found is not None else abort(404)


def _today(school: School) -> date:
    return bot_of(current_app).clock().astimezone(ZoneInfo(school.zone)).date()


def _editor(session: Session) -> CalendarEditor:
    bot = bot_of(current_app)
    return CalendarEditor(session, bot.vault, who().account_id, bot.clock())

"""Schools: the list, and one school with its hours, contacts, texts and people; changed, undone, added."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.outbox.caps import day_of
from bot.people import by_hand
from bot.school import school_record
from bot.school.school_edit import BY_HAND, ChangedMeanwhile, Editor
from bot.store import first_steps, schools, spending
from bot.store.schools import School
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.said_of_people import JOBS, language_name
from bot.web.console.school_form import SchoolForm, in_words, label_of
from bot.web.console.showing import done, done_with_undo, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who

page = Blueprint("schools", __name__, url_prefix="/schools")


@page.get("/")
@needs("administrator")
def show() -> str:
    """The schools of whoever asks."""
    with bot_of(current_app).db.read() as session:
        every, allowed = schools.every_school(session), who().schools(("administrator",))
        mine = [one for one in every if allowed is None or one.id in allowed]
        people = {one.id: len(schools.staff_at(session, "", [one.id or 0])) for one in mine}
        without = first_steps.without_calendar(session)
    told: dict[str, Any] = {"people": people, "without_calendar": without, "may_add": _may_add(every)}
    return show_page("console/schools.html", schools=mine, **told)


@page.get("/new")
@needs("administrator", district=True)
def new() -> str:
    """An empty form."""
    form = SchoolForm()
    form.show({"hours": {"office": {"regular": {"monday to friday": "7:30 to 16:00"}}}})
    return show_page("console/school_new.html", form=form)


@page.post("/new")
@needs("administrator", district=True)
def add() -> ResponseReturnValue:
    """A school that no roster names."""
    form = SchoolForm()
    if not form.validate():
        return show_page("console/school_new.html", form=form), 400
    with bot_of(current_app).db.write() as session:
        if not _may_add(schools.every_school(session)):
            abort(400)
        school_id = _editor(session).add(form.record())
    done(_("The school is there. Next: who works there, and its calendar."))
    return redirect(url_for(".one", school_id=school_id), 303)


@page.get("/<int:school_id>")
@needs("administrator", school="school_id")
def one(school_id: int) -> str:
    """One school, with all that may be changed of it."""
    form = SchoolForm()
    bot = bot_of(current_app)
    with bot.db.read() as session:
        form.show(school_record.read(bot.vault, _found(session, school_id)))
    return _page(school_id, form)


@page.post("/<int:school_id>")
@needs("administrator", school="school_id")
def save(school_id: int) -> ResponseReturnValue:
    """Change it; what somebody else changed meanwhile is shown first where both changed the same."""
    form = SchoolForm()
    if not form.validate():
        return _page(school_id, form), 400
    try:
        with bot_of(current_app).db.write() as session:
            _found(session, school_id)
            change = _editor(session).save(school_id, form.base(), form.record())
    except ChangedMeanwhile as meanwhile:
        form.saw(meanwhile.theirs)
        return _page(school_id, form, meanwhile.theirs), 409
    if change is None:
        done(_("Nothing was different, so nothing was changed."))
    else:
        done_with_undo(_("Saved."), "console.schools.undo", school_id=school_id, change_id=change)
    return redirect(url_for(".one", school_id=school_id), 303)


@page.post("/<int:school_id>/changes/<int:change_id>/undo")
@needs("administrator", school="school_id")
def undo(school_id: int, change_id: int) -> ResponseReturnValue:
    """Take a change back."""
    with bot_of(current_app).db.write() as session:
        _found(session, school_id)
        undone = _editor(session).undo(school_id, change_id)
    if undone:
        done(_("Undone. The school is as it was before."))
    else:
        not_done(_("Not undone: somebody changed the same since. Look at it and change it by hand."))
    return redirect(url_for(".one", school_id=school_id), 303)


@page.post("/<int:school_id>/give-back")
@needs("administrator", school="school_id")
def give_back(school_id: int) -> ResponseReturnValue:
    """Let the district's file decide a field again."""
    with bot_of(current_app).db.write() as session:
        _found(session, school_id)
        change = _editor(session).give_back(school_id, request.form.getlist("field"))
    if change is None:
        not_done(_("The district's file decides this already."))
    else:
        words = _("The district's file decides this again.")
        done_with_undo(words, "console.schools.undo", school_id=school_id, change_id=change)
    return redirect(url_for(".one", school_id=school_id), 303)


def _page(school_id: int, form: SchoolForm, theirs: dict[str, Any] | None = None) -> str:
    words: dict[str, Any] = {
        "jobs": JOBS,
        "language_name": language_name,
        "label_of": label_of,
        "in_words": in_words,
        "by_hand": by_hand.BY_HAND,
    }
    facts = _facts(school_id)
    return show_page("console/school.html", form=form, theirs=theirs or {}, **facts, **words)


def _facts(school_id: int) -> dict[str, Any]:
    """What stands beside the form: the files' word, people, and what today has taken."""
    bot = bot_of(current_app)
    with bot.db.read() as session:
        school = _found(session, school_id)
        told = school_record.told_by_files(bot.vault, school)
        return {
            "school": school,
            "told": told,
            "kept": [name for name in school.kept if told and name in told],
            "people": schools.staff_at(session, "", [school_id]),
            "spent": spending.so_far(session, bot.settings.brand, day_of(bot.clock())),
            "settings": bot.settings,
        }


def _found(session: Session, school_id: int) -> School:
    found = schools.by_id(session, school_id)
    return found if found is not None else abort(404)


def _editor(session: Session) -> Editor:
    bot = bot_of(current_app)
    return Editor(session, bot.vault, who().account_id, bot.clock())


def _may_add(every: list[School]) -> bool:
    """By hand only where no roster names schools: one of those would be there twice after the next load."""
    return who().everywhere(("administrator",)) and all(one.source_id.startswith(BY_HAND) for one in every)

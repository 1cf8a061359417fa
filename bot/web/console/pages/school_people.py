"""People of a school whom no roster names: written down, changed, taken out with a way back."""

from dataclasses import asdict
from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from sqlmodel import Session
from wtforms import EmailField, Field, SelectField, SelectMultipleField, StringField, TelField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from bot.people.by_hand import PeopleEditor, Person
from bot.store import schools
from bot.store.schools import School, Staff
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.said_of_people import JOBS, language_name
from bot.web.console.showing import done, done_with_undo
from bot.web.console.showing import show as show_page
from bot.web.console.typed_fields import is_email_field, is_phone_field
from bot.web.console.visits import who
from bot.words.locales import LOCALES, phone
from bot.words.phone import to_e164

page = Blueprint("school_people", __name__, url_prefix="/schools/<int:school_id>/people")
_NAME: Final = Markup('<span translate="no">{}</span>')
_ROLES: Final = tuple(role for role in JOBS if role != "district_office")


class PersonForm(FlaskForm):  # type: ignore[misc]
    """What is written down of somebody."""

    name = StringField(_("Name"), [InputRequired(_("Write a name.")), Length(max=100)])
    role = SelectField(_("Role"), choices=[SelectChoice(role, JOBS[role]) for role in _ROLES])
    languages = SelectMultipleField(
        _("Speaks"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    text = TelField(_("Mobile number that is told when a family asks"), [Optional(), is_phone_field])
    email = EmailField(_("E-mail address that is told the same"), [Optional(), is_email_field])
    phone = TelField(_("Number that families may call"), [Optional(), is_phone_field])

    def __init__(self, *values: Any, **more: Any) -> None:
        super().__init__(*values, **more)
        self.languages.choices = [(code, _NAME.format(language_name(code))) for code in LOCALES]

    def validate_role(self, field: Field) -> None:
        """Whoever answers families must be told that one asks."""
        if field.data == "liaison" and not (self.text.data or self.email.data):
            said = _(
                "Write a mobile number or an e-mail address: a liaison is told there when a family asks."
            )
            raise ValidationError(said)

    def person(self) -> Person:
        """What is wanted; only after `validate`."""
        phones = {name: to_e164(self[name].data or "") for name in ("text", "phone")}
        email = (self.email.data or "").strip() or None
        return Person(self.name.data.strip(), self.role.data, self.languages.data, email=email, **phones)


@page.get("/new")
@needs("administrator", school="school_id")
def new(school_id: int) -> str:
    """An empty form."""
    return _page(school_id, PersonForm())


@page.post("/new")
@needs("administrator", school="school_id")
def add(school_id: int) -> ResponseReturnValue:
    """Somebody new."""
    form = PersonForm()
    if not form.validate():
        return _page(school_id, form), 400
    with bot_of(current_app).db.write() as session:
        _school(session, school_id)
        _editor(session).save(school_id, None, form.person())
    return _back(school_id, _("They are among the people of the school now."))


@page.get("/<int:staff_id>")
@needs("administrator", school="school_id")
def one(school_id: int, staff_id: int) -> str:
    """Somebody who was written down by hand."""
    with bot_of(current_app).db.read() as session:
        person = _editor(session).read(_found(session, school_id, staff_id))
    phones = {name: phone(getattr(person, name) or "") for name in ("text", "phone")}
    return _page(school_id, PersonForm(data=asdict(person) | phones), staff_id)


@page.post("/<int:staff_id>")
@needs("administrator", school="school_id")
def change(school_id: int, staff_id: int) -> ResponseReturnValue:
    """Change what is written."""
    form = PersonForm()
    if not form.validate():
        return _page(school_id, form, staff_id), 400
    with bot_of(current_app).db.write() as session:
        _editor(session).save(school_id, _found(session, school_id, staff_id), form.person())
    return _back(school_id, _("Saved."))


@page.post("/<int:staff_id>/leave")
@needs("administrator", school="school_id")
def leave(school_id: int, staff_id: int) -> ResponseReturnValue:
    """They work here no longer."""
    with bot_of(current_app).db.write() as session:
        _found(session, school_id, staff_id)
        _editor(session).place(school_id, staff_id, works_here=False)
    path = {"school_id": school_id, "staff_id": staff_id}
    done_with_undo(
        _("They are no longer among the people of this school."), "console.school_people.stay", **path
    )
    return redirect(url_for("console.schools.one", school_id=school_id), 303)


@page.post("/<int:staff_id>/stay")
@needs("administrator", school="school_id")
def stay(school_id: int, staff_id: int) -> ResponseReturnValue:
    """Take that back."""
    with bot_of(current_app).db.write() as session:
        _found(session, school_id, staff_id, is_gone=True)
        _editor(session).place(school_id, staff_id, works_here=True)
    return _back(school_id, _("They are among the people of the school now."))


def _back(school_id: int, words: Any) -> ResponseReturnValue:
    done(words)
    return redirect(url_for("console.schools.one", school_id=school_id, _anchor="people"), 303)


def _page(school_id: int, form: PersonForm, staff_id: int | None = None) -> str:
    with bot_of(current_app).db.read() as session:
        school = _school(session, school_id)
    return show_page("console/school_person.html", form=form, school=school, staff_id=staff_id)


def _school(session: Session, school_id: int) -> School:
    found = schools.by_id(session, school_id)
    return found if found is not None else abort(404)


def _found(session: Session, school_id: int, staff_id: int, *, is_gone: bool = False) -> Staff:
    found = _editor(session).find(school_id, staff_id, is_gone=is_gone)
    return found if found is not None else abort(404)


def _editor(session: Session) -> PeopleEditor:
    bot = bot_of(current_app)
    return PeopleEditor(session, bot.vault, who().account_id, bot.clock())

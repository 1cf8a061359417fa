"""The forms of the staff pages: whom to invite, and which roles where."""

from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, SelectMultipleField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from bot.people.access import ROLES
from bot.people.staff_accounts import Invited
from bot.store import schools
from bot.web.bot_of import bot_of
from bot.web.console import colleagues
from bot.web.console.typed_fields import is_email_field, is_phone_field
from bot.web.console.visits import who
from bot.words.phone import to_e164


def choices() -> list[SelectChoice]:
    """Every role at every place where the one who looks may grant it."""
    places = colleagues.places()
    values = [f"{role}@{'' if place.id is None else place.id}" for place in places for role in ROLES]
    return [SelectChoice(value, value) for value in values]


class RolesForm(FlaskForm):  # type: ignore[misc]
    """Which roles somebody has where."""

    grants = SelectMultipleField(_("Roles"), [InputRequired(_("Choose at least one role."))])

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.grants.choices = choices()


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Who of the roster an account is."""

    person = SelectField(_("The same person in the roster"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.person.choices = [SelectChoice("", _("Not in the roster")), *_people()]


class PhoneForm(FlaskForm):  # type: ignore[misc]
    """The phone that somebody may write from."""

    number = TelField(_("Mobile number"), [Length(max=40)])


class InviteForm(RolesForm):
    """Somebody new."""

    name = StringField(_("Name"), [InputRequired(_("Write the name.")), Length(max=80)])
    email = EmailField(
        _("E-mail"), [InputRequired(_("Write the e-mail address.")), Length(max=254), is_email_field]
    )
    text = StringField(
        _("Mobile number for links, where no mail can be sent"), [Optional(), Length(max=40), is_phone_field]
    )
    language = SelectField(_("Language of the pages"))
    person = SelectField(_("The same person in the roster"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        languages: dict[str, str] = current_app.jinja_env.globals["languages"]  # type: ignore[assignment]
        self.language.choices = [SelectChoice(value, label) for value, label in languages.items()]
        self.person.choices = [SelectChoice("", _("Not in the roster")), *_people()]

    def invited(self) -> Invited:
        """Whom the form names, once it is valid."""
        return Invited(
            name=(self.name.data or "").strip(),
            email=(self.email.data or "").strip(),
            grants=tuple(colleagues.read(self.grants.data or []) or ()),
            language=self.language.data or "en",
            text=to_e164(self.text.data) if self.text.data else None,
            staff_id=int(self.person.data) if self.person.data else None,
        )


def _people() -> list[SelectChoice]:
    mine = who().schools(("administrator",))
    with bot_of(current_app).db.read() as session:
        found = schools.staff_at(session, "", mine)
    return [SelectChoice(str(one.id), f"{one.name}, {one.role}") for one in found]

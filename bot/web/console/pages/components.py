"""Every part that pages are made of, in every state: to look at, and for the tests of looks and access."""

from flask import Blueprint
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from bot.web.console.declared import needs
from bot.web.console.showing import show as show_page

page = Blueprint("components", __name__, url_prefix="/components")
_CHOICES = [SelectChoice("a", _("First choice")), SelectChoice("b", _("Second choice"))]


class SampleForm(FlaskForm):  # type: ignore[misc]
    """A field of each kind."""

    line = StringField(_("A line"))
    many = TextAreaField(_("Several lines"))
    one = SelectField(_("One of several"), choices=_CHOICES)
    radio = RadioField(_("One of few"), choices=_CHOICES, default="a")
    several = SelectMultipleField(
        _("Several of few"),
        choices=_CHOICES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        default=["b"],
    )
    day = DateField(_("Day"))
    time = TimeField(_("Time"))
    file = FileField(_("A file"))
    yes = BooleanField(_("Yes or no"))


class FaultyForm(FlaskForm):  # type: ignore[misc]
    """A field that was left empty."""

    needed = StringField(_("A line that is needed"), [InputRequired(_("Write something here."))])


@page.get("/")
@needs("administrator")
def show() -> str:
    """All of them."""
    faulty = FaultyForm(None, meta={"csrf": False})
    faulty.validate()
    return show_page("console/all_components.html", form=SampleForm(None), faulty=faulty)

"""Tokens with which other programs text families in somebody's name: a list, a new one, ending one."""

from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from bot.people import api_tokens
from bot.people.api_tokens import LASTS, MAKERS, READ, SCOPES, SEND, NotAllowed, Wanted
from bot.store import schools
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import desk, who

page = Blueprint("tokens", __name__, url_prefix="/tokens")
MAY: Final = {
    READ: _("See broadcasts and how far they are"),
    SEND: _("Send, pause and cancel broadcasts"),
}
_DAYS: Final = {30: _("30 days"), 90: _("90 days"), 365: _("a year")}
assert set(MAY) == set(SCOPES)
assert set(_DAYS) == set(LASTS)


class TokenForm(FlaskForm):  # type: ignore[misc]
    """Which program, what it may, where and how long."""

    name = StringField(_("Which program is it for?"), [DataRequired(_("Write its name.")), Length(max=80)])
    scopes = SelectMultipleField(_("What it may do"), [InputRequired(_("Choose at least one."))])
    schools = SelectMultipleField(_("Only at these schools"))
    days = SelectField(_("How long it lasts"), coerce=int, default=90)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.scopes.choices = [SelectChoice(scope, words) for scope, words in MAY.items()]
        self.schools.choices = [SelectChoice(str(id_), name) for id_, name in _places().items()]
        self.days.choices = [SelectChoice(days, words) for days, words in _DAYS.items()]

    def wanted(self) -> Wanted:
        """What the form asks for, once it is valid."""
        chosen = frozenset(map(int, self.schools.data or ()))
        return Wanted(self.name.data.strip(), tuple(self.scopes.data), chosen or None, self.days.data)


@page.get("/")
@needs(*MAKERS)
def show() -> str:
    """One's own, and those of whomever one administers."""
    found = api_tokens.listed(desk(), who())
    return show_page("console/tokens.html", tokens=found, may=MAY, names=_names())


@page.get("/new")
@needs(*MAKERS, fresh=True)
def new() -> str:
    """Ask what it is for."""
    return _form(TokenForm())


@page.post("/new")
@needs(*MAKERS, fresh=True)
def make() -> ResponseReturnValue:
    """Make it, and show it this once."""
    form = TokenForm()
    if not form.validate():
        return _form(form), 400
    try:
        token = api_tokens.make(desk(), who(), form.wanted())
    except NotAllowed:
        form.schools.errors = [_("Choose schools of your own.")]
        return _form(form), 400
    return show_page("console/token_made.html", token=token, name=form.name.data)


@page.post("/<int:token_id>/end")
@needs(*MAKERS)
def end(token_id: int) -> ResponseReturnValue:
    """From now on it opens nothing."""
    try:
        is_done = api_tokens.revoke(desk(), who(), token_id)
    except NotAllowed:
        abort(404)
    if is_done:
        done(_("The token opens nothing any more."))
    else:
        not_done(_("That one had ended already."))
    return redirect(url_for(".show"), 303)


def _form(form: TokenForm) -> str:
    return show_page("console/token_new.html", form=form)


def _places() -> dict[int, str]:
    """Schools that a token may be narrowed to."""
    mine = api_tokens.places(who())
    return {id_: name for id_, name in _names().items() if mine is None or id_ in mine}


def _names() -> dict[int, str]:
    with bot_of(current_app).db.read() as session:
        return {one.id or 0: one.name for one in schools.every_school(session)}

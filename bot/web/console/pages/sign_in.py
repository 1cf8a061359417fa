"""Signing in and out: password, then a code; setting up the second factor at the first sign-in."""

from typing import Any

import segno
from flask import Blueprint, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from bot.people import second_factor
from bot.people import sign_in as doing
from bot.web.bot_of import bot_of
from bot.web.console.declared import anybody, half_way
from bot.web.console.showing import show as show_page
from bot.web.console.visits import address, browser, desk, enter, leave, local_path, look_up_visit, visit

page = Blueprint("sign_in", __name__)
NEXT = "next"


class PasswordForm(FlaskForm):  # type: ignore[misc]
    """The first of two."""

    email = EmailField(_("E-mail"), [InputRequired(_("Write your e-mail address.")), Length(max=254)])
    password = PasswordField(_("Password"), [InputRequired(_("Write your password.")), Length(max=200)])


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The second: of the authenticator, or a recovery code."""

    code = StringField(_("Code"), [InputRequired(_("Write the code.")), Length(max=40)])


@page.get("/sign-in")
@anybody()
def show() -> ResponseReturnValue:
    """Where everybody comes in who is not signed in."""
    found = look_up_visit()
    if found is not None and found.is_whole:
        return redirect(url_for("console.home.show"))
    session[NEXT] = local_path(request.args.get(NEXT))
    return show_page("console/sign_in.html", form=PasswordForm())


@page.post("/sign-in")
@anybody()
def submit() -> ResponseReturnValue:
    """Look at the password; the answer tells nothing about who has an account."""
    form = PasswordForm()
    if not form.validate():
        return show_page("console/sign_in.html", form=form), 400
    try:
        token, stage = doing.begin(
            desk(), form.email.data or "", form.password.data or "", address=address(), browser=browser()
        )
    except doing.TooMany:
        abort(429)
    except doing.Refused:
        form.form_errors.append(_("This e-mail and this password do not belong together."))
        return show_page("console/sign_in.html", form=form), 400
    return _onward(token, "console.sign_in.code" if stage == "second" else "console.sign_in.enrol")


@page.get("/sign-in/code")
@half_way("second")
def code() -> str:
    """Ask for the second factor."""
    return show_page("console/code.html", form=CodeForm())


@page.post("/sign-in/code")
@half_way("second")
def submit_code() -> ResponseReturnValue:
    """Look at the code."""
    form = CodeForm()
    if not form.validate():
        return show_page("console/code.html", form=form), 400
    try:
        token = doing.second(desk(), visit(), form.code.data or "")
    except doing.TooMany:
        abort(429)
    except doing.Refused:
        form.code.errors = [_("This code does not fit. Wait for the next one and write that.")]
        return show_page("console/code.html", form=form), 400
    return _onward(token)


@page.get("/sign-in/enrol")
@half_way("enrolling")
def enrol() -> str:
    """Show the secret for an authenticator."""
    return show_page("console/enrol.html", form=CodeForm(), **offered())


@page.post("/sign-in/enrol")
@half_way("enrolling")
def submit_enrol() -> ResponseReturnValue:
    """Prove it with a code; then the recovery codes are shown, once."""
    form, here = CodeForm(), visit()
    if not form.validate():
        return show_page("console/enrol.html", form=form, **offered()), 400
    try:
        codes = doing.enrol(desk(), here, form.code.data or "")
    except doing.TooMany:
        abort(429)
    except doing.Refused:
        form.code.errors = [_("This code does not fit. Wait for the next one and write that.")]
        return show_page("console/enrol.html", form=form, **offered()), 400
    onward = session.get(NEXT)
    enter(doing.make_whole(desk(), here))
    return show_page("console/codes.html", codes=codes, onward=onward or url_for("console.home.show"))


@page.post("/sign-in/without")
@half_way("enrolling")
def without() -> ResponseReturnValue:
    """In the demo on one's own machine it goes without a second factor; nowhere else."""
    if not bot_of(current_app).settings.is_local_carrier:
        abort(403)
    return _onward(doing.make_whole(desk(), visit()))


@page.post("/sign-out")
@anybody()
def leave_here() -> ResponseReturnValue:
    """Sign out in this browser, from any stage."""
    found = look_up_visit()
    if found is not None:
        doing.end(desk(), found)
    leave()
    return redirect(url_for(".show"), 303)


def offered() -> dict[str, Any]:
    """What an authenticator needs, as a picture and as letters."""
    here = visit()
    secret = doing.offered_secret(desk(), here)
    email = doing.email_of(desk(), here.account)
    to_scan = second_factor.address(secret, email, bot_of(current_app).settings.program)
    # The picture is made of nothing but modules: segno writes no words of ours into it
    picture = Markup(segno.make(to_scan).svg_inline(scale=5, border=4, light="white"))  # noqa: S704
    return {"picture": picture, "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))}


def _onward(token: str, endpoint: str = "") -> ResponseReturnValue:
    wanted = session.get(NEXT)
    enter(token)
    if endpoint:
        session[NEXT] = wanted
        return redirect(url_for(endpoint), 303)
    return redirect(wanted or url_for("console.home.show"), 303)

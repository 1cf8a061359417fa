"""Links that are sent or handed over: take an invitation, set a new password, ask for such a link."""

from functools import partial
from typing import Any

from flask import (
    Blueprint,
    abort,
    copy_current_request_context,
    current_app,
    make_response,
    redirect,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from bot.people import passwords, staff_accounts
from bot.people.passwords import TooEasy
from bot.people.sign_in import TooMany, count_asking, email_of
from bot.store.accounts import NAME, Account
from bot.talk import staff_links
from bot.talk.notice_words import Words
from bot.talk.parts import Talk
from bot.web.bot_of import bot_of
from bot.web.console.declared import anybody
from bot.web.console.showing import show as show_page
from bot.web.console.visits import address, browser, desk, enter

page = Blueprint("links", __name__)
_EASY = {
    "short": _("Take at least %(number)s letters. A few words in a row are good.", number=passwords.SHORTEST),
    "easy": _("This is guessed quickly. Take a few words that do not belong together."),
    "own": _("This is mostly your own name or address. Take other words."),
}


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A password, twice."""

    password = PasswordField(_("New password"), [InputRequired(_("Write a password.")), Length(max=200)])
    again = PasswordField(
        _("The same once more"), [EqualTo("password", _("The two passwords are not the same."))]
    )


class ForgotForm(FlaskForm):  # type: ignore[misc]
    """Whose password was forgotten."""

    email = EmailField(_("E-mail"), [InputRequired(_("Write your e-mail address.")), Length(max=254)])


def easy_words(error: TooEasy) -> str:
    """Why a password is too easy to guess."""
    return str(_EASY[error.fault])


@page.get("/link/<token>")
@anybody()
def take(token: str) -> ResponseReturnValue:
    """Ask for the new password."""
    try:
        account, kind = staff_accounts.owner_of_link(desk(), token)
    except staff_accounts.LinkOver:
        return show_page("console/link_over.html"), 404
    return show_page("console/link.html", form=NewPasswordForm(), kind=kind, **_owner(account))


@page.post("/link/<token>")
@anybody()
def submit(token: str) -> ResponseReturnValue:
    """Set it; the second factor comes next."""
    form = NewPasswordForm()
    try:
        account, kind = staff_accounts.owner_of_link(desk(), token)
        if form.validate() and _is_set(form, token):
            return redirect(url_for("console.sign_in.code"), 303)
    except staff_accounts.LinkOver:
        return show_page("console/link_over.html"), 404
    return show_page("console/link.html", form=form, kind=kind, **_owner(account)), 400


def _is_set(form: NewPasswordForm, token: str) -> bool:
    """Set the password and sign in half way; False, with the reason in the form, where it is too easy."""
    try:
        enter(staff_accounts.take_link(desk(), token, form.password.data or "", browser=browser()))
    except TooEasy as easy:
        form.password.errors = [easy_words(easy)]
        return False
    return True


@page.get("/forgot")
@anybody()
def forgot() -> str:
    """Ask whose password it was."""
    return show_page("console/forgot.html", form=ForgotForm(), can_send=staff_links.can_send(_talk()))


@page.post("/forgot")
@anybody()
def submit_forgot() -> ResponseReturnValue:
    """Send a link where there is such an account; the answer is the same where there is none."""
    form = ForgotForm()
    if not form.validate():
        return show_page("console/forgot.html", form=form, can_send=True), 400
    try:
        count_asking(desk(), form.email.data or "", address())
    except TooMany:
        abort(429)
    answer = make_response(show_page("console/forgot_sent.html"))
    # Once it is sent: how long it took must not tell either whether there is such an account
    answer.call_on_close(copy_current_request_context(partial(_send_reset, form.email.data or "")))
    return answer


def _send_reset(email: str) -> None:
    found = staff_accounts.reset(desk(), email)
    if found is not None:
        account, token = found
        send(account, token, staff_accounts.RESET)


def send(account: Account, token: str, kind: str) -> bool:
    """Send a link in the language of its reader. False where nothing can be sent: then it is shown."""
    with force_locale(account.language):
        return staff_links.send(_talk(), account, _words(url_of(token), kind))


def url_of(token: str) -> str:
    """The whole address of a link, as others reach us: never by the Host that a request names."""
    return bot_of(current_app).settings.public_url.rstrip("/") + url_for("console.links.take", token=token)


def _words(url: str, kind: str) -> Words:
    program = bot_of(current_app).settings.program
    if kind == staff_accounts.INVITATION:
        subject = gettext("%(program)s: your invitation", program=program)
        lead = gettext("You are invited to the staff pages. Set your password within 7 days:")
    else:
        subject = gettext("%(program)s: set a new password", program=program)
        lead = gettext("Set a new password within an hour. If you did not ask for this, do nothing:")
    return Words(f"{subject}. {lead} {url}", subject, f"{lead}\n\n{url}\n")


def _talk() -> Talk:
    return bot_of(current_app).talk


def _owner(account: Account) -> dict[str, Any]:
    return {"name": desk().vault.open(account.name, NAME), "email": email_of(desk(), account)}

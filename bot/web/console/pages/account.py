"""My account: password, second factor, recovery codes, where I am signed in, language; proving who I am."""

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from bot.people import sign_in, staff_accounts
from bot.people.passwords import TooEasy
from bot.store import accounts, sign_ins
from bot.web.bot_of import bot_of
from bot.web.console.declared import signed_in
from bot.web.console.pages.links import NewPasswordForm, easy_words
from bot.web.console.pages.sign_in import NEXT, CodeForm, offered
from bot.web.console.showing import done, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import desk, local_path, visit, who

page = Blueprint("account", __name__, url_prefix="/account")


class ProofForm(FlaskForm):  # type: ignore[misc]
    """Who is signed in tells both factors again."""

    password = PasswordField(_("Password"), [InputRequired(_("Write your password.")), Length(max=200)])
    code = StringField(_("Code"), [Length(max=40)])


@page.get("/")
@signed_in()
def show() -> str:
    """All of it on one page."""
    return _page()


@page.get("/prove")
@signed_in()
def prove() -> str:
    """Ask for both factors again, before what matters most."""
    return _proof(ProofForm(), local_path(request.args.get(NEXT)))


@page.post("/prove")
@signed_in()
def submit_proof() -> ResponseReturnValue:
    """Look at them."""
    form, wanted = ProofForm(), local_path(request.form.get(NEXT))
    if form.validate():
        try:
            sign_in.prove(desk(), visit(), form.password.data or "", form.code.data or "")
        except sign_in.TooMany:
            abort(429)
        except sign_in.Refused:
            form.form_errors.append(_("The password or the code does not fit."))
        else:
            return redirect(wanted or url_for(".show"), 303)
    return _proof(form, wanted), 400


@page.post("/password")
@signed_in(fresh=True)
def password() -> ResponseReturnValue:
    """Set a new one; everywhere else it signs out."""
    form = NewPasswordForm()
    if form.validate():
        try:
            staff_accounts.change_password(desk(), visit(), form.password.data or "")
        except TooEasy as easy:
            form.password.errors = [easy_words(easy)]
        else:
            done(_("Your password is changed. You are signed out everywhere else."))
            return redirect(url_for(".show"), 303)
    return _page(password_form=form), 400


@page.get("/second-factor")
@signed_in(fresh=True)
def second_factor() -> str:
    """Show a new secret, for another telephone."""
    return show_page("console/enrol.html", form=CodeForm(), **offered())


@page.post("/second-factor")
@signed_in(fresh=True)
def submit_second_factor() -> ResponseReturnValue:
    """Prove it; fresh recovery codes come with it."""
    form = CodeForm()
    if not form.validate():
        return show_page("console/enrol.html", form=form, **offered()), 400
    try:
        codes = sign_in.enrol(desk(), visit(), form.code.data or "")
    except sign_in.TooMany:
        abort(429)
    except sign_in.Refused:
        form.code.errors = [_("This code does not fit. Wait for the next one and write that.")]
        return show_page("console/enrol.html", form=form, **offered()), 400
    return show_page("console/codes.html", codes=codes, onward=url_for(".show"))


@page.post("/codes")
@signed_in(fresh=True)
def codes() -> str:
    """Fresh recovery codes, shown once."""
    made = staff_accounts.change_codes(desk(), who())
    return show_page("console/codes.html", codes=made, onward=url_for(".show"))


@page.post("/sign-ins/<int:sign_in_id>/end")
@signed_in()
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    """Sign out somewhere else."""
    if sign_in.end_other(desk(), visit(), sign_in_id):
        done(_("Signed out there."))
    else:
        not_done(_("That one had ended already."))
    return redirect(url_for(".show"), 303)


@page.post("/language")
@signed_in()
def language() -> ResponseReturnValue:
    """Read the pages in another language."""
    wanted = request.form.get("language", "")
    languages: dict[str, str] = current_app.jinja_env.globals["languages"]  # type: ignore[assignment]
    if wanted not in languages:
        abort(400)
    staff_accounts.change_language(desk(), who(), wanted)
    return redirect(url_for(".show"), 303)


def _proof(form: ProofForm, wanted: str | None) -> str:
    email = sign_in.email_of(desk(), visit().account)
    return show_page("console/prove.html", form=form, next=wanted, email=email)


def _page(password_form: NewPasswordForm | None = None) -> str:
    here, bot = visit(), bot_of(current_app)
    with bot.db.read() as session:
        standing = sign_ins.of_account(session, here.who.account_id, bot.clock())
        left = accounts.codes_left(session, here.who.account_id)
    return show_page(
        "console/account.html",
        form=password_form or NewPasswordForm(),
        email=sign_in.email_of(desk(), here.account),
        sign_ins=standing,
        codes_left=left,
        here=here,
    )

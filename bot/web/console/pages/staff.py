"""Staff: who may sign in, by school and role; invite, change roles, reset, close and open again."""

from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.people import own_phone, staff_accounts
from bot.people.access import ROLES, Grant
from bot.people.staff_accounts import AlreadyThere, LastOne, NotAllowed
from bot.store import accounts
from bot.store.accounts import TEXT
from bot.web.bot_of import bot_of
from bot.web.console import colleagues, thread_words
from bot.web.console.colleagues import ROLE_WORDS, STATE_WORDS, Colleague
from bot.web.console.declared import needs
from bot.web.console.pages.links import send, url_of
from bot.web.console.showing import done, done_with_undo, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.staff_forms import InviteForm, PersonForm, PhoneForm, RolesForm
from bot.web.console.typed_fields import NO_NUMBER
from bot.web.console.visits import desk, who
from bot.words.phone import mask

page = Blueprint("staff", __name__, url_prefix="/staff")
_ROLES: Final = ("administrator",)
_NOT_YOURS: Final = _("Only who administers everything that this person may do can change it.")
_LAST: Final = _("Nobody would be left who administers the whole district. Make somebody else that first.")


@page.get("/")
@needs(*_ROLES)
def show() -> str:
    """Everybody at the schools of the one who looks."""
    role, school = request.args.get("role", ""), request.args.get("school", type=int)
    return show_page(
        "console/staff.html",
        part="rows",
        colleagues=colleagues.colleagues(role if role in ROLES else "", school),
        places=[place for place in colleagues.places() if place.id is not None],
        role=role,
        school=school,
        roles=ROLE_WORDS,
        states=STATE_WORDS,
    )


@page.get("/invite")
@needs(*_ROLES)
def invite() -> str:
    """Ask who is to come."""
    return _invite_page(InviteForm())


@page.post("/invite")
@needs(*_ROLES)
def submit_invite() -> ResponseReturnValue:
    """Make the account and send the link, or show it where nothing can be sent."""
    form = InviteForm()
    if not form.validate():
        return _invite_page(form), 400
    try:
        account_id, token = staff_accounts.invite(desk(), who(), form.invited())
    except AlreadyThere:
        form.email.errors = [_("Somebody has this address already. Look in the list.")]
        return _invite_page(form), 400
    except NotAllowed:
        form.grants.errors = [_("You can give roles at your own schools only.")]
        return _invite_page(form), 400
    return _handed_over(account_id, token, staff_accounts.INVITATION)


@page.get("/<int:account_id>")
@needs(*_ROLES)
def one(account_id: int) -> str:
    """One person: roles, and what can be done."""
    return _one_page(_known(account_id))


@page.post("/<int:account_id>/roles")
@needs(*_ROLES)
def roles(account_id: int) -> ResponseReturnValue:
    """Let these be all roles of somebody; it can be taken back."""
    known, form = _known(account_id), RolesForm()
    wanted = colleagues.read(form.grants.data or [])
    if not form.validate() or wanted is None:
        return _one_page(known, form), 400
    fault = _set_roles(account_id, wanted)
    if fault:
        form.grants.errors = [fault]
        return _one_page(known, form), 400
    before = ",".join(colleagues.written(known.who.grants))
    words = _("The roles are changed. This person signs in anew.")
    done_with_undo(words, "console.staff.undo_roles", account_id=account_id, to=before)
    return _after(account_id)


@page.post("/<int:account_id>/roles/undo")
@needs(*_ROLES)
def undo_roles(account_id: int) -> ResponseReturnValue:
    """Give back the roles of before."""
    before = request.args.get("to", "")
    wanted = colleagues.read(before.split(",") if before else [])
    if wanted is None:
        abort(400)
    _known(account_id)
    fault = _set_roles(account_id, wanted)
    if fault:
        not_done(str(fault))
    else:
        done(_("The roles are as before."))
    return _after(account_id)


@page.post("/<int:account_id>/person")
@needs(*_ROLES)
def person(account_id: int) -> ResponseReturnValue:
    """Say who of the roster somebody is; it can be taken back."""
    before, form = _known(account_id).account.staff_id, PersonForm()
    if not form.validate():
        return _one_page(_known(account_id)), 400
    chosen = form.person.data
    if _set_person(account_id, int(chosen) if chosen else None):
        done_with_undo(_("Saved."), "console.staff.undo_person", account_id=account_id, to=before or "")
    return _after(account_id)


@page.post("/<int:account_id>/person/undo")
@needs(*_ROLES)
def undo_person(account_id: int) -> ResponseReturnValue:
    """Let it be who it was before."""
    _known(account_id)
    if _set_person(account_id, request.args.get("to", None, type=int)):
        done(_("Saved."))
    return _after(account_id)


@page.post("/<int:account_id>/phone")
@needs(*_ROLES)
def phone(account_id: int) -> ResponseReturnValue:
    """Enrol the phone that somebody writes to families from, or take it back."""
    known, form = _known(account_id), PhoneForm()
    fault = _enrol(account_id, (form.number.data or "").strip()) if form.validate() else NO_NUMBER
    if fault:
        form.number.errors = [fault]
        return _one_page(known, phone=form), 400
    return _after(account_id)


@page.post("/<int:account_id>/deactivate")
@needs(*_ROLES)
def deactivate(account_id: int) -> ResponseReturnValue:
    """Close an account: every sign-in ends at once."""
    _known(account_id)
    try:
        staff_accounts.deactivate(desk(), who(), account_id)
    except NotAllowed:
        not_done(_NOT_YOURS)
    except LastOne:
        not_done(_LAST)
    else:
        words = _("The account is closed, and signed out everywhere.")
        done_with_undo(words, "console.staff.reactivate", account_id=account_id)
    return _after(account_id)


@page.post("/<int:account_id>/reactivate")
@needs(*_ROLES)
def reactivate(account_id: int) -> ResponseReturnValue:
    """Open it again."""
    _known(account_id)
    try:
        staff_accounts.reactivate(desk(), who(), account_id)
    except NotAllowed:
        not_done(_NOT_YOURS)
    else:
        done(_("The account is open again."))
    return _after(account_id)


@page.get("/<int:account_id>/reset")
@needs(*_ROLES, fresh=True)
def reset(account_id: int) -> str:
    """Ask what was lost: whoever holds the link becomes this person, so it wants a fresh proof."""
    return show_page("console/staff_reset.html", one=_known(account_id))


@page.post("/<int:account_id>/reset")
@needs(*_ROLES, fresh=True)
def submit_reset(account_id: int) -> ResponseReturnValue:
    """Send a link for a new password."""
    _known(account_id)
    both = request.form.get("second_factor_too") == "y"
    try:
        token = staff_accounts.reset_by(desk(), who(), account_id, second_factor_too=both)
    except NotAllowed:
        not_done(_NOT_YOURS)
        return _after(account_id)
    return _handed_over(account_id, token, staff_accounts.RESET)


@page.post("/<int:account_id>/invite")
@needs(*_ROLES)
def invite_again(account_id: int) -> ResponseReturnValue:
    """A new invitation; the earlier link is void."""
    _known(account_id)
    try:
        token = staff_accounts.invite_again(desk(), who(), account_id)
    except NotAllowed:
        not_done(_NOT_YOURS)
        return _after(account_id)
    return _handed_over(account_id, token, staff_accounts.INVITATION)


def _known(account_id: int) -> Colleague:
    found = colleagues.colleague(account_id)
    if found is None:
        abort(404)
    return found


def _set_roles(account_id: int, wanted: list[Grant]) -> object:
    """Why it was not done, "" where it was."""
    try:
        staff_accounts.set_roles(desk(), who(), account_id, wanted)
    except NotAllowed:
        return _NOT_YOURS
    except LastOne:
        return _LAST
    return ""


def _set_person(account_id: int, staff_id: int | None) -> bool:
    try:
        staff_accounts.set_person(desk(), who(), account_id, staff_id)
    except NotAllowed:
        not_done(_NOT_YOURS)
        return False
    return True


def _enrol(account_id: int, number: str) -> object:
    """Why it was not done, "" where it was."""
    try:
        own_phone.enrol(desk(), who(), account_id, number or None)
    except own_phone.NoNumber:
        return NO_NUMBER
    except own_phone.OthersPhone:
        return _("That phone is somebody else's here: one phone, one person.")
    except NotAllowed:
        return _NOT_YOURS
    done(_("The phone is enrolled.") if number else _("No phone is enrolled any more."))
    return ""


def _handed_over(account_id: int, token: str, kind: str) -> ResponseReturnValue:
    with bot_of(current_app).db.read() as session:
        account = accounts.by_id(session, account_id)
        name = thread_words.names_of(session, bot_of(current_app).vault, [account_id]).get(account_id)
    if account is not None and send(account, token, kind):
        done(_("The link is on its way."))
        return _after(account_id)
    shown: dict[str, Any] = {"url": url_of(token), "account_id": account_id, "kind": kind}
    return show_page("console/staff_link.html", name=name, **shown)


def _after(account_id: int) -> ResponseReturnValue:
    """Back to the person; to the way in where that is oneself and is signed out now."""
    return redirect(url_for(".one", account_id=account_id), 303)


def _invite_page(form: InviteForm) -> str:
    return show_page("console/staff_invite.html", form=form, places=colleagues.places(), roles=ROLE_WORDS)


def _one_page(known: Colleague, form: RolesForm | None = None, phone: PhoneForm | None = None) -> str:
    text = known.account.text
    return show_page(
        "console/staff_one.html",
        one=known,
        form=form or RolesForm(data={"grants": colleagues.written(known.who.grants)}),
        person=PersonForm(formdata=None, data={"person": str(known.account.staff_id or "")}),
        phone=phone or PhoneForm(formdata=None),
        enrolled=mask(bot_of(current_app).vault.open(text, TEXT)) if text else "",
        places=colleagues.places(),
        roles=ROLE_WORDS,
        states=STATE_WORDS,
    )

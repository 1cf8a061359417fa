"""Who belongs to a family: a number is linked on the family's word, or unlinked; both can be taken back."""

from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.people.consent import MEANS
from bot.people.family_linking import Linking
from bot.store import family_changes
from bot.web.bot_of import bot_of
from bot.web.console import family_words
from bot.web.console.declared import needs
from bot.web.console.family_pages import WHOLE_ROLES, deed, opened, person_of
from bot.web.console.showing import done, done_with_undo, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.typed_fields import NO_NUMBER
from bot.web.console.visits import who
from bot.words.phone import to_e164

page = Blueprint("families_people", __name__, url_prefix="/families/<int:family_id>")
FAULTS: Final = {
    "number": NO_NUMBER,
    "means": _("Say how the family gave this number."),
    "already": _("This number belongs to the family already."),
    "erased": _("Whoever has this number asked to be forgotten. Only START from that phone brings it back."),
}


@page.get("/link")
@needs(*WHOLE_ROLES, fresh=True)
def link(family_id: int) -> str:
    """Ask for the number and how the family gave it."""
    with bot_of(current_app).db.read() as session:
        opened(session, family_id, whole=True)
    return _form(family_id)


@page.post("/link")
@needs(*WHOLE_ROLES, fresh=True)
def submit_link(family_id: int) -> ResponseReturnValue:
    """Link it; nothing is sent by that."""
    number, means = to_e164(request.form.get("number", "")), request.form.get("means", "")
    chosen = next((one for one in MEANS if one == means), None)
    if number is None or chosen is None:
        return _form(family_id, FAULTS["means" if number else "number"]), 400
    with bot_of(current_app).db.write() as session:
        opened(session, family_id, whole=True)
        change = _linking(session).link(family_id, number, chosen)
        if isinstance(change, int):
            deed(session, "family_linked", family_id, change=change, means=chosen)
    if not isinstance(change, int):
        return _form(family_id, FAULTS[change]), 400
    words = _("The number belongs to the family now. Its first text tells what this is, and how to stop.")
    done_with_undo(words, "console.families_people.undo", family_id=family_id, change_id=change)
    return _back(family_id)


@page.post("/people/<int:contact_id>/unlink")
@needs(*WHOLE_ROLES)
def unlink(family_id: int, contact_id: int) -> ResponseReturnValue:
    """End one link; whoever is in no family then gets no text of this family any more."""
    with bot_of(current_app).db.write() as session:
        opened(session, family_id, whole=True)
        person_of(session, family_id, contact_id)
        change = _linking(session).unlink(family_id, contact_id)
        if change is None:
            abort(404)
        deed(session, "family_unlinked", family_id, change=change, contact=contact_id)
    words = _("The number does not belong to this family any more.")
    done_with_undo(words, "console.families_people.undo", family_id=family_id, change_id=change)
    return _back(family_id)


@page.post("/changes/<int:change_id>/undo")
@needs(*WHOLE_ROLES)
def undo(family_id: int, change_id: int) -> ResponseReturnValue:
    """Take a link or its end back."""
    with bot_of(current_app).db.write() as session:
        opened(session, family_id, whole=True)
        change = family_changes.locked(session, change_id)
        if change is None or change.family_id != family_id or change.kind not in ("linked", "unlinked"):
            abort(404)
        undone = _linking(session).undo(change)
        if undone:
            deed(session, "family_change_undone", family_id, change=change_id)
    if undone:
        done(_("It is as it was before."))
    else:
        not_done(_("Not undone: somebody changed the same since, or it is too long ago."))
    return _back(family_id)


def _linking(session: Session) -> Linking:
    bot = bot_of(current_app)
    return Linking(session, bot.vault, who().account_id, bot.clock())


def _form(family_id: int, fault: LazyString | None = None) -> str:
    told: dict[str, Any] = {"number": request.form.get("number", ""), "means": request.form.get("means", "")}
    shown: dict[str, Any] = {"family_id": family_id, "fault": fault, "means": MEANS, "words": family_words}
    return show_page("console/family_link.html", told=told, **shown)


def _back(family_id: int) -> ResponseReturnValue:
    return redirect(url_for("console.families.one", family_id=family_id), 303)

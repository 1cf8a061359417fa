"""Somebody of a family has another number: a code goes there, and whoever tells it takes over."""

from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.people.number_moves import Moving, both_locked
from bot.store import contacts, family_changes, number_changes
from bot.store.contacts import NUMBER
from bot.store.number_changes import NumberChange
from bot.talk import number_change
from bot.talk.number_change import MEANS, MOST_TRIES, Asked
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.family_pages import WHOLE_ROLES, deed, opened, person_of
from bot.web.console.showing import done, done_with_undo, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.typed_fields import NO_NUMBER
from bot.web.console.visits import who
from bot.words.phone import mask, to_e164

page = Blueprint("families_number", __name__, url_prefix="/families/<int:family_id>")
FAULTS: Final = {
    "number": NO_NUMBER,
    "means": _("Say how the family asked for it."),
    "tells_old": _("Say whether it is safe to tell the old number."),
    "in_person": _("Where the old number is not told, the person must be there in person."),
    "same": _("That is the number that we have already."),
    "old_stopped": _("This person asked for no more texts, and that holds for a new phone too."),
    "stopped": _("The new number asked for no texts. Text START from it first."),
    "erased": _("Whoever has one of these numbers asked to be forgotten."),
    "dead": _("No text arrives at the new number."),
    "too_often": _("There were three codes for this phone within a day. Try it again tomorrow."),
}
SAID_MEANS: Final = {
    "in_person": _("in person"),
    "spoken": _("by telephone"),
    "paper": _("on paper"),
    "email": _("by e-mail"),
}


@page.get("/people/<int:contact_id>/new-number")
@needs(*WHOLE_ROLES, fresh=True)
def show(family_id: int, contact_id: int) -> str:
    """Ask for the new number; while a code waits, for the code."""
    return _page(family_id, contact_id)


@page.post("/people/<int:contact_id>/new-number")
@needs(*WHOLE_ROLES, fresh=True)
def submit(family_id: int, contact_id: int) -> ResponseReturnValue:
    """Send the code to the new number, and a word to the old one where that is safe."""
    number, fault = to_e164(request.form.get("number", "")), _fault()
    if number is None or fault:
        return _page(family_id, contact_id, FAULTS[fault or "number"]), 400
    means = next(one for one in MEANS if one == request.form["means"])
    tells_old = request.form["tells_old"] == "yes"
    bot, asked = bot_of(current_app), Asked(family_id, contact_id, number, means, tells_old, who().account_id)
    with bot.db.write() as session:
        _here(session, family_id, contact_id)
        change = number_change.ask(bot.talk, session, asked, bot.clock())
        if isinstance(change, int):
            detail: dict[str, Any] = {"change": change, "means": means, "told": tells_old}
            deed(session, "number_change_asked", family_id, contact=contact_id, **detail)
    if not isinstance(change, int):
        return _page(family_id, contact_id, FAULTS[change]), 400
    bot.bell.ring("replies")
    return redirect(url_for(".show", family_id=family_id, contact_id=contact_id), 303)


@page.post("/people/<int:contact_id>/new-number/code")
@needs(*WHOLE_ROLES)
def code(family_id: int, contact_id: int) -> ResponseReturnValue:
    """The family told the code: where it is right, the new number takes over."""
    bot, said = bot_of(current_app), request.form.get("code", "")[:20]
    with bot.db.write() as session:
        _here(session, family_id, contact_id)
        waits = number_changes.open_of(session, contact_id, bot.clock())
        outcome = number_change.tell(bot.talk, session, waits.id or 0, said, bot.clock()) if waits else "over"
        deed(session, "number_change_told", family_id, contact=contact_id, outcome=outcome)
    if outcome == "moved":
        return _moved(family_id, contact_id)
    words = _("That is not the code.") if outcome == "wrong" else _("This code does not count any more.")
    not_done(words)
    return redirect(url_for(".show", family_id=family_id, contact_id=contact_id), 303)


@page.post("/people/<int:contact_id>/new-number/withdraw")
@needs(*WHOLE_ROLES)
def withdraw(family_id: int, contact_id: int) -> ResponseReturnValue:
    """Nothing changes: the code does not count any more."""
    bot = bot_of(current_app)
    with bot.db.write() as session:
        _here(session, family_id, contact_id)
        ended = number_changes.withdraw(session, contact_id, bot.clock())
        deed(session, "number_change_withdrawn", family_id, contact=contact_id, ended=ended)
    done(_("The code does not count any more. Nothing has changed."))
    return redirect(url_for("console.families.one", family_id=family_id), 303)


@page.post("/numbers/<int:change_id>/undo")
@needs(*WHOLE_ROLES)
def undo(family_id: int, change_id: int) -> ResponseReturnValue:
    """The old number is the person's after all."""
    bot = bot_of(current_app)
    with bot.db.write() as session:
        opened(session, family_id, whole=True)
        undone = _undo(session, family_id, change_id)
        if undone:
            deed(session, "family_change_undone", family_id, change=change_id)
    if undone:
        done(_("It is as it was before."))
    else:
        not_done(_("Not undone: somebody changed the same since, or it is too long ago."))
    return redirect(url_for("console.families.one", family_id=family_id), 303)


def _undo(session: Session, family_id: int, change_id: int) -> bool:
    bot, change = bot_of(current_app), family_changes.locked(session, change_id)
    if change is None or (change.family_id, change.kind) != (family_id, "number"):
        abort(404)
    old, new = both_locked(session, change.contact_id or 0, change.to_contact_id or 0)
    if old is None or new is None:
        return False
    return Moving(session, bot.vault, bot.clock()).undo(change, old, new)


def _fault() -> str | None:
    """What is missing in the form; None: nothing."""
    told = request.form
    if told.get("means") not in MEANS:
        return "means"
    if told.get("tells_old") not in ("yes", "no"):
        return "tells_old"
    return "in_person" if told["tells_old"] == "no" and told["means"] != "in_person" else None


def _here(session: Session, family_id: int, contact_id: int) -> contacts.Contact:
    opened(session, family_id, whole=True)
    return person_of(session, family_id, contact_id)


def _moved(family_id: int, contact_id: int) -> ResponseReturnValue:
    bot = bot_of(current_app)
    with bot.db.read() as session:
        every = family_changes.of_family(session, family_id, bot.clock())
    change = next(one.id for one in every if (one.kind, one.contact_id) == ("number", contact_id))
    words = _("The new number has taken over. The old one gets no more texts.")
    done_with_undo(words, "console.families_number.undo", family_id=family_id, change_id=change)
    return redirect(url_for("console.families.one", family_id=family_id), 303)


def _page(family_id: int, contact_id: int, fault: LazyString | None = None) -> str:
    bot = bot_of(current_app)
    with bot.db.write() as session:
        name = _here(session, family_id, contact_id).name
        waits = number_changes.open_of(session, contact_id, bot.clock())
        shown: dict[str, Any] = {"waits": waits, "to": _masked(session, waits) if waits else ""}
    shown |= {"family_id": family_id, "contact_id": contact_id, "fault": fault, "told": request.form}
    opened_name = bot.vault.open(name, contacts.NAME) if name else ""
    return show_page(
        "console/family_new_number.html", name=opened_name, means=SAID_MEANS, most=MOST_TRIES, **shown
    )


def _masked(session: Session, waits: NumberChange) -> str:
    new = contacts.by_id(session, waits.new_contact_id)
    return mask(bot_of(current_app).vault.open(new.number, NUMBER)) if new and new.number else ""

"""Texts of which nobody knows whether they went out: look in the carrier's list, and send again."""

from typing import Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from bot.outbox.reconcile import send_again
from bot.store import answers, audit, outbox
from bot.store.audit import Deed
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who

page = Blueprint("unknown", __name__, url_prefix="/delivery/unknown")
_ROLES: Final = ("administrator",)


@page.get("/<int:row_id>")
@needs(*_ROLES)
def show(row_id: int) -> str:
    """The carrier's list could not be read: a person decides whether a text may arrive twice."""
    with bot_of(current_app).db.read() as session:
        row = answers.unknown_row(session, row_id) if _is_theirs() else None
    if row is None:
        abort(404)
    return show_page("console/unknown.html", row=row, word=_word())


@page.post("/<int:row_id>/again")
@needs(*_ROLES)
def again(row_id: int) -> ResponseReturnValue:
    """Look in the list; what is not there is sent again."""
    if not _is_theirs():
        return _over()
    match _sent_again(row_id, blind=False):
        case "found":
            done(_("It had gone out after all: Twilio has it. Nothing was sent twice."))
        case "pending":
            done(_("Twilio does not have it. It is sent again now."))
        case "list_unreadable":
            return redirect(url_for(".show", row_id=row_id), 303)
        case _:
            return _over()
    return redirect(url_for("console.delivery.show"), 303)


@page.post("/<int:row_id>/blind")
@needs(*_ROLES)
def blind(row_id: int) -> ResponseReturnValue:
    """Send it although it may arrive twice; only after the word was typed."""
    if not _is_theirs():
        return _over()
    if request.form.get("typed", "").strip().casefold() != _word().casefold():
        not_done(_("Nothing was sent: the word was not typed as it stands there."))
        return redirect(url_for(".show", row_id=row_id), 303)
    if _sent_again(row_id, blind=True) not in ("found", "pending"):
        return _over()
    done(_("It is sent again now. It may arrive twice."))
    return redirect(url_for("console.delivery.show"), 303)


def _sent_again(row_id: int, *, blind: bool) -> str:
    bot = bot_of(current_app)
    outcome = send_again(bot.outbox, row_id, blind=blind)
    if outcome in ("found", "pending"):
        with bot.db.write() as session:
            detail = {"outcome": outcome, "blind": blind}
            deed = Deed("sent_again", who().account_id, f"outbox:{row_id}", detail=detail)
            audit.append(session, bot.vault, bot.clock(), deed)
    if outcome == "pending":
        _ring(row_id)
    return outcome


def _ring(row_id: int) -> None:
    bot = bot_of(current_app)
    with bot.db.read() as session:
        lane = outbox.lane_of(session, row_id)
    bot.bell.ring("broadcasts" if lane == "broadcasts" else "replies")


def _word() -> str:
    """What is typed to send a text that may arrive twice."""
    return str(gettext("twice"))


def _is_theirs() -> bool:
    """Texts of every school are for who administers all of them."""
    return who().everywhere(_ROLES)


def _over() -> ResponseReturnValue:
    not_done(_("This text is not waiting for you: what became of it is known, or others look after it."))
    return redirect(url_for("console.delivery.show"), 303)

"""Texts that nobody could write: a person lets them be tried anew, since they certainly did not go out."""

from flask import Blueprint, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.outbox.put import LIVES
from bot.store import answers, audit, outbox
from bot.store.audit import Deed
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.visits import who

page = Blueprint("set_aside", __name__, url_prefix="/delivery/set-aside")


@page.post("/<int:row_id>/again")
@needs("administrator")
def again(row_id: int) -> ResponseReturnValue:
    """Three tries more; texts of every school are for who administers all of them."""
    if not (who().everywhere(("administrator",)) and _tried_anew(row_id)):
        not_done(_("This text is not set aside any more, or others look after it."))
    else:
        done(_("It is tried anew. If it fails again, it comes back here."))
    return redirect(url_for("console.delivery.show"), 303)


def _tried_anew(row_id: int) -> bool:
    bot = bot_of(current_app)
    now = bot.clock()
    with bot.db.write() as session:
        lane = outbox.lane_of(session, row_id)
        if not answers.try_anew(session, row_id, now=now, expires_at=now + LIVES):
            return False
        deed = Deed("tried_anew", who().account_id, f"outbox:{row_id}")
        audit.append(session, bot.vault, now, deed)
    bot.bell.ring("broadcasts" if lane == "broadcasts" else "replies")
    return True

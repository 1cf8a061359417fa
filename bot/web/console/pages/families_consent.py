"""What somebody said of our texts on paper, aloud or by e-mail: no more of them, or again; written down."""

from datetime import date, datetime, time
from typing import Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.people.consent import MEANS, log_start, log_stop
from bot.store.contacts import NUMBER
from bot.web.bot_of import bot_of
from bot.web.console.declared import needs
from bot.web.console.family_pages import WHOLE_ROLES, deed, opened, person_of
from bot.web.console.showing import done, not_done
from bot.web.console.visits import who

page = Blueprint("families_consent", __name__, url_prefix="/families/<int:family_id>/people/<int:contact_id>")
_SAID: Final = {
    "stop": _("No more texts go to this number, from now on."),
    "start": _(
        "This number gets texts again. If it texted STOP itself, the phone company may go on blocking ours: "
        "then the person must text START from that phone."
    ),
}
_LOG: Final = {"stop": log_stop, "start": log_start}


@page.post("/consent")
@needs(*WHOLE_ROLES)
def write_down(family_id: int, contact_id: int) -> ResponseReturnValue:
    """Keep it as if the person had texted it; nothing is sent to say so."""
    told = request.form
    log, said_at = _LOG.get(told.get("said", "")), _moment(told.get("day", ""))
    means = next((one for one in MEANS if one == told.get("means")), None)
    if log is None or means is None or said_at is None:
        not_done(_("Not written down: say what was said and how, and a day that has come."))
        return _back(family_id)
    bot, by = bot_of(current_app), f"account:{who().account_id}"
    with bot.db.write() as session:
        opened(session, family_id, whole=True)
        number = person_of(session, family_id, contact_id).number or abort(404)
        e164, now = bot.vault.open(number, NUMBER), bot.clock()
        log(session, bot.vault, e164, means=means, recorded_by=by, said_at=said_at, now=now)
        deed(session, "consent_written", family_id, contact=contact_id, said=told["said"], means=means)
    done(_SAID[told["said"]])
    return _back(family_id)


def _moment(day: str) -> datetime | None:
    """The day as given, at noon: on a day alone nobody knows the hour. None: no day, or not yet."""
    now = bot_of(current_app).clock()
    if not day:
        return now
    try:
        said = datetime.combine(date.fromisoformat(day), time(12), now.tzinfo)
    except ValueError:
        return None
    return min(said, now) if said.date() <= now.date() else None


def _back(family_id: int) -> ResponseReturnValue:
    return redirect(url_for("console.families.one", family_id=family_id), 303)

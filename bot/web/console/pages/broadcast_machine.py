"""A machine drafts the translation of a broadcast: looked at with its way back, sent as nobody's reading."""

from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.broadcast import machine_drafts
from bot.broadcast.refused import Refused
from bot.talk.translating import ForPerson, Wanted, there_and_back
from bot.web.bot_of import bot_of
from bot.web.console import broadcast_desk as desk
from bot.web.console import broadcast_words as words
from bot.web.console.broadcast_desk import ROLES, parts
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.thread_words import REASONS
from bot.web.console.visits import who

page = Blueprint("broadcast_machine", __name__, url_prefix="/broadcasts")
_SHOWN: Final = 400
"""Letters of the way back that are shown: they travel in a cookie"""


@page.post("/<int:draft_id>/machine/<language>")
@needs(*ROLES)
def write(draft_id: int, language: str) -> ResponseReturnValue:
    """Let it translate the text, once for each language; no transaction waits for it."""
    with parts().db.read() as session:
        draft = desk.own_draft(session, draft_id)
        if not machine_drafts.may_be_drafted(draft, language):
            abort(404)
        names = machine_drafts.names_of(session, parts(), who(), draft)
    text, today = draft.texts[draft.language].body, parts().clock().date()
    made = there_and_back(bot_of(current_app).talk, Wanted(text, draft.language, language, names, today))
    if isinstance(made, ForPerson):
        not_done(_("No machine can draft it: %(reason)s.", reason=REASONS[made.why]))
    else:
        _keep(draft, language, made.there, made.back)
    return redirect(url_for("console.broadcast_send.preview", draft_id=draft_id, _anchor="languages"), 303)


def _keep(draft: Any, language: str, there: str, back: str) -> None:
    try:
        with parts().db.write() as session:
            machine_drafts.keep(session, parts(), who(), draft, language, there)
    except Refused as error:
        not_done(words.fault(error).says)
        return
    named = {"language": words.language(language), "back": back[:_SHOWN]}
    done(_("A machine drafted it in %(language)s. Put back into your language it says: %(back)s", **named))

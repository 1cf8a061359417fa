"""A translation for families of a broadcast who wait for one: typed or pasted, looked at, then sent."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.broadcast.drafts import Draft, may_see
from bot.broadcast.refused import NotWaiting, NotYours, Refused
from bot.broadcast.translations import to_translate, translated
from bot.hear.written_in import rather
from bot.store import broadcast_texts, broadcasts
from bot.talk.tell_approvals import tell_translated
from bot.web.bot_of import bot_of
from bot.web.console import broadcast_words as words
from bot.web.console.broadcast_desk import ROLES, parts
from bot.web.console.broadcast_words import Fault
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.showing import show as show_page
from bot.web.console.visits import who
from bot.web.console.waiting_texts import KINDS, LONGEST
from bot.words.agreement import Pair, differences

page = Blueprint("broadcast_translate", __name__, url_prefix="/broadcasts")


@page.get("/<int:broadcast_id>/translate/<language>")
@needs(*ROLES)
def show(broadcast_id: int, language: str) -> ResponseReturnValue:
    """The text beside the field for its translation."""
    with parts().db.read() as session:
        draft = _draft(session, broadcast_id, language)
        return _page(session, draft, language) if draft is not None else _over(session, broadcast_id)


@page.post("/<int:broadcast_id>/translate/<language>")
@needs(*ROLES)
def write(broadcast_id: int, language: str) -> ResponseReturnValue:
    """Give it to those who wait; first ask about what does not agree with the original."""
    body = request.form.get("text", "").replace("\r\n", "\n").strip()[:LONGEST]
    with parts().db.read() as session:
        draft = _draft(session, broadcast_id, language)
        if draft is None:
            return _over(session, broadcast_id)
        doubts = _doubts(draft, language, body)
        if doubts and request.form.get("sure") != "y":
            return _page(session, draft, language, body=body, doubts=doubts), 409
    if (fault := _given(broadcast_id, language, body)) is not None:
        with parts().db.read() as session:
            return _page(session, draft, language, body=body, fault=fault), 422
    parts().queue.ring("chores")
    done(_("The families who wait for it get it now, or at the time that is planned."))
    with parts().db.read() as session:
        return redirect(_back(session, broadcast_id), 303)


def _given(broadcast_id: int, language: str, body: str) -> Fault | None:
    """Give it on; what is wrong with it."""
    try:
        with parts().db.write() as session:
            translated(session, parts(), who(), broadcast_id, language, body)
            talk, me = bot_of(current_app).talk, who().account_id
            is_told = tell_translated(talk, session, broadcast_id, language, me)
        if is_told:
            parts().queue.ring("replies")
    except NotYours:
        abort(404)
    except Refused as error:
        return words.fault(error)
    return None


def _draft(session: Session, broadcast_id: int, language: str) -> Draft | None:
    """A broadcast of which some wait for this language; None where nobody does any more."""
    try:
        return to_translate(session, parts(), who(), broadcast_id, language)
    except NotYours:
        abort(404)
    except NotWaiting:
        return None


def _over(session: Session, broadcast_id: int) -> ResponseReturnValue:
    not_done(_("Nobody waits for that translation: they have it, or the broadcast is over."))
    return redirect(_back(session, broadcast_id), 303)


def _back(session: Session, broadcast_id: int) -> str:
    """To the broadcast, for whoever may see it; translators see the list of what waits."""
    row = broadcasts.by_id(session, broadcast_id)
    if row is not None and may_see(session, who(), row):
        return url_for("console.broadcast_watch.show", broadcast_id=broadcast_id)
    return url_for("console.translations.show")


def _doubts(draft: Draft, language: str, body: str) -> list[Any]:
    """In what the translation does not agree with the original, in words."""
    source = draft.texts.get(draft.language)
    if source is None or not body:
        return []
    bot = bot_of(current_app)
    pair = Pair(source.body, body, draft.language, language, bot.clock().date())
    found = differences(pair, (), bot.talk.library.glossary)
    doubts = list(dict.fromkeys(KINDS[one.kind] for one in found))
    if likely := rather(body, language, bot.talk.library.hearing.heard):
        doubts.append(_("It looks like %(language)s.", language=words.language(likely)))
    return doubts


def _page(
    session: Session,
    draft: Draft,
    language: str,
    *,
    body: str = "",
    doubts: list[Any] | None = None,
    fault: Fault | None = None,
) -> str:
    shown: dict[str, Any] = {
        "draft": draft,
        "language": language,
        "back": _back(session, draft.id),
        "waiting": broadcast_texts.waiting(session, draft.id).get(language, 0),
        "body": body,
        "doubts": doubts or [],
        "fault": fault,
    }
    return show_page("console/broadcast_translate.html", words=words, **shown)

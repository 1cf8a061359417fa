"""Texts that wait for somebody who translates them: oldest first, claimed, written, given on once."""

from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.people.translators import MAY_TRANSLATE
from bot.talk import translation_queue
from bot.talk.replying import Answered, Hindered, working
from bot.web.bot_of import bot_of
from bot.web.console import thread_pages, thread_words, waiting_texts
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.showing import show as show_page

page = Blueprint("translations", __name__, url_prefix="/translations")
_MEANWHILE: Final = _("A colleague was first: it is translated already. Yours was not sent.")


@page.get("/")
@needs(*MAY_TRANSLATE)
def show() -> str:
    """What waits, for whom the caller may translate."""
    return show_page("console/translations.html", **waiting_texts.listed())


@page.get("/<int:task_id>")
@needs(*MAY_TRANSLATE)
def one(task_id: int) -> str:
    """One text with the field for its translation; that it was read is written down."""
    return waiting_texts.page_of(task_id)


@page.post("/<int:task_id>/claim")
@needs(*MAY_TRANSLATE)
def claim(task_id: int) -> ResponseReturnValue:
    """Say that one translates it."""
    waiting_texts.opened(task_id)
    with working(bot_of(current_app).talk, thread_pages.by()) as at:
        is_mine = translation_queue.claim(at, task_id)
    if not is_mine:
        not_done(_("A colleague translates it already."))
    return redirect(url_for(".one", task_id=task_id), 303)


@page.post("/<int:task_id>/write")
@needs(*MAY_TRANSLATE)
def write(task_id: int) -> ResponseReturnValue:
    """Give a translation on; first ask about what does not agree with the original."""
    text = request.form.get("text", "").replace("\r\n", "\n")[: waiting_texts.LONGEST]
    if not text.strip():
        abort(400)
    doubt = waiting_texts.doubts_of(task_id, text)
    if doubt and request.form.get("sure") != "y":
        return waiting_texts.page_of(task_id, draft=text, doubt=doubt), 409
    with working(bot_of(current_app).talk, thread_pages.by()) as at:
        outcome = translation_queue.give_on(at, task_id, text)
    if isinstance(outcome, Hindered):
        return waiting_texts.page_of(task_id, draft=text, fault=thread_words.HINDRANCES[outcome.why]), 409
    _say(outcome)
    return redirect(url_for(".show"), 303)


@page.post("/<int:task_id>/drop")
@needs(*MAY_TRANSLATE)
def drop(task_id: int) -> ResponseReturnValue:
    """Nobody needs it any more."""
    waiting_texts.opened(task_id)
    with working(bot_of(current_app).talk, thread_pages.by()) as at:
        dropped = translation_queue.drop(at, task_id)
    if dropped:
        done(_("It is taken off the list, and nothing of it is sent."))
    else:
        not_done(_MEANWHILE)
    return redirect(url_for(".show"), 303)


def _say(outcome: Any) -> None:
    if isinstance(outcome, Answered):
        done(_("Thank you. It is on its way."))
    else:
        not_done(_MEANWHILE)

"""Ready-made replies in a thread: sent in the family's language, with what it says beside it."""

from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.talk.replying import AlreadySent, Answered, Hindered, Moved, answer
from bot.web.bot_of import bot_of
from bot.web.console import thread_canned, thread_pages, thread_words
from bot.web.console.declared import needs
from bot.web.console.showing import done
from bot.web.console.thread_pages import ROLES

page = Blueprint("thread_canned", __name__, url_prefix="/threads")


@page.post("/<int:thread_id>/canned")
@needs(*ROLES)
def send(thread_id: int) -> ResponseReturnValue:
    """Send one, once, and only to who has seen all that came before; else 409 as of a text of one's own."""
    with bot_of(current_app).db.read() as session:
        here = thread_pages.opened(session, thread_id)
        school = thread_pages.known_school(session, here)
    written = thread_canned.chosen(here.contact, school, request.form)
    if written is None:
        abort(400)
    with thread_pages.at_work(thread_id) as at:
        outcome = answer(at, thread_id, written)
    if isinstance(outcome, Answered | AlreadySent):
        done(_("Sent."))
        return redirect(url_for("console.threads.one", thread_id=thread_id, _anchor="last"), 303)
    moved = outcome if isinstance(outcome, Moved) else None
    fault = thread_words.HINDRANCES[outcome.why] if isinstance(outcome, Hindered) else thread_words.GONE
    return thread_pages.page_of(thread_id, moved=moved, fault=str(fault)), 409

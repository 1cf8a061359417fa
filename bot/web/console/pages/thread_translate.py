"""A text of a family is asked to be translated by a person, from its bubble."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from bot.talk import translation_queue
from bot.web.console import thread_pages
from bot.web.console.declared import needs
from bot.web.console.showing import done, not_done
from bot.web.console.thread_pages import ROLES

page = Blueprint("thread_translate", __name__, url_prefix="/threads")


@page.post("/<int:thread_id>/texts/<int:inbound_id>/translate")
@needs(*ROLES)
def ask(thread_id: int, inbound_id: int) -> ResponseReturnValue:
    """Put it on the list of those who translate; it stands there once, whoever asks."""
    with thread_pages.at_work(thread_id) as at:
        asked = translation_queue.ask(at, thread_id, inbound_id, thread_pages.reader())
    if asked:
        done(_("Somebody who speaks both languages is asked. The translation will stand beside the text."))
    else:
        not_done(_("That was not possible: look at the thread as it is now."))
    return redirect(url_for("console.threads.one", thread_id=thread_id, _anchor="texts"), 303)

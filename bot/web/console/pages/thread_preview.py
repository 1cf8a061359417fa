"""While somebody writes: what the family would get, and what that says when it is translated back."""

from typing import Any

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from bot.web.bot_of import bot_of
from bot.web.console import composing, thread_words
from bot.web.console.declared import needs
from bot.web.console.showing import show as show_page
from bot.web.console.thread_pages import ROLES

page = Blueprint("thread_preview", __name__, url_prefix="/threads")


@page.post("/<int:thread_id>/preview")
@needs(*ROLES)
def show(thread_id: int) -> ResponseReturnValue:
    """A part of the thread's page; nothing is sent by it."""
    draft, family = composing.draft(), composing.family_language(thread_id)
    has_text = bool(draft.text.strip())
    told: dict[str, Any] = {
        "asked": composing.asked_first(draft, family) if has_text else None,
        "preview": composing.looked_at(thread_id, draft, family) if has_text else None,
        "is_held": has_text and family not in (None, draft.language),
        "has_machine": bot_of(current_app).talk.translator is not None,
        "reads": family,
        "words": thread_words,
        "reasons": thread_words.REASONS,
    }
    return show_page("console/thread_back.html", **told)

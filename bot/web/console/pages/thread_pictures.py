"""Pictures of a thread, the family's and ours: unsealed for who may see it, never a page of their own."""

from flask import Blueprint, Response, abort, current_app

from bot.carrier.picture_fit import KIND
from bot.store import media
from bot.store.media import CONTENT
from bot.talk.replying import Working
from bot.web.bot_of import bot_of
from bot.web.console import composed_picture, thread_pages
from bot.web.console.declared import needs
from bot.web.console.thread_pages import ROLES

page = Blueprint("thread_pictures", __name__, url_prefix="/threads")


@page.get("/<int:thread_id>/pictures/<int:media_id>")
@needs(*ROLES)
def came(thread_id: int, media_id: int) -> Response:
    """What a family sent along, unsealed for who may see the thread; never a page of its own."""
    bot = bot_of(current_app)
    with bot.db.write() as session:
        here = thread_pages.opened(session, thread_id)
        found = next((one for one in media.of_thread(session, thread_id) if one.id == media_id), None)
        if found is None or found.content is None:
            abort(404)
        working = Working(bot.talk, session, thread_pages.by(), bot.clock())
        working.deed("picture_read", here.thread, media=media_id)
    content = bot.vault.open_bytes(found.content, CONTENT)
    kind = found.kind if found.kind.startswith("image/") else "application/octet-stream"
    answered = Response(content, mimetype=kind)
    answered.headers["Content-Disposition"] = "inline" if kind == found.kind else "attachment"
    return answered


@page.get("/<int:thread_id>/sent-pictures/<int:picture_id>")
@needs(*ROLES)
def went(thread_id: int, picture_id: int) -> Response:
    """What a colleague sends or sent along, for who may see the thread; never a page of its own."""
    with bot_of(current_app).db.read() as session:
        thread_pages.opened(session, thread_id)
        content = composed_picture.shown(session, picture_id, thread_id)
    if content is None:
        abort(404)
    answered = Response(content, mimetype=KIND)
    answered.headers["Content-Disposition"] = "inline"
    return answered

"""Pictures for families, as the carrier fetches them: by an address that nobody can guess."""

from flask import Blueprint, Response, abort, current_app

from bot.outbox.picture_links import PATH, picture_of
from bot.store import pictures as kept
from bot.store.pictures import CONTENT
from bot.web.bot_of import bot_of
from bot.web.failures import catch_in

pictures = Blueprint("pictures", __name__, url_prefix=f"/{PATH}")
catch_in(pictures, 503)


@pictures.get("/<token>.jpg")
def one(token: str) -> Response:
    """The bytes with the media type that they have: Twilio compares both, by HEAD and GET."""
    bot = bot_of(current_app)
    picture_id = picture_of(bot.vault, token, bot.clock())
    if picture_id is None:
        abort(404)
    with bot.db.read() as session:
        found = kept.fetched_now(session, picture_id)
        if found is None or found.content is None:
            abort(404)
        content, kind = bot.vault.open_bytes(found.content, CONTENT), found.kind
    answered = Response(content, mimetype=kind)
    answered.headers["Content-Disposition"] = 'inline; filename="picture.jpg"'
    answered.headers["Cache-Control"] = "no-store"
    return answered

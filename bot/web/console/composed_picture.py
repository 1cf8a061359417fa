"""A picture that goes along with an answer: made fit and kept as soon as it is posted."""

from hashlib import sha256
from typing import Final

from flask import current_app, request
from flask_babel import lazy_gettext as _
from sqlmodel import Session

from bot.carrier.picture_fit import KIND, NotFit, fit
from bot.store import pictures
from bot.store.pictures import CONTENT, Picture
from bot.talk.pictures_sent import reaches
from bot.web.bot_of import bot_of
from bot.web.console import thread_pages
from bot.web.console.visits import who

MOST_BYTES: Final = 64 * 1024 * 1024
"""Of the whole form: more than is taken, so that what was typed beside a picture too large is kept"""
_MOST_OF_PICTURE: Final = 20 * 1024 * 1024
"""As a phone's camera makes it"""
FAULTS: Final = {
    "no_picture": _(
        "That file is no picture that phones can show. Choose a JPEG, PNG, WebP or GIF; your text is kept."
    ),
    "too_many_pixels": _(
        "That picture is too large. Choose one of at most 20 MB, or a screenshot of it; your text is kept."
    ),
}


def posted(thread_id: int) -> int | None:
    """Id of the picture that goes along: of this form, or chosen before and kept. Raises NotFit."""
    file = request.files.get("file")
    content = file.read(_MOST_OF_PICTURE + 1) if file else b""
    if len(content) > _MOST_OF_PICTURE:
        raise NotFit("too_many_pixels")
    if not content:
        return _chosen_before(thread_id)
    picture, bot = _sealed(thread_id, fit(content)), bot_of(current_app)
    with bot.db.write() as session:
        here = thread_pages.opened(session, thread_id)
        if not reaches(bot.vault, here.contact, bot.clock()):
            raise NotFit("no_picture")
        return pictures.add(session, picture)


def _sealed(thread_id: int, content: bytes) -> Picture:
    bot = bot_of(current_app)
    return Picture(
        thread_id=thread_id,
        account_id=who().account_id,
        digest=bot.vault.fingerprint(f"picture:{sha256(content).hexdigest()}"),
        kind=KIND,
        size=len(content),
        content=bot.vault.seal_bytes(content, CONTENT),
        created_at=bot.clock(),
    )


def shown(session: Session, picture_id: int, thread_id: int) -> bytes | None:
    """The picture itself, for who may see the thread; None where it is not kept."""
    found = pictures.in_thread(session, picture_id, thread_id)
    return bot_of(current_app).vault.open_bytes(found.content or b"", CONTENT) if found else None


def _chosen_before(thread_id: int) -> int | None:
    told = request.form.get("picture", "")
    if request.form.get("without_picture") or not told.isdecimal() or len(told) > 18:
        return None
    with bot_of(current_app).db.read() as session:
        found = pictures.of_writer(session, int(told), thread_id, who().account_id)
    return found.id if found else None

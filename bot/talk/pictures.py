"""Pictures, voice notes and papers of families: fetched by a chore, kept sealed, deleted at the carrier."""

from typing import Protocol

import structlog

from bot.carrier.media_kinds import kind_of
from bot.carrier.twilio.media import MediaAway, MediaTooLarge
from bot.ports import Clock
from bot.store import media
from bot.store.database import Database
from bot.store.media import CONTENT, Errand
from bot.store.vault import Vault

AT_ONCE = 5
"""Texts in one round: other chores wait meanwhile"""

_log = structlog.get_logger(__name__)


class Attachments(Protocol):
    """The carrier's files of one text; each call raises MediaAway where it is not answered."""

    def of_text(self, sid: str) -> list[str]:
        """SIDs of the files."""

    def fetch(self, sid: str, media_sid: str) -> bytes:
        """The content of one. Raises MediaTooLarge."""

    def delete(self, sid: str, media_sid: str) -> None:
        """Leave no copy there."""


def keep_pictures(db: Database, vault: Vault, clock: Clock, there: Attachments) -> int:
    """See to the files of texts that are due; returns of how many texts nothing is left to do.

    The content is committed before the carrier's copy is deleted, so that a crash loses nothing.
    """
    with db.write() as session:
        errands = media.due(session, clock(), AT_ONCE)
    return sum(_run(db, vault, clock, there, errand) for errand in errands)


def _run(db: Database, vault: Vault, clock: Clock, there: Attachments, errand: Errand) -> bool:
    try:
        files = _listed(there, errand)
        for media_id, file in zip(errand.waiting, files, strict=False):
            _keep(db, vault, there, errand.sid, media_id, file)
        for file in files:
            there.delete(errand.sid, file)
    except MediaAway as away:
        _log.warning("media_away", inbound=errand.inbound_id, tries=errand.tries, reason=str(away))
        with db.write() as session:
            media.again(session, errand.inbound_id, errand.tries, clock())
        return False
    with db.write() as session:
        media.finish(session, errand.inbound_id)
    return True


def _listed(there: Attachments, errand: Errand) -> list[str]:
    files = there.of_text(errand.sid)
    if len(files) < len(errand.waiting):
        raise MediaAway("not all of it is there yet")
    return files


def _keep(db: Database, vault: Vault, there: Attachments, sid: str, media_id: int, file: str) -> None:
    try:
        content = there.fetch(sid, file)
    except MediaTooLarge:
        content = b""
    kind = kind_of(content)
    with db.write() as session:
        if kind is None:
            media.end(session, media_id, "refused")
        else:
            media.keep(session, media_id, vault.seal_bytes(content, CONTENT), kind, len(content))

"""A translation comes in once the broadcast was sent off: those who wait for it get their text."""

from sqlmodel import Session

from bot.broadcast.drafts import Draft, may_see, opened
from bot.broadcast.parts import Broadcasting
from bot.broadcast.refused import NotWaiting, NotYours
from bot.broadcast.sending import write_down
from bot.broadcast.wording import check
from bot.people.access import Who
from bot.people.translators import translator_of
from bot.store import broadcast_texts, broadcast_translations, broadcasts
from bot.store.broadcast_texts import BroadcastText
from bot.store.broadcast_translations import GOING, PLANNED
from bot.store.broadcasts import Broadcast
from bot.store.consents import wording_id


def to_translate(session: Session, parts: Broadcasting, who: Who, broadcast_id: int, language: str) -> Draft:
    """What is to be put into a language that somebody waits for. Raises NotYours, NotWaiting."""
    return opened(session, parts, _to_translate(session, who, broadcast_id, language))


def translated(
    session: Session, parts: Broadcasting, who: Who, broadcast_id: int, language: str, words: str
) -> None:
    """A translation that families wait for, and for which a person stands. Ring `chores` after.

    Raises NotYours, NotWaiting where nobody waits for this language, UnknownField, TooLong, NoText.
    """
    row = _to_translate(session, who, broadcast_id, language)
    check(words, language)
    of = row.series_id or broadcast_id
    source = broadcast_texts.of(session, of).get(row.language)
    version = wording_id(parts.vault.open(source.body, broadcast_texts.BODY)) if source else None
    text = BroadcastText(
        broadcast_id=of,
        language=language,
        body=b"",
        origin="translator",
        reviewed=True,
        translates=version,
        written_at=parts.clock(),
    )
    broadcast_texts.write(session, parts.vault, text, words)
    write_down(session, parts, who, row, "broadcast_translated")


def _to_translate(session: Session, who: Who, broadcast_id: int, language: str) -> Broadcast:
    """For whoever sees the broadcast, and for translators at its schools."""
    row = broadcasts.by_id(session, broadcast_id)
    if row is None or not (may_see(session, who, row) or _translates(session, who, row, language)):
        raise NotYours("there is no such broadcast of yours")
    if row.state in PLANNED:
        waits = broadcast_translations.is_awaited(session, broadcast_id, language)
    else:
        waits = language in broadcast_texts.waiting(session, broadcast_id)
    if not waits or broadcast_translations.is_written(session, broadcast_id, language):
        raise NotWaiting("nobody waits for this language")
    return row


def _translates(session: Session, who: Who, row: Broadcast, language: str) -> bool:
    if row.state not in (*GOING, *PLANNED):
        return False
    schools = (row.options or {}).get("schools", [])
    return translator_of(session, who).may_for_many(row.language, language, schools)

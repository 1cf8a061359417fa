"""The only way into the outbox: text in, rows out, inside the caller's transaction."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from bot.ports import Channel
from bot.store.outbox import BODY, add
from bot.store.vault import Vault
from bot.words.segments import count, split
from bot.words.tidy import outgoing

LIVES: Final = timedelta(hours=24)
"""How long after its time a text may still go out when the caller names no end: an answer that comes a
day late confuses, and a row without an end would wait for ever."""


class NothingToSay(ValueError):
    """The text is empty once it is tidied; no carrier takes an empty text (Twilio error 21602)."""


def put(
    session: Session,
    vault: Vault,
    *,
    contact_id: int,
    body: str,
    channel: Channel,
    lane: str,
    kind: str,
    now: datetime,
    inbound_id: int | None = None,
    thread_id: int | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> list[int]:
    """Store one text to one contact, in parts where it is longer than a carrier takes.

    Returns the ids of its rows in the order they go out. Raises NothingToSay. Ring the lane after
    the commit, never before: a worker would look and find nothing.
    """
    due = due_at or now
    common = {
        "contact_id": contact_id,
        "lane": lane,
        "kind": kind,
        "channel": channel,
        "state": "pending",
        "attempts": 0,
        "stumbles": 0,
        "due_at": due,
        "expires_at": expires_at or due + LIVES,
        "inbound_id": inbound_id,
        "thread_id": thread_id,
        "created_at": now,
    }
    text = outgoing(body).strip()
    if not text:
        raise NothingToSay("nothing is left of the text")
    rows = [{**common, **_sealed(vault, part)} for part in split(text)]
    return add(session, rows)


def _sealed(vault: Vault, part: str) -> dict[str, object]:
    size = count(part)
    return {"body": vault.seal(part, BODY), "segments": size.segments, "encoding": size.encoding}

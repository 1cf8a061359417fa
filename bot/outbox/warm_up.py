"""What each forked job asks the database first, compiled before the fork: the copies inherit it.

SQLAlchemy keeps what it has compiled with the engine. Left to the job, the claim and the last look before
the call cost each reply some 17 ms of the processor anew.
"""

from datetime import UTC, datetime
from typing import Final

from bot.store import claims
from bot.store.claims import Claimed
from bot.store.database import Database
from bot.store.submits import submit

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""Nothing was due by then, and so nothing is taken"""
_NO_ROW: Final = 0


def warm_up(db: Database, lane: str) -> None:
    """Let this process know the statements of a lane's jobs; changes nothing. Raises SQLAlchemyError."""
    with db.write() as session:
        claims.claim(session, lane, "", now=_LONG_AGO, due_by=_LONG_AGO, limit=1)
        for quiet_at in (None, _LONG_AGO):
            submit(session, [_nobodys(quiet_at)], now=_LONG_AGO, look_at=_LONG_AGO)


def _nobodys(quiet_at: datetime | None) -> Claimed:
    """A row that nobody holds; one for the day, and one that the night may hold back."""
    return Claimed(
        id=_NO_ROW,
        token="",
        contact_id=_NO_ROW,
        kind="reply",
        channel="sms",
        body=None,
        tappable=None,
        number=b"",
        language=None,
        whatsapp_at=None,
        attempts=0,
        segments=1,
        encoding="GSM-7",
        broadcast_id=None,
        quiet_at=quiet_at,
        zone=None,
        hours=None,
        expires_at=None,
    )

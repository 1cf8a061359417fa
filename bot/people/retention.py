"""How long the words of texts are kept: 30 days, in a thread 30 days after it closes (DESIGN of privacy).

The flow `my_data` promises this to families.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.ports import Clock
from bot.store import attendance_texts, family_changes, family_notes, marks, pictures, retention
from bot.store.database import Database

KEPT: Final = timedelta(days=30)
NOTES_KEPT: Final = timedelta(days=365)
"""How long what staff note of a family is kept after its last change"""
LOOKED: Final = "retention"
"""Mark of the last time old words were forgotten"""
_EVERY: Final = timedelta(hours=1)


def forget_old_words(db: Database, clock: Clock) -> int:
    """Forget what is too old, once an hour; how many rows lost their words."""
    now: datetime = clock()
    with db.read() as session:
        looked = marks.get(session, LOOKED)
    if looked is not None and now - looked < _EVERY:
        return 0
    with db.write() as session:
        marks.put(session, LOOKED, now)
        pictures.forget_drafts(session, now)
        family_notes.forget(session, now - NOTES_KEPT)
        family_changes.forget(session, now - KEPT)
        attendance_texts.forget(session, (now - KEPT).date())
        return retention.forget_bodies(session, now - KEPT)

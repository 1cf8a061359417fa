"""Names that nothing finds yet are taken up: of before names had words, or kept of a wrong number."""

from datetime import datetime, timedelta
from typing import Final

from bot.ports import Clock
from bot.store import marks, name_words
from bot.store.database import Database
from bot.store.vault import Vault

FILLED: Final = "names_filled"
"""Mark of the last time that no name was without its words"""
_EVERY: Final = timedelta(hours=1)


def fill_names(db: Database, vault: Vault, clock: Clock) -> int:
    """Take up names without words, some at a time; how many. With none left, look once an hour."""
    now: datetime = clock()
    with db.read() as session:
        filled = marks.get(session, FILLED)
        if filled is not None and now - filled < _EVERY:
            return 0
        waiting = name_words.without(session)
    with db.write() as session:
        if not waiting:
            marks.put(session, FILLED, now)
        return name_words.fill(session, vault, waiting)

"""Staff note of a family what colleagues should know; what must never be noted of one is refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlmodel import Session

from bot.hear.private import volunteers_status
from bot.store import family_notes
from bot.store.family_notes import NOTE
from bot.store.vault import Vault

LONGEST: Final = 1000
Outcome = Literal["kept", "gone", "private", "nothing"]
"""private: it tells of papers, status or such numbers; nothing: it is empty, or another person's"""


@dataclass(frozen=True, slots=True)
class Noting:
    """One person who notes something of one family."""

    session: Session
    vault: Vault
    account_id: int
    now: datetime

    def note(self, family_id: int, text: str) -> tuple[Outcome, int]:
        """Keep a note; with its id."""
        text = _tidy(text)
        if volunteers_status(text) or not text:
            return "private" if text else "nothing", 0
        sealed = self.vault.seal(text, NOTE)
        return "kept", family_notes.add(self.session, family_id, self.account_id, sealed, self.now)

    def change(self, family_id: int, note_id: int, text: str) -> Outcome:
        """Let the own note say something else; without words it is taken away."""
        text = _tidy(text)
        if volunteers_status(text):
            return "private"
        mine = (family_id, note_id, self.account_id)
        if not text:
            return "gone" if family_notes.remove(self.session, *mine) else "nothing"
        sealed = self.vault.seal(text, NOTE)
        return "kept" if family_notes.change(self.session, *mine, sealed, self.now) else "nothing"


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()[:LONGEST]

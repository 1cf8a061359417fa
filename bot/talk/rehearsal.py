"""A conversation played through the real way in, with a clock that can be set and nothing sent.

For `ally chat` and for talks in the tests: the text goes through `receive`, the answer is read from
the outbox. The database is real; only the carrier and the doorbell are missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.flow.offers import offered
from bot.flow.run import Run
from bot.flow.state import State
from bot.flow.turn import Offered
from bot.ports import Channel
from bot.store import contacts, outbox, threads
from bot.store.contacts import Contact
from bot.store.outbox import OutboxRow
from bot.talk.closing import close_thread
from bot.talk.parts import Talk
from bot.talk.receive import receive
from bot.talk.surroundings import here as here_of
from bot.talk.taken import Text
from bot.talk.turns import state_of
from bot.talk.wake import wake_due
from bot.words import tappable


@dataclass
class SetClock:
    """A clock that stands still until it is moved."""

    moment: datetime

    def __call__(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self.moment += by


@dataclass
class Rehearsal:
    """One person's phone, without a carrier."""

    talk: Talk
    clock: SetClock
    number: str
    channel: Channel = "sms"
    _sids: Iterator[int] = field(default_factory=lambda: count(1))
    _shown: int = 0

    def they_say(self, words: str, *, payload: str | None = None, picture: bool = False) -> list[str]:
        """The person texts; what we answer."""
        sid = f"SM{next(self._sids):032x}"
        media = (("http://127.0.0.1/picture", "image/jpeg"),) if picture else ()
        receive(self.talk, Text(sid, self.number, words, self.channel, payload, media))
        return self._new()

    def time_passes(self, by: timedelta) -> list[str]:
        """Time goes by; whatever timers do is said."""
        end = self.clock.moment + by
        while (contact := self.contact()) and contact.wake_at and contact.wake_at <= end:
            self.clock.moment = max(self.clock.moment, contact.wake_at)
            before = contact.wake_at
            wake_due(self.talk)
            after = self.contact()
            if after is not None and after.wake_at == before:
                break
        self.clock.moment = end
        return self._new()

    def person_closes(self) -> list[str]:
        """The person at school has finished."""
        contact = self.contact()
        with self.talk.db.read() as session:
            thread = threads.open_of(session, contact.id or 0) if contact else None
        if thread is not None and thread.id is not None:
            close_thread(self.talk, thread.id)
        return self._new()

    def contact(self) -> Contact | None:
        """The person's row, None before the first text."""
        with self.talk.db.read() as session:
            return contacts.by_number_hash(session, self.talk.vault.fingerprint(self.number))

    def state(self) -> State:
        """Where the conversation stands, as it was stored."""
        contact = self.contact()
        return state_of(self.talk, contact) if contact else State()

    def stands_at(self) -> str:
        """flow/step of the question that waits, empty when nothing does."""
        stack = self.state().stack
        return f"{stack[-1].flow}/{stack[-1].step}" if stack else ""

    def offers(self) -> tuple[Offered, ...]:
        """What may be tapped or answered by number, empty when no choice waits."""
        contact = self.contact()
        if contact is None:
            return ()
        with self.talk.db.read() as session:
            here = here_of(self.talk, session, contact, self.clock())
        run = Run(self.talk.library.book, self.state(), here)
        stood = run.stand()
        return offered(run, stood[1]) if stood and run.waiting == "answer" else ()

    def _new(self) -> list[str]:
        contact = self.contact()
        if contact is None:
            return []
        with self.talk.db.read() as session:
            rows = outbox.to_contact(session, contact.id or 0, after=self._shown)
        self._shown = max([self._shown, *(row.id or 0 for row in rows)])
        return [self._as_shown(row) for row in rows if row.body is not None]

    def _as_shown(self, row: OutboxRow) -> str:
        """A text as its phone shows it."""
        if row.tappable is not None:
            return tappable.drawn(tappable.from_json(self.talk.vault.open(row.tappable, outbox.TAPPABLE)))
        return self.talk.vault.open(row.body or b"", outbox.BODY)

"""Sends what is due in one lane until nothing is: claim, announce, call, write down, again.

One thread does all the database work, so that the answers of many calls share one commit; the
calls themselves run beside each other. The order of each step is the promise:

1. claim: the row is ours alone (and ends here if its contact opted out or its time is over)
2. announce: `submitting` is committed before the call, so a crash leaves a row that says so
3. call the carrier, once
4. write down the answer under the claim's token

Where a throttle holds texts back, rows wait for their time unclaimed, but for the moment that is
booked already. A row whose answer is never written is found by `reconcile`.
"""

import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from bot.outbox.budget import Spree, give_back
from bot.outbox.decide import Again, Answer, Unsent, backoff, decide
from bot.outbox.hand_over import Letter, hand_over
from bot.outbox.parts import Parts
from bot.outbox.put_off import without_the_night
from bot.outbox.record import record
from bot.outbox.whatsapp import Contents
from bot.outbox.written import write_all
from bot.ports import Lane, NotAccepted, Place
from bot.store import claims, contents
from bot.store.claims import Claim, Claimed
from bot.store.submits import submit, turn

BOX: Final = 60.0
"""Seconds after which a drain stops taking rows and rings for another, so that a stop is never far."""
CALL_DEADLINE: Final = timedelta(seconds=45)
"""By then the call is over, one way or the other; without an answer its worker is gone."""
_STRIKES: Final = 3
_STUMBLED_EVERY: Final = 4
"""Each fourth claim looks first for a row that failed its worker a while ago: it does not wait for the end of
a long broadcast, and many that a worker's death left do not slow that down"""
_LONGEST_PAUSE: Final = 1.0
_GATHER: Final = 0.012
"""Seconds in which answers of texts to many are gathered, so that they share their commits; meanwhile the
senders are busy with what was announced ahead"""
_LOOK_AGAIN: Final = 0.25
"""Seconds between looks for new rows while calls are under way: one that hangs holds up no other"""


def drain(
    parts: Parts,
    lane: Lane,
    *,
    stop: Event | None = None,
    late_by: timedelta = timedelta(0),
    seconds: float = BOX,
) -> int:
    """Send what is due in a lane; returns how many calls were made. Safe in any number of processes.

    `stop`: take nothing more and finish what is under way. `late_by`: leave alone what is due for
    less than this, because somebody nearer is about to take it.
    """
    senders = max(1, parts.senders.get(lane, 1))
    # A few are announced ahead, so that no sender waits for a commit; few, because a pause comes too late
    # for them. Of texts that are throttled as many again may wait for their moment, in threads of their own.
    ahead = senders // 2 if lane == "broadcasts" else senders // 4
    size = senders * 2 if parts.throttle else senders + ahead
    threads = size if parts.throttle else senders
    with ThreadPoolExecutor(threads, thread_name_prefix=f"send-{lane}") as pool:
        run = _Run(parts, lane, pool, size, late_by, stop or Event(), time.monotonic() + seconds)
        run.until_nothing_is_due()
    if run.more_to_do:
        parts.bell.ring(lane)
    return run.calls


@dataclass
class _Run:
    parts: Parts
    lane: Lane
    pool: ThreadPoolExecutor
    size: int
    late_by: timedelta
    stop: Event
    ends: float
    calls: int = 0
    claims: int = 0
    strikes: int = 0
    more_to_do: bool = False
    pause: float = 0.0
    """Seconds until there is a turn to claim"""
    has_turn: bool = False
    mean: float = 2.0
    """Segments of a text, as seen lately"""
    flying: dict[Future[Answer], Letter] = field(default_factory=dict)

    def until_nothing_is_due(self) -> None:
        while True:
            taken = self._claim()
            self._announce(taken.rows)
            if self.flying:
                self._land()
            elif self.pause:
                self.stop.wait(self.pause)
            elif not taken.rows and not taken.ended:
                return

    def _claim(self) -> Claim:
        self.pause = 0.0
        free = self.size - len(self.flying)
        if self.stop.is_set() or self.strikes >= _STRIKES or not free:
            return Claim([], 0)
        if time.monotonic() > self.ends:
            self.more_to_do = True
            return Claim([], 0)
        limit = self._may_take(free)
        if not limit:
            return Claim([], 0)
        now, token = self.parts.clock(), self.parts.token()
        due_by = now - self.late_by
        self.claims += 1
        turn = {"stumbled_first": self.claims % _STUMBLED_EVERY == 0}
        with self.parts.db.write() as session:
            taken = claims.claim(session, self.lane, token, now=now, due_by=due_by, limit=limit, **turn)
            return without_the_night(session, taken, now)

    def _may_take(self, free: int) -> int:
        """How many rows to claim now; 0 after setting `pause`, never past the box."""
        if self.parts.throttle is None:
            return free
        turn = self.parts.throttle.turn(self.lane)
        if turn.wait:
            self.pause = min(turn.wait, _LONGEST_PAUSE, max(0.01, self.ends - time.monotonic()))
            return 0
        self.has_turn = True
        return min(free, max(1, int(turn.segments / self.mean)))

    def _book(self, letters: list[Letter]) -> Sequence[Place | None]:
        """When each may be handed over, None: at once; ends the turn, also with no text."""
        if self.parts.throttle is None or not self.has_turn:
            return [None] * len(letters)
        self.has_turn = False
        sizes = [letter.weight for letter in letters]
        if sizes:
            self.mean = sum(sizes) / len(sizes)
        return self.parts.throttle.book(self.lane, sizes)

    def _announce(self, rows: list[Claimed]) -> None:
        letters = self._write(rows)
        if not letters:
            self._book([])
            return
        now = self.parts.clock()
        held = [letter.row for letter in letters]
        try:
            go = self._submit(letters, now)
        except BaseException:
            with self.parts.db.write() as session:
                claims.give_back(session, held)
            raise
        gone = [letter for letter in letters if letter.row.id in go]
        for letter, place in zip(gone, self._book(gone), strict=True):
            self.flying[self.pool.submit(hand_over, self.parts, letter, now, place)] = letter
            self.calls += 1

    def _submit(self, letters: list[Letter], now: datetime) -> set[int]:
        """Write down that these are being handed over, as far as the day's budget bears; ids of those."""
        budget, look_at = self.parts.budget, now + CALL_DEADLINE
        with self.parts.db.write() as session:
            if budget is None:
                go = submit(session, [letter.row for letter in letters], now=now, look_at=look_at)
                turn(session, [letter.row for letter in letters if letter.turned and letter.row.id in go])
                return go
            spree = Spree.begin(budget, session, self.lane, now)
            bears = spree.affordable(letters)
            rows = [letter.row for letter in bears]
            go = submit(session, rows, now=now, look_at=look_at) if rows else set()
            left = [letter for letter in letters if letter not in bears]
            turn(session, [letter.row for letter in bears if letter.turned and letter.row.id in go])
            spree.spend((letter for letter in bears if letter.row.id in go), left)
        return go

    def _usable(self, rows: list[Claimed]) -> Contents:
        """What stands at the carrier for WhatsApp; not asked for where nothing goes there."""
        if not any(row.channel == "whatsapp" for row in rows):
            return {}
        with self.parts.db.read() as session:
            return contents.usable(session)

    def _write(self, rows: list[Claimed]) -> list[Letter]:
        """The texts that can be written; the other rows are somebody else's from now on."""
        written = write_all(self.parts, rows, self._usable(rows), seconds=self.parts.write_within)
        if written.broken or written.left:
            again_at = self.parts.clock() + backoff(1, self.parts.random)
            with self.parts.db.write() as session:
                for row in written.broken:
                    claims.stumble(session, row, again_at)
                if written.left:
                    claims.give_back(session, written.left)
        return written.letters

    def _land(self) -> None:
        """Wait for an answer and write down all that have come."""
        full = len(self.flying) >= self.size
        look_again = min(self.pause or _LOOK_AGAIN, _LOOK_AGAIN)
        done, _ = wait(self.flying, None if full else look_again, FIRST_COMPLETED)
        if full and self.lane == "broadcasts" and self.parts.throttle is None:
            time.sleep(_GATHER)
            done = {call for call in self.flying if call.done()}
        answered = [(self.flying.pop(call), call.result()) for call in done]
        for letter, answer in answered:
            self._count_strikes(letter, answer)
        record(self.parts, answered)
        unsent = [letter for letter, answer in answered if isinstance(answer, NotAccepted | Unsent)]
        if unsent and self.parts.budget is not None:
            with self.parts.db.write() as session:
                give_back(session, self.parts.budget, unsent, self.parts.clock())

    def _count_strikes(self, letter: Letter, answer: Answer) -> None:
        """Three texts in a row that met a fault common to all: leave the lane to a later drain."""
        if not isinstance(answer, NotAccepted):
            self.strikes = 0
            return
        then = decide(answer, letter.attempts, self.parts.random, letter.row.channel)
        self.strikes = self.strikes + 1 if isinstance(then, Again) and then.everybody else 0

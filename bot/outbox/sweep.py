"""The sweeper: what the doorbell did not bring about, this does, with Redis or without.

It sends what is due and was not taken, frees what dead workers held, finds out what became of texts
in doubt, fetches texts that came in while we were down, and wakes conversations whose time has come.
"""

import faulthandler
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Final

import structlog

from bot.outbox.drain import drain
from bot.outbox.overdue import ask_about_overdue
from bot.outbox.parts import Parts
from bot.outbox.reconcile import reconcile
from bot.ports import CarrierRecord, Lane
from bot.store import broadcasts, claims, gates, inbound, marks, statuses

HEARTBEAT: Final = "sweeper"
"""Mark of the last upkeep that ran to its end"""
SWEPT: Final = "inbound_swept"
"""Mark of the time up to which the carrier's list of inbound texts is taken in"""
_GRACE: Final = timedelta(seconds=3)
"""A worker that heard the bell is given this long to take a row"""
_FETCH_EVERY: Final = timedelta(seconds=60)
_OVERLAP: Final = timedelta(minutes=10)
_FIRST_FETCH: Final = timedelta(minutes=15)
_SETTLED: Final = timedelta(seconds=30)
"""A text younger than this may still be on its way through the webhook"""
_FURTHEST: Final = timedelta(days=3)
_PARKED_FOR: Final = timedelta(hours=1)
_BOX: Final = 20.0
_WATCH: Final = 0.4
STUCK: Final = 240.0
"""Seconds after which a round that has not ended never will: so no row waits five minutes for it"""
HANGS: Final = 120.0
"""Seconds in which this process did not come to look at its rounds: something in it lets nothing else run"""

_log = structlog.get_logger(__name__)


class Stuck(RuntimeError):
    """A round of the sweeper does not end: only a new process helps. The message names the round."""


@dataclass
class Sweeper:
    """`take` receives each inbound text that is not here yet and must bear seeing one twice;
    `wake` lets conversations go on whose timer is due and returns how many did; `tell` sends the
    e-mails to staff that are due; `fill` puts texts of broadcasts into the outbox; `translate`
    sees to texts that whoever answers cannot read.
    """

    parts: Parts
    take: Callable[[CarrierRecord], None]
    wake: Callable[[], int]
    tell: Callable[[], int] = lambda: 0
    fill: Callable[[], int] = lambda: 0
    translate: Callable[[], int] = lambda: 0
    fetched_at: datetime | None = field(default=None, init=False)

    def sweep_once(self, stop: Event | None = None) -> int:
        """One round of everything; returns how many texts were handed over. Never raises."""
        self.upkeep()
        self.tell_staff()
        self.fill_outbox()
        self.translate_texts()
        self.ask()
        return self.send("replies", stop) + self.send("broadcasts", stop)

    def send(self, lane: Lane, stop: Event | None = None) -> int:
        """Send what nobody took. Without a bell nobody else will, so there is no grace."""
        late_by = _GRACE if self.parts.bell.is_real else timedelta(0)
        return _guarded(
            lambda: drain(self.parts, lane, stop=stop, late_by=late_by, seconds=_BOX), f"send_{lane}"
        )

    def upkeep(self) -> None:
        """Everything but the sending."""
        _guarded(self._free, "free")
        _guarded(lambda: reconcile(self.parts), "reconcile")
        _guarded(self._fetch, "fetch")
        _guarded(self.wake, "wake")
        _guarded(self._heartbeat, "heartbeat")

    def tell_staff(self) -> None:
        """Apart from the upkeep: a mail server that does not answer holds up nothing else."""
        _guarded(self.tell, "tell")

    def fill_outbox(self) -> None:
        """Apart from the upkeep too: a broadcast to many takes its time."""
        _guarded(self.fill, "fill")

    def translate_texts(self) -> None:
        """Apart too: a machine that translates takes its time, or does not answer."""
        _guarded(self.translate, "translate")

    def ask(self) -> None:
        """What became of texts whose last receipt never came: apart too, one call to the carrier for each."""
        _guarded(lambda: ask_about_overdue(self.parts), "ask")

    def run_forever(self, stop: Event, *, every: float = 1.0) -> None:
        """Sweep every so many seconds until told to stop; each lane has a thread of its own, so that
        a long broadcast delays no reply. What is under way at the stop is finished.

        Raises Stuck when a round does not end; the process must then end too and be started anew. Code that
        lets not even this look through, as a regular expression that does not end, is ended with the process.
        """
        work: dict[str, Callable[[], object]] = {
            "replies": lambda: self.send("replies", stop),
            "broadcasts": lambda: self.send("broadcasts", stop),
            "upkeep": self.upkeep,
            "staff": self.tell_staff,
            "fill": self.fill_outbox,
            "translate": self.translate_texts,
            "ask": self.ask,
        }
        rounds = [_Rounds(name, step, stop, every) for name, step in work.items()]
        try:
            _run_all(rounds)
        finally:
            faulthandler.cancel_dump_traceback_later()

    def _free(self) -> int:
        now = self.parts.clock()
        with self.parts.db.write() as session:
            statuses.bind_parked(session, now - _PARKED_FOR)
            broadcasts.look_after(session, now)
            gates.end_unclear(session, now)
            return claims.reclaim(session, now)

    def _fetch(self) -> int:
        """Take in the carrier's list of inbound texts since the last time, with some overlap."""
        now = self.parts.clock()
        if self.fetched_at is not None and now - self.fetched_at < _FETCH_EVERY:
            return 0
        self.fetched_at = now
        with self.parts.db.read() as session:
            swept, restored = marks.get(session, SWEPT), marks.get(session, marks.DISARMED)
        if restored is not None:
            _log.warning("disarmed_nothing_is_sent")
            return self.fetch_since(restored - _OVERLAP)
        return self.fetch_since(max(swept - _OVERLAP, now - _FURTHEST) if swept else now - _FIRST_FETCH)

    def fetch_since(self, since: datetime) -> int:
        """Take in every text that came since then and is not here; returns how many.

        Raises Uncertain where the carrier's list cannot be read.
        """
        now = self.parts.clock()
        missing = self._missing(since, now - _SETTLED)
        taken = sum(self._took(record) for record in missing)
        if taken == len(missing):
            with self.parts.db.write() as session:
                marks.put(session, SWEPT, now)
        if missing:
            _log.warning("texts_fetched_late", found=len(missing), taken=taken)
        return taken

    def _took(self, record: CarrierRecord) -> bool:
        """Hand one text on; one that breaks is tried again next time and keeps no other back."""
        try:
            self.take(record)
        except Exception as error:  # noqa: BLE001 - as any text that came in, it must not stop the next
            _log.error("text_not_taken", sid=record.sid, error=type(error).__name__)
            return False
        return True

    def _missing(self, since: datetime, until: datetime) -> list[CarrierRecord]:
        """Texts of that time that are not here, oldest first; of one second, as the carrier lists them."""
        listed = [one for one in self.parts.carrier.received_since(since) if one.created_at <= until]
        with self.parts.db.read() as session:
            here = inbound.taken(session, [one.sid for one in listed])
        missing = [one for one in listed if one.sid not in here]
        # The list is newest first and its times are whole seconds: turned round, a second keeps its order.
        missing.reverse()
        return sorted(missing, key=lambda one: one.created_at)

    def _heartbeat(self) -> int:
        with self.parts.db.write() as session:
            marks.put(session, HEARTBEAT, self.parts.clock())
        return 0


def _guarded(step: Callable[[], int], name: str) -> int:
    """Run one step; whatever breaks it, the other steps still run, and it is tried again next round."""
    try:
        return step()
    except Exception as error:  # noqa: BLE001 - the sweeper is the last one standing
        _log.error("sweep_step_failed", step=name, error=type(error).__name__)
        return 0


def _run_all(rounds: Sequence["_Rounds"]) -> None:
    """Start them and wait until all are over. Raises Stuck."""
    _end_unless_called_again()
    for one in rounds:
        one.start()
    while any(one.is_alive() for one in rounds):
        _end_unless_called_again()
        for one in rounds:
            one.join(_WATCH / len(rounds))
            one.raise_if_stuck()


def _end_unless_called_again() -> None:
    """The log then holds names of files and functions, no word of what they work with."""
    faulthandler.dump_traceback_later(HANGS, exit=True)


class _Rounds(Thread):
    """One step again and again. A daemon, because a step that never ends must not keep the process."""

    def __init__(self, name: str, step: Callable[[], object], stop: Event, every: float) -> None:
        super().__init__(name=f"sweep-{name}", daemon=True)
        self._step, self._stop_asked, self._every = step, stop, every
        self._begun: float | None = None

    def run(self) -> None:
        while not self._stop_asked.is_set():
            self._begun = time.monotonic()
            self._step()
            self._begun = None
            self._stop_asked.wait(self._every)

    def raise_if_stuck(self) -> None:
        begun = self._begun
        if begun is not None and time.monotonic() - begun > STUCK:
            _log.error("sweeper_stuck", round=self.name)
            raise Stuck(self.name)

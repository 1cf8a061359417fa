"""What the queue runs: each function takes nothing, builds nothing and calls one thing.

RQ finds them by their dotted names (`bot.outbox.doorbell.JOBS`). They work with what `worker.py` put
together once for its process.
"""

from threading import Event
from typing import Protocol, TypeVar

from bot.outbox.drain import drain
from bot.outbox.parts import Parts
from bot.outbox.sweep import Sweeper
from bot.ports import Lane


class Sends(Protocol):
    """What a process needs whose jobs send."""

    @property
    def outbox(self) -> Parts:
        """What sends."""


class Served(Sends, Protocol):
    """The part of a Bot that chores use."""

    @property
    def sweeper(self) -> Sweeper:
        """What looks after the rest."""


class NotServed(RuntimeError):
    """A job was started in a process that never called `serve`."""


_sends: list[Sends] = []
_served: list[Served] = []
Kind = TypeVar("Kind")
stop = Event()
"""Set when this process is asked to end: a drain then finishes what is under way and returns"""


def serve(bot: Served) -> None:
    """Let the jobs of this process work with this bot."""
    _sends[:] = _served[:] = [bot]


def serve_sending(sender: Sends) -> None:
    """Let the jobs of this process send; chores are for others."""
    _sends[:] = [sender]


def drain_replies() -> None:
    """Send what is due in the lane of replies."""
    _drain("replies")


def drain_broadcasts() -> None:
    """Send what is due in the lane of broadcasts."""
    _drain("broadcasts")


def chores() -> None:
    """Reclaim, reconcile, fetch, wake, e-mails to staff, texts of broadcasts, translations."""
    bot = _one(_served)
    bot.outbox.bell.clear("chores")
    bot.sweeper.upkeep()
    bot.sweeper.tell_staff()
    bot.sweeper.fill_outbox()
    bot.sweeper.translate_texts()


def _drain(lane: Lane) -> None:
    parts = _one(_sends).outbox
    # Before the first look: a text committed after it rings anew and gets a drain of its own.
    parts.bell.clear(lane)
    drain(parts, lane, stop=stop)


def _one(served: list[Kind]) -> Kind:
    if not served:
        raise NotServed("bot.jobs.serve(bot) was not called in this process")
    return served[0]

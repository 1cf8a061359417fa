"""What the outbox works with: handed over once by wiring, the same in every process."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from bot.outbox.caps import Budget
from bot.ports import Carrier, Clock, Lane, Throttle
from bot.store.database import Database
from bot.store.vault import Vault


class Bell(Protocol):
    """The doorbell as the outbox sees it: ring it, and clear the note that it was rung."""

    @property
    def is_real(self) -> bool:
        """Whether somebody else can hear it; without that the sweeper does all the work."""

    def ring(self, lane: Lane) -> bool:
        """Wake the workers of one lane. False when the bell could not be rung; never raises."""

    def clear(self, lane: Lane) -> None:
        """Let the next ring through; called before a drain's first look. Never raises."""

    def answers(self) -> bool:
        """Whether it can be rung just now. Never raises."""


@dataclass(frozen=True)
class Parts:
    """Everything that putting, draining, reconciling and sweeping need."""

    db: Database
    vault: Vault
    carrier: Carrier
    clock: Clock
    bell: Bell
    worker: str = field(default_factory=lambda: socket.gethostname()[:24])
    """Name of this machine or worker, for claims; the process id is added to it"""
    random: Random = field(default_factory=Random)
    senders: Mapping[str, int] = field(default_factory=lambda: {"replies": 4, "broadcasts": 16})
    """How many texts of a lane one drain has under way at once"""
    write_within: float = 10.0
    """Seconds for writing all texts of one claim: thousands of times what they take, and far less than a
    claim is held, so that what comes out of it is still ours"""
    throttle: Throttle | None = None
    """How fast texts may leave; None: as fast as the carrier takes them"""
    reached_at: str = ""
    """Where we are reached from outside, without a slash at its end: carriers fetch pictures there"""
    budget: Budget | None = None
    """How much a day's texts may take; None: no end"""

    def token(self) -> str:
        """A new name for one claim: nobody else's answer can be taken for it."""
        return f"{self.worker}:{os.getpid()}:{self.random.getrandbits(64):016x}"

"""Open pages that look for news take turns and have a share of this process: no text waits for them."""

import random
import threading
import time
from collections.abc import Callable
from typing import Final

from flask import Flask, g
from werkzeug.wrappers import Response

from bot.web.console.looks import look_of

_SHARE: Final = 0.15
"""Of one processor, for all looks of this process together"""
_SAVED: Final = 1.0
"""Seconds of it that are kept at most, for those who look after a quiet while"""
_PLENTY: Final = 0.5
"""Seconds of it with which every look has its turn"""
_WAITS: Final = 0.1
"""Seconds that a look waits for the one before it"""


class Turns:
    """One look at a time, and none where they had their share of the processor lately."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, chance: Callable[[], float] = random.random
    ) -> None:
        self._clock, self._chance = clock, chance
        self._left, self._as_of = _SAVED, clock()
        self._one = threading.Lock()

    def begin(self) -> bool:
        """Take a turn, to be ended by `end`. False: not now.

        Where little is left a turn is the rarer the less there is, by chance: of pages in step not always the
        same lose.
        """
        if not self._one.acquire(timeout=_WAITS):
            return False
        now = self._clock()
        self._left = min(self._left + (now - self._as_of) * _SHARE, _SAVED)
        self._as_of = now
        if self._left > self._chance() * _PLENTY:
            return True
        self._one.release()
        return False

    def end(self, seconds: float) -> None:
        """The turn is over. `seconds`: of the processor that it took."""
        self._left -= seconds
        self._one.release()


def install(app: Flask) -> None:
    """Before anything is asked of the database, tell a page that has no turn that nothing is new."""
    turns = Turns()

    def begin() -> Response | None:
        looked = look_of(app)
        if looked is None or not looked.may_wait:
            return None
        if not turns.begin():
            return Response(status=204)
        g.look_began = time.thread_time()
        return None

    def end(_fault: BaseException | None) -> None:
        began: float | None = g.pop("look_began", None)
        if began is not None:
            turns.end(time.thread_time() - began)

    app.before_request(begin)
    app.teardown_request(end)

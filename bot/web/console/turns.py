"""Open pages that look for news take turns and have a share of this process: no text waits for them."""

import random
import threading
import time
from collections.abc import Callable
from typing import Final

from flask import Flask, g, request
from werkzeug.wrappers import Response

from bot.web.console.declared import needs_of

_SHARE: Final = 0.15
"""Of one processor, for all looks of this process together"""
_SAVED: Final = 0.5
"""Seconds of it that are kept at most, for those who look after a quiet while"""
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

        The less is left the rarer is a turn, by chance, so that pages in step do not always lose to the same.
        """
        if not self._one.acquire(timeout=_WAITS):
            return False
        now = self._clock()
        self._left = min(self._left + (now - self._as_of) * _SHARE, _SAVED)
        self._as_of = now
        if self._left > self._chance() * _SAVED:
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
        if not looks_by_itself(app):
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


def looks_by_itself(app: Flask) -> bool:
    """Whether an open page looks for news, and nobody sits before it perhaps."""
    needed = needs_of(app, request.endpoint or "")
    return needed is not None and needed.by_itself and "HX-Request" in request.headers

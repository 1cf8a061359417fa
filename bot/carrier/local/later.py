"""Does things at a later moment, on background threads: receipts and webhooks."""

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from typing import Final

_log: Final = logging.getLogger(__name__)


class Later:
    """A heap of due moments and some daemon threads that wait on it."""

    def __init__(self, threads: int = 32) -> None:
        self._wanted_threads = threads
        self._threads = 0
        self._order = itertools.count()
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._due = threading.Condition()
        self._busy = 0

    def after(self, seconds: float, job: Callable[[], None]) -> None:
        """Do `job` that many seconds from now; jobs due at one moment start in order of arrival."""
        with self._due:
            due = time.monotonic() + max(0.0, seconds)
            heapq.heappush(self._heap, (due, next(self._order), job))
            if self._threads < min(self._wanted_threads, len(self._heap) + self._busy):
                self._threads += 1
                threading.Thread(target=self._work, daemon=True, name="later").start()
            self._due.notify()

    @property
    def waiting(self) -> int:
        """Jobs that are due later or running now."""
        with self._due:
            return len(self._heap) + self._busy

    def _work(self) -> None:
        while True:
            job = self._next()
            try:
                job()
            except Exception as error:  # noqa: BLE001 - one job must not end the thread for all
                _log.error("a background job failed: %s", type(error).__name__)
            finally:
                with self._due:
                    self._busy -= 1

    def _next(self) -> Callable[[], None]:
        with self._due:
            while True:
                if not self._heap:
                    self._due.wait()
                    continue
                wait = self._heap[0][0] - time.monotonic()
                if wait <= 0:
                    self._busy += 1
                    return heapq.heappop(self._heap)[2]
                self._due.wait(wait)

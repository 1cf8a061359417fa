"""Processes that work in the background: one RQ queue each, and the sweeper."""

import os
import signal
import sys
from datetime import datetime
from typing import Any

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker, Worker
from rq.serializers import JSONSerializer
from sqlalchemy.exc import SQLAlchemyError

from bot import jobs
from bot.outbox import heartbeats
from bot.outbox.warm_up import warm_up
from bot.records import Records

SENDING = ("replies", "broadcasts")
"""Queues whose jobs hand texts over and do nothing else"""
MAINTENANCE = 60
"""Seconds between RQ's own tidying; by default a killed worker's job lies there for ten minutes"""
AWAY = 2.0
"""Seconds between tries when Redis is away"""
HEARD_WITHIN = 75
"""Seconds: RQ waits fifteen fewer for a job, then shows a sign of life; by default it waits for minutes"""

_log = structlog.get_logger(__name__)


class Pulse:
    """The sign of life of one queue's worker, kept in the database."""

    def __init__(self, kept: Records, lane: str) -> None:
        self._kept, self._lane = kept, lane
        self._last: datetime | None = None

    def beat(self) -> None:
        """Mark that we are here, unless we just did. A database that is away is no reason to stop."""
        now = self._kept.clock()
        if self._last is not None and now - self._last < heartbeats.EVERY:
            return
        self._last = now
        try:
            with self._kept.db.write() as session:
                heartbeats.beat(session, self._lane, now)
        except SQLAlchemyError as error:
            _log.warning("no_sign_of_life", lane=self._lane, error=type(error).__name__)
        # No open database connection may be there when a job is forked.
        self._kept.db.close()


class _Gently:
    """Asked to end, a worker lets its drain finish what is under way and begin nothing new."""

    pulse: Pulse

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        self.pulse.beat()
        super().heartbeat(timeout, pipeline)  # type: ignore[misc]

    def request_stop(self, signum: int, frame: Any) -> None:
        jobs.stop.set()
        if horse := getattr(self, "horse_pid", 0):
            os.kill(horse, signal.SIGTERM)
        super().request_stop(signum, frame)  # type: ignore[misc]

    def setup_work_horse_signals(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: jobs.stop.set())


class ForkWorker(_Gently, Worker):
    """A process for each job: one that dies takes nothing along."""


class PlainWorker(_Gently, SimpleWorker):
    """Jobs in this very process, for macOS, where a forked process may not use the network."""


def sweep(bot: jobs.Served) -> None:
    """Run the sweeper; without Redis it is the only one that sends, so it looks more often."""
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: jobs.stop.set())
    bot.sweeper.run_forever(jobs.stop, every=1.0 if bot.outbox.bell.is_real else 0.2)


def work(kept: Records, lane: str) -> None:
    """Work one queue, one job at a time; wait for Redis as long as it is away.

    First `bot.jobs.serve` or, for a queue that only sends, `serve_sending`.
    """
    os.register_at_fork(after_in_child=kept.after_fork)
    if lane in SENDING:
        _warm_up(kept, lane)
    # No open database connection may be there when the first job is forked.
    kept.db.close()
    pulse = Pulse(kept, lane)
    while not jobs.stop.is_set():
        pulse.beat()
        try:
            _worker(str(kept.settings.redis_url), lane, pulse).work(logging_level="WARNING")
        except (RedisError, OSError) as error:
            sys.stderr.write(f"Redis is away ({type(error).__name__}); trying again\n")
        jobs.stop.wait(AWAY)


def _warm_up(kept: Records, lane: str) -> None:
    try:
        warm_up(kept.db, lane)
    except SQLAlchemyError as error:
        # A database that is away makes the jobs slower, and is no reason not to begin.
        _log.warning("not_warmed_up", lane=lane, error=type(error).__name__)


def _worker(redis_url: str, lane: str, pulse: Pulse) -> Worker | SimpleWorker:
    connection = Redis.from_url(redis_url)
    queue = Queue(lane, connection=connection, serializer=JSONSerializer)
    kind = PlainWorker if sys.platform == "darwin" else ForkWorker
    worker = kind(
        [queue],
        connection=connection,
        serializer=JSONSerializer,
        maintenance_interval=MAINTENANCE,
        worker_ttl=HEARD_WITHIN,
        log_job_description=False,
    )
    worker.pulse = pulse
    return worker

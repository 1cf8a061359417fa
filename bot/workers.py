"""Processes that work in the background: one RQ queue each, and the sweeper."""

import os
import signal
import sys
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker, Worker
from rq.serializers import JSONSerializer

from bot import jobs
from bot.wiring import Bot

MAINTENANCE = 60
"""Seconds between RQ's own tidying; by default a killed worker's job lies there for ten minutes"""
AWAY = 2.0
"""Seconds between tries when Redis is away"""


class _Gently:
    """Asked to end, a worker lets its drain finish what is under way and begin nothing new."""

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


def sweep(bot: Bot) -> None:
    """Run the sweeper; without Redis it is the only one that sends, so it looks more often."""
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: jobs.stop.set())
    bot.sweeper.run_forever(jobs.stop, every=1.0 if bot.outbox.bell.is_real else 0.2)


def work(bot: Bot, lane: str) -> None:
    """Work one queue, one job at a time; wait for Redis as long as it is away."""
    jobs.serve(bot)
    os.register_at_fork(after_in_child=bot.after_fork)
    # No open database connection may be there when the first job is forked.
    bot.outbox.db.close()
    while not jobs.stop.is_set():
        try:
            _worker(str(bot.settings.redis_url), lane).work(logging_level="WARNING")
        except (RedisError, OSError) as error:
            sys.stderr.write(f"Redis is away ({type(error).__name__}); trying again\n")
        jobs.stop.wait(AWAY)


def _worker(redis_url: str, lane: str) -> Worker | SimpleWorker:
    connection = Redis.from_url(redis_url)
    queue = Queue(lane, connection=connection, serializer=JSONSerializer)
    kind = PlainWorker if sys.platform == "darwin" else ForkWorker
    return kind(
        [queue],
        connection=connection,
        serializer=JSONSerializer,
        maintenance_interval=MAINTENANCE,
        log_job_description=False,
    )

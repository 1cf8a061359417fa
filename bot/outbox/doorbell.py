"""The doorbell: wakes a lane's workers through RQ. It may be deaf or ring twice; nothing is lost.

Rings coalesce by a flag of ours: while it is up, a drain that has not yet looked is on its way.
The drain takes it down before its first look. RQ's unique job ids cannot serve: an id lives until the
job's end, and a ring that comes after the drain's last look and before that end would be swallowed.
"""

import time
from threading import Lock
from typing import Final

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from bot.ports import Lane

JOBS: Final[dict[Lane, str]] = {
    "replies": "bot.jobs.drain_replies",
    "broadcasts": "bot.jobs.drain_broadcasts",
    "chores": "bot.jobs.chores",
}
_FLAG_SECONDS: Final = 5
"""If the job behind a flag is lost, rings get through again after this; the sweeper is about as soon"""
_CONNECT: Final = 0.25
_ANSWER: Final = 0.5
_DEAF_FOR: Final = 3.0
"""Seconds without a try after Redis did not answer: an inbound text must not wait for it each time"""
JOB_SECONDS: Final = 180

_log = structlog.get_logger(__name__)


class RqDoorbell:
    """Keeps `bot.ports.Queue` with RQ. Jobs are names without arguments: no text, number or id."""

    is_real: Final = True

    def __init__(self, redis_url: str) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_connect_timeout=_CONNECT,
            socket_timeout=_ANSWER,
            retry=Retry(NoBackoff(), 0),
        )
        self._queues = {lane: Queue(lane, connection=self._redis, serializer=JSONSerializer) for lane in JOBS}
        self._deaf_until = 0.0
        self._lock = Lock()

    def ring(self, lane: Lane) -> bool:
        """Wake the workers of a lane. False when Redis is away; never raises."""
        if self._is_deaf():
            return False
        try:
            if not self._redis.set(_flag(lane), 1, nx=True, ex=_FLAG_SECONDS):
                return True
            self._enqueue(lane)
        except (RedisError, OSError) as error:
            self._go_deaf(error)
            return False
        return True

    def clear(self, lane: Lane) -> None:
        """Take the flag down: the drain is about to look. Never raises."""
        if self._is_deaf():
            return
        try:
            self._redis.delete(_flag(lane))
        except (RedisError, OSError) as error:
            self._go_deaf(error)

    def answers(self) -> bool:
        """Whether Redis is there now; asks it at most every few seconds while it is not."""
        if self._is_deaf():
            return False
        try:
            return bool(self._redis.ping())
        except (RedisError, OSError) as error:
            self._go_deaf(error)
            return False

    def close(self) -> None:
        """Close the connections of this process."""
        self._redis.close()

    def _enqueue(self, lane: Lane) -> None:
        try:
            self._queues[lane].enqueue(
                JOBS[lane],
                job_timeout=JOB_SECONDS,
                result_ttl=0,
                failure_ttl=24 * 3600,
                ttl=JOB_SECONDS,
                description=JOBS[lane],
            )
        except BaseException:
            # A flag without a job would swallow rings until it expires.
            self.clear(lane)
            raise

    def _is_deaf(self) -> bool:
        return time.monotonic() < self._deaf_until

    def _go_deaf(self, error: Exception) -> None:
        with self._lock:
            first = not self._is_deaf()
            self._deaf_until = time.monotonic() + _DEAF_FOR
        if first:
            _log.warning("redis_away", error=type(error).__name__)


class NoDoorbell:
    """For an installation without Redis: nobody hears, the sweeper does all the work."""

    is_real: Final = False

    def ring(self, lane: Lane) -> bool:
        """False: nobody hears it."""
        del lane
        return False

    def clear(self, lane: Lane) -> None:
        """Nothing was rung."""

    def answers(self) -> bool:
        """False: there is none."""
        return False


def _flag(lane: Lane) -> str:
    return f"ally:rung:{lane}"

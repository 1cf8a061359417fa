"""How fast texts may leave one sender: segments a second, shared by all processes through Redis.

Every text is booked a moment at which it may be handed over; the next one's follows by its segments.
Replies may be booked further ahead than broadcasts, so broadcasts get only what replies leave; and a reply
takes the place of the next text to many that still waits, so that it waits for one text and not for all
that are booked. Whoever must wait holds no row: a lane may claim when little is booked, and one drain of a
lane at a time.

The pace is 99 % of the rate, and up to 10 ms of delay may be made good. So in any window of w >= 1 s at
most rate * w segments start, plus one text: 0.99 * rate * (w + 0.01) <= rate * w.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from bot.ports import Lane, Place, Turn

PACE: Final = 0.99
SLACK: Final = 0.010
"""Seconds of delay that may be made good"""
AHEAD: Final[Mapping[str, float]] = {"replies": 0.3, "broadcasts": 0.15}
"""Seconds that a lane may book ahead; it books again when half of that is left"""
FURTHEST: Final = max(AHEAD.values())
_CONNECT: Final = 0.25
_ANSWER: Final = 0.5
_AWAY_FOR: Final = 3.0
"""Seconds without a try after Redis did not answer"""

_log = structlog.get_logger(__name__)


@dataclass
class LocalThrottle:
    """Keeps `bot.ports.Throttle` for one process; `share` is its part of the rate."""

    per_second: float
    """Segments"""
    monotonic: Callable[[], float] = time.monotonic
    share: float = 1.0
    booked_to: float = field(default=float("-inf"))
    """On the monotonic clock: when the next text may start"""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def turn(self, lane: Lane) -> Turn:
        """See `bot.ports.Throttle`."""
        ahead = AHEAD.get(lane, FURTHEST)
        with self._lock:
            booked = max(0.0, self.booked_to - self.monotonic())
        if booked > ahead / 2:
            return Turn(booked - ahead / 2, 0)
        return Turn(0.0, max(1, int((ahead - booked) * self._pace)))

    def book(self, lane: Lane, sizes: Sequence[int]) -> list[Place]:  # noqa: ARG002 - the port's
        """See `bot.ports.Throttle`. Of one process alone the lanes are booked one behind the other."""
        with self._lock:
            now = self.monotonic()
            next_at = max(self.booked_to, now - SLACK)
            places = []
            for size in sizes:
                places.append(Place(max(next_at, now)))
                next_at += size / self._pace
            if sizes:
                self.booked_to = next_at
        return places

    def left(self, place: Place) -> float:
        """See `bot.ports.Throttle`."""
        return place.moment - self.monotonic()

    def learn(self, booked_to: float) -> None:
        """Somebody else knows that this much is booked."""
        with self._lock:
            self.booked_to = booked_to

    @property
    def _pace(self) -> float:
        return self.per_second * PACE * self.share


_FORGOTTEN: Final = 2 * FURTHEST
"""Seconds that may be booked when Redis lost all: what both lanes may book, and a long text each"""

_NOW: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local jumped = tonumber(redis.call('HGET', KEYS[1], 'jumped') or 0)
"""
"""`jumped`: microseconds of all replies that went ahead. A text to many that waits is kept by its moment
less what had jumped when it was booked (KEYS[3]), so all that wait move back when that grows."""

_BOOKED: Final = (
    _NOW
    + """
local known, forgotten, since = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local booked = tonumber(redis.call('HGET', KEYS[1], 'to'))
local kept_since = redis.call('HGET', KEYS[1], 'since')
if not booked or not kept_since then
  -- Nothing is kept: new, or forgotten together with what is booked still
  booked, kept_since = now + math.max(known, forgotten), string.format('%.0f', now)
elseif since ~= kept_since then
  -- Who asks has booked what was forgotten, or what Redis was not there to hear
  booked = math.max(booked, now + known)
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - jumped)
local function next_place()
  local first = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
  return first[2] and first[2] + jumped
end
"""
)
"""The moment up to which texts are booked, and since when that is kept; begins both scripts.
`next_place`: the moment of the first text to many that still waits."""

_TURN: Final = (
    _BOOKED
    + """
local ahead, lane, who, mine = tonumber(ARGV[4]), ARGV[5], ARGV[6], ARGV[7]
redis.call('ZADD', KEYS[2], now, mine)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - 10000000)
redis.call('EXPIRE', KEYS[2], 60)
local others = redis.call('ZCARD', KEYS[2])
-- A clock that was set back must not silence us
if booked > now + 600000000 then booked = now + forgotten end
redis.call('HSET', KEYS[1], 'to', string.format('%.0f', booked), 'since', kept_since)
local left = math.max(0, booked - now)
local mine_left = lane == 'replies' and math.max(0, (next_place() or booked) - now) or left
if mine_left > ahead / 2 then return {kept_since, mine_left - ahead / 2, left, others, mine_left} end
local held = redis.call('HGET', KEYS[1], lane)
if held then
  local owner, till = string.match(held, '^(.*) (%d+)$')
  if owner ~= who and tonumber(till) > now then
    return {kept_since, math.min(20000, till - now), left, others, mine_left}
  end
end
redis.call('HSET', KEYS[1], lane, who .. ' ' .. string.format('%.0f', now + 2000000))
return {kept_since, 0, left, others, mine_left}
"""
)
"""Gives microseconds to wait (0: it is your turn, for 2 s at most), microseconds booked, processes, and
microseconds that this lane would wait."""

_BOOK: Final = (
    _BOOKED
    + """
local lane, who, pace, slack = ARGV[4], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])
local held = redis.call('HGET', KEYS[1], lane)
if held and string.sub(held, 1, #who + 1) == who .. ' ' then redis.call('HDEL', KEYS[1], lane) end
local next_at = math.max(booked, now - slack)
local answer = {kept_since, now, 0}
for place = 8, #ARGV do
  local takes, ahead = math.ceil(ARGV[place] * 1000000 / pace), lane == 'replies' and next_place()
  if ahead then
    jumped = jumped + takes
    answer[#answer + 1], answer[#answer + 2] = ahead, 0
  else
    local at = math.ceil(math.max(next_at, now))
    local kept = lane == 'replies' and 0 or at - jumped
    if kept ~= 0 then redis.call('ZADD', KEYS[3], kept, string.format('%.0f', kept)) end
    answer[#answer + 1], answer[#answer + 2] = at, kept
  end
  next_at = next_at + takes
end
redis.call('HSET', KEYS[1], 'to', string.format('%.0f', math.ceil(next_at)), 'since', kept_since)
redis.call('HSET', KEYS[1], 'jumped', string.format('%.0f', jumped))
redis.call('EXPIRE', KEYS[3], 60)
answer[3] = math.ceil(next_at - now)
return answer
"""
)
"""Gives the present moment, microseconds booked ahead, then each text's moment, all by Redis's clock, each
with how its place is kept."""

_LEFT: Final = (
    _NOW
    + """
local moment = tonumber(ARGV[4]) + jumped
if moment <= now then redis.call('ZREM', KEYS[3], ARGV[4]) end
return {ARGV[3], now, moment}
"""
)
"""Gives the present moment and that of the text that is kept so, as it is now."""


class RedisThrottle:
    """Keeps `bot.ports.Throttle` for every process of one sender.

    While Redis is away each process goes on with its part: the rate divided by the processes that asked
    in the last 10 s before. A process that has not noticed yet, or comes later, adds its part to that.
    A Redis that lost everything lets nobody start before what the processes that ask know to be booked
    is over, at least 0.6 s.
    """

    def __init__(self, redis_url: str, sender: str, per_second: float) -> None:
        self._redis = Redis.from_url(
            redis_url,
            socket_connect_timeout=_CONNECT,
            socket_timeout=_ANSWER,
            retry=Retry(NoBackoff(), 0),
        )
        self._keys = [f"ally:throttle:{{{sender}}}{part}" for part in ("", ":processes", ":waiting")]
        self._turn = self._redis.register_script(_TURN)
        self._book = self._redis.register_script(_BOOK)
        self._left = self._redis.register_script(_LEFT)
        self._pace = per_second * PACE
        self._local = LocalThrottle(per_second)
        self._away_until = float("-inf")
        self._since = b""
        """When Redis began to keep what this process knows to be booked; empty when it did not hear all"""

    def turn(self, lane: Lane) -> Turn:
        """See `bot.ports.Throttle`. Never raises."""
        ahead = AHEAD.get(lane, FURTHEST)
        mine = f"{socket.gethostname()}:{os.getpid()}"
        who = f"{mine}:{threading.get_ident()}"
        answer = self._ask(self._turn, [_us(ahead), lane, who, mine])
        if answer is None:
            return self._local.turn(lane)
        wait, booked, processes, until_mine = answer
        self._local.share = 1 / max(1, processes)
        self._local.learn(time.monotonic() + booked / 1e6)
        room = int((ahead - until_mine / 1e6) * self._pace)
        return Turn(wait / 1e6, 0) if wait else Turn(0.0, max(1, room))

    def book(self, lane: Lane, sizes: Sequence[int]) -> list[Place]:
        """See `bot.ports.Throttle`. Never raises."""
        who = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
        answer = self._ask(self._book, [lane, who, self._pace, _us(SLACK), *sizes])
        if answer is None:
            return self._local.book(lane, sizes)
        here, (now, booked, *found) = time.monotonic(), answer
        self._local.learn(here + booked / 1e6)
        starts, kept = found[::2], found[1::2]
        return [Place(here + (at - now) / 1e6, held) for at, held in zip(starts, kept, strict=True)]

    def left(self, place: Place) -> float:
        """See `bot.ports.Throttle`. Never raises; without Redis the moment that was booked holds."""
        left = self._local.left(place)
        if left > 0 or not place.held:
            return left
        answer = self._ask(self._left, [place.held])
        if answer is None:
            return 0.0
        now, moment = answer
        return (moment - now) / 1e6

    def _known(self) -> int:
        """Microseconds that are booked as far as this process knows."""
        return _us(max(0.0, min(600.0, self._local.booked_to - time.monotonic())))

    def _ask(self, script: Callable[..., Any], told: Sequence[Any]) -> list[int] | None:
        if time.monotonic() < self._away_until:
            return None
        try:
            known = [self._known(), _us(_FORGOTTEN), self._since]
            answer: list[Any] = script(keys=self._keys, args=[*known, *told])
        except (RedisError, OSError) as error:
            _log.warning("throttle_on_its_own", error=type(error).__name__, share=self._local.share)
            self._away_until = time.monotonic() + _AWAY_FOR
            self._since = b""
            return None
        self._since, *numbers = answer
        return numbers


def _us(seconds: float) -> int:
    return round(seconds * 1e6)

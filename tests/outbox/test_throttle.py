"""The throttle: never more than the rate in any second, nearly all of it used, replies first."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis import Redis

from bot.outbox.drain import drain
from bot.outbox.throttle import FURTHEST, LocalThrottle, RedisThrottle
from bot.ports import Lane, Place, Turn
from bot.store import contacts
from tests.outbox.conftest import Desk
from tests.servers.redis import RedisServer

Start = tuple[float, int]
"""When a text may be handed over, in seconds, and its segments"""


class Watch:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def over_the_rate(starts: Sequence[Start], rate: float, *, least: float = 1.0) -> float:
    """By how many segments the fullest window of at least `least` seconds exceeds rate * w plus one text."""
    ordered = sorted(starts)
    worst = float("-inf")
    for first, (begins, _) in enumerate(ordered):
        total = largest = 0
        for at, size in ordered[first:]:
            total, largest = total + size, max(largest, size)
            worst = max(worst, total - largest - rate * max(least, at - begins))
    return worst


@given(
    rate=st.sampled_from([1.0, 3.75, 10.0, 100.0]),
    seed=st.integers(0, 10**6),
    share=st.sampled_from([0.6, 1.0, 3.0]),
)
@settings(max_examples=60, deadline=None)
def test_in_no_window_do_more_segments_start_than_the_rate_and_one_text(
    rate: float, seed: int, share: float
) -> None:
    random, watch = Random(seed), Watch()
    throttle = LocalThrottle(rate, watch)
    starts: list[Start] = []
    for _ in range(120):
        lane: Lane = random.choice(("replies", "broadcasts"))
        turn = throttle.turn(lane)
        if not turn.wait:
            sizes = [random.choice((1, 1, 2, 3, 8)) for _ in range(random.randint(0, max(1, turn.segments)))]
            places = throttle.book(lane, sizes)
            starts += [(place.moment, size) for place, size in zip(places, sizes, strict=True)]
        watch.now += random.expovariate(rate * share)
    assert over_the_rate(starts, rate) <= 1e-6


@pytest.mark.parametrize("rate", [10.0, 100.0])
def test_nearly_all_of_the_rate_is_used_although_every_claim_takes_its_time(rate: float) -> None:
    random, watch = Random(1), Watch()
    throttle = LocalThrottle(rate, watch)
    starts: list[Start] = []
    while watch.now < 1030.0:
        turn = throttle.turn("broadcasts")
        if turn.wait:
            watch.now += turn.wait + random.uniform(0.0, 0.003)  # a sleep never ends on time
            continue
        watch.now += random.uniform(0.005, 0.06)  # the claim and its two commits
        starts += [(place.moment, 1) for place in throttle.book("broadcasts", [1] * turn.segments)]
    used = sum(size for at, size in starts if at < 1030.0)
    assert used >= 0.98 * rate * 30
    assert over_the_rate(starts, rate) <= 1e-6


def test_broadcasts_get_only_what_replies_leave() -> None:
    watch = Watch()
    throttle = LocalThrottle(10.0, watch)
    sent: dict[Lane, int] = {"replies": 0, "broadcasts": 0}
    for _ in range(1000):
        for lane in ("broadcasts", "replies"):
            turn = throttle.turn(lane)
            if not turn.wait:
                throttle.book(lane, [1] * turn.segments)
                sent[lane] += turn.segments
        watch.now += 0.01
    assert sent["broadcasts"] <= 3, "a broadcast went although replies could use the whole rate"
    assert sent["replies"] >= 96


class Told(RedisThrottle):
    """Keeps when each text may go, in seconds by the clock of Redis itself."""

    def __init__(self, url: str, rate: float) -> None:
        super().__init__(url, "+15125550100", rate)
        self.starts: list[Start] = []
        self.sizes: dict[int, int] = {}
        """Of texts that replies may still go ahead of, by how their place is kept"""

    def _ask(self, script: Callable[..., Any], told: Sequence[Any]) -> list[int] | None:
        answer = super()._ask(script, told)
        if script is self._book and answer:
            for at, held, size in zip(answer[2::2], answer[3::2], told[4:], strict=True):
                if held:
                    self.sizes[held] = size
                else:
                    self.starts.append((at / 1e6, size))
        elif script is self._left and answer and answer[1] <= answer[0]:
            self.starts.append((answer[1] / 1e6, self.sizes.pop(told[0])))
        return answer


def send_for(throttle: Told, lane: Lane, seed: int, until: int) -> None:
    """As a drain would, but without sleeping out its pauses."""
    random = Random(seed)
    asked = 0
    with ThreadPoolExecutor(32) as pool:
        while asked < 20_000 and len(throttle.starts) < until:
            asked += 1
            turn = throttle.turn(lane)
            if turn.wait:
                threading.Event().wait(min(turn.wait, 0.02))
                continue
            room = random.randint(0, turn.segments)
            sizes: list[int] = []
            while sum(sizes) < room:
                sizes.append(random.choice((1, 1, 3)))
            for place in throttle.book(lane, sizes):
                pool.submit(wait_for, throttle, place)


def wait_for(throttle: RedisThrottle, place: Place) -> None:
    while (left := throttle.left(place)) > 0:
        threading.Event().wait(left)


def run_beside_each_other(url: str, rate: float, until: int, meanwhile: Callable[[], None]) -> list[Start]:
    workers = [Told(url, rate) for _ in range(4)]
    lanes: tuple[Lane, ...] = ("broadcasts", "replies", "broadcasts", "broadcasts")
    threads = [
        threading.Thread(target=send_for, args=(worker, lane, number, until))
        for number, (worker, lane) in enumerate(zip(workers, lanes, strict=True))
    ]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()
    return [start for worker in workers for start in worker.starts]


@pytest.mark.redis
def test_four_workers_over_one_redis_share_one_rate(redis_url: str) -> None:
    starts = run_beside_each_other(redis_url, 200.0, 100, lambda: None)
    assert len(starts) >= 100
    assert over_the_rate(starts, 200.0) <= 1e-3
    assert over_the_rate(starts, 200.0, least=0.2) <= 2.0, "the pace is even within a second too"


@pytest.mark.redis
def test_a_reply_takes_the_place_of_the_next_text_to_many_and_all_of_these_move_back(redis_url: str) -> None:
    """At a pace of one text in a hundred seconds, by Redis's own clock: nothing here waits for a place."""
    slot, many, replies = 100 / 0.99, Told(redis_url, 0.01), Told(redis_url, 0.01)
    _patiently(many, "broadcasts")
    first, second, third = many.book("broadcasts", [1, 1, 1])
    wait_for(many, first)
    replies.book("replies", [2])
    replies.book("replies", [1])
    ((hers, _), (later, _)) = replies.starts
    assert hers == second.held / 1e6, "she waits for one text, not for three"
    assert later == pytest.approx(hers + 2 * slot, abs=0.001), "and the next reply for hers"
    for place in (second, third):
        _, moment = many._ask(many._left, [place.held]) or []
        assert moment / 1e6 == pytest.approx(place.held / 1e6 + 3 * slot, abs=0.001)


@pytest.mark.redis
def test_a_redis_that_forgets_everything_breaks_no_rate(redis_url: str) -> None:
    def forget() -> None:
        for _ in range(6):
            threading.Event().wait(0.15)
            Redis.from_url(redis_url).flushall()

    starts = run_beside_each_other(redis_url, 100.0, 60, forget)
    assert len(starts) >= 60
    assert over_the_rate(starts, 100.0) <= 1e-3


@pytest.mark.redis
def test_what_any_process_had_booked_holds_although_redis_forgot_it(redis_url: str) -> None:
    """By Redis's own clock, however long the machine takes over each step."""
    first, second, third = (Told(redis_url, 1.0) for _ in range(3))
    _patiently(first, "replies")
    first.book("replies", [8])
    Redis.from_url(redis_url).flushall()
    second.turn("broadcasts")
    assert first.turn("replies").wait > 5, "what the first knows is known again"
    third.book("replies", [1])
    assert third.starts[0][0] - first.starts[0][0] >= 8.0


@pytest.mark.redis
def test_only_one_drain_of_a_lane_has_a_turn_until_it_has_booked(redis_url: str) -> None:
    first, second = Told(redis_url, 10.0), Told(redis_url, 10.0)
    assert _patiently(first, "replies").segments >= 1
    seen: list[Turn] = []
    thread = threading.Thread(target=lambda: seen.append(second.turn("replies")))
    thread.start()
    thread.join()
    assert seen[0].wait > 0
    assert first.book("replies", []) == []
    thread = threading.Thread(target=lambda: seen.append(second.turn("replies")))
    thread.start()
    thread.join()
    assert seen[1].wait == 0


def _patiently(throttle: RedisThrottle, lane: Lane) -> Turn:
    while (turn := throttle.turn(lane)).wait:
        threading.Event().wait(turn.wait)
    return turn


@pytest.mark.redis
def test_an_empty_redis_may_have_forgotten_so_nothing_starts_at_once(redis_url: str) -> None:
    turn = RedisThrottle(redis_url, "+15125550100", 100.0).turn("replies")
    assert 0 < turn.wait <= 2 * FURTHEST


@pytest.mark.redis
def test_without_redis_each_process_goes_on_with_its_part(redis_server: RedisServer) -> None:
    throttle = RedisThrottle(redis_server.url, "+15125550100", 100.0)
    _patiently(throttle, "replies")
    client = Redis.from_url(redis_server.url)
    processes = "ally:throttle:{+15125550100}:processes"
    now = client.zrange(processes, 0, -1, withscores=True)[0][1]
    client.zadd(processes, {"another": now, "a third": now, "a fourth": now})
    throttle.book("replies", [])
    _patiently(throttle, "replies")
    redis_server.stop()
    places = throttle.book("replies", [1] * 26)
    assert places[-1].moment - places[0].moment == pytest.approx(25 / (100 * 0.99 / 4))
    redis_server.start()


def test_a_drain_sends_everything_under_a_throttle_and_ends_at_a_stop(desk: Desk) -> None:
    object.__setattr__(desk.parts, "throttle", LocalThrottle(1000.0))
    for number in range(1, 41):
        desk.want(desk.person(number), "Hola", lane="broadcasts")
    assert drain(desk.parts, "broadcasts") == 40
    assert desk.states() == ["accepted"] * 40


def test_a_drain_that_must_wait_holds_no_row_and_heeds_the_stop(desk: Desk) -> None:
    throttle = LocalThrottle(0.01)
    throttle.book("broadcasts", [1])
    object.__setattr__(desk.parts, "throttle", throttle)
    desk.want(desk.person(), "Hola", lane="broadcasts")
    stop = threading.Event()
    ended: list[int] = []
    running = threading.Thread(target=lambda: ended.append(drain(desk.parts, "broadcasts", stop=stop)))
    running.start()
    assert desk.states() == ["pending"]
    stop.set()
    running.join()
    assert ended == [0]
    assert desk.states() == ["pending"]


@pytest.mark.parametrize(("kind", "comes"), [("reply", False), ("opt_out_confirmation", True)])
def test_who_stops_while_a_text_waits_for_its_moment_does_not_get_it(
    desk: Desk,
    kind: str,
    comes: bool,  # noqa: FBT001 - a case
) -> None:
    person = desk.person()
    row = desk.want(person, "Hola", kind=kind)
    desk.while_waiting(lambda session: contacts.stop(session, person, desk.clock()))
    drain(desk.parts, "replies")
    assert len(desk.carrier.accepted) == comes
    assert (desk.row(row).state, desk.row(row).reason) == (
        ("accepted", None) if comes else ("skipped", "opted_out")
    )

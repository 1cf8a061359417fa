"""A claimed text that may not go now waits for its hours, or ends and says why."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.outbox.put_off import put_off, without_the_night
from bot.store import claims
from tests.outbox.conftest import Desk

ZONE = "America/Chicago"
NIGHT = datetime(2026, 10, 13, 20, 0, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(("seconds", "state"), [(0, "skipped"), (1, "pending")])
def test_a_text_whose_time_is_over_by_then_ends(desk: Desk, seconds: int, state: str) -> None:
    later = desk.clock() + timedelta(hours=1)
    row = desk.want(desk.person(), "Hola", expires_at=later + timedelta(seconds=seconds))
    with desk.db.write() as session:
        now = desk.clock()
        (mine,) = claims.claim(session, "replies", "me", now=now, due_by=now, limit=9).rows
        put_off(session, mine, later, "budget")
    assert (desk.row(row).state, desk.row(row).reason) == (state, "budget")


def test_of_one_claim_the_texts_whose_night_has_begun_wait_and_the_others_go(desk: Desk) -> None:
    desk.clock.set(NIGHT - timedelta(minutes=1))
    sleeps = desk.want(desk.person(1), "News", kind="broadcast", zone=ZONE, next_morning=True)
    dies = desk.want(desk.person(2), "News", kind="broadcast", zone=ZONE)
    goes = desk.want(desk.person(3), "You asked")
    with desk.db.write() as session:
        now = desk.clock()
        taken = claims.claim(session, "replies", "me", now=now, due_by=now, limit=9)
        assert without_the_night(session, taken, NIGHT - timedelta(seconds=1)) == taken
        left = without_the_night(session, taken, NIGHT)
    assert [row.id for row in left.rows] == [goes]
    assert left.ended == taken.ended + 2
    assert (desk.row(sleeps).state, desk.row(sleeps).due_at) == ("pending", NIGHT + timedelta(hours=12))
    assert (desk.row(dies).state, desk.row(dies).reason) == ("skipped", "quiet")

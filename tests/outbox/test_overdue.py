"""Texts whose last receipt was lost: the carrier is asked, ever more seldom, and for a day at most."""

from dataclasses import replace

from bot.outbox.drain import drain
from bot.outbox.overdue import ask_about_overdue
from bot.store.contacts import by_id
from tests.outbox.conftest import Desk


def taken(desk: Desk, count: int = 1) -> list[int]:
    """Rows that the carrier took and of which it never told again."""
    rows = [desk.want(desk.person(n), "Hola") for n in range(1, count + 1)]
    drain(desk.parts, "replies")
    assert desk.states() == ["accepted"] * count
    return rows


def becomes(desk: Desk, status: str, error_code: int | None = None) -> None:
    """What the carrier knows of every text from now on."""
    desk.carrier.accepted = [
        replace(one, status=status, error_code=error_code) for one in desk.carrier.accepted
    ]


def test_a_text_that_arrived_is_known_to_have_though_no_receipt_came(desk: Desk) -> None:
    (row_id,) = taken(desk)
    becomes(desk, "delivered")
    desk.clock.move(minutes=9, seconds=59)
    assert ask_about_overdue(desk.parts) == 0
    assert desk.carrier.asked == 0, "a receipt may still be on its way"
    desk.clock.move(seconds=1)
    assert ask_about_overdue(desk.parts) == 1
    assert desk.row(row_id).state == "delivered"
    desk.clock.move(hours=1)
    assert ask_about_overdue(desk.parts) == 0
    assert desk.carrier.asked == 1, "nothing more is to be learned"


def test_what_is_under_way_is_asked_about_ever_more_seldom_and_a_day_at_most(desk: Desk) -> None:
    (row_id,) = taken(desk)
    becomes(desk, "sent")
    asked_at = []
    for minute in range(1, 3 * 24 * 60, 5):
        before = desk.carrier.asked
        ask_about_overdue(desk.parts)
        if desk.carrier.asked > before:
            asked_at.append(minute)
        desk.clock.move(minutes=5)
    assert asked_at == [11, 21, 41, 81, 161, 321, 641, 1281]
    assert desk.row(row_id).state == "sent"


def test_one_round_asks_about_so_many_and_the_next_about_others(desk: Desk) -> None:
    taken(desk, 5)
    becomes(desk, "delivered")
    desk.clock.move(minutes=10)
    assert [ask_about_overdue(desk.parts, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert desk.states() == ["delivered"] * 5


def test_a_round_whose_time_is_over_asks_no_more(desk: Desk) -> None:
    taken(desk, 3)
    becomes(desk, "delivered")
    desk.clock.move(minutes=10)
    assert ask_about_overdue(desk.parts, seconds=-1) == 1


def test_a_carrier_that_is_away_is_not_asked_about_the_next_one_and_all_are_asked_about_later(
    desk: Desk,
) -> None:
    taken(desk, 3)
    becomes(desk, "delivered")
    desk.carrier.list_is_readable = False
    desk.clock.move(minutes=10)
    assert ask_about_overdue(desk.parts) == 0
    assert desk.carrier.asked == 1
    desk.carrier.list_is_readable = True
    desk.clock.move(minutes=10)
    assert ask_about_overdue(desk.parts) == 3


def test_a_text_that_the_carrier_no_longer_has_stays_as_it_is(desk: Desk) -> None:
    (row_id,) = taken(desk)
    desk.carrier.accepted.clear()
    desk.clock.move(minutes=10)
    assert ask_about_overdue(desk.parts) == 0
    assert desk.row(row_id).state == "accepted"


def test_an_opt_out_that_is_learned_so_silences_the_person(desk: Desk) -> None:
    (row_id,) = taken(desk)
    becomes(desk, "failed", 21610)
    desk.clock.move(minutes=10)
    assert ask_about_overdue(desk.parts) == 1
    assert (desk.row(row_id).state, desk.row(row_id).error_code) == ("failed", 21610)
    with desk.db.read() as session:
        contact = by_id(session, desk.row(row_id).contact_id)
        assert contact is not None
        assert contact.stopped_at is not None

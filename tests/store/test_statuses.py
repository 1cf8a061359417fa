"""What the carrier told, in the table: how much each word outweighs, what is parked, what is not ours."""

from datetime import timedelta
from itertools import product

import pytest
from sqlmodel import col, select

from bot.store import statuses
from bot.store.statuses import StatusEvent
from tests.store.conftest import NOW, Rows

SID = "SM" + "1" * 32
BY_WEIGHT = ("accepted", "sent", "failed", "undelivered", "delivered", "read")
"""The later proves more: a text that was delivered was not lost before, whatever was told first"""


def handed_over(rows: Rows, person: int = 0) -> int:
    return rows.want(person, state="submitting", submitted_at=NOW, look_at=NOW)


def told(rows: Rows, row_id: int, *words: tuple[str, int | None]) -> list[bool]:
    with rows.db.write() as session:
        return [statuses.raise_to(session, row_id, SID, status, code) for status, code in words]


def bound(rows: Rows, row_id: int, sid: str = SID) -> bool:
    with rows.db.write() as session:
        return statuses.bind(session, row_id, sid)


def parked(rows: Rows, status: str, sid: str = SID, at: timedelta = timedelta(0)) -> None:
    with rows.db.write() as session:
        statuses.keep(session, sid, None, status, None, NOW + at)


def test_of_two_words_the_weightier_stays_in_either_order(rows: Rows) -> None:
    row_id = handed_over(rows)
    assert bound(rows, row_id)
    for first, second in product(BY_WEIGHT[1:], repeat=2):
        with rows.db.write() as session:
            session.merge(rows.row(row_id)).state = "accepted"
        moved = told(rows, row_id, (first, None), (second, None))
        assert moved == [True, BY_WEIGHT.index(second) > BY_WEIGHT.index(first)]
        assert rows.row(row_id).state == max(first, second, key=BY_WEIGHT.index)


def test_words_that_say_nothing_new_move_nothing(rows: Rows) -> None:
    row_id = handed_over(rows)
    assert bound(rows, row_id)
    assert told(rows, row_id, ("queued", None), ("a word from next year", None)) == [False, False]
    assert told(rows, row_id + 1, ("delivered", None)) == [False]
    assert rows.row(row_id).state == "accepted"


def test_of_two_complaints_the_lower_code_stays(rows: Rows) -> None:
    row_id = handed_over(rows)
    assert bound(rows, row_id)
    complaints = [("undelivered", 30005), ("undelivered", 30006), ("undelivered", 30005)]
    assert told(rows, row_id, *complaints) == [True, False, False]
    assert told(rows, row_id, ("undelivered", 30003)) == [True]
    assert rows.row(row_id).error_code == 30003


def test_what_was_told_before_the_answer_counts_with_it_and_only_for_its_row(rows: Rows) -> None:
    mine, other = handed_over(rows), handed_over(rows, 1)
    parked(rows, "delivered")
    parked(rows, "failed", "SM" + "2" * 32)
    assert bound(rows, other, "SM" + "3" * 32)
    assert not bound(rows, other), "it holds another"
    assert rows.row(other).state == "accepted"
    assert bound(rows, mine)
    assert rows.row(mine).state == "delivered"
    with rows.db.read() as session:
        owners = session.exec(select(StatusEvent.outbox_id).order_by(col(StatusEvent.id))).all()
    assert owners == [mine, None]


def test_a_row_that_was_never_handed_over_takes_no_sid(rows: Rows) -> None:
    row_id = rows.want(0)
    assert not bound(rows, row_id)
    assert not bound(rows, row_id + 1)


@pytest.mark.parametrize(("at", "found"), [(timedelta(0), 1), (timedelta(microseconds=-1), 0)])
def test_what_was_parked_a_moment_too_late_is_found_later(rows: Rows, at: timedelta, found: int) -> None:
    row_id = handed_over(rows)
    assert bound(rows, row_id)
    parked(rows, "delivered", at=at)
    with rows.db.write() as session:
        assert statuses.bind_parked(session, NOW) == found
    assert rows.row(row_id).state == ("delivered" if found else "accepted")


def test_no_more_than_the_limit_is_taken_up_at_once(rows: Rows) -> None:
    for person in range(3):
        row_id, sid = handed_over(rows, person), f"SM{person:032}"
        assert bound(rows, row_id, sid)
        parked(rows, "delivered", sid)
    with rows.db.write() as session:
        assert [statuses.bind_parked(session, NOW, limit=2) for _ in range(3)] == [2, 1, 0]


def test_what_is_too_long_for_its_column_is_kept_as_far_as_it_fits(rows: Rows) -> None:
    parked(rows, "w" * 30, "S" * 70)
    with rows.db.read() as session:
        event = session.exec(select(StatusEvent)).one()
    assert (len(event.sid), len(event.status)) == (64, 24)


def test_whose_text_a_row_is_and_what_it_went_on(rows: Rows) -> None:
    on_whatsapp, on_sms = rows.want(0, channel="whatsapp"), rows.want(1, submitted_at=NOW)
    with rows.db.read() as session:
        assert statuses.channel_of(session, on_whatsapp) == "whatsapp"
        assert statuses.channel_of(session, on_sms) == "sms"
        assert statuses.contact_of(session, on_sms) == rows.people[1]
        assert statuses.submitted_at(session, on_sms) == NOW
        assert statuses.submitted_at(session, on_whatsapp) is None

"""What an answer of the carrier makes of a row, and that it is only said of a row that is still held."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.store import answers
from bot.store.outbox import UNCOUNTED, OutboxRow
from tests.store.conftest import NOW, Rows

LATER = NOW + timedelta(minutes=1)
Said = Callable[[Session, int, str], bool]


def handed_over(rows: Rows, **more: Any) -> int:
    """A row that a worker has announced to the carrier."""
    row_id = rows.want(0, **more)
    assert rows.submit(rows.claim(token="mine")) == {row_id}
    return row_id


def again(session: Session, row_id: int, token: str) -> bool:
    return answers.again(session, row_id, token, due_at=LATER, reason="busy", error_code=20429)


def by_sms(session: Session, row_id: int, token: str) -> bool:
    return answers.by_sms(session, row_id, token, due_at=LATER, error_code=63016)


def end(session: Session, row_id: int, token: str) -> bool:
    return answers.end(session, row_id, token, state="failed", reason="refused")


def doubt(session: Session, row_id: int, token: str) -> bool:
    return answers.doubt(session, row_id, token, LATER)


@pytest.mark.parametrize(
    ("say", "then"),
    [
        (again, ("pending", "busy", "whatsapp", LATER, None)),
        (by_sms, ("pending", answers.BY_SMS, "sms", LATER, None)),
        (end, ("failed", "refused", "whatsapp", NOW, None)),
        (doubt, ("submitting", "uncertain", "whatsapp", NOW, LATER)),
    ],
)
def test_an_answer_is_for_the_worker_that_holds_the_row(
    rows: Rows, say: Said, then: tuple[object, ...]
) -> None:
    row_id = handed_over(rows, channel="whatsapp")
    before = rows.row(row_id)
    with rows.db.write() as session:
        assert not say(session, row_id, "another")
        assert not say(session, row_id + 1, "mine")
    assert rows.row(row_id) == before
    with rows.db.write() as session:
        assert say(session, row_id, "mine")
    row = rows.row(row_id)
    assert (row.state, row.reason, row.channel, row.due_at, row.look_at) == then
    assert row.attempts == 1, "the call was made, whatever came of it"


def test_a_text_that_goes_by_sms_does_so_once(rows: Rows) -> None:
    row_id = handed_over(rows)
    with rows.db.write() as session:
        assert not by_sms(session, row_id, "mine"), "it was an SMS"


def test_what_whatsapp_lost_goes_again_by_sms_as_a_text_of_its_own(rows: Rows) -> None:
    lost = rows.want(
        0, channel="whatsapp", state="undelivered", segments=0, encoding=UNCOUNTED, attempts=2, stumbles=1
    )
    with rows.db.write() as session:
        assert answers.again_by_sms(session, lost, LATER)
        assert not answers.again_by_sms(session, lost, LATER)
    with rows.db.read() as session:
        first, second = session.exec(select(OutboxRow).order_by(col(OutboxRow.id)))
    assert (first.state, first.channel, first.reason) == ("undelivered", "whatsapp", answers.BY_SMS)
    assert (second.state, second.channel, second.reason) == ("pending", "sms", answers.BY_SMS)
    assert (second.segments, second.encoding, second.attempts, second.stumbles) == (0, UNCOUNTED, 0, 0)
    assert (second.body, second.contact_id, second.due_at) == (first.body, first.contact_id, LATER)


def test_a_text_that_is_not_lost_is_not_sent_a_second_time(rows: Rows) -> None:
    arrived = rows.want(0, channel="whatsapp", state="delivered")
    by_sms_already = rows.want(1, channel="sms", state="undelivered")
    forgotten = rows.want(2, channel="whatsapp", state="failed", body=None)
    with rows.db.write() as session:
        assert not any(
            answers.again_by_sms(session, one, LATER) for one in (arrived, by_sms_already, forgotten)
        )


def test_a_person_opens_an_unknown_row_again_with_all_its_tries(rows: Rows) -> None:
    unknown = rows.want(0, state="unknown", stumbles=2)
    failed = rows.want(1, state="failed")
    until = NOW + timedelta(hours=4)
    with rows.db.write() as session:
        assert answers.unknown_row(session, failed) is None
        found = answers.unknown_row(session, unknown)
        assert not answers.reopen(session, failed, now=LATER, expires_at=until)
        assert answers.reopen(session, unknown, now=LATER, expires_at=until)
        assert not answers.reopen(session, unknown, now=LATER, expires_at=until)
    assert found is not None
    assert found.id == unknown
    row = rows.row(unknown)
    assert (row.state, row.due_at, row.expires_at, row.stumbles) == ("pending", LATER, until, 0)

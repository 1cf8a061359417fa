"""Into the outbox: what stands in a row when the caller's transaction is committed."""

from datetime import timedelta

import pytest

from bot.outbox.put import LIVES, NothingToSay, put
from bot.store.outbox import BODY
from tests.outbox.conftest import Desk


def test_a_row_holds_the_sealed_text_with_its_segments_and_its_time(desk: Desk) -> None:
    row = desk.row(desk.want(desk.person(), "Mañana hay clases"))
    assert row.body is not None
    assert b"clases" not in row.body
    assert desk.vault.open(row.body, BODY) == "Mañana hay clases"
    assert (row.segments, row.encoding, row.state) == (1, "GSM-7", "pending")
    assert row.due_at == desk.clock()
    assert row.expires_at == desk.clock() + LIVES


def test_a_text_beyond_gsm_7_is_counted_as_what_it_costs(desk: Desk) -> None:
    row = desk.row(desk.want(desk.person(), "学" * 71))
    assert (row.segments, row.encoding) == (2, "UCS-2")


def test_a_long_text_becomes_several_rows_that_go_out_in_order(desk: Desk) -> None:
    person = desk.person()
    with desk.db.write() as session:
        ids = put(
            session,
            desk.vault,
            contact_id=person,
            body="One sentence of the letter. " * 200,
            channel="sms",
            lane="replies",
            kind="reply",
            now=desk.clock(),
        )
    assert len(ids) >= 4
    assert ids == sorted(ids)


def test_nothing_is_there_when_the_callers_transaction_fails(desk: Desk) -> None:
    person = desk.person()

    def turn() -> None:
        told = {"contact_id": person, "channel": "sms", "lane": "replies", "kind": "reply"}
        with desk.db.write() as session:
            put(session, desk.vault, body="Hola", now=desk.clock(), **told)  # type: ignore[arg-type]
            raise RuntimeError("the turn broke")

    with pytest.raises(RuntimeError, match="the turn broke"):
        turn()
    assert desk.states() == []


@pytest.mark.parametrize("nothing", ["", "   \n", "\x00\x07"])
def test_a_text_of_nothing_is_refused(desk: Desk, nothing: str) -> None:
    with pytest.raises(NothingToSay):
        desk.want(desk.person(), nothing)


def test_control_characters_and_lone_surrogates_never_reach_a_row(desk: Desk) -> None:
    row = desk.row(desk.want(desk.person(), "Ho\x00la \ud83d!"))
    assert row.body
    desk.vault.open(row.body, BODY).encode()


def test_a_given_time_and_end_are_kept(desk: Desk) -> None:
    due = desk.clock() + timedelta(hours=1)
    row = desk.row(desk.want(desk.person(), "Hola", due_at=due, expires_at=due + timedelta(hours=2)))
    assert row.due_at == due
    assert row.expires_at == due + timedelta(hours=2)


def test_ids_are_never_given_twice(desk: Desk) -> None:
    """A receipt may still come for a row that is gone; it must not meet another one."""
    first = desk.want(desk.person(), "Hola")
    with desk.db.write() as session:
        session.delete(session.merge(desk.row(first)))
    assert desk.want(desk.person(), "Hola") > first

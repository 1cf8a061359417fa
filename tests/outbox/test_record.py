"""Answers of the carrier that do not fit: what is written down of them, and that others stand."""

from datetime import timedelta

from sqlmodel import select

from bot.outbox.decide import Accepted, Unsent
from bot.outbox.drain import drain
from bot.outbox.hand_over import Letter, write
from bot.outbox.record import record
from bot.outbox.status import record_status
from bot.ports import Outgoing
from bot.store import claims, outbox
from bot.store.statuses import StatusEvent
from bot.store.submits import submit
from tests.outbox.conftest import Desk

FIRST, SECOND, THIRD = (f"SM{number:032x}" for number in (1, 2, 3))


def announced(desk: Desk) -> list[Letter]:
    """All that is due, as it stands at the moment of the call."""
    now = desk.clock()
    with desk.db.write() as session:
        rows = claims.claim(session, "replies", desk.parts.token(), now=now, due_by=now, limit=10).rows
        submit(session, rows, now=now, look_at=now + timedelta(seconds=45))
    return [write(desk.parts, row, {}) for row in rows]


def test_an_answer_with_a_sid_of_another_text_is_shown_to_a_person_and_the_others_stand(desk: Desk) -> None:
    ours = desk.want(desk.person(1), "Hola")
    drain(desk.parts, "replies")
    assert desk.row(ours).sid == FIRST
    mistaken, sound, after = (desk.want(desk.person(n), "Hola") for n in (2, 3, 4))
    record(
        desk.parts,
        list(zip(announced(desk), [Accepted(FIRST), Accepted(SECOND), Accepted(THIRD)], strict=True)),
    )
    assert (desk.row(mistaken).state, desk.row(mistaken).reason) == ("unknown", "sid_taken")
    assert [(desk.row(row_id).state, desk.row(row_id).sid) for row_id in (ours, sound, after)] == [
        ("accepted", FIRST),
        ("accepted", SECOND),
        ("accepted", THIRD),
    ]
    with desk.db.read() as session:
        assert outbox.unknown_ids(session) == [mistaken]


def test_of_a_text_that_went_out_twice_the_second_is_kept_beside_the_row(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "Hola")

    def another(message: Outgoing) -> None:
        with desk.db.write() as session:
            record_status(session, SECOND, message.row_id, "delivered", None, desk.clock())

    desk.while_sending(another)
    drain(desk.parts, "replies")
    assert (desk.row(row_id).state, desk.row(row_id).sid) == ("delivered", SECOND)
    with desk.db.read() as session:
        kept = [(one.sid, one.outbox_id, one.status) for one in session.exec(select(StatusEvent))]
    assert kept == [(SECOND, row_id, "delivered"), (FIRST, None, "accepted")]


def test_a_text_that_was_too_late_to_be_handed_over_is_due_again_from_now_on(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "Hola")
    (letter,) = announced(desk)
    desk.clock.move(seconds=30)
    record(desk.parts, [(letter, Unsent())])
    row = desk.row(row_id)
    assert (row.state, row.reason, row.due_at) == ("pending", "too_late", desk.clock())

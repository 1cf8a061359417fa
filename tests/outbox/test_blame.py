"""Numbers that get no texts and faults of our own: noted, heeded, mended, shown to the office."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.outbox.drain import drain
from bot.outbox.status import record_status
from bot.ports import NotAccepted
from bot.store import contacts, failing, troubles
from bot.store.contacts import Contact
from tests.outbox.conftest import Desk


def told(desk: Desk, row_id: int, status: str, code: int | None = None) -> None:
    sid = desk.row(row_id).sid
    assert sid is not None
    with desk.db.write() as session:
        record_status(session, sid, row_id, status, code, desk.clock())


def sent(desk: Desk, person: int, lane: str = "replies") -> int:
    row_id = desk.want(person, "Hola", lane)
    drain(desk.parts, "replies" if lane == "replies" else "broadcasts")
    return row_id


def contact(desk: Desk, person: int) -> Contact:
    with desk.db.read() as session:
        found = contacts.by_id(session, person)
    assert found is not None
    return found


@pytest.mark.parametrize("code", [30005, 30006, 21614])
def test_a_dead_number_gets_no_more_texts_until_its_holder_writes(desk: Desk, code: int) -> None:
    person = desk.person()
    told(desk, sent(desk, person), "undelivered", code)
    assert contact(desk, person).dead_at == desk.clock()

    later = sent(desk, person)
    assert (desk.row(later).state, desk.row(later).reason) == ("skipped", "dead_number")

    with desk.db.write() as session:
        found = contacts.by_id_locked(session, person)
        assert found is not None
        failing.forgive(found)
    assert desk.row(sent(desk, person)).state == "accepted"


def test_a_refusal_at_the_door_says_the_same_as_a_receipt(desk: Desk) -> None:
    person = desk.person()
    desk.carrier.script = [NotAccepted(21614, "no")]
    row_id = sent(desk, person)
    assert (desk.row(row_id).state, desk.row(row_id).reason) == ("failed", "landline")
    assert contact(desk, person).failing_code == 21614
    assert contact(desk, person).dead_at is not None


def test_a_phone_out_of_reach_is_noted_and_still_texted_and_a_delivery_clears_it(desk: Desk) -> None:
    person = desk.person()
    told(desk, sent(desk, person), "undelivered", 30003)
    since = contact(desk, person).failing_since
    desk.clock.move(days=1)
    told(desk, sent(desk, person), "undelivered", 30003)
    assert (contact(desk, person).failing_since, contact(desk, person).dead_at) == (since, None)

    desk.clock.move(days=1)
    row_id = sent(desk, person)
    told(desk, row_id, "sent")
    assert contact(desk, person).failing_since == since, "it left the carrier and may still be lost"
    told(desk, row_id, "delivered")
    assert contact(desk, person).failing_since is None


def test_receipts_in_any_order_leave_a_text_that_arrived_without_blame(desk: Desk) -> None:
    person = desk.person()
    for order in (("undelivered", "delivered"), ("delivered", "undelivered")):
        row_id = sent(desk, person)
        for status in order:
            told(desk, row_id, status, 30005 if status == "undelivered" else None)
        assert contact(desk, person).dead_at is None, order


def test_an_older_text_that_arrives_late_says_nothing_of_a_number_that_died_since(desk: Desk) -> None:
    person = desk.person()
    early = sent(desk, person)
    desk.clock.move(hours=1)
    told(desk, sent(desk, person), "undelivered", 30005)
    told(desk, early, "delivered")
    assert contact(desk, person).dead_at is not None


def test_a_late_receipt_does_not_silence_somebody_who_wrote_since(desk: Desk) -> None:
    person = desk.person()
    row_id = sent(desk, person)
    desk.clock.move(minutes=5)
    with desk.db.write() as session:
        writer = contacts.by_id_locked(session, person)
        assert writer
        writer.last_inbound_at = desk.clock()
    desk.clock.move(minutes=1)
    told(desk, row_id, "undelivered", 30005)
    assert contact(desk, person).failing_since is None


def test_an_error_that_is_not_the_numbers_fault_is_not_blamed_on_it(desk: Desk) -> None:
    person = desk.person()
    for code in (30007, 30008, 30034, 63024, 99999):
        told(desk, sent(desk, person), "undelivered", code)
    assert contact(desk, person).failing_since is None


def open_codes(desk: Desk) -> list[tuple[int, int]]:
    with desk.db.read() as session:
        return [(one.code, one.times) for one in troubles.open_ones(session)]


def test_an_unregistered_sender_stops_a_broadcast_once_and_replies_go_on(desk: Desk) -> None:
    first = sent(desk, desk.person(1), "broadcasts")
    told(desk, first, "undelivered", 30034)
    rest = [desk.want(desk.person(n), "Hola", "broadcasts") for n in range(2, 8)]
    drain(desk.parts, "broadcasts")
    assert {desk.row(row_id).state for row_id in rest} == {"pending"}
    assert len(desk.carrier.accepted) == 1
    assert open_codes(desk) == [(30034, 1)]
    assert desk.row(sent(desk, desk.person(9))).state == "accepted"
    assert open_codes(desk) == [(30034, 1)], "that a reply is taken proves nothing about its delivery"

    with desk.db.write() as session:
        assert troubles.mend_all(session, desk.clock()) == 1
    drain(desk.parts, "broadcasts")
    assert {desk.row(row_id).state for row_id in rest} == {"accepted"}


@pytest.mark.parametrize(("channel", "code"), [("whatsapp", 63038), ("sms", 21606)])
def test_a_receipt_that_blames_our_settings_holds_broadcasts_on_either_channel(
    desk: Desk, channel: str, code: int
) -> None:
    """21606 is a fault of the sender of SMS there; on WhatsApp the text would go by SMS."""
    person = desk.person()
    with desk.db.write() as session:
        writer = contacts.by_id_locked(session, person)
        assert writer
        writer.channel, writer.whatsapp_at = channel, desk.clock()
    row_id = desk.want(person, "Hola", channel=channel)
    drain(desk.parts, "replies")
    told(desk, row_id, "failed", code)
    assert open_codes(desk) == [(code, 1)]
    assert desk.row(sent(desk, desk.person(2), "broadcasts")).state == "pending"


def test_refused_credentials_hold_broadcasts_until_the_carrier_takes_a_text_again(desk: Desk) -> None:
    desk.carrier.script = [NotAccepted(20003, "no")]
    row_id = desk.want(desk.person(1), "Hola")
    drain(desk.parts, "replies")
    assert desk.row(row_id).state == "pending", "our fault: it goes out once that is mended"
    assert open_codes(desk) == [(20003, 1)]

    waiting = sent(desk, desk.person(2), "broadcasts")
    assert desk.row(waiting).state == "pending"
    desk.clock.move(minutes=2)
    drain(desk.parts, "replies")
    assert desk.row(row_id).state == "accepted"
    assert open_codes(desk) == []
    drain(desk.parts, "broadcasts")
    assert desk.row(waiting).state == "accepted"


def test_a_fault_that_comes_back_is_a_new_one(desk: Desk) -> None:
    now = desk.clock()
    with desk.db.write() as session:
        assert [troubles.note(session, 30034, now) for _ in range(3)] == [True, False, False]
        troubles.mend_all(session, now)
        assert troubles.note(session, 30034, now + timedelta(days=1))
    assert open_codes(desk) == [(30034, 1)]


def test_only_families_numbers_are_for_the_office_to_mend(desk: Desk) -> None:
    told(desk, sent(desk, desk.person()), "undelivered", 30005)
    with desk.db.read() as session:
        assert list(failing.to_mend(session, desk.clock())) == [], "a stranger's number is nobody's to mend"
        assert session.exec(select(Contact.dead_at)).one() is not None

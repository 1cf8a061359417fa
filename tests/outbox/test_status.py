"""Receipts: late, early, doubled, shuffled, about texts that nobody knows."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from random import Random

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from bot.outbox.drain import drain
from bot.outbox.status import record_status
from bot.store import consents, contacts, statuses
from bot.store.statuses import StatusEvent
from tests.outbox.conftest import Desk

Told = tuple[str, int | None]


def tell(desk: Desk, sid: str, row_id: int | None, *told: Told) -> None:
    for status, error_code in told:
        with desk.db.write() as session:
            record_status(session, sid, row_id, status, error_code, desk.clock())


def sent(desk: Desk, person: int | None = None) -> tuple[int, str]:
    """A row that the carrier took, and its SID."""
    row_id = desk.want(person or desk.person(), "Hola")
    drain(desk.parts, "replies")
    return row_id, desk.carrier.accepted[-1].sid


def events(desk: Desk) -> list[tuple[str, int | None]]:
    with desk.db.read() as session:
        return [(one.status, one.outbox_id) for one in session.exec(select(StatusEvent))]


def consent(desk: Desk, person: int) -> str:
    with desk.db.read() as session:
        contact = contacts.by_id(session, person)
    assert contact
    return contact.consent


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ("queued", "accepted"),
        ("sending", "accepted"),
        ("sent", "sent"),
        ("delivered", "delivered"),
        ("undelivered", "undelivered"),
        ("failed", "failed"),
        ("canceled", "failed"),
        ("read", "read"),
        ("partially_delivered", "accepted"),
        ("a word from next year", "accepted"),
    ],
)
def test_each_word_of_the_carrier_leads_to_its_state_and_unknown_ones_are_kept(
    desk: Desk, told: str, state: str
) -> None:
    row_id, sid = sent(desk)
    tell(desk, sid, row_id, (told, None))
    assert desk.row(row_id).state == state
    assert events(desk) == [(told, row_id)]


STORIES: list[list[Told]] = [
    [("sent", None), ("delivered", None)],
    [("sent", None), ("delivered", None), ("read", None)],
    [("sent", None), ("undelivered", 30003)],
    [("failed", 30008)],
    [("sent", None), ("undelivered", 30005), ("delivered", None)],
    [("sent", None), ("undelivered", 30005), ("undelivered", 30003)],
]


def orders() -> Iterator[list[Told]]:
    """Each story in every order, plain, doubled and tripled."""
    chance = Random(11)
    for story in STORIES:
        for order in permutations(story):
            yield list(order)
        for times in (2, 3):
            many = story * times
            for _ in range(6):
                chance.shuffle(many)
                yield list(many)


def test_in_whatever_order_and_however_often_receipts_come_the_end_is_the_same(desk: Desk) -> None:
    ends: dict[frozenset[Told], set[tuple[str, int | None]]] = {}
    for number, order in enumerate(orders()):
        row_id = desk.want(desk.person(number % 50), f"text {number}")
        drain(desk.parts, "replies")
        sid = desk.row(row_id).sid
        assert sid
        tell(desk, sid, row_id if number % 2 else None, *order)
        row = desk.row(row_id)
        ends.setdefault(frozenset(order), set()).add((row.state, row.error_code))
    assert all(len(end) == 1 for end in ends.values()), ends
    assert ends[frozenset(STORIES[1])] == {("read", None)}
    assert ends[frozenset(STORIES[4])] == {("delivered", None)}
    assert ends[frozenset(STORIES[5])] == {("undelivered", 30003)}


def test_a_receipt_before_the_answer_mends_the_row_that_a_crash_left_behind(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "Hola")
    desk.carrier.script = ["accept and fall silent"]
    drain(desk.parts, "replies")
    sid = desk.carrier.accepted[0].sid
    tell(desk, sid, row_id, ("sent", None))
    assert (desk.row(row_id).state, desk.row(row_id).sid) == ("sent", sid)


def test_a_receipt_of_an_unknown_text_is_kept_and_counts_once_the_text_is_known(desk: Desk) -> None:
    row_id = desk.want(desk.person(), "Hola")
    sid = f"SM{1:032x}"
    tell(desk, sid, None, ("delivered", None), ("sent", None))
    assert events(desk) == [("delivered", None), ("sent", None)]
    drain(desk.parts, "replies")
    assert desk.row(row_id).state == "delivered"
    assert {owner for _, owner in events(desk)} == {row_id}


def test_receipts_parked_at_the_very_moment_of_the_answer_are_bound_by_the_sweeper(desk: Desk) -> None:
    row_id, sid = sent(desk)
    with desk.db.write() as session:
        statuses.keep(session, sid, None, "delivered", None, desk.clock())
    with desk.db.write() as session:
        assert statuses.bind_parked(session, desk.clock() - timedelta(hours=1)) == 1
    assert desk.row(row_id).state == "delivered"


def test_a_receipt_that_names_a_row_never_handed_over_is_kept_and_changes_nothing(desk: Desk) -> None:
    """After a restored backup a row's id may have belonged to another text."""
    row_id = desk.want(desk.person(), "Hola")
    tell(desk, "SM" + "f" * 32, row_id, ("delivered", None))
    assert desk.row(row_id).state == "pending"
    assert events(desk) == [("delivered", None)]


def test_a_receipt_that_names_a_row_never_handed_over_silences_nobody(desk: Desk) -> None:
    person = desk.person()
    row_id = desk.want(person, "Hola")
    tell(desk, "SM" + "f" * 32, row_id, ("failed", 21610), ("undelivered", 30005))
    assert consent(desk, person) != "stopped"
    drain(desk.parts, "replies")
    assert desk.row(row_id).state == "accepted"


def test_a_receipt_of_another_text_does_not_touch_the_row_it_names(desk: Desk) -> None:
    row_id, _ = sent(desk)
    tell(desk, "SM" + "f" * 32, row_id, ("undelivered", 30003))
    assert desk.row(row_id).state == "accepted"


def test_a_row_that_does_not_exist_is_no_fault(desk: Desk) -> None:
    tell(desk, "SM" + "f" * 32, 999_999, ("delivered", None))
    assert events(desk) == [("delivered", None)]


@pytest.mark.parametrize("code", [21610, 63014])
def test_a_receipt_that_says_opted_out_stops_the_contact(desk: Desk, code: int) -> None:
    person = desk.person()
    row_id, sid = sent(desk, person)
    noted: list[list[int]] = []
    for _ in ("first", "and again"):
        with capture_logs() as lines:
            tell(desk, sid, row_id, ("failed", code))
        noted.append([line["outbox_id"] for line in lines if line["event"] == "opted_out_at_carrier"])
    assert consent(desk, person) == "stopped"
    assert desk.row(row_id).error_code == code
    assert noted == [[row_id], []]


def test_a_late_receipt_does_not_undo_a_start_that_came_after_its_text(desk: Desk) -> None:
    person = desk.person()
    row_id, sid = sent(desk, person)
    desk.clock.move(minutes=5)
    with desk.db.write() as session:
        contacts.stop(session, person, desk.clock())
        contacts.start(session, person)
        consents.record(session, person, "started", language="es", wording="", source="text", at=desk.clock())
    tell(desk, sid, row_id, ("failed", 21610))
    assert consent(desk, person) == "given"


def test_a_receipt_reopens_nothing_that_is_over(desk: Desk) -> None:
    row_id, sid = sent(desk)
    tell(desk, sid, row_id, ("read", None), ("failed", 30008), ("sent", None), ("queued", None))
    assert desk.row(row_id).state == "read"

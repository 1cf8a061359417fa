"""The carrier's way in: signed or refused, stored before it is acknowledged, each text once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from bot.carrier.twilio.signatures import sign
from bot.store.outbox import OutboxRow
from bot.store.statuses import StatusEvent
from tests.fixtures.installation import ENGLISH, PUBLIC, SPANISH, TOKEN, Install
from tests.web.conftest import Door, encoded

EMPTY = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


def rows(door: Door) -> int:
    """How many texts are written down, in and out."""
    with door.house.bot.db.read() as session:
        return len(session.exec(select(OutboxRow.id)).all()) + len(door.house.received())


def test_a_signed_text_is_stored_answered_and_acknowledged_with_an_empty_response(door: Door) -> None:
    answer = door.knock(door.form("Hello"))
    assert (answer.status_code, answer.data, answer.mimetype) == (200, EMPTY, "text/xml")
    assert door.house.bodies() == ["Hello"]
    assert len(door.house.answers()) == 1


@pytest.mark.parametrize(
    "signature",
    [None, "", "x", "A" * 28, "é" * 28, "A" * 100_000, "AAAA AAAA", "=" * 28, sign("other", PUBLIC, {})],
)
def test_what_is_not_signed_by_the_carrier_leaves_no_row(door: Door, signature: str | None) -> None:
    for path in ("/twilio/inbound", "/twilio/status?m=1"):
        assert door.post(path, encoded(door.form()), signature).status_code == 403
    assert rows(door) == 0


def test_a_signature_covers_address_query_and_every_field(door: Door) -> None:
    form = door.form("Hello")
    good = sign(TOKEN, f"{PUBLIC}/twilio/inbound", form)
    for changed in ({**form, "Body": "Hullo"}, {**form, "From": SPANISH}, {**form, "More": "1"}):
        assert door.knock(changed, signature=good).status_code == 403
    assert door.knock(form, "/twilio/inbound?more=1", signature=good).status_code == 403
    assert door.knock(form, token="another token").status_code == 403
    assert rows(door) == 0
    assert door.knock(form, signature=good).status_code == 200


def test_while_a_token_is_being_rotated_both_sign(install: Install, door_of: Any) -> None:
    door = door_of(install(TWILIO_AUTH_TOKEN_OLD="the one before"))
    assert door.knock(door.form(), token="the one before").status_code == 200
    assert door.knock(door.form()).status_code == 200


def test_without_a_token_nothing_is_signed(install: Install, door_of: Any) -> None:
    """An installation that lacks its token must not be open to everybody."""
    door = door_of(install(TWILIO_AUTH_TOKEN=""))
    assert door.knock(door.form(), token="").status_code == 403


def test_only_posts_are_taken(door: Door) -> None:
    assert door.app.test_client().get("/twilio/inbound").status_code in (403, 405)


def test_the_same_text_ten_times_at_once_is_one_row_and_one_answer(door: Door) -> None:
    form = door.form("Hello")
    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(lambda _: door.knock(form).status_code, range(10)))
    assert statuses == [200] * 10
    assert len(door.house.received()) == 1
    assert len(door.house.answers()) == 1


def test_a_repeat_much_later_is_acknowledged_and_changes_nothing(door: Door) -> None:
    form = door.form("Hello")
    door.knock(form)
    door.knock(door.form("1"))
    door.house.clock.move(days=1)
    said = door.house.answers()
    answer = door.knock(form)
    assert (answer.status_code, answer.data) == (200, EMPTY)
    assert door.house.answers() == said


def test_two_texts_of_one_person_at_once_are_both_answered_one_after_the_other(door: Door) -> None:
    door.knock(door.form("Hello"))
    forms = [door.form("1"), door.form("1")]
    with ThreadPoolExecutor(2) as pool:
        assert [answer.status_code for answer in pool.map(door.knock, forms)] == [200, 200]
    first, second, third = door.house.answers()
    assert first.startswith("Hello!")
    assert second != third, "the second answers the question that the first has asked"
    with door.house.bot.db.read() as session:
        answered = session.exec(select(OutboxRow.inbound_id).order_by(OutboxRow.id)).all()  # type: ignore[arg-type]
    assert answered == [one.id for one in door.house.received()], "each answers its own text, in order"


def test_first_texts_of_many_people_at_once_are_all_answered(door: Door) -> None:
    numbers = [f"+151255501{n}" for n in range(20, 45)]
    with ThreadPoolExecutor(25) as pool:
        answers = list(pool.map(lambda one: door.knock(door.form("Hello", one)).status_code, numbers))
    assert answers == [200] * 25
    assert [len(door.house.answers(one)) for one in numbers] == [1] * 25


@contextmanager
def broken_commits() -> Iterator[None]:
    """Every commit fails as that of a full disk or a lost server does."""

    def fail(_session: Session) -> None:
        raise OperationalError("COMMIT", {}, Exception("disk full"))

    event.listen(Session, "before_commit", fail)
    try:
        yield
    finally:
        event.remove(Session, "before_commit", fail)


def test_what_could_not_be_committed_is_not_acknowledged_and_comes_again(door: Door) -> None:
    form = door.form("Hello")
    with broken_commits():
        answer = door.knock(form)
    assert answer.status_code == 503
    assert b"Hello" not in answer.data
    assert rows(door) == 0
    assert door.knock(form).status_code == 200, "the carrier tries again"
    assert len(door.house.answers()) == 1


def test_a_receipt_that_could_not_be_committed_is_not_acknowledged(door: Door) -> None:
    form = {"MessageSid": "SM" + "a" * 32, "MessageStatus": "delivered"}
    with broken_commits():
        assert door.knock(form, "/twilio/status?m=1").status_code == 503


def test_receipts_of_any_kind_are_welcome(door: Door) -> None:
    """Unknown rows, doubled ones, statuses that nobody knows: kept, and answered with 200."""
    for status in ("sent", "delivered", "sent", "delivered", "teleported"):
        form = {"MessageSid": "SM" + "b" * 32, "MessageStatus": status}
        for query in ("?m=999", "", "?m=nonsense", "?m=1&m=2"):
            assert door.knock(form, f"/twilio/status{query}").status_code == 200
    with door.house.bot.db.read() as session:
        assert session.exec(select(StatusEvent)).first() is not None


def test_an_answer_rings_and_a_repeat_does_not(door: Door) -> None:
    rung: list[str] = []

    class Bell:
        is_real = True

        def ring(self, lane: str) -> bool:
            rung.append(lane)
            return True

    object.__setattr__(door.house.bot.talk, "queue", Bell())
    form = door.form("Hello", ENGLISH)
    door.knock(form)
    door.knock(form)
    assert rung == ["replies"]

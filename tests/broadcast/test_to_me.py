"""A look at the texts on one's own phone: marked, in each language, a few times an hour, counted nowhere."""

import pytest
from sqlmodel import select

from bot.broadcast.drafts import Written
from bot.broadcast.refused import NotYours
from bot.broadcast.to_me import NoPhone, TooOften, send_to_me
from bot.store import contacts
from bot.store.contacts import Contact
from bot.store.outbox import BODY, OutboxRow
from bot.store.schools import STAFF_TEXT, Staff
from tests.broadcast.conftest import BOTH, Campus

MINE = "+15125550191"


def with_phone(campus: Campus) -> None:
    """The roster knows the teacher's number."""
    with campus.db.write() as session:
        person = session.get(Staff, campus.teacher.staff_id)
        assert person is not None
        person.text = campus.vault.seal(MINE, STAFF_TEXT)
        session.add(person)


def look(campus: Campus, draft_id: int) -> list[str]:
    """Have it sent; every text to the teacher so far."""
    with campus.db.write() as session:
        send_to_me(session, campus.parts, campus.teacher, draft_id)
        me = contacts.by_number_hash(session, campus.vault.fingerprint(MINE))
        mine = select(OutboxRow).where(OutboxRow.contact_id == (me.id if me else 0))
        rows = list(session.exec(mine.order_by(OutboxRow.id)))  # type: ignore[arg-type]
        assert {(row.broadcast_id, row.lane, row.kind) for row in rows} == {(None, "replies", "notice")}
        return [campus.vault.open(row.body or b"", BODY) for row in rows]


def families(campus: Campus) -> None:
    for language in ("en", "es", None):
        campus.family(campus.contact(language))


def test_each_language_comes_once_and_says_that_it_is_a_test(campus: Campus) -> None:
    families(campus)
    with_phone(campus)
    first, second = look(campus, campus.draft(texts=BOTH))
    assert first.startswith("TEST, English:\n\nNo school on Friday.")
    assert first.endswith("Reply STOP to end these.")
    assert second == "TEST, Español:\n\nNo hay clases el viernes."
    assert not campus.look(campus.draft(texts=BOTH)).counted.contacts - 3


def test_three_times_an_hour_is_the_most(campus: Campus) -> None:
    families(campus)
    with_phone(campus)
    draft = campus.draft(texts={"en": Written("Hello."), "es": Written("Hola.")})
    for _ in range(3):
        look(campus, draft)
    with pytest.raises(TooOften):
        look(campus, draft)
    campus.clock.move(minutes=61)
    assert len(look(campus, draft)) == 8


def test_without_a_number_after_stop_or_for_somebody_else_nothing_goes_out(campus: Campus) -> None:
    families(campus)
    draft = campus.draft(texts=BOTH)
    with pytest.raises(NoPhone):
        look(campus, draft)
    with_phone(campus)
    with campus.db.write() as session, pytest.raises(NotYours):
        send_to_me(session, campus.parts, campus.principal, draft)
    with campus.db.write() as session:
        me = contacts.find_or_create(session, campus.vault, MINE, campus.clock())
        contacts.stop(session, me.id or 0, campus.clock())
    with pytest.raises(NoPhone):
        look(campus, draft)
    with campus.db.read() as session:
        assert not session.exec(select(OutboxRow)).all()
        assert session.exec(select(Contact)).all()

"""What a family answers to a broadcast: a person reads it, first whoever sent it."""

from sqlmodel import select

from bot.outbox.put import ToMany, put_many
from bot.store import accounts, broadcasts, notices, threads
from bot.store.accounts import Account
from bot.store.notices import Notice
from bot.store.outbox import OutboxRow
from bot.store.schools import Staff
from tests.fixtures.installation import ENGLISH, Installation

ANSWER = "Zoe brings the blue folder herself"


def broadcast_to(house: Installation, number: str = ENGLISH) -> int:
    """A broadcast of a teacher that this number got."""
    now, vault = house.bot.clock(), house.bot.vault
    contact_id = house.contact(number).id or 0
    with house.bot.db.write() as session:
        staff = session.exec(select(Staff).where(Staff.source_id == "staff-luna")).one()
        staff.text = vault.seal("+15125550177", "staff.text")
        session.add(staff)
        account = Account(
            staff_id=staff.id,
            name=vault.seal("Luna", accounts.NAME),
            email=vault.seal("luna@school.example", accounts.EMAIL),
            email_hash="luna",
            language="en",
            state="active",
            created_at=now,
        )
        accounts.add(session, account)
        made = broadcasts.create(session, created_by="luna", now=now)
        made.account_id = account.id
        shared = ToMany(made, "America/Chicago", now)
        put_many(session, vault, shared, [(contact_id, "Folders are due.", "sms")], now)
        row = session.exec(select(OutboxRow).where(OutboxRow.broadcast_id == made.id)).one()
        row.state, row.submitted_at = "delivered", now
        session.add(row)
        return made.id or 0


def begun(house: Installation) -> None:
    """The number wrote before and stands nowhere."""
    house.text("thank you")


def test_what_no_flow_takes_goes_to_the_sender_beside_the_broadcast(house: Installation) -> None:
    begun(house)
    made = broadcast_to(house)
    house.text(ANSWER)
    thread = house.thread()
    assert thread is not None
    assert thread.broadcast_id == made
    with house.bot.db.read() as session:
        told = session.exec(select(Notice).where(Notice.thread_id == thread.id)).all()
        sender = session.exec(select(Staff).where(Staff.source_id == "staff-luna")).one()
        assert threads.answering(session, made) == 1
        assert [one.staff_id for one in told] == [sender.id]
    assert notices.ADDRESS


def test_after_three_days_it_is_a_text_like_any_other(house: Installation) -> None:
    begun(house)
    broadcast_to(house)
    house.clock.move(hours=73)
    house.text(ANSWER)
    assert house.thread() is None


def test_a_question_that_a_flow_answers_is_no_answer_to_the_broadcast(house: Installation) -> None:
    begun(house)
    broadcast_to(house)
    house.text("when is there no school?")
    assert house.thread() is None


def test_danger_goes_to_whoever_is_asked_in_danger(house: Installation) -> None:
    begun(house)
    made = broadcast_to(house)
    house.text("he is hitting my daughter right now please help")
    thread = house.thread()
    if thread is not None:
        assert thread.broadcast_id == made
        with house.bot.db.read() as session:
            told = session.exec(select(Notice).where(Notice.thread_id == thread.id)).all()
            sender = session.exec(select(Staff).where(Staff.source_id == "staff-luna")).one()
            assert thread.topic != "danger" or sender.id not in {one.staff_id for one in told}

"""People of the school answer families from their own phones: by marks, once, and never the wrong family."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from bot.store import thread_texts
from bot.store.accounts import Account
from bot.store.audit import AuditLine
from bot.store.erasure import forget
from bot.store.families import FamilyContact
from bot.store.outbox import OutboxRow
from bot.store.schools import STAFF_TEXT, Staff
from bot.store.thread_marks import ThreadMark
from bot.store.thread_texts import TRANSLATED, ThreadReply, Translation
from bot.talk.replying import By, Seen, Written, answer, working
from bot.talk.wake import wake_all
from tests.fixtures.installation import ENGLISH, SPANISH, Installation
from tests.talk.test_replying import liaison

ORTIZ = "+15125550191"
"""A liaison at Maple Grove who speaks Spanish and English"""
PERSON_ES = "quiero hablar con una persona"
OTHER = "+15125550177"


def carried(house: Installation) -> None:
    """The carrier takes all that waits, and some time passes."""
    with house.bot.db.write() as session:
        for row in session.exec(select(OutboxRow).where(OutboxRow.state == "pending")):
            row.state, row.submitted_at = "accepted", house.clock.now
            session.add(row)
    house.clock.move(minutes=1)


def asks(house: Installation, number: str = ENGLISH, words: str = "talk to a person") -> str:
    """A family asks for a person; the mark of its thread on the liaison's phone."""
    house.text(words, number)
    carried(house)
    return mark_of(house, number)


def mark_of(house: Installation, number: str) -> str:
    thread, reader = house.thread(number), house.contact(ORTIZ)
    assert thread is not None
    with house.bot.db.read() as session:
        found = select(ThreadMark).where(ThreadMark.thread_id == thread.id, ThreadMark.reader_id == reader.id)
        return session.exec(found).one().mark


def says(house: Installation, words: str, **more: object) -> str:
    """The liaison texts; what she hears, empty when nothing."""
    before = len(house.answers(ORTIZ))
    house.text(words, ORTIZ, **more)
    said = house.answers(ORTIZ)[before:]
    carried(house)
    return "\n".join(said)


def persons_texts(house: Installation, number: str = ENGLISH) -> list[str]:
    """What people wrote to a family."""
    return [body for body, kind in house.answers_and_kinds(number) if kind == "person"]


def speaks(house: Installation, *languages: str) -> None:
    """From now on the liaison speaks these."""
    with house.bot.db.write() as session:
        person = session.exec(select(Staff).where(Staff.source_id == "staff-ortiz")).one()
        person.languages = list(languages)
        session.add(person)


def test_a_thread_comes_as_a_text_with_a_mark_and_the_answer_goes_back_without_it(
    house: Installation,
) -> None:
    mark = asks(house, SPANISH, "quiero hablar con una persona")
    (told,) = house.answers(ORTIZ)
    assert told.startswith(f"#{mark} Elena at Maple Grove Elementary asks for a person. Language: Spanish.")
    assert "They wrote: quiero hablar con una persona" in told
    assert f"To answer, text #{mark} and your words." in told
    assert "555" not in told
    assert says(house, f"#{mark} Claro, venga el lunes a las 8.") == f"#{mark} sent."
    assert persons_texts(house, SPANISH) == ["Claro, venga el lunes a las 8."]
    assert all(ORTIZ not in said and "555-0191" not in said for said in house.answers(SPANISH))
    with house.bot.db.read() as session:
        reply = session.exec(select(ThreadReply)).one()
        assert (reply.by_phone, reply.staff_id is not None) == (True, True)
        assert "thread_answered" in session.exec(select(AuditLine.action)).all()


@pytest.mark.parametrize(
    "written",
    ["#{m} Come on Monday", "#{l}: Come on Monday", "{l} Come on Monday", "# {m}  Come on Monday",
     "Come on Monday #{m}", "({m}) Come on Monday", "{m}: Come on Monday"],
)  # fmt: skip
def test_a_mark_is_found_however_it_is_written(house: Installation, written: str) -> None:
    mark = asks(house)
    says(house, written.format(m=mark, l=mark.lower()))
    assert persons_texts(house) == ["Come on Monday"]


def test_without_a_mark_only_one_open_thread_is_answered(house: Installation) -> None:
    first = asks(house)
    assert says(house, "Good morning, this is Rosa.") == f"#{first} sent."
    second = asks(house, SPANISH, PERSON_ES)
    assert says(house, "Come on Monday") == (
        f"Not sent. For which family is it? Begin with the mark: #{second}, #{first}."
    )
    assert says(house, f"#{second} Claro, venga el lunes").startswith(f"#{second} sent.")
    assert persons_texts(house) == ["Good morning, this is Rosa."]
    assert persons_texts(house, SPANISH) == ["Claro, venga el lunes"]


def test_a_wrong_a_foreign_and_a_closed_mark_reach_no_family(house: Installation) -> None:
    mark = asks(house)
    before = len(house.answers())
    assert says(house, "#A9 Hello there") == f"Not sent. #A9 is no conversation of yours. Yours: #{mark}."
    assert says(house, f"#{mark} CLOSE").startswith(f"#{mark} is closed.")
    closing = len(house.answers())
    assert says(house, f"#{mark} Hello there") == (
        f"Not sent. #{mark} is closed. To open it again: #{mark} OPEN."
    )
    assert says(house, f"#{mark} open") == f"#{mark} is open again."
    assert says(house, f"#{mark} One more thing").startswith(f"#{mark} sent.")
    assert persons_texts(house) == ["One more thing"]
    assert closing == before + 1
    says(house, f"{mark} close")
    house.clock.move(days=3)
    assert says(house, f"#{mark} Hello").startswith(f"Not sent. #{mark} was closed more than two days ago.")
    assert says(house, f"#{mark} open").startswith(f"Not sent. #{mark} was closed more than two days ago.")


def test_what_the_family_wrote_in_between_is_read_first(house: Installation) -> None:
    mark = asks(house)
    house.text("It is about the bus.")
    said = says(house, f"#{mark} What is it about?")
    assert said == (
        f"#{mark} NOT sent. Meanwhile: the family wrote: It is about the bus.\nPlease send your answer again."
    )
    assert persons_texts(house) == []
    assert says(house, f"#{mark} The bus is late.") == f"#{mark} sent."
    house.text("When will it come?")
    assert house.answers(ORTIZ)[-1] == f"#{mark} Dana: When will it come?"
    carried(house)
    assert says(house, f"#{mark} At 8.") == f"#{mark} sent."
    house.text("Liked \u201cAt 8.\u201d")
    assert says(house, f"#{mark} See you.") == f"#{mark} sent."


def test_an_answer_of_a_colleague_is_read_first_and_closing_too_wants_all_seen(house: Installation) -> None:
    mark = asks(house)
    thread = house.thread()
    assert thread is not None
    with working(house.bot.talk, By(None)) as at:
        answer(at, thread.id or 0, Written("The bus is late.", "k1", Seen.of(thread)))
    assert says(house, f"#{mark} Hello").startswith(
        f"#{mark} NOT sent. Meanwhile: a colleague answered: The bus is late."
    )
    house.text("Thank you, and tomorrow?")
    assert says(house, f"#{mark} CLOSE").startswith(f"#{mark} NOT closed. Meanwhile: the family wrote: Thank")
    assert says(house, f"#{mark} CLOSE").startswith(f"#{mark} is closed.")


def test_a_number_that_is_a_parents_too_needs_the_mark(house: Installation) -> None:
    mark = asks(house)
    with house.bot.db.write() as session:
        family = session.exec(select(FamilyContact)).first()
        assert family is not None
        link = FamilyContact(family_id=family.family_id, contact_id=house.contact(ORTIZ).id or 0)
        session.add(link)
    house.text("menu", ORTIZ)
    assert "6 " in house.answers(ORTIZ)[-1], "the menu, as for any parent"
    house.text("6", ORTIZ)
    own = house.thread(ORTIZ)
    assert own is not None
    carried(house)
    house.text("When does my own child's bus come?", ORTIZ)
    assert persons_texts(house) == []
    assert says(house, f"#{mark} Your bus is late.").startswith(f"#{mark} sent.")
    assert persons_texts(house) == ["Your bus is late."]
    with house.bot.db.read() as session:
        mine = session.exec(select(ThreadMark).where(ThreadMark.thread_id == own.id)).all()
        inbound = thread_texts.inbound_of(session, own.id or 0)
    assert all(one.reader_id != own.contact_id for one in mine), "nobody is told of her own question"
    assert len(inbound) == 2
    assert says(house, "#next").startswith(("Nobody waits", "#"))


def test_another_language_is_never_sent_but_held_and_said_so(house: Installation) -> None:
    mark = asks(house, SPANISH, "quiero hablar con una persona")
    said = says(house, f"#{mark} Your daughter can come to school on Monday.")
    assert said == (
        f"#{mark} is kept for a translator: the family reads Spanish. It goes out once it is translated."
    )
    assert persons_texts(house, SPANISH) == []
    with house.bot.db.read() as session:
        (held,) = thread_texts.held_replies(session)
    assert (held.language, held.by_phone) == ("en", True)


def test_who_does_not_read_the_familys_language_gets_its_words_once_they_are_translated(
    house: Installation,
) -> None:
    speaks(house, "en")
    mark = asks(house, SPANISH, PERSON_ES)
    assert "hablar" not in house.answers(ORTIZ)[-1]
    assert "Their words are in Spanish and wait for a translation." in house.answers(ORTIZ)[-1]
    thread = house.thread(SPANISH)
    assert thread is not None
    with house.bot.db.write() as session:
        meant = Translation(
            inbound_id=thread.last_inbound_id or 0,
            locale="en",
            body=house.bot.vault.seal("I want to talk to somebody about the bus", TRANSLATED),
            origin="machine",
            created_at=house.clock.now,
        )
        thread_texts.translate(session, meant)
    for _ in range(2):
        wake_all(house.bot.talk)
    assert house.answers(ORTIZ)[-1] == (
        f"#{mark} Elena, translated: I want to talk to somebody about the bus\n(by a machine, not checked)"
    )
    assert len(house.answers(ORTIZ)) == 2
    assert says(house, f"#{mark} El autobús").startswith(f"#{mark} is kept for a translator")


def test_later_puts_it_off_until_the_office_opens_and_it_comes_back(house: Installation) -> None:
    house.clock.set(datetime(2026, 10, 16, 15, 0, tzinfo=UTC))
    mark = asks(house)
    assert says(house, f"{mark} LATER") == f"#{mark} comes back Monday, October 19, 7:30 AM."
    thread = house.thread()
    assert thread is not None
    assert thread.snoozed_until == datetime(2026, 10, 19, 12, 30, tzinfo=UTC)
    before = len(house.answers(ORTIZ))
    house.clock.set(datetime(2026, 10, 19, 12, 31, tzinfo=UTC))
    for _ in range(2):
        wake_all(house.bot.talk)
    new = house.answers(ORTIZ)[before:]
    assert [one.startswith(f"#{mark} Dana at Maple Grove Elementary still waits") for one in new] == [True]


def test_next_goes_through_those_who_wait_and_words_in_spanish_work(house: Installation) -> None:
    first, second = asks(house), asks(house, SPANISH, PERSON_ES)
    house.clock.move(hours=2)
    assert says(house, "next").startswith(f"#{first} Dana")
    assert says(house, "SIGUIENTE").startswith(f"#{second} Elena")
    assert says(house, f"#{first} Más tarde").startswith(f"#{first} comes back ")
    assert says(house, f"#{second} cerrar") == f"#{second} is closed. The bot answers again."
    assert says(house, "#next") == "Nobody waits for you now."


def test_a_picture_stop_words_and_nothing_are_not_sent(house: Installation) -> None:
    mark = asks(house)
    media = (("http://127.0.0.1/picture", "image/jpeg"),)
    assert says(house, f"#{mark} look", media=media).startswith("Not sent. I cannot pass on pictures")
    assert says(house, f"#{mark} stop").startswith("Nothing was sent. To end this conversation:")
    assert says(house, f"#{mark}").startswith(f"#{mark} Dana")
    assert says(house, f"#{mark} please stop by the office, no more messages needed").startswith(
        f"#{mark} sent"
    )
    assert house.contact(ORTIZ).consent == "given"
    assert len(persons_texts(house)) == 1
    house.text("STOP")
    assert says(house, f"#{mark} Hello").startswith(f"Not sent. The family of #{mark} gets no texts now.")
    house.text("STOP", ORTIZ)
    assert house.contact(ORTIZ).consent == "stopped"


def test_a_picture_is_refused_in_her_language_with_and_without_a_mark_whoever_waits(
    house: Installation,
) -> None:
    media, no = (("http://127.0.0.1/picture", "image/jpeg"),), "No se envió. No puedo pasar fotos"
    speaks(house, "es")
    first = asks(house)
    assert says(house, "", media=media).startswith(no), "one family waits"
    asks(house, SPANISH, PERSON_ES)
    assert says(house, "The form", media=media).startswith(no), "two families wait"
    assert says(house, f"#{first}", media=media).startswith(no)
    for mark in (first, mark_of(house, SPANISH)):
        says(house, f"#{mark} CLOSE")
    assert says(house, "", media=media).startswith(no), "nobody waits"
    assert house.thread(ORTIZ) is None
    assert persons_texts(house) == persons_texts(house, SPANISH) == []


def test_a_phone_that_is_nobodys_of_the_school_any_more_answers_no_family(house: Installation) -> None:
    mark = asks(house)
    with house.bot.db.write() as session:
        person = session.exec(select(Staff).where(Staff.source_id == "staff-ortiz")).one()
        person.text = house.bot.vault.seal(OTHER, STAFF_TEXT)
        person.text_hash = house.bot.vault.fingerprint(OTHER)
        session.add(person)
    house.text(f"#{mark} Hello from the old phone", ORTIZ)
    assert persons_texts(house) == []


def test_what_a_phone_was_told_is_erased_with_the_family(house: Installation) -> None:
    asks(house)
    house.text("My son Zanahoria is late")
    carried(house)
    assert any("Zanahoria" in said for said in house.answers(ORTIZ))
    with house.bot.db.write() as session:
        forget(session, house.contact().id or 0, house.clock.now)
    phone = house.contact(ORTIZ)
    with house.bot.db.read() as session:
        left = session.exec(select(OutboxRow.body).where(OutboxRow.contact_id == phone.id)).all()
        assert session.exec(select(ThreadMark)).all() == []
    assert set(left) == {None}


def test_of_danger_the_words_come_when_they_are_asked_for_and_never_before(house: Installation) -> None:
    mark = asks(house, words="my child is in danger, he has a knife")
    notice = house.answers(ORTIZ)[-1]
    assert "URGENT" in notice
    assert f"text #{mark} alone" in notice
    assert "NOT sent" in says(house, f"#{mark} I am coming"), "she has not read it yet"
    house.text("he is at the door, 12 Elm Street")
    carried(house)
    assert "Elm Street" not in house.answers(ORTIZ)[-1]
    assert "Elm Street" in says(house, f"#{mark}")
    assert "sent" in says(house, f"#{mark} I am coming")
    assert persons_texts(house) == ["I am coming"]


def test_next_of_who_signs_in_shows_who_waits_though_a_colleague_was_told(house: Installation) -> None:
    with house.bot.db.write() as session:
        person = session.exec(select(Staff).where(Staff.source_id == "staff-ortiz")).one()
        person.away = [["2026-10-01", "2026-10-30"]]
        session.add(person)
    house.text(PERSON_ES, SPANISH)
    account_id = liaison(house).account_id or 0
    with house.bot.db.write() as session:
        account = session.get(Account, account_id)
        assert account is not None
        account.staff_id = person.id
        session.add(account)
    house.text("#NEXT", ORTIZ)
    (said,), mark = house.answers(ORTIZ), mark_of(house, SPANISH)
    carried(house)
    assert said.startswith(f"#{mark} Elena at Maple Grove Elementary still waits for a person.")
    assert f"They wrote: {PERSON_ES}" in said
    assert says(house, f"#{mark} Venga el lunes a las 8.").startswith(f"#{mark} sent")

"""Staff are told what a parent reads that they are told: at the parent's phone and at the office's."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from bot.store import erasure, schools, teachers
from bot.store.notices import Notice
from bot.store.outbox import OutboxRow
from bot.store.threads import open_ones
from bot.talk.wake import wake_due
from bot.words.segments import count
from tests.fixtures.installation import ENGLISH, SPANISH, STRANGER, Install, Installation

ATTENDANCE, ORTIZ, ON_CALL = "+15125550190", "+15125550191", "+15125550192"
MAIL = {"ALLY_SMTP_URL": "smtp://127.0.0.1:9", "ALLY_MAIL_FROM": "ally@cedarvalley.example.org"}
ABSENCE = ("my son is sick today", "1", "1", "1")


def read_by(house: Installation, number: str) -> list[str]:
    """What a phone at school was sent, or will be; nothing for one that nothing was ever sent to."""
    try:
        return house.answers(number)
    except AssertionError:
        return []


def kept(house: Installation) -> list[Notice]:
    with house.bot.db.read() as session:
        return list(session.exec(select(Notice).order_by(Notice.id)))  # type: ignore[arg-type]


def due(house: Installation, number: str) -> list[datetime]:
    with house.bot.db.read() as session:
        mine = select(OutboxRow).where(OutboxRow.contact_id == house.contact(number).id)
        return [row.due_at for row in session.exec(mine)]


@pytest.fixture
def set_address() -> Callable[..., None]:
    """Gives everybody of a role, or every school, other addresses; None takes one away."""

    def run(house: Installation, of: str, **addresses: str | None) -> None:
        with house.bot.db.write() as session:
            staff = [one for one in schools.every_staff(session).values() if one.role == of]
            rows = schools.every_school(session) if of == "school" else staff
            for row in rows:
                for name, address in addresses.items():
                    context = f"{'school' if of == 'school' else 'staff'}.{name}"
                    setattr(row, name, house.bot.vault.seal(address, context) if address else None)
                session.add(row)

    return run


SetAddress = Callable[..., None]


def test_the_attendance_office_reads_what_the_parent_was_told_it_reads(house: Installation) -> None:
    for words in ABSENCE:
        house.text(words)
    assert "I told the attendance office at Maple Grove Elementary" in house.answers()[-1]
    (told,) = read_by(house, ATTENDANCE)
    assert told == (
        "Absence: Noah, grade 2, class of Jorge Luna, Maple Grove Elementary: Tuesday, October 13, sick. "
        "A parent told us by text. Reply STOP to end these."
    )
    assert count(told).segments == 1


def test_a_report_that_changes_says_so(house: Installation) -> None:
    for words in (*ABSENCE, "absence", "1", "2", "1"):
        house.text(words)
    first, second = read_by(house, ATTENDANCE)
    assert first.startswith("Absence: Noah")
    assert second.startswith("Absence changed: Noah")
    assert "appointment" in second
    assert "STOP" not in second, "said once"


def test_an_office_without_any_address_is_not_said_to_be_told(
    house: Installation, set_address: SetAddress
) -> None:
    set_address(house, "school", attendance_text=None)
    for words in ABSENCE:
        house.text(words)
    assert "I told the attendance office" not in house.answers()[-1]
    assert kept(house) == []


def test_an_e_mail_address_counts_only_where_e_mails_can_be_sent(
    install: Install, set_address: SetAddress
) -> None:
    without, able = install(), install(**MAIL)
    set_address(without, "school", attendance_text=None, attendance_email="office@maple.example.org")
    for words in ABSENCE:
        without.text(words)
    assert "I told the attendance office" not in without.answers()[-1]
    able.texted = without.texted
    for words in ("absence", "1", "1", "1"):
        able.text(words)
    assert [one.state for one in kept(able)] == ["mailing"]


def test_stop_from_a_phone_of_the_school_holds_and_the_e_mail_is_used(
    install: Install, set_address: SetAddress
) -> None:
    house = install(**MAIL)
    set_address(house, "school", attendance_email="office@maple.example.org")
    house.text("STOP", ATTENDANCE)
    before = read_by(house, ATTENDANCE)
    for words in ABSENCE:
        house.text(words)
    assert read_by(house, ATTENDANCE) == before
    assert [(one.to, one.state, one.outbox_id) for one in kept(house)] == [("attendance", "mailing", None)]


def test_stop_without_an_e_mail_means_nobody_is_told_and_the_parent_is_not_told_otherwise(
    house: Installation,
) -> None:
    house.text("STOP", ATTENDANCE)
    for words in ABSENCE:
        house.text(words)
    assert "I told the attendance office" not in house.answers()[-1]


def test_a_liaison_who_speaks_the_language_is_told_that_a_family_waits(house: Installation) -> None:
    house.text("Hola", SPANISH)
    house.text("quiero hablar con una persona", SPANISH)
    thread = house.thread(SPANISH)
    assert thread is not None
    (told,) = read_by(house, ORTIZ)
    assert told[3:].startswith(
        " Elena at Maple Grove Elementary asks for a person. Language: Spanish. About: "
    )
    assert read_by(house, ON_CALL) == []
    assert thread.staff_id == kept(house)[0].staff_id is not None


def test_staff_never_read_a_number_private_words_or_private_topics(house: Installation) -> None:
    house.text("I saw ICE officers near the school by the Zanahoria bakery")
    house.text("talk to a person", STRANGER)
    house.text("My status is Zanahoria, no papers", STRANGER)
    told = [*read_by(house, ORTIZ), *read_by(house, ON_CALL)]
    assert told
    for words in told:
        assert "Zanahoria" not in words
        assert "555" not in words
        assert "enforcement" not in words


def test_danger_is_told_at_once_also_to_whoever_is_on_call_and_stands_first(house: Installation) -> None:
    house.clock.set(datetime(2026, 10, 14, 4, 0, tzinfo=UTC))
    house.text("talk to a person", SPANISH)
    house.text("my child is in danger, he has a knife")
    for number in (ORTIZ, ON_CALL):
        notice = read_by(house, number)[-1]
        assert notice[3:].startswith(" URGENT, danger: A family at Maple Grove Elementary")
        assert "knife" not in notice
        assert due(house, number)[-1] == house.clock()
    with house.bot.db.read() as session:
        assert next(one.topic for one in open_ones(session)) == "danger"
    house.text("he is at the door, 12 Elm Street")
    assert all("Elm Street" not in one for number in (ORTIZ, ON_CALL) for one in read_by(house, number))


def test_danger_in_a_thread_that_is_open_is_told_again_and_the_same_question_is_not(
    house: Installation,
) -> None:
    house.text("talk to a person")
    house.text("talk to a person")
    assert len(read_by(house, ORTIZ)) == 2, "the second text goes on to the same phone"
    house.text("my child is in danger, he has a knife")
    assert ["URGENT" in words for words in read_by(house, ORTIZ)] == [False, False, True]


def test_what_can_wait_is_texted_when_the_office_opens(house: Installation) -> None:
    saturday = house.clock.set(datetime(2026, 10, 17, 15, 0, tzinfo=UTC))
    house.text("talk to a person")
    (moment,) = due(house, ORTIZ)
    assert moment > saturday
    assert moment == datetime(2026, 10, 19, 12, 30, tzinfo=UTC), "Monday 7:30 in Chicago"


def test_a_thread_that_nobody_answered_is_told_to_the_district(house: Installation) -> None:
    house.text("talk to a person")
    house.clock.move(hours=5)
    wake_due(house.bot.talk)
    assert "I asked the district office too" in house.answers()[-1]
    (told,) = read_by(house, ON_CALL)
    assert "still waits for a person" in told


def share_a_story(house: Installation) -> None:
    for words in ("I want to share a story", "1", "1"):
        house.text(words)


def test_a_story_goes_to_the_teacher_of_the_familys_child(install: Install, set_address: SetAddress) -> None:
    house = install(**MAIL)
    set_address(house, "teacher", email="teacher@maple.example.org")
    share_a_story(house)
    thread = house.thread()
    assert thread is not None
    with house.bot.db.read() as session:
        (teacher,) = teachers.of_contact(session, house.contact(ENGLISH).id or 0)
    assert teacher.name == "Jorge Luna"
    assert [(one.to, one.staff_id, one.state) for one in kept(house)] == [("teacher", teacher.id, "mailing")]
    assert thread.staff_id == teacher.id


def test_a_story_goes_to_the_office_where_no_teacher_can_be_told(
    house: Installation, set_address: SetAddress
) -> None:
    set_address(house, "office", text="512-555-0193")
    share_a_story(house)
    assert [one.to for one in kept(house)] == ["office"]


def test_an_absent_liaison_is_passed_over(house: Installation) -> None:
    house.clock.set(datetime(2026, 12, 1, 16, 0, tzinfo=UTC))
    house.text("talk to a person", SPANISH)
    assert read_by(house, ORTIZ) == []
    assert len(read_by(house, ON_CALL)) == 1


def test_with_no_address_at_all_the_thread_is_open_and_nothing_breaks(
    house: Installation, set_address: SetAddress
) -> None:
    set_address(house, "school", on_call_text=None)
    set_address(house, "liaison", text=None)
    house.text("my child is in danger, he has a knife")
    assert house.thread() is not None
    assert kept(house) == []


def test_what_staff_were_told_of_a_family_is_erased_with_it(house: Installation) -> None:
    for words in ABSENCE:
        house.text(words)
    house.text("talk to a person")
    with house.bot.db.write() as session:
        row = session.exec(select(OutboxRow).where(OutboxRow.contact_id == house.contact(ORTIZ).id)).one()
        row.state = "delivered"
        session.add(row)
    with house.bot.db.write() as session:
        erasure.forget(session, house.contact().id or 0, house.clock())
        erasure.finish(session, house.contact().id or 0)
    assert kept(house) == []
    with house.bot.db.read() as session:
        told = {row.state: row.body for row in session.exec(select(OutboxRow)) if row.kind == "notice"}
    assert told["delivered"] is None
    assert "pending" not in told, "what was not told yet is not told any more"

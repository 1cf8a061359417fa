"""Home: each role sees what it must do, nobody sees words of families, and the way to the first text."""

from datetime import timedelta

from sqlmodel import col, select

from bot.outbox.sweep import HEARTBEAT
from bot.people.access import Grant
from bot.store import absences, audit, broadcasts, marks, schools, threads, troubles
from bot.store.absences import REASON
from bot.store.audit import Deed
from bot.store.contacts import Contact
from bot.store.families import FamilyContact, Student
from bot.store.outbox import OutboxRow
from bot.store.schools import Staff
from bot.store.teachers import StudentTeacher
from bot.web.console.seen_in_bulk import MANY
from tests.fixtures.installation import SPANISH
from tests.web.console.conftest import Console

WORDS = "quiero hablar con una persona"


def home(console: Console, *roles: str, school: int | None = None) -> str:
    """The page of somebody with these roles."""
    return console.get(console.signed_in(*roles, school=school), "/staff/").text


def ask_for_person(console: Console) -> None:
    """A mother of Maple Grove asks in Spanish for a person."""
    console.house.text("Hola", SPANISH)
    console.house.text(WORDS, SPANISH)


def set_up(console: Console) -> None:
    """What the demo district leaves open: a liaison at each school, and languages that have texts."""
    with console.house.bot.db.write() as session:
        for contact in session.exec(select(Contact)):
            contact.language = "es"
        people = session.exec(select(Staff).where(col(Staff.role) == "liaison")).all()
        every = [school.id or 0 for school in schools.every_school(session)]
        for person in people:
            person.email = person.email or b"sealed"
            schools.place_staff(session, person.id or 0, every)


def beat(console: Console) -> None:
    """The sweeper is there."""
    with console.house.bot.db.write() as session:
        marks.put(session, HEARTBEAT, console.house.clock())


def test_where_nothing_waits_it_says_so(console: Console) -> None:
    assert "Nothing needs you now." in home(console, "liaison")


def test_a_family_that_waits_is_listed_for_its_liaison_without_her_words(console: Console) -> None:
    ask_for_person(console)
    page = home(console, "liaison", school=console.school())
    assert "1 family waits for a person" in page
    assert "Maple Grove" in page
    assert "Spanish" in page
    assert WORDS not in page
    assert "Elena" not in page
    assert SPANISH[-4:] not in page
    assert "Nothing needs you now." in home(console, "liaison", school=console.school("Pecan"))


def test_an_auditor_sees_the_log_and_no_family(console: Console) -> None:
    ask_for_person(console)
    page = home(console, "auditor")
    assert "invited somebody" in page
    assert "waits for a person" not in page
    assert "To the first text" not in page


def test_an_absence_that_nobody_was_told_of_is_shown_to_those_who_can_mend_it(console: Console) -> None:
    bot, maple = console.house.bot, console.school()
    today = console.house.clock().date()
    with bot.db.write() as session:
        student = session.exec(select(Student).where(col(Student.school_id) == maple)).first()
        link = session.exec(select(FamilyContact)).first()
        assert student is not None
        assert link is not None
        absences.report(
            session,
            student_id=student.id or 0,
            contact_id=link.contact_id,
            day=today,
            reason=bot.vault.seal("sick", REASON),
            now=bot.clock(),
        )
    page = home(console, "administrator", school=maple)
    assert "1 absence at Maple Grove Elementary is told to nobody yet." in page
    assert f'href="/staff/schools/{maple}"' in page
    assert "is told to nobody yet" in home(console, "liaison"), "without a link to what she cannot open"
    assert f'href="/staff/schools/{maple}"' not in home(console, "liaison")


def test_a_teacher_sees_the_own_classes_and_who_waits_there(console: Console) -> None:
    bot = console.house.bot
    contact = console.house.contact(SPANISH)
    with bot.db.write() as session:
        student = session.exec(
            select(Student)
            .join(FamilyContact, col(FamilyContact.family_id) == col(Student.family_id))
            .where(col(FamilyContact.contact_id) == contact.id)
        ).first()
        assert student is not None
        teacher = session.exec(
            select(Staff).join(StudentTeacher).where(col(StudentTeacher.student_id) == student.id)
        ).first()
        assert teacher is not None
        threads.open_new(
            session,
            contact.id or 0,
            to="teacher",
            topic="",
            school_id=student.school_id,
            now=bot.clock(),
        )
    client = console.enter(console.account(Grant("teacher"), staff_id=teacher.id))
    page = console.get(client, "/staff/").text
    assert "Your classes" in page
    assert "1 family waits for a person" in page
    other = home(console, "teacher")
    assert "The roster names no child of yours." in other
    assert "waits for a person" not in other


def test_faults_that_hold_texts_back_come_first_for_the_districts_administrator(console: Console) -> None:
    bot, now = console.house.bot, console.house.clock()
    beat(console)
    with bot.db.write() as session:
        made = broadcasts.create(session, created_by="staff-1", now=now)
        broadcasts.stop(session, made.id or 0, "configuration/30034")
        troubles.note(session, 30034, now)
        marks.put(session, marks.DISARMED, now)
    page = home(console, "administrator")
    for said in ("Nothing is sent since a backup", "1 text to many was stopped", "error 30034"):
        assert said in page
    assert "The sweeper is silent." not in page
    console.house.clock.move(minutes=10)
    assert "The sweeper is silent." in home(console, "administrator")
    assert "The sweeper is silent." not in home(console, "administrator", school=console.school())


def test_facts_are_announced_before_they_are_withheld(console: Console) -> None:
    library = console.house.bot.library.rights
    told = [one.written for one in library.every() if one.written.status != "unconfirmed"]
    first = min(one.review_by for one in told)
    ahead = first - console.house.clock().date() - timedelta(days=10)
    console.house.clock.move(days=ahead.days)
    assert "due within 30 days" in home(console, "administrator")
    console.house.clock.move(days=40)
    page = home(console, "administrator")
    assert "withheld" in page
    assert "ally rights" in page


def test_the_way_to_the_first_text_ticks_what_is_really_there(console: Console) -> None:
    page = home(console, "administrator")
    assert "To the first text" in page
    assert "Vietnamese" in page, "what is missing is named"
    set_up(console)
    page = home(console, "administrator")
    assert page.count('<li class="open">') == 1, "all but a text that was answered"
    assert "To the first text" not in home(console, "administrator", school=console.school())

    with console.house.bot.db.write() as session:
        for school in schools.every_school(session):
            school.hours = {}
    page = home(console, "administrator")
    assert page.count('<li class="open">') == 2
    assert "Write the hours" in page


def test_the_steps_close_when_all_are_done(console: Console) -> None:
    house = console.house
    house.text("menu")
    set_up(console)
    with house.bot.db.write() as session:
        for row in session.exec(select(OutboxRow)):
            row.state = "delivered"
    page = home(console, "administrator")
    assert "All 7 steps are done." in page


def test_a_second_administrator_is_told_of_numbers_taken_in_bulk(console: Console) -> None:
    bot, taker = console.house.bot, console.account(Grant("administrator"))
    deeds = [Deed("unmasked", taker, "contact:1")] * MANY
    exports = [Deed("broadcast_exported", taker, "broadcast:1", None, {"contacts": 40, "numbers": True})] * 2
    with bot.db.write() as session:
        for deed in [*deeds, *exports, Deed("broadcast_exported", taker, "broadcast:1")]:
            audit.append(session, bot.vault, bot.clock(), deed)
    page = home(console, "administrator")
    assert "Person 1 saw 10 numbers in full" in page
    assert "numbers as a file 2 times" in page
    own = console.get(console.enter(taker), "/staff/").text
    assert "numbers in full" not in own, "not of what one did oneself"
    console.house.clock.move(days=8)
    assert "numbers in full" not in home(console, "administrator")

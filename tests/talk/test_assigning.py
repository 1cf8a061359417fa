"""Who answers a new thread: there, speaks the language, least to do; nobody at all where nobody is there."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlmodel import select

from bot.people.access import Grant
from bot.people.desk import Desk
from bot.people.staff_accounts import Invited, invite
from bot.store import accounts, contacts, schools, thread_work, threads
from bot.store.database import Database
from bot.store.notices import Notice
from bot.store.vault import Vault
from bot.talk import thread_desk
from bot.talk.assigning import assign
from bot.talk.closing import close_thread
from bot.talk.replying import working
from tests.fixtures.household import SettableClock
from tests.fixtures.installation import ENGLISH, SPANISH, Installation
from tests.talk.test_replying import liaison, opened, say

TUESDAY = date(2026, 10, 13)


@dataclass(frozen=True)
class One:
    """A liaison of the school: what is spoken, how much is open, and what keeps this one from answering."""

    name: str
    speaks: tuple[str, ...] = ("en",)
    load: int = 0
    away: bool = False
    elsewhere: bool = False
    signs_in: bool = True
    has_phone: bool = False
    state: str = "active"


ANA, BO, CY = One("Ana", ("es", "en")), One("Bo", ("es_MX",)), One("Cy")
TABLE = {
    "who speaks it": ([CY, ANA], "es", "Ana", "speaks"),
    "its region does not matter": ([CY, BO], "es", "Bo", "speaks"),
    "of two the one with less to do": ([One("Ana", ("es",), load=2), BO], "es", "Bo", "speaks"),
    "who speaks it, with more to do": ([CY, One("Ana", ("es",), load=9)], "es", "Ana", "speaks"),
    "who speaks it is away": ([CY, One("Ana", ("es",), away=True)], "es", "Cy", "present"),
    "nobody speaks it": ([One("Ana", load=1), CY], "ar", "Cy", "present"),
    "nobody knows the language": ([One("Ana", ("es",), load=1), CY], None, "Cy", "present"),
    "another school's": ([One("Ana", ("es",), elsewhere=True), CY], "es", "Cy", "present"),
    "a closed account": ([One("Ana", ("es",), state="deactivated"), CY], "es", "Cy", "present"),
    "a phone of one's own is enough": (
        [One("Ana", ("es",), signs_in=False, has_phone=True), CY],
        "es",
        "Ana",
        "speaks",
    ),
    "neither account nor phone": ([One("Ana", ("es",), signs_in=False), CY], "es", "Cy", "present"),
    "all are away": ([One("Ana", ("es",), away=True), One("Cy", away=True)], "es", None, None),
    "there is nobody": ([], "es", None, None),
}


@dataclass
class School:
    """Two schools, and the people of one of them."""

    db: Database
    vault: Vault
    clock: SettableClock

    def __post_init__(self) -> None:
        with self.db.write() as session:
            common = {"zone": "America/Chicago", "phone": "+15125550140", "hours": {}}
            rows = [
                schools.save_school(session, {"source_id": one, "name": one, **common})[0]
                for one in ("Maple", "Cedar")
            ]
            self.here, self.there = (one.id or 0 for one in rows)

    def thread(self, number: str, topic: str = "person") -> int:
        with self.db.write() as session:
            contact = contacts.find_or_create(session, self.vault, number, self.clock())
            return threads.open_new(
                session, contact.id or 0, to="liaison", topic=topic, school_id=self.here, now=self.clock()
            )

    def add(self, one: One) -> None:
        place = self.there if one.elsewhere else self.here
        with self.db.write() as session:
            days = [["2026-10-12", "2026-10-16"]] if one.away else []
            text = self.vault.seal("+15125550191", schools.STAFF_TEXT) if one.has_phone else None
            values = {"source_id": one.name, "name": one.name, "role": "liaison", "away": days, "text": text}
            person, _ = schools.save_staff(session, {**values, "languages": list(one.speaks)})
            schools.place_staff(session, person.id or 0, [place])
            staff_id = person.id or 0
        account_id = self.account(one, staff_id, place) if one.signs_in else None
        for at in range(one.load):
            thread_id = self.thread(f"+1512555{staff_id:02}{at:02}")
            with self.db.write() as session:
                thread_work.give(session, thread_id, account_id=account_id, staff_id=staff_id)

    def account(self, one: One, staff_id: int, place: int) -> int:
        mail = f"{one.name}@school.example"
        invited = Invited(one.name, mail, (Grant("liaison", place),), staff_id=staff_id)
        account_id, _ = invite(Desk(self.db, self.vault, self.clock), None, invited)
        with self.db.write() as session:
            account = accounts.locked(session, account_id)
            assert account is not None
            account.state = one.state
        return account_id

    def given(self, thread_id: int, language: str | None) -> tuple[str | None, str | None]:
        with self.db.write() as session:
            thread = thread_work.locked(session, thread_id)
            assert thread is not None
            assign(session, self.vault, thread, language, TUESDAY)
            person = session.get(schools.Staff, thread.staff_id) if thread.staff_id else None
            assert (thread.account_id is not None) == (person is not None and person.text is None)
            return person.name if person else None, thread.given_for


@pytest.mark.parametrize(("people", "language", "expected", "why"), TABLE.values(), ids=TABLE)
def test_a_new_thread_is_given_to(
    db: Database,
    vault: Vault,
    clock: SettableClock,
    people: list[One],
    language: str | None,
    expected: str | None,
    why: str | None,
) -> None:
    school = School(db, vault, clock)
    for one in people:
        school.add(one)
    assert school.given(school.thread("+15125550101"), language) == (expected, why)


def test_threads_of_one_morning_are_shared_out_and_danger_is_everybodys(
    db: Database, vault: Vault, clock: SettableClock
) -> None:
    school = School(db, vault, clock)
    for one in (ANA, BO):
        school.add(one)
    given = [school.given(school.thread(f"+1512555010{last}"), "es")[0] for last in "1234"]
    assert sorted(str(one) for one in given) == ["Ana", "Ana", "Bo", "Bo"]
    assert school.given(school.thread("+15125550109", "danger"), "es") == (None, None)


def test_a_thread_of_a_saturday_is_for_who_is_there_on_monday_and_that_person_is_told(
    house: Installation,
) -> None:
    house.text("persona", SPANISH)
    with house.bot.db.read() as session:
        carmen = schools.every_staff(session)["staff-ortiz"]
        told = session.exec(select(Notice.staff_id)).all()
    thread = house.thread(SPANISH)
    assert thread is not None
    assert (thread.staff_id, thread.given_for, told) == (carmen.id, "speaks", [carmen.id])
    close_thread(house.bot.talk, thread.id or 0)
    house.clock.move(days=46)
    assert house.clock().date() == date(2026, 11, 28), "the Saturday before Carmen Ortiz is away"
    house.text("persona", SPANISH)
    thread = house.thread(SPANISH)
    assert thread is not None
    assert (thread.staff_id, thread.given_for) == (None, None), "nobody else of the demo has an address"


def test_who_answers_first_goes_on_unless_a_colleague_gave_it(house: Installation) -> None:
    rosa, ann = liaison(house), liaison(house, "Ann Lee")
    thread_id = opened(house, SPANISH, "persona")
    say(house, ann, thread_id, "Hola.", "k1", None)
    say(house, rosa, thread_id, "Hola, soy Rosa.", "k2", None)
    thread = house.thread(SPANISH)
    assert thread is not None
    assert (thread.account_id, thread.given_for) == (ann.account_id, "answered")
    with working(house.bot.talk, ann) as at:
        assert thread_desk.assign(at, thread_id, rosa.account_id)
    say(house, ann, thread_id, "Adiós.", "k3", None)
    thread = house.thread(SPANISH)
    assert thread is not None
    assert (thread.account_id, thread.given_for) == (rosa.account_id, "given")


def test_a_thread_that_is_handed_on_is_given_to_somebody_there(house: Installation) -> None:
    rosa, thread_id = liaison(house), opened(house, ENGLISH)
    with house.bot.db.read() as session:
        other = next(one.id for one in schools.every_school(session) if one.name.startswith("Pecan"))
    with working(house.bot.talk, rosa) as at:
        assert thread_desk.hand_on(at, thread_id, "liaison", other)
    thread = house.thread()
    assert thread is not None
    assert (thread.school_id, thread.account_id, thread.given_for) == (other, rosa.account_id, "speaks")

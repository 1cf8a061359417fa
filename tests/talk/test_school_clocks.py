"""Clocks in school hours: a promise over nights, weekends, holidays and new clocks, and that it is kept."""

import random
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from bot.people.access import Grant, Role, Who
from bot.people.thread_access import scope_of
from bot.store import inbox, schools, thread_work
from bot.store.inbox import Filters
from bot.store.notices import Notice
from bot.store.threads import Thread
from bot.talk import thread_desk
from bot.talk.replying import Written, answer, working
from bot.talk.wake import wake_all
from tests.fixtures.installation import ENGLISH, SPANISH, STRANGER, Installation
from tests.talk.test_replying import liaison, opened

NOBODY = "Nobody has answered you yet. I asked the district office too."
PROMISED = {
    "in the morning": ("2026-10-13 15:00", "2026-10-13 19:00"),
    "over a weekend": ("2026-10-23 20:00", "2026-10-26 15:30"),
    "at night, before a day without school": ("2026-10-10 04:00", "2026-10-13 16:30"),
    "over Thanksgiving": ("2026-11-24 21:00", "2026-11-30 16:30"),
    "on a Friday that ends early": ("2026-10-16 18:00", "2026-10-19 15:30"),
    "over the end of summer time": ("2026-10-30 20:00", "2026-11-02 16:30"),
    "over the begin of summer time": ("2027-03-12 21:00", "2027-03-22 15:30"),
}
"""When a family asks and until when it is promised an answer, four hours of the office of Maple Grove: UTC"""


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(("asked", "due"), PROMISED.values(), ids=PROMISED)
def test_four_office_hours_are_promised_and_then_the_district_is_asked_and_the_family_told_once(
    house: Installation, asked: str, due: str
) -> None:
    house.clock.set(at(asked))
    opened(house)
    thread, before = house.thread(), len(house.answers())
    assert thread is not None
    assert thread.promised_at == at(due)
    house.clock.set(at(due))
    house.clock.move(minutes=-1)
    wake_all(house.bot.talk)
    assert len(house.answers()) == before, "a minute before it nothing happens"
    for _ in range(3):
        house.clock.move(minutes=1)
        wake_all(house.bot.talk)
    thread = house.thread()
    assert thread is not None
    assert (thread.escalated_at, thread.to) == (at(due), "district_office")
    assert house.answers()[before:] == [NOBODY]
    with house.bot.db.read() as session:
        told = session.exec(select(Notice.to).where(col(Notice.created_at) >= at(due))).all()
    assert told == ["on_call"]


def test_what_was_put_off_and_not_answered_is_escalated_all_the_same_and_seen_again(
    house: Installation,
) -> None:
    rosa, thread_id = liaison(house), opened(house)
    with working(house.bot.talk, rosa) as desk:
        assert thread_desk.snooze(desk, thread_id, at("2026-10-30 12:00"))
    house.clock.move(hours=4)
    wake_all(house.bot.talk)
    thread = house.thread()
    assert thread is not None
    assert (thread.escalated_at, thread.snoozed_until) == (house.clock.now, None)
    assert house.answers()[-1] == NOBODY


def test_a_thread_closed_without_an_answer_and_opened_again_has_a_promise_again(house: Installation) -> None:
    rosa, thread_id = liaison(house), opened(house)
    with working(house.bot.talk, rosa) as desk:
        assert thread_desk.close(desk, thread_id)
    house.clock.move(hours=1)
    with working(house.bot.talk, rosa) as desk:
        assert thread_desk.reopen(desk, thread_id)
    thread = house.thread()
    assert thread is not None
    assert thread.promised_at == at("2026-10-13 20:00")


class Life:
    """A school at work: families ask, people answer, give on, put off, close and forget."""

    def __init__(self, house: Installation, chance: random.Random) -> None:
        self.house, self.chance, self.key = house, chance, 0
        self.people = [liaison(house, f"Person {n}") for n in range(3)]
        with house.bot.db.read() as session:
            self.schools = [one.id or 0 for one in schools.every_school(session)]
        self.roles: list[tuple[Role, int]] = [
            ("liaison", self.schools[0]),
            ("liaison", self.schools[1]),
            ("teacher", self.schools[2]),
        ]

    def step(self) -> None:
        """Something happens to somebody's thread."""
        number = self.chance.choice((ENGLISH, SPANISH, STRANGER))
        if self.chance.random() < 0.4:
            self.house.text(self.chance.choice(("person", "persona", "Where is the bus?", "thanks")), number)
        elif (thread := self.newest(number)) is not None:
            self.work(thread.id or 0)
        self.house.clock.move(hours=self.chance.choice((0.1, 1, 5, 20)))
        wake_all(self.house.bot.talk)

    def newest(self, number: str) -> Thread | None:
        """The thread that was opened last."""
        contact_id = self.house.contact(number).id if number != STRANGER or self.house.texted else None
        with self.house.bot.db.read() as session:
            found = select(Thread).where(col(Thread.contact_id) == contact_id).order_by(col(Thread.id).desc())
            return session.exec(found).first()

    def work(self, thread_id: int) -> None:
        """One of the people does one thing."""
        self.key += 1
        by, chance = self.chance.choice(self.people), self.chance
        to, school = chance.choice(thread_desk.TO), chance.choice((*self.schools, None))
        deeds = (
            lambda desk: answer(desk, thread_id, Written("Hello.", f"k{self.key}", None)),
            lambda desk: thread_desk.snooze(desk, thread_id, self.house.clock.now.replace(year=2027)),
            lambda desk: thread_desk.assign(desk, thread_id, chance.choice((None, by.account_id))),
            lambda desk: thread_desk.hand_on(desk, thread_id, to, school),
            lambda desk: thread_desk.close(desk, thread_id),
            lambda desk: thread_desk.reopen(desk, thread_id),
        )
        with working(self.house.bot.talk, by) as desk:
            chance.choice(deeds)(desk)

    def dropped(self) -> list[int]:
        """Threads that wait, that nobody sees and that nothing will bring up."""
        now, day = self.house.clock.now, self.house.clock.now.date()
        with self.house.bot.db.read() as session:
            waiting = select(Thread).where(col(Thread.state) == "open", col(Thread.asked_at).is_not(None))
            alone = [
                one.id or 0
                for one in session.exec(waiting)
                if one.escalated_at is None and (one.promised_at is None or one.promised_at <= now)
            ]
            for by, (role, school) in zip(self.people, self.roles, strict=True):
                who = Who(by.account_id or 0, "Somebody", "en", (Grant(role, school),))
                scope = scope_of(session, who, day)
                assert scope is not None
                seen = {row.id for row in inbox.rows(session, scope, Filters(), now, limit=100)}
                alone = [one for one in alone if one not in seen]
        return alone


@pytest.mark.parametrize("seed", range(4))
def test_nobody_drops_a_thread_whatever_people_do_with_it(house: Installation, seed: int) -> None:
    life = Life(house, random.Random(seed))
    house.text("person", STRANGER)
    for _ in range(25):
        life.step()
        assert life.dropped() == []
    house.clock.move(days=20)
    wake_all(house.bot.talk)
    with house.bot.db.read() as session:
        late = thread_work.overdue(session, house.clock.now, 100)
        waiting = select(Thread).where(col(Thread.state) == "open", col(Thread.asked_at).is_not(None))
        assert all(one.escalated_at is not None for one in session.exec(waiting))
    assert late == []

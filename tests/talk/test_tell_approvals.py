"""Who may let a broadcast go out is told by text that one waits, once; its sender what they decided."""

from dataclasses import replace
from typing import Any

import pytest

from bot.broadcast import approvals, drafts, preview, sending
from bot.broadcast.audience import Audience
from bot.broadcast.drafts import Change, Written
from bot.broadcast.parts import Broadcasting
from bot.people.access import Grant, Who
from bot.people.desk import Desk
from bot.people.staff_accounts import Invited, invite
from bot.store import accounts, schools
from bot.talk.tell_approvals import tell_approvals
from tests.fixtures.installation import PUBLIC, Installation

TEACHES, DECIDES, ALSO, ELSEWHERE = (f"+1512555017{one}" for one in range(4))
SECRET = "The bus leaves at seven."
STOP = ". Reply STOP to end these."


class Office:
    """People of one school who write to families and decide about it."""

    def __init__(self, house: Installation) -> None:
        self.house = house
        self.parts: Broadcasting = replace(house.bot.broadcasting, approval_above=1)
        with house.bot.db.read() as session:
            self.here, self.there = (one.id or 0 for one in schools.every_school(session)[:2])

    def person(self, name: str, role: str, school_id: int, number: str | None, **more: Any) -> Who:
        """Somebody who may sign in."""
        grants, bot = (Grant(role, school_id),), self.house.bot
        told = Invited(name, f"{name.split(maxsplit=1)[0]}@school.example", grants, text=number, **more)
        account_id, _ = invite(Desk(bot.db, bot.vault, bot.clock), None, told)
        with bot.db.write() as session:
            row = accounts.locked(session, account_id)
            assert row is not None
            row.state = "active"
        return Who(account_id, name, "en", grants)

    def send(self, who: Who, **more: Any) -> int:
        """To everybody at the school: more than one needs a second person's word."""
        wanted = Change(Audience(schools=frozenset({self.here})), {"en": Written(SECRET)}, **more)
        with self.house.bot.db.write() as session:
            draft = drafts.create(session, self.parts, who, wanted)
            seen = preview.preview(session, self.parts, who, draft)
            wait = dict.fromkeys(seen.counted.by_language, "english")
            drafts.change(session, self.parts, who, draft, Change(missing=wait))  # type: ignore[arg-type]
            token = preview.preview(session, self.parts, who, draft).token
            return sending.send(session, self.parts, who, draft, token).broadcast_id

    def told(self, number: str) -> list[str]:
        """What a phone was told."""
        try:
            return [one.removesuffix(STOP) for one in self.house.answers(number)]
        except AssertionError:
            return []


@pytest.fixture
def office(house: Installation) -> Office:
    """A school where more than one phone needs a second person."""
    return Office(house)


def test_who_may_decide_is_told_once_and_the_sender_hears_of_it(office: Office) -> None:
    sender = office.person("Rosa Alvarez", "administrator", office.here, TEACHES)
    second = office.person("Dana Carter", "administrator", office.here, DECIDES)
    office.person("Luis Vega", "administrator", office.here, ALSO, language="es")
    office.person("Kim Park", "administrator", office.there, ELSEWHERE)
    talk = office.house.bot.talk
    assert tell_approvals(talk) == 0
    one = office.send(sender)
    assert tell_approvals(talk) == 2
    assert tell_approvals(talk) == 0, "once"
    where = f"{PUBLIC}/staff/broadcasts/{one}"
    (asked,) = office.told(DECIDES)
    assert asked.startswith("Rosa Alvarez asks you to approve a text to ")
    assert asked.endswith(f" families. Read it and decide: {where}")
    assert office.told(ALSO)[0].startswith("Rosa Alvarez le pide aprobar un mensaje a ")
    assert SECRET not in asked
    assert office.told(TEACHES) == office.told(ELSEWHERE) == []
    with office.house.bot.db.write() as session:
        approvals.approve(session, office.parts, second, one)
    assert tell_approvals(talk) == 1
    assert tell_approvals(talk) == 0, "once"
    (answer,) = office.told(TEACHES)
    assert answer.startswith("Your text to ")
    assert answer.endswith(f" families was approved. See how it goes: {where}")


def test_several_that_wait_are_one_notice_in_the_morning_and_what_was_decided_before_is_none(
    office: Office,
) -> None:
    sender = office.person("Rosa Alvarez", "administrator", office.here, None)
    second = office.person("Dana Carter", "administrator", office.here, DECIDES)
    talk, clock = office.house.bot.talk, office.house.clock
    clock.move(hours=9)
    first, *_ = (office.send(sender) for _ in range(3))
    assert tell_approvals(talk) == 0, "in the evening nobody is"
    with office.house.bot.db.write() as session:
        approvals.refuse(session, office.parts, second, first, "words")
    clock.move(hours=15)
    assert tell_approvals(talk) == 1, "the sender has no phone: the page tells"
    (asked,) = office.told(DECIDES)
    assert asked.startswith("2 texts to families wait for your approval.")
    assert asked.endswith(f"{PUBLIC}/staff/broadcasts/")


def test_an_emergency_waits_for_no_office_and_a_refusal_is_told(office: Office) -> None:
    sender = office.person("Rosa Alvarez", "administrator", office.here, TEACHES)
    second = office.person("Dana Carter", "administrator", office.here, DECIDES)
    office.house.clock.move(hours=12)
    one = office.send(sender, emergency="Gas leak")
    assert tell_approvals(office.house.bot.talk) == 1
    assert len(office.told(DECIDES)) == 1
    with office.house.bot.db.write() as session:
        approvals.refuse(session, office.parts, second, one, "words")
    assert tell_approvals(office.house.bot.talk) == 1
    assert "was not approved; nothing of it went out." in office.told(TEACHES)[0]

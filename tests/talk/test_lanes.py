"""The lanes before a turn: staff on their own phones are heard after STOP and before everything else."""

from dataclasses import replace

from sqlmodel import Session

from bot.people.staff_texts import FromStaff, ToStaff
from bot.talk.receive import receive
from bot.talk.taken import Text
from tests.fixtures.installation import ENGLISH, STRANGER, Installation


def _lane(_session: Session, came: FromStaff) -> ToStaff | None:
    return ToStaff("staff_test", said=(f"Taken: {came.body}",)) if came.body.startswith("#") else None


def test_the_first_lane_that_knows_a_staff_text_has_it(house: Installation) -> None:
    bot = house.bot
    silent = ToStaff("never")
    talk = replace(
        bot.talk, staff_lanes=(lambda _session, _came: None, _lane, lambda _session, _came: silent)
    )
    receive(talk, Text(house.sid(), STRANGER, "# my husband is beating me"))
    receive(talk, Text(house.sid(), STRANGER, "hello"))
    receive(talk, Text(house.sid(), ENGLISH, "STOP"))
    assert house.answers(STRANGER) == ["Taken: # my husband is beating me"]
    assert [one.heard_as for one in house.received()] == ["staff_test", "never", "stop"]
    assert house.thread(STRANGER) is None

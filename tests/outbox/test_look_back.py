"""A restored system sends no family a text that the lost one sent, and leaves none out that it did not."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.outbox.drain import drain
from bot.outbox.look_back import look_back
from bot.outbox.status import record_status
from bot.outbox.sweep import Sweeper
from bot.ports import CarrierRecord, Uncertain
from bot.store import arming
from bot.store.copies import read_manifest, restore_copy, write_copy
from bot.store.database import Database
from bot.store.inbound import take
from tests.outbox.conftest import Desk


def crash_and_restore(desk: Desk, taken_at: datetime, path: Path) -> Desk:
    """The machine is lost; its backup comes back on another, with the same carrier behind it."""
    other = Database(f"sqlite:///{path.parent / 'restored.db'}")
    restore_copy(other, path, read_manifest(path), desk.vault)
    restored = Desk(other, desk.vault, desk.clock)
    restored.carrier = desk.carrier
    restored.parts = replace(restored.parts, carrier=desk.carrier)
    with other.read() as session:
        assert arming.disarmed_as_of(session) == taken_at
    return restored


def back_up(desk: Desk, folder: Path) -> tuple[datetime, Path]:
    """A backup of this moment."""
    path = folder / "ally.zip"
    write_copy(desk.db, path, taken_at=desk.clock(), version="test")
    return desk.clock(), path


def arm(desk: Desk) -> None:
    with desk.db.write() as session:
        arming.arm(session)


@pytest.fixture
def as_of(desk: Desk) -> datetime:
    """The desk's database is disarmed as of now; a minute passes."""
    moment = desk.clock()
    with desk.db.write() as session:
        arming.disarm(session, moment)
    desk.clock.move(minutes=1)
    return moment


def test_while_disarmed_nothing_is_claimed_and_nothing_is_sent(desk: Desk, as_of: datetime) -> None:
    rows = [desk.want(desk.person(n), f"Text {n}") for n in range(1, 4)]
    rows.append(desk.want(desk.person(4), "To all", lane="broadcasts"))
    assert drain(desk.parts, "replies") + drain(desk.parts, "broadcasts") == 0
    sweeper = Sweeper(desk.parts, take=lambda _record: None, wake=lambda: 0)
    assert sweeper.sweep_once() == 0
    assert desk.states() == ["pending"] * 4
    assert desk.carrier.bodies() == []
    arm(desk)
    assert drain(desk.parts, "replies") + drain(desk.parts, "broadcasts") == len(rows)
    assert as_of < desk.clock()


def test_a_row_claimed_a_moment_before_the_disarming_is_not_handed_over(desk: Desk) -> None:
    desk.want(desk.person(), "Hello")
    write = desk.parts.vault.open

    class Late:
        """Disarms while the text is being written."""

        fingerprint, seal = desk.vault.fingerprint, desk.vault.seal

        def open(self, sealed: bytes, context: str) -> str:
            with desk.db.write() as session:
                arming.disarm(session, desk.clock())
            return write(sealed, context)

    assert drain(replace(desk.parts, vault=Late()), "replies") == 0  # type: ignore[arg-type]
    assert desk.carrier.bodies() == []


def test_what_went_out_after_the_backup_is_bound_and_what_did_not_goes_out_once(
    desk: Desk, tmp_path: Path
) -> None:
    people = [desk.person(n) for n in range(1, 21)]
    for person in people:
        desk.want(person, f"School is closed on Monday, family {person}.", lane="broadcasts")
    taken_at, path = back_up(desk, tmp_path)
    desk.clock.move(minutes=1)
    desk.carrier.script = [*[None] * 12, *[Uncertain("the machine burns down")] * 8]
    drain(replace(desk.parts, senders={"broadcasts": 1}), "broadcasts")
    sent_before = len(desk.carrier.accepted)
    assert sent_before == 12
    desk.clock.move(minutes=30)
    restored = crash_and_restore(desk, taken_at, path)
    assert drain(restored.parts, "broadcasts") == 0
    found = look_back(restored.parts, taken_at)
    assert (found.people, found.bound, found.dropped) == (20, 12, 0)
    arm(restored)
    desk.carrier.script = []
    assert drain(restored.parts, "broadcasts") == 8
    assert sorted(desk.carrier.bodies()) == sorted(set(desk.carrier.bodies()))
    assert len(desk.carrier.accepted) == 20
    assert set(restored.states()) == {"accepted"}


def test_the_same_words_twice_to_one_family_are_bound_one_by_one(desk: Desk, as_of: datetime) -> None:
    rows = [desk.want(desk.person(), "Reminder") for _ in range(3)]
    listed(desk, "+15125550101", "Reminder", "Reminder")
    assert look_back(desk.parts, as_of).bound == 2
    assert desk.states() == ["accepted", "accepted", "pending"]
    assert desk.row(rows[0]).sid != desk.row(rows[1]).sid


def test_what_a_row_holds_already_is_not_taken_for_another_one(desk: Desk, as_of: datetime) -> None:
    first = desk.want(desk.person(), "Reminder")
    (sid,) = listed(desk, "+15125550101", "Reminder")
    assert look_back(desk.parts, as_of).bound == 1
    second = desk.want(desk.person(), "Reminder")
    assert look_back(desk.parts, as_of).bound == 0
    assert (desk.row(first).sid, desk.row(second).state) == (sid, "pending")


def test_a_text_that_the_lost_machine_answered_in_other_words_is_not_answered_again(
    desk: Desk, as_of: datetime
) -> None:
    person = desk.person()
    asked(desk, person, "SM" + "a" * 32)
    listed(desk, "+15125550101", "No school tomorrow.")
    desk.clock.move(hours=20)
    row_id = desk.want(person, "No school today.", inbound_id=inbound(desk, person, "SM" + "a" * 32))
    found = look_back(desk.parts, as_of)
    assert (found.bound, found.dropped) == (0, 1)
    assert (desk.row(row_id).state, desk.row(row_id).reason) == ("skipped", "restored")


def test_a_text_that_came_in_after_the_last_answer_is_answered(desk: Desk, as_of: datetime) -> None:
    person = desk.person()
    listed(desk, "+15125550101", "An answer to something before")
    desk.clock.move(minutes=5)
    asked(desk, person, "SM" + "b" * 32)
    row_id = desk.want(person, "The answer", inbound_id=inbound(desk, person, "SM" + "b" * 32))
    assert look_back(desk.parts, as_of).dropped == 0
    assert desk.row(row_id).state == "pending"


def test_a_broadcast_in_other_words_is_not_mistaken_for_one_that_went_out(
    desk: Desk, as_of: datetime
) -> None:
    row_id = desk.want(desk.person(), "Picture day is on Friday", lane="broadcasts")
    listed(desk, "+15125550101", "An answer")
    found = look_back(desk.parts, as_of)
    assert (found.bound, found.dropped) == (0, 0)
    assert desk.row(row_id).state == "pending"


def test_a_receipt_for_the_text_finds_its_row_after_the_binding(desk: Desk, as_of: datetime) -> None:
    row_id = desk.want(desk.person(), "Hello")
    (sid,) = listed(desk, "+15125550101", "Hello")
    with desk.db.write() as session:
        record_status(session, sid, row_id, "delivered", None, desk.clock())
    assert desk.row(row_id).state == "pending", "a row that was never handed over has no receipt"
    look_back(desk.parts, as_of)
    assert (desk.row(row_id).state, desk.row(row_id).sid) == ("delivered", sid)


def test_where_the_list_cannot_be_read_nothing_is_decided(desk: Desk, as_of: datetime) -> None:
    desk.want(desk.person(), "Hello")
    desk.carrier.list_is_readable = False
    with pytest.raises(Uncertain):
        look_back(desk.parts, as_of)
    assert desk.states() == ["pending"]


def test_many_people_are_looked_up_page_by_page(desk: Desk, as_of: datetime) -> None:
    for number in range(100):
        desk.want(desk.person(number), f"Text {number}")
    told: list[int] = []
    assert look_back(desk.parts, as_of, lambda found: told.append(found.people)).people == 100
    assert told == [64, 100]


def listed(desk: Desk, number: str, *bodies: str) -> list[str]:
    """The carrier's list shows these texts to a number now; their SIDs."""
    sids = [f"SM{len(desk.carrier.accepted) + n:032x}" for n in range(len(bodies))]
    for sid, body in zip(sids, bodies, strict=True):
        record = CarrierRecord(sid, number, "+15125550100", body, "queued", desk.clock())
        desk.carrier.accepted.append(record)
    desk.clock.move(seconds=10)
    return sids


def asked(desk: Desk, person: int, sid: str) -> None:
    """The carrier's list shows that a text came in now."""
    assert person
    record = CarrierRecord(sid, "+15125550100", "+15125550101", "?", "received", desk.clock())
    desk.carrier.inbound.append(record)
    desk.clock.move(seconds=10)


def inbound(desk: Desk, person: int, sid: str) -> int:
    """The text is taken in only now, long after it came."""
    with desk.db.write() as session:
        taken = take(session, sid=sid, contact_id=person, channel="sms", received_at=desk.clock())
    assert taken
    return taken


def test_the_fetch_of_a_restored_system_goes_back_to_the_backup(desk: Desk, as_of: datetime) -> None:
    asked(desk, desk.person(), "SM" + "c" * 32)
    desk.clock.move(days=6)
    fetched: list[str] = []
    Sweeper(desk.parts, take=lambda record: fetched.append(record.sid), wake=lambda: 0).upkeep()
    assert fetched == ["SM" + "c" * 32]
    assert desk.clock() - as_of > timedelta(days=6)

"""Texts to many: held, stopped, cancelled, over for the night; each says why it did not go."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session
from structlog.testing import capture_logs

from bot.outbox.drain import drain
from bot.outbox.put import NoConsent, ToMany, put_many
from bot.ports import NotAccepted, Outgoing
from bot.store import broadcasts, consents, outbox, outcomes
from bot.store.broadcasts import Broadcast
from bot.store.database import Database
from bot.store.outbox import OutboxRow
from bot.store.vault import Vault
from tests.fixtures.household import SettableClock
from tests.outbox.conftest import Desk

ZONE = "America/Chicago"
EVENING = datetime(2026, 10, 13, 19, 30, tzinfo=ZoneInfo(ZONE))


def send_to(desk: Desk, people: range, *, words: str = "No school", **more: Any) -> Broadcast:
    shared = {name: more.pop(name) for name in ("due_at", "expires_at", "next_morning") if name in more}
    with desk.db.write() as session:
        made = broadcasts.create(session, created_by="s-1", now=desk.clock(), **more)
        texts = [(desk_person, words, "sms") for desk_person in _people(desk, people)]
        told = {"due_at": desk.clock(), **shared}
        put_many(session, desk.vault, ToMany(made, ZONE, **told), texts, desk.clock())  # type: ignore[arg-type]
        broadcasts.filled(session, made.id or 0, desk.clock())
    return made


def _people(desk: Desk, people: range) -> list[int]:
    return [desk.people[number] for number in people]


def tally(desk: Desk, made: Broadcast) -> dict[tuple[str, str | None], int]:
    with desk.db.read() as session:
        return broadcasts.tally(session, made.id or 0)


def told(desk: Desk, made: Broadcast) -> Broadcast:
    with desk.db.read() as session:
        found = broadcasts.by_id(session, made.id or 0)
    assert found is not None
    return found


@pytest.fixture
def desk(db: Database, vault: Vault, clock: SettableClock) -> Desk:
    """A desk with sixty people."""
    made = Desk(db, vault, clock)
    made.people = [made.person(number) for number in range(60)]
    return made


def test_a_paused_broadcast_stops_within_ten_texts_and_goes_on_where_it_was(desk: Desk) -> None:
    made = send_to(desk, range(60))
    object.__setattr__(desk.parts, "senders", {"broadcasts": 8})

    def pause(_: Outgoing) -> None:
        if len(desk.carrier.accepted) == 20:
            with desk.db.write() as session:
                broadcasts.pause(session, made.id or 0)

    desk.while_sending(pause)
    drain(desk.parts, "broadcasts")
    sent = len(desk.carrier.accepted)
    assert 21 <= sent <= 31
    assert tally(desk, made) == {("accepted", None): sent, ("pending", None): 60 - sent}
    assert drain(desk.parts, "broadcasts") == 0
    with desk.db.write() as session:
        assert broadcasts.resume(session, made.id or 0)
    drain(desk.parts, "broadcasts")
    assert tally(desk, made) == {("accepted", None): 60}
    assert sorted(desk.carrier.bodies()) == ["No school"] * 60


def test_a_cancelled_broadcast_ends_each_text_with_the_reason(desk: Desk) -> None:
    made = send_to(desk, range(20))
    object.__setattr__(desk.parts, "senders", {"broadcasts": 1})

    def cancel(_: Outgoing) -> None:
        if len(desk.carrier.accepted) == 3:
            with desk.db.write() as session:
                broadcasts.cancel(session, made.id or 0)

    desk.while_sending(cancel)
    drain(desk.parts, "broadcasts")
    assert tally(desk, made) == {("accepted", None): 4, ("skipped", "cancelled"): 16}
    assert told(desk, made).state == "cancelled"
    with desk.db.write() as session:
        assert not broadcasts.resume(session, made.id or 0), "what is cancelled stays so"


@pytest.mark.parametrize(
    ("what", "becomes"),
    [(broadcasts.pause, ("pending", "too_late")), (broadcasts.cancel, ("skipped", "cancelled"))],
)
def test_a_text_that_waits_for_its_moment_when_its_broadcast_is_held_or_cancelled_does_not_go(
    desk: Desk, what: Callable[[Session, int], bool], becomes: tuple[str, str | None]
) -> None:
    made = send_to(desk, range(1))
    desk.while_waiting(lambda session: what(session, made.id or 0))
    drain(desk.parts, "broadcasts")
    assert desk.carrier.accepted == []
    assert tally(desk, made) == {becomes: 1}


def test_a_held_broadcast_is_in_nobodys_way(desk: Desk) -> None:
    held = send_to(desk, range(5), words="held")
    with desk.db.write() as session:
        broadcasts.pause(session, held.id or 0)
    send_to(desk, range(5), words="next")
    drain(desk.parts, "broadcasts")
    assert desk.carrier.bodies() == ["next"] * 5


def test_a_fault_of_our_settings_stops_the_broadcast_once_with_its_reason(desk: Desk) -> None:
    made = send_to(desk, range(30))
    object.__setattr__(desk.parts, "senders", {"broadcasts": 2})
    desk.carrier.script = [NotAccepted(30034, "no")] * 30
    with capture_logs() as lines:
        assert drain(desk.parts, "broadcasts") <= 4
    alarms = [line for line in lines if line["event"] == "broadcast_stopped"]
    assert [(line["broadcast"], line["error_code"]) for line in alarms] == [(made.id, 30034)]
    assert (told(desk, made).state, told(desk, made).reason) == ("stopped", "configuration/30034")
    assert {state for state, _ in tally(desk, made)} == {"pending"}
    desk.clock.move(hours=1)
    assert drain(desk.parts, "broadcasts") == 0


def test_a_broadcast_is_done_when_each_of_its_texts_has_ended(desk: Desk) -> None:
    made = send_to(desk, range(3))
    with desk.db.write() as session:
        assert broadcasts.look_after(session, desk.clock()) == 0
    drain(desk.parts, "broadcasts")
    with desk.db.write() as session:
        assert broadcasts.look_after(session, desk.clock()) == 1
    assert told(desk, made).state == "done"


def test_texts_whose_time_runs_out_while_their_broadcast_is_held_end_as_expired(desk: Desk) -> None:
    made = send_to(desk, range(3), expires_at=desk.clock() + timedelta(hours=1))
    with desk.db.write() as session:
        broadcasts.pause(session, made.id or 0)
    desk.clock.move(hours=2)
    with desk.db.write() as session:
        broadcasts.look_after(session, desk.clock())
    assert tally(desk, made) == {("skipped", "expired"): 3}


def test_a_text_that_is_late_dies_before_the_night_and_says_so(desk: Desk) -> None:
    desk.clock.set(EVENING)
    made = send_to(desk, range(3))
    desk.clock.move(minutes=30)
    assert drain(desk.parts, "broadcasts") == 0
    assert tally(desk, made) == {("skipped", "quiet"): 3}


def test_the_carrier_is_told_how_long_a_text_may_live(desk: Desk) -> None:
    desk.clock.set(EVENING)
    seen: list[int | None] = []
    desk.while_sending(lambda message: seen.append(message.valid_for))
    send_to(desk, range(1))
    desk.want(desk.people[2], "an answer")
    drain(desk.parts, "broadcasts")
    drain(desk.parts, "replies")
    assert seen == [30 * 60, None]


def test_a_text_put_at_night_goes_at_eight_and_one_that_may_wait_goes_on_the_next_morning(desk: Desk) -> None:
    desk.clock.set(EVENING + timedelta(hours=3))
    at_night = send_to(desk, range(3), words="at night")
    assert drain(desk.parts, "broadcasts") == 0
    desk.clock.set(EVENING + timedelta(hours=12, minutes=29))
    assert drain(desk.parts, "broadcasts") == 0
    desk.clock.move(minutes=1)
    assert drain(desk.parts, "broadcasts") == 3
    assert tally(desk, at_night) == {("accepted", None): 3}
    desk.clock.set(EVENING + timedelta(days=1))
    may_wait = send_to(desk, range(3), words="may wait", next_morning=True)
    desk.clock.move(hours=1)
    assert drain(desk.parts, "broadcasts") == 0
    assert tally(desk, may_wait) == {("pending", "quiet"): 3}
    desk.clock.set(EVENING + timedelta(days=1, hours=12, minutes=30))
    assert drain(desk.parts, "broadcasts") == 3


def test_the_night_that_begins_between_claim_and_call_is_heeded(desk: Desk) -> None:
    desk.clock.set(EVENING)
    made = send_to(desk, range(4), next_morning=True)
    object.__setattr__(desk.parts, "senders", {"broadcasts": 1})

    def night_falls(_: Outgoing) -> None:
        desk.clock.set(EVENING + timedelta(hours=1))

    desk.while_sending(night_falls)
    drain(desk.parts, "broadcasts")
    assert tally(desk, made) == {("accepted", None): 1, ("pending", "quiet"): 3}


def test_an_emergency_goes_at_night_with_a_name_and_a_reason(desk: Desk) -> None:
    desk.clock.set(EVENING + timedelta(hours=5))
    made = send_to(desk, range(3), emergency=("principal-1", "the boiler burst"))
    assert drain(desk.parts, "broadcasts") == 3
    assert (told(desk, made).emergency_by, told(desk, made).emergency_reason) == (
        "principal-1",
        "the boiler burst",
    )


@pytest.mark.parametrize("emergency", [("", "why"), ("who", " ")])
def test_an_emergency_without_name_or_reason_is_none(desk: Desk, emergency: tuple[str, str]) -> None:
    with desk.db.write() as session, pytest.raises(ValueError, match="names who"):
        broadcasts.create(session, created_by="s-1", now=desk.clock(), emergency=emergency)


def consent(desk: Desk, person: int, kind: str) -> None:
    with desk.db.write() as session:
        consents.record(session, person, kind, language="en", wording="", source="text", at=desk.clock())


def test_beyond_the_schools_mission_only_those_are_texted_who_asked_for_it(desk: Desk) -> None:
    consent(desk, desk.people[0], "beyond_on")
    consent(desk, desk.people[1], "beyond_on")
    consent(desk, desk.people[1], "beyond_off")
    made = send_to(desk, range(3), purpose="beyond")
    assert drain(desk.parts, "broadcasts") == 1
    assert tally(desk, made) == {("accepted", None): 1, ("skipped", "no_consent"): 2}
    with pytest.raises(NoConsent):
        desk.want(desk.people[2], "A sale", "broadcasts", kind="broadcast", zone=ZONE, purpose="beyond")


def test_a_text_of_our_own_accord_needs_the_zone_of_its_quiet_hours(desk: Desk) -> None:
    with pytest.raises(ValueError, match="zone"):
        desk.want(desk.people[0], "A tip", "broadcasts", kind="tip")


def test_ten_thousand_texts_keep_the_order_of_each_contact_and_are_counted_by_reason(desk: Desk) -> None:
    people = desk.people
    texts = [(people[number % 60], f"{number:05}", "sms") for number in range(10_000)]
    with desk.db.write() as session:
        made = broadcasts.create(session, created_by="s-1", now=desk.clock())
        shared = ToMany(made, ZONE, desk.clock())
        assert put_many(session, desk.vault, shared, texts, desk.clock()) == 10_000  # type: ignore[arg-type]
    with desk.db.read() as session:
        rows = outbox.to_contact(session, people[7])
        counted = outcomes.by_reason(session, desk.clock())
    assert [_said(desk, row) for row in rows] == [f"{number:05}" for number in range(7, 10_000, 60)]
    assert counted == {("pending", None): 10_000}


def _said(desk: Desk, row: OutboxRow) -> str:
    return desk.vault.open(row.body or b"", outbox.BODY)

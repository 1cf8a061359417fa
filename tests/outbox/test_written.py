"""Writing the texts of a claim: a row that breaks or never ends keeps no other back."""

import re
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.outbox import written
from bot.outbox.drain import drain
from bot.outbox.hand_over import Letter, write
from bot.store.answers import reopen, try_anew
from bot.store.claims import STUMBLES
from bot.store.outbox import BODY, set_aside_rows
from tests.outbox.conftest import Desk

NEVER_ENDS = "This text never ends"


def _write_or_hang(*told: Any) -> Letter:
    letter = write(*told)
    while letter.message.body == NEVER_ENDS:
        time.sleep(0.01)
    return letter


@pytest.fixture
def hurried(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk at which one text never ends and whose drain notices soon."""
    monkeypatch.setattr(written, "write", _write_or_hang)
    desk.parts = replace(desk.parts, write_within=0.3)
    return desk


def test_a_text_that_never_ends_is_told_apart_and_the_others_of_its_claim_go_out(hurried: Desk) -> None:
    before = [hurried.want(hurried.person(n), f"Hola {n}") for n in (1, 2)]
    endless = hurried.want(hurried.person(3), NEVER_ENDS)
    after = [hurried.want(hurried.person(n), f"Hola {n}") for n in (4, 5)]
    assert drain(hurried.parts, "replies") == 4
    assert {hurried.row(row_id).state for row_id in before + after} == {"accepted"}
    assert {hurried.row(row_id).stumbles for row_id in before + after} == {0}
    assert (hurried.row(endless).state, hurried.row(endless).stumbles) == ("pending", 1)


def test_a_text_that_never_ends_is_set_aside_after_three_tries(hurried: Desk) -> None:
    endless = hurried.want(hurried.person(), NEVER_ENDS)
    for tries in range(1, STUMBLES + 1):
        assert drain(hurried.parts, "replies") == 0
        assert hurried.row(endless).stumbles == tries
        hurried.clock.move(minutes=1)
    assert (hurried.row(endless).state, hurried.row(endless).reason) == ("failed", "poison")
    assert hurried.carrier.accepted == []


def test_what_was_set_aside_goes_out_when_a_person_lets_it_be_tried_anew(hurried: Desk) -> None:
    endless = hurried.want(hurried.person(), NEVER_ENDS)
    for _ in range(STUMBLES):
        drain(hurried.parts, "replies")
        hurried.clock.move(minutes=1)
    now = hurried.clock()
    with hurried.db.write() as session:
        assert [row.id for row in set_aside_rows(session)] == [endless]
        session.merge(hurried.row(endless)).body = hurried.parts.vault.seal("It ends", BODY)
        assert not reopen(session, endless, now=now, expires_at=now)
        assert try_anew(session, endless, now=now, expires_at=now + timedelta(days=1))
        assert set_aside_rows(session) == []
    drain(hurried.parts, "replies")
    assert hurried.row(endless).state == "accepted"
    with hurried.db.write() as session:
        assert not reopen(session, endless, now=now, expires_at=now), "never what the carrier has"
        assert not try_anew(session, endless, now=now, expires_at=now), "nor here"


def test_later_texts_of_the_same_person_wait_for_it_and_then_go_out(hurried: Desk) -> None:
    person = hurried.person()
    hurried.want(person, NEVER_ENDS)
    later = hurried.want(person, "Hola")
    for _ in range(STUMBLES):
        drain(hurried.parts, "replies")
        hurried.clock.move(minutes=1)
    drain(hurried.parts, "replies")
    assert hurried.row(later).state == "accepted"


def test_what_was_not_begun_when_the_time_was_over_is_given_back_untouched(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_slowly(*told: Any) -> Letter:
        """Swallows the end of its time, as code does that catches all."""
        letter = write(*told)
        try:
            time.sleep(0.2)
            re.sub("", "", letter.message.body)
        except Exception:  # noqa: BLE001 - this is what it shows
            pass
        return letter

    monkeypatch.setattr(written, "write", write_slowly)
    desk.parts = replace(desk.parts, write_within=0.1)
    rows = [desk.want(desk.person(n), f"Hola {n}") for n in (1, 2, 3)]
    drain(desk.parts, "replies")
    assert [desk.row(row_id).state for row_id in rows] == ["accepted"] * 3
    assert [desk.row(row_id).stumbles for row_id in rows] == [0] * 3

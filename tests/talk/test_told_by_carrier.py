"""From the parent's text to the attendance office's phone, through the adapter of production."""

from collections.abc import Iterator

import pytest

from bot.outbox.drain import drain
from tests.fixtures.installation import Install, Installation
from tests.servers.house import TOKEN, house_at_work
from tests.servers.local_carrier import ACCOUNT, NUMBER, Local, carrier_at_work

ATTENDANCE = "+15125550190"


@pytest.fixture
def local() -> Iterator[Local]:
    """A carrier on this machine, whose receipts nobody takes."""
    with house_at_work() as nobody, carrier_at_work(nobody) as local:
        yield local


@pytest.fixture
def wired(install: Install, local: Local) -> Installation:
    """A house that sends through it."""
    return install(
        TWILIO_BASE_URL=local.url,
        TWILIO_ACCOUNT_SID=ACCOUNT,
        TWILIO_AUTH_TOKEN=TOKEN,
        ALLY_NUMBER=NUMBER,
    )


def phone_of_the_office(local: Local) -> list[str]:
    return [str(text["body"]) for text in local.settle()["sent"] if text["to"] == ATTENDANCE]


def test_the_parent_reports_and_the_attendance_phone_receives_it(wired: Installation, local: Local) -> None:
    for words in ("my son is sick today", "1", "1", "1"):
        wired.text(words)
    drain(wired.bot.outbox, "replies")
    (told,) = phone_of_the_office(local)
    assert told.startswith("Absence: Noah, grade 2, class of Jorge Luna, Maple Grove Elementary")

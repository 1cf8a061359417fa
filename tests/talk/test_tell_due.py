"""E-mails to staff and lost texts: at least once, whoever dies in between, and never in silence."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.outbox.drain import drain
from bot.outbox.sweep import Sweeper
from bot.store import schools, untold
from bot.store.notices import NO_RECEIPT, Notice
from bot.store.outbox import OutboxRow
from bot.talk.tell_due import TRIES, tell_due, wait_after
from tests.fixtures.installation import Install, Installation
from tests.outbox.fake_carrier import FakeCarrier
from tests.servers.ally_run import free_port
from tests.servers.mail import Mailbox, mail_server, text_of

OFFICE = "office@maple.example.org"
ON_CALL = "+15125550192"
FROM = "ally@cedarvalley.example.org"
ABSENCE = ("my son is sick today", "1", "1", "1")


def kept(house: Installation) -> list[Notice]:
    with house.bot.db.read() as session:
        return list(session.exec(select(Notice).order_by(Notice.id)))  # type: ignore[arg-type]


def give_office(house: Installation, *, text: str | None) -> None:
    """The attendance offices have an e-mail address, and this number."""
    vault = house.bot.vault
    with house.bot.db.write() as session:
        for school in schools.every_school(session):
            school.attendance_email = vault.seal(OFFICE, schools.ATTENDANCE_EMAIL)
            school.attendance_text = vault.seal(text, schools.ATTENDANCE_TEXT) if text else None
            session.add(school)


def report(house: Installation) -> None:
    for words in ABSENCE:
        house.text(words)


@pytest.fixture
def mailing(install: Install, mailbox: Mailbox) -> Installation:
    """A house with a mail server, whose attendance offices have only an e-mail address."""
    house = install(ALLY_SMTP_URL=mailbox.url, ALLY_MAIL_FROM=FROM)
    give_office(house, text=None)
    return house


def test_the_office_receives_the_e_mail_that_the_parent_read_of(
    mailing: Installation, mailbox: Mailbox
) -> None:
    report(mailing)
    assert "I told the attendance office" in mailing.answers()[-1]
    assert tell_due(mailing.bot.talk) == 1
    (got,) = mailbox.got
    assert got["To"] == OFFICE
    assert "Noah" not in got["Subject"]
    assert "Noah, grade 2, class of Jorge Luna" in text_of(got)
    assert tell_due(mailing.bot.talk) == 0, "once"


def test_once_told_the_words_and_the_address_are_forgotten(mailing: Installation) -> None:
    report(mailing)
    tell_due(mailing.bot.talk)
    (notice,) = kept(mailing)
    assert (notice.state, notice.address, notice.subject, notice.body) == ("told", None, None, None)


def test_the_sweeper_sends_them_without_anybody_ringing(mailing: Installation, mailbox: Mailbox) -> None:
    report(mailing)
    mailing.bot.sweeper.tell_staff()
    assert len(mailbox.got) == 1


def test_while_the_mail_server_is_away_it_is_tried_again_later_and_later(install: Install) -> None:
    house = install(ALLY_SMTP_URL=f"smtp://127.0.0.1:{free_port()}", ALLY_MAIL_FROM=FROM)
    give_office(house, text=None)
    report(house)
    assert tell_due(house.bot.talk) == 0
    assert tell_due(house.bot.talk) == 0, "not before its time"
    (notice,) = kept(house)
    assert (notice.state, notice.tries) == ("mailing", 1)
    assert notice.reason == "unreachable_ConnectionRefusedError"
    house.clock.move(seconds=31)
    tell_due(house.bot.talk)
    assert kept(house)[0].tries == 2
    waits = [wait_after(tries) for tries in range(1, TRIES)]
    assert waits == sorted(waits)
    assert timedelta(hours=20) < sum(waits, timedelta()) < timedelta(hours=36)


def test_a_mail_server_that_comes_back_gets_it(install: Install) -> None:
    with mail_server() as box:
        house = install(ALLY_SMTP_URL=box.url, ALLY_MAIL_FROM=FROM)
        give_office(house, text=None)
        report(house)
        box.answers = ["451 try later"]
        assert tell_due(house.bot.talk) == 0
        house.clock.move(seconds=31)
        assert tell_due(house.bot.talk) == 1
        assert len(box.got) == 1


def test_an_address_that_is_refused_for_good_sends_the_notice_to_whoever_is_on_call(
    mailing: Installation, mailbox: Mailbox
) -> None:
    report(mailing)
    mailbox.recipient_answers = ["550 no such mailbox"]
    tell_due(mailing.bot.talk)
    assert [(one.to, one.state) for one in kept(mailing)] == [
        ("attendance", "failed"),
        ("on_call", "texting"),
    ]
    (told,) = mailing.answers(ON_CALL)
    assert told.startswith("Absence: Noah")


def test_after_a_day_of_tries_it_is_given_up_and_whoever_is_on_call_is_told(install: Install) -> None:
    house = install(ALLY_SMTP_URL=f"smtp://127.0.0.1:{free_port()}", ALLY_MAIL_FROM=FROM)
    give_office(house, text=None)
    report(house)
    for _ in range(TRIES + 1):
        tell_due(house.bot.talk)
        house.clock.move(hours=2)
    assert [(one.to, one.state) for one in kept(house)] == [("attendance", "failed"), ("on_call", "texting")]


def lose_the_text(house: Installation, state: str, reason: str | None) -> None:
    with house.bot.db.write() as session:
        row = session.exec(select(OutboxRow).where(OutboxRow.kind == "notice")).one()
        row.state, row.reason = state, reason
        session.add(row)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("skipped", "opted_out"),
        ("skipped", "expired"),
        ("failed", "refused"),
        ("undelivered", None),
        ("unknown", "list_unreadable"),
    ],
)
def test_a_text_that_did_not_arrive_is_followed_by_an_e_mail(
    install: Install, mailbox: Mailbox, state: str, reason: str | None
) -> None:
    house = install(ALLY_SMTP_URL=mailbox.url, ALLY_MAIL_FROM=FROM)
    give_office(house, text="+15125550190")
    report(house)
    assert tell_due(house.bot.talk) == 0, "the text comes first"
    lose_the_text(house, state, reason)
    assert tell_due(house.bot.talk) == 1
    assert [one.state for one in kept(house)] == ["told"]
    assert len(mailbox.got) == 1


def test_a_text_that_waits_too_long_to_go_out_becomes_an_e_mail(install: Install, mailbox: Mailbox) -> None:
    """Put off to the next day, for whatever reason, an absence of today would be told too late."""
    house = install(ALLY_SMTP_URL=mailbox.url, ALLY_MAIL_FROM=FROM)
    give_office(house, text="+15125550190")
    report(house)
    house.clock.move(hours=1, minutes=59)
    assert tell_due(house.bot.talk) == 0
    house.clock.move(minutes=2)
    assert tell_due(house.bot.talk) == 1
    carrier = FakeCarrier(house.clock)
    drain(replace(house.bot.outbox, carrier=carrier), "replies")
    assert not any(body.startswith("Absence") for body in carrier.bodies()), "not both"


def test_a_text_that_did_not_arrive_goes_to_whoever_is_on_call_where_there_is_no_e_mail(
    house: Installation,
) -> None:
    report(house)
    lose_the_text(house, "skipped", "opted_out")
    tell_due(house.bot.talk)
    tell_due(house.bot.talk)
    assert [(one.to, one.state) for one in kept(house)] == [("attendance", "failed"), ("on_call", "texting")]


def test_a_child_s_absence_is_told_to_nobody_on_call_of_another_school(house: Installation) -> None:
    """Where the child's school and the district have nobody on call, it waits in the list instead."""
    vault = house.bot.vault
    with house.bot.db.write() as session:
        for school in schools.every_school(session):
            if school.name.startswith("Maple"):
                own = None
            else:
                own = vault.seal("+15125550194", schools.ON_CALL_TEXT)
            school.on_call_text, school.kept = own, ["on_call_text"]
            session.add(school)
    report(house)
    lose_the_text(house, "skipped", "opted_out")
    tell_due(house.bot.talk)
    assert [(one.to, one.state) for one in kept(house)] == [("attendance", "failed")]
    with house.bot.db.read() as session:
        assert [one.school for one in untold.absences(session)] == ["Maple Grove Elementary"]


def test_a_text_counts_as_told_by_its_receipt_or_a_day_after_the_carrier_took_it(
    house: Installation,
) -> None:
    report(house)
    lose_the_text(house, "accepted", None)
    tell_due(house.bot.talk)
    assert [one.state for one in kept(house)] == ["texting"]
    house.clock.move(seconds=NO_RECEIPT.total_seconds() + 1)
    tell_due(house.bot.talk)
    assert [one.state for one in kept(house)] == ["told"]


def test_stop_between_the_report_and_the_sending_holds(install: Install, mailbox: Mailbox) -> None:
    house = install(ALLY_SMTP_URL=mailbox.url, ALLY_MAIL_FROM=FROM)
    give_office(house, text="+15125550190")
    report(house)
    house.text("STOP", "+15125550190")
    carrier = FakeCarrier(house.clock)
    drain(replace(house.bot.outbox, carrier=carrier), "replies")
    assert not any("Noah, grade 2, class of" in body for body in carrier.bodies())
    tell_due(house.bot.talk)
    assert len(mailbox.got) == 1


_WORKER = """
import sys
from bot.settings import read_settings
from bot.talk.tell_due import tell_due
from bot.wiring import build
bot = build(read_settings())
print(tell_due(bot.talk))
bot.close()
"""


def test_a_worker_killed_while_the_server_takes_the_e_mail_leaves_it_to_the_next(
    mailing: Installation, mailbox: Mailbox, keys: tuple[str, str]
) -> None:
    """Told once or more, never not at all: nobody knows whether the first one arrived."""
    report(mailing)
    environment = {
        **os.environ,
        "DATABASE_URL": mailing.bot.settings.database_url,
        "ALLY_KEYS": keys[0],
        "ALLY_FINGERPRINT_KEY": keys[1],
        "ALLY_SMTP_URL": mailbox.url,
        "ALLY_MAIL_FROM": FROM,
        "ALLY_NUMBER": "+15125550100",
    }
    killed: list[subprocess.Popen[bytes]] = []

    def kill() -> None:
        killed[0].send_signal(signal.SIGKILL)
        killed[0].wait()

    mailbox.before_answer = kill
    killed.append(subprocess.Popen([sys.executable, "-c", _WORKER], env=environment))
    assert killed[0].wait() == -signal.SIGKILL
    assert [(one.state, one.tries) for one in kept(mailing)] == [("mailing", 1)]
    mailbox.before_answer = lambda: None
    mailing.clock.set(kept(mailing)[0].due_at)
    assert tell_due(mailing.bot.talk) == 1
    assert [one.state for one in kept(mailing)] == ["told"]
    assert len({one["Message-ID"] for one in mailbox.got}) == 1
    assert len(mailbox.got) == 2


def test_of_many_workers_at_once_one_sends(mailing: Installation, mailbox: Mailbox) -> None:
    report(mailing)
    mailbox.before_answer = lambda: taken.append(tell_due(mailing.bot.talk))
    taken: list[int] = []
    assert tell_due(mailing.bot.talk) == 1
    assert taken == [0]
    assert len(mailbox.got) == 1


def test_a_fault_of_the_telling_stops_nothing_else(house: Installation) -> None:
    def break_down() -> int:
        raise RuntimeError("whatever it may be")

    report(house)
    parts = replace(house.bot.outbox, carrier=FakeCarrier(house.clock))
    assert Sweeper(parts, lambda _: None, lambda: 0, break_down).sweep_once() > 0

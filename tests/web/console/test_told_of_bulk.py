"""Numbers taken in bulk: the second administrator reads of it in an e-mail and a text, without any family."""

import pytest
from flask.testing import FlaskClient

from bot.people.access import Grant
from bot.store import contacts
from bot.talk.tell_due import tell_due
from bot.web.application import create_application
from bot.web.console.seen_in_bulk import MANY
from tests.fixtures.installation import ENGLISH, PUBLIC, Install
from tests.servers.mail import Mailbox, text_of
from tests.web.console.conftest import Console
from tests.web.console.samples import a_broadcast, a_failing_number

PHONE = "+15125550177"


@pytest.fixture
def mailing(install: Install, mailbox: Mailbox) -> Console:
    """The staff pages of a district with a mail server."""
    house = install(ALLY_SMTP_URL=mailbox.url, ALLY_MAIL_FROM="ally@cedarvalley.example.org")
    return Console(create_application(house.bot), house)


def second(console: Console) -> int:
    """Another administrator of the district, with a phone, who reads the pages in Spanish."""
    return console.account(Grant("administrator"), email="second@school.example", language="es", text=PHONE)


def take_file(console: Console, client: FlaskClient, broadcast_id: int) -> None:
    path = f"/staff/broadcasts/{broadcast_id}/families.csv?numbers=y"
    assert console.get(client, path).status_code == 200


def texts(console: Console) -> list[str]:
    """What came to the second administrator's phone."""
    bot = console.house.bot
    with bot.db.read() as session:
        reader = contacts.by_number_hash(session, bot.vault.fingerprint(PHONE))
    return console.house.answers(PHONE) if reader is not None else []


def test_of_a_file_the_second_administrator_reads_at_once_by_mail_and_text(
    mailing: Console, mailbox: Mailbox
) -> None:
    second(mailing)
    mailing.account(Grant("administrator", mailing.school("Cedar")), email="elsewhere@school.example")
    taker = mailing.account(Grant("administrator"))
    client, broadcast_id = mailing.enter(taker), a_broadcast(mailing.house.bot, taker)
    mailing.get(client, f"/staff/broadcasts/{broadcast_id}/families.csv")
    assert tell_due(mailing.house.bot.talk) == 0, "masked numbers are nobody's"
    take_file(mailing, client, broadcast_id)
    take_file(mailing, client, broadcast_id)
    assert tell_due(mailing.house.bot.talk) == 1, "once a day, to one"
    (got,), (text,) = mailbox.got, texts(mailing)
    assert got["To"] == "second@school.example"
    link = f"{PUBLIC}/staff/log/?action=broadcast_exported"
    for said in (text_of(got), text):
        assert link in said
        assert "Person 3" in said
        assert "archivo" in said, "in her language"
        assert ENGLISH[-4:] not in said
    mailing.house.clock.move(days=1)
    take_file(mailing, mailing.enter(taker), broadcast_id)
    assert tell_due(mailing.house.bot.talk) == 1
    assert len(texts(mailing)) == 2


def test_of_numbers_seen_one_by_one_she_reads_when_they_are_many(mailing: Console, mailbox: Mailbox) -> None:
    second(mailing)
    client = mailing.signed_in("administrator")
    path = f"/staff/delivery/numbers/{a_failing_number(mailing.house.bot, 0)}"
    for _ in range(MANY - 1):
        assert mailing.get(client, path).status_code == 200
    assert tell_due(mailing.house.bot.talk) == 0
    mailing.get(client, path)
    assert tell_due(mailing.house.bot.talk) == 1
    mailing.house.clock.move(seconds=1)
    for _ in range(MANY - 1):
        mailing.get(client, path)
    assert tell_due(mailing.house.bot.talk) == 0, "not again before there are as many more"
    assert f"{MANY} números" in text_of(mailbox.got[0])
    assert len(texts(mailing)) == 1
    mailing.get(client, path)
    assert tell_due(mailing.house.bot.talk) == 1


def test_without_a_mail_server_a_text_comes_and_who_is_alone_is_told_nothing(console: Console) -> None:
    taker = console.account(Grant("administrator"))
    broadcast_id = a_broadcast(console.house.bot, taker)
    take_file(console, console.enter(taker), broadcast_id)
    assert texts(console) == []
    second(console)
    take_file(console, console.enter(taker), broadcast_id)
    assert len(texts(console)) == 1

"""Links that open an account reach its owner and nobody else: by e-mail, by text, or handed over."""

import re

from sqlmodel import select

from bot.people import staff_accounts
from bot.people.access import Grant
from bot.store import notices
from bot.store.outbox import BODY, OutboxRow
from bot.talk.tell_due import tell_due
from bot.web.application import create_application
from tests.fixtures.installation import Install
from tests.servers.mail import Mailbox
from tests.web.console.conftest import BASE, ORIGIN, PASSWORD, Console

EMAIL = "dana@school.example"
LINK = re.compile(r"https://texts\.example\.org(/staff/link/[\w-]+)")


def of(install: Install, **settings: str) -> Console:
    house = install(**settings)
    return Console(create_application(house.bot), house)


def texts(console: Console) -> list[str]:
    with console.house.bot.db.read() as session:
        rows = session.exec(select(OutboxRow)).all()
    return [console.house.bot.vault.open(row.body or b"", BODY) for row in rows]


def test_a_forgotten_password_is_set_anew_by_e_mail(install: Install, mailbox: Mailbox) -> None:
    console = of(install, ALLY_SMTP_URL=mailbox.url, ALLY_MAIL_FROM="ally@school.example")
    account = console.account(Grant("liaison"), email=EMAIL, language="es", text="+15125550171")
    before = console.enter(account)
    console.post(console.visitor(), "/staff/forgot", email=EMAIL)
    tell_due(console.house.bot.talk)

    (mail,) = mailbox.got
    assert mail["To"] == EMAIL
    assert "contraseña" in str(mail["Subject"])
    found = LINK.search(mail.get_content())
    assert found is not None
    assert not texts(console), "where there is a mail server nothing goes by text"
    client = console.visitor()
    assert console.post(client, found.group(1), password=PASSWORD, again=PASSWORD).status_code == 303
    assert console.get(before, "/staff/").status_code == 303, "every other sign-in has ended"
    assert console.get(client, found.group(1)).status_code == 404, "a link works once"


def test_without_a_mail_server_it_comes_by_text(install: Install) -> None:
    console = of(install)
    console.account(Grant("liaison"), email=EMAIL, text="+15125550171")
    console.post(console.visitor(), "/staff/forgot", email=EMAIL)
    (text,) = texts(console)
    assert LINK.search(text)


def test_the_answer_is_out_before_anybody_is_looked_for(install: Install) -> None:
    """So that its time tells as little as its words."""
    console = of(install)
    console.account(Grant("liaison"), email=EMAIL, text="+15125550171")
    client = console.visitor()
    form = {"email": EMAIL, "csrf_token": console.token(client)}
    answer = client.post("/staff/forgot", data=form, base_url=BASE, headers=ORIGIN)
    assert "a link is on its way" in b"".join(answer.iter_encoded()).decode()
    assert not texts(console)
    answer.close()
    assert texts(console)


def test_with_neither_nothing_is_sent_and_an_administrator_hands_it_over(install: Install) -> None:
    console = of(install)
    account = console.account(Grant("liaison"), email=EMAIL)
    console.post(console.visitor(), "/staff/forgot", email=EMAIL)
    assert not texts(console)
    token = staff_accounts.reset_by(console.desk, None, account, second_factor_too=False)
    assert console.get(console.visitor(), f"/staff/link/{token}").status_code == 200


def test_a_link_that_does_not_arrive_is_told_to_nobody_else(install: Install, mailbox: Mailbox) -> None:
    console = of(install, ALLY_SMTP_URL=mailbox.url, ALLY_MAIL_FROM="ally@school.example")
    console.account(Grant("liaison"), email=EMAIL)
    mailbox.recipient_answers = ["550 nobody"]
    console.post(console.visitor(), "/staff/forgot", email=EMAIL)
    tell_due(console.house.bot.talk)
    with console.house.bot.db.read() as session:
        (notice,) = notices.not_told(session)
    assert notice.state == "failed"
    assert notice.body is None


def test_a_link_has_its_time(install: Install) -> None:
    console = of(install)
    console.account(Grant("liaison"), email=EMAIL)
    found = staff_accounts.reset(console.desk, EMAIL)
    assert found is not None
    console.house.clock.move(minutes=61)
    answer = console.post(console.visitor(), f"/staff/link/{found[1]}", password=PASSWORD, again=PASSWORD)
    assert answer.status_code == 404


def test_a_password_that_is_guessed_at_once_is_refused(install: Install) -> None:
    console = of(install)
    console.account(Grant("liaison"), email=EMAIL)
    found = staff_accounts.reset(console.desk, EMAIL)
    assert found is not None
    for easy in ("short", "aaaaaaaaaaaaaaaa", "passwordpassword", "person1 dana school", "123456789012"):
        answer = console.post(console.visitor(), f"/staff/link/{found[1]}", password=easy, again=easy)
        assert answer.status_code == 400, easy
    client = console.visitor()
    assert (
        console.post(client, f"/staff/link/{found[1]}", password=PASSWORD, again=PASSWORD).status_code == 303
    )

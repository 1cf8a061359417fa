"""What ends a sign-in, what it costs to guess, and that nothing tells who has an account."""

import re
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient

from bot.people import staff_accounts
from bot.people.access import Grant
from bot.people.sign_in import OF_ONE
from bot.store import accounts, sign_ins
from bot.web.console.visits import address
from tests.web.console.conftest import BASE, ORIGIN, PASSWORD, Console

EMAIL = "liaison@school.example"


def with_password(console: Console, email: str = EMAIL) -> int:
    """An active account with a password and no second factor yet."""
    account = console.account(Grant("administrator"), email=email)
    with console.house.bot.db.write() as session:
        sign_ins.void_links(session, account)
    found = staff_accounts.reset(console.desk, email)
    assert found is not None
    staff_accounts.take_link(console.desk, found[1], PASSWORD, browser="")
    return account


def is_in(console: Console, client: object) -> bool:
    return console.get(client, "/staff/").status_code == 200  # type: ignore[arg-type]


def test_another_role_another_password_and_a_closed_account_end_it_at_the_next_request(
    console: Console,
) -> None:
    account, boss = with_password(console), console.account(Grant("administrator"))
    here, there = console.enter(account), console.enter(account)
    staff_accounts.set_roles(console.desk, None, account, [Grant("liaison")])
    assert not is_in(console, here)

    here, there = console.enter(account), console.enter(account)
    answer = console.post(
        here, "/staff/account/password", password="nine blue kettles", again="nine blue kettles"
    )
    assert answer.status_code == 303
    assert is_in(console, here)
    assert not is_in(console, there)

    staff_accounts.reset_by(console.desk, None, account, second_factor_too=True)
    assert not is_in(console, here)

    here = console.enter(account)
    staff_accounts.deactivate(console.desk, None, account)
    assert not is_in(console, here)
    assert is_in(console, console.enter(boss))


def test_time_ends_it_too(console: Console) -> None:
    client = console.signed_in("liaison")
    for _ in range(6):
        console.house.clock.move(minutes=100)
        assert is_in(console, client)
    console.house.clock.move(minutes=121)
    assert not is_in(console, client)
    client = console.signed_in("liaison")
    for _ in range(8):
        console.house.clock.move(minutes=100)
        is_in(console, client)
    assert not is_in(console, client), "twelve hours at the most"


def test_signing_out_ends_it_for_a_copied_cookie_too(console: Console) -> None:
    client, copy = console.signed_in("teacher"), console.visitor()
    with client.session_transaction(base_url="https://texts.example.org") as kept:
        token = kept["token"]
    with copy.session_transaction(base_url="https://texts.example.org") as kept:
        kept["token"] = token
    assert is_in(console, copy)
    console.post(client, "/staff/sign-out")
    assert not is_in(console, copy)


def test_the_answer_is_the_same_for_nobody_a_wrong_password_and_a_closed_account(console: Console) -> None:
    with_password(console)
    closed = with_password(console, "closed@school.example")
    staff_accounts.deactivate(console.desk, None, closed)
    answers = {}
    for email in (EMAIL, "nobody@school.example", "closed@school.example"):
        password = "not it at all, sorry" if email == EMAIL else PASSWORD
        client = console.visitor()
        answer = console.post(client, "/staff/sign-in", email=email, password=password)
        answers[answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)] = email
    assert len(answers) == 1


def test_asking_for_a_new_password_tells_nothing_either(console: Console) -> None:
    with_password(console)
    texts = {
        console.post(console.visitor(), "/staff/forgot", email=email).text
        for email in (EMAIL, "nobody@school.example")
    }
    assert len(texts) == 1


def test_guessing_is_stopped_for_somebody_and_for_nobody_alike(console: Console) -> None:
    with_password(console)
    for email in (EMAIL, "nobody@school.example"):
        client = console.visitor()
        for _ in range(OF_ONE):
            assert console.post(client, "/staff/sign-in", email=email, password="wrong").status_code == 400
        refused = console.post(client, "/staff/sign-in", email=email, password=PASSWORD)
        assert refused.status_code == 429
        assert "Wait a quarter of an hour" in refused.text
    console.house.clock.move(minutes=16)
    assert (
        console.post(console.visitor(), "/staff/sign-in", email=EMAIL, password=PASSWORD).status_code == 303
    )


def test_what_matters_most_asks_for_a_fresh_proof(console: Console) -> None:
    client = console.enter(with_password(console))
    console.house.clock.move(minutes=11)
    answer = console.get(client, "/staff/account/second-factor")
    assert answer.location == "/staff/account/prove?next=/staff/account/second-factor"
    form = {"next": "/staff/account/second-factor", "code": ""}
    assert console.post(client, "/staff/account/prove", password="wrong one", **form).status_code == 400
    answer = console.post(client, "/staff/account/prove", password=PASSWORD, **form)
    assert answer.location == "/staff/account/second-factor"
    assert console.get(client, answer.location).status_code == 200


def test_the_way_back_leads_nowhere_else(console: Console) -> None:
    client = console.enter(with_password(console))
    for wanted in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/staff/../twilio",
        "/staff\\@elsewhere",
    ):
        answer = console.post(client, "/staff/account/prove", password=PASSWORD, code="", next=wanted)
        assert answer.location == "/staff/account/"


def test_the_own_sign_ins_can_be_ended_one_by_one(console: Console) -> None:
    account = console.account(Grant("teacher"))
    here, there, stranger = console.enter(account), console.enter(account), console.signed_in("teacher")
    with console.house.bot.db.read() as session:
        rows = sign_ins.of_account(session, account, console.house.clock())
    other = min(row.id or 0 for row in rows if row.id != max(one.id or 0 for one in rows))
    console.post(stranger, f"/staff/account/sign-ins/{other}/end")
    assert is_in(console, here)
    console.post(there, f"/staff/account/sign-ins/{other}/end")
    assert not is_in(console, here)
    assert is_in(console, there)


def test_the_language_of_the_account_is_the_language_of_its_pages(console: Console) -> None:
    client = console.signed_in("liaison")
    console.post(client, "/staff/account/language", language="es")
    assert '<html lang="es" dir="ltr">' in console.get(client, "/staff/").text
    assert console.post(client, "/staff/account/language", language="tlh").status_code == 400


def test_recovery_codes_are_used_up_and_counted(console: Console) -> None:
    account = console.account(Grant("teacher"))
    with console.house.bot.db.write() as session:
        accounts.set_codes(session, account, ["a" * 64, "b" * 64])
        assert accounts.use_code(session, account, "a" * 64)
        assert not accounts.use_code(session, account, "a" * 64)
        assert accounts.codes_left(session, account) == 1


def test_behind_a_proxy_callers_are_told_apart_by_what_it_says_last(console: Console) -> None:
    def told(direct: str, forwarded: str) -> str:
        with console.app.test_request_context(
            environ_base={"REMOTE_ADDR": direct}, headers={"X-Forwarded-For": forwarded}
        ):
            return address()

    assert told("127.0.0.1", "198.51.100.1, 203.0.113.7") == "203.0.113.7"
    assert told("10.0.0.5", "") == "10.0.0.5"
    assert told("8.8.4.4", "198.51.100.1") == "8.8.4.4", "who calls directly cannot say who they are"


def test_nobody_who_is_not_signed_in_hands_in_a_large_file(console: Console) -> None:
    """The same route takes it from who is."""
    told: dict[str, Any] = {"base_url": BASE, "headers": ORIGIN, "content_type": "multipart/form-data"}

    def hand_in(client: FlaskClient) -> int:
        data = {"file": (BytesIO(b"x" * 300_000), "bus.png")}
        return client.post("/staff/threads/1/send", data=data, buffered=True, **told).status_code

    assert hand_in(console.visitor()) == 413
    assert hand_in(console.signed_in("administrator")) == 400, "read, without a token"

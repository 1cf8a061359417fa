"""From an invitation to the home page: password, authenticator, recovery codes, and in again."""

import re

import pyotp

from bot.people import staff_accounts
from bot.people.access import Grant
from bot.people.staff_accounts import Invited
from tests.web.console.conftest import PASSWORD, Console

EMAIL = "dana@school.example"


def invitation(console: Console) -> str:
    _, token = staff_accounts.invite(
        console.desk, None, Invited("Dana Carter", EMAIL, (Grant("administrator"),))
    )
    return f"/staff/link/{token}"


def test_an_invitation_leads_to_a_password_an_authenticator_and_home(console: Console) -> None:
    client, link = console.visitor(), invitation(console)
    assert "Dana Carter" in console.get(client, link).text

    answer = console.post(client, link, password=PASSWORD, again=PASSWORD)
    assert answer.location == "/staff/sign-in/code"
    page = client.get(answer.location, base_url="https://texts.example.org", follow_redirects=True)
    secret = re.search(r"<code[^>]*>([A-Z2-7 ]{32,})</code>", page.text)
    assert secret is not None
    otp = pyotp.TOTP(secret.group(1).replace(" ", ""))
    now = console.house.clock()
    answer = console.post(client, "/staff/sign-in/enrol", code=otp.at(now))
    assert answer.status_code == 200
    codes = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", answer.text)
    assert len(codes) == 10
    assert console.get(client, "/staff/").status_code == 200

    assert console.post(client, "/staff/sign-out").location == "/staff/sign-in"
    assert console.get(client, "/staff/").location.startswith("/staff/sign-in?")

    again = console.visitor()
    assert console.post(again, "/staff/sign-in", email=EMAIL.upper(), password=PASSWORD).status_code == 303
    assert console.post(again, "/staff/sign-in/code", code=otp.at(now)).status_code == 400, (
        "a code counts once"
    )
    assert console.post(again, "/staff/sign-in/code", code=codes[0].upper()).location == "/staff/"
    assert console.get(again, "/staff/").status_code == 200


def test_an_invitation_works_once(console: Console) -> None:
    link = invitation(console)
    console.post(console.visitor(), link, password=PASSWORD, again=PASSWORD)
    assert console.get(console.visitor(), link).status_code == 404

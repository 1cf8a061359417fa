"""The district's own sign-on, against a real issuer on this machine, honest and lying."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from bot.people import staff_accounts
from bot.people.access import Grant
from bot.people.staff_accounts import Invited
from bot.web.application import create_application
from tests.fixtures.installation import Install
from tests.servers.issuer import CLIENT, SECRET, Issuer, issuer
from tests.web.console.conftest import Console

EMAIL = "dana@school.example"


@pytest.fixture
def district() -> Iterator[Issuer]:
    """The district's issuer."""
    with issuer() as running:
        yield running


@pytest.fixture
def console(install: Install, district: Issuer) -> Console:
    """The staff pages of a district that has a sign-on of its own."""
    house = install(
        ALLY_SIGN_ON_ISSUER=district.url,
        ALLY_SIGN_ON_CLIENT_ID=CLIENT,
        ALLY_SIGN_ON_CLIENT_SECRET=SECRET,
    )
    return Console(create_application(house.bot), house)


def invited(console: Console, email: str = EMAIL) -> int:
    account, _ = staff_accounts.invite(console.desk, None, Invited("Dana Carter", email, (Grant("liaison"),)))
    return account


def way(console: Console, client: FlaskClient, start: str = "/staff/district/") -> str:
    """Go to the issuer and come back with its answer: the address to open."""
    there = console.get(client, start).location
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    assert back.startswith("https://texts.example.org/staff/district/back?")
    return back.removeprefix("https://texts.example.org")


def sign_on(console: Console, client: FlaskClient | None = None) -> TestResponse:
    client = client or console.visitor()
    return console.get(client, way(console, client))


def test_who_was_invited_signs_in_with_the_district_account_and_stays_bound_to_it(
    console: Console, district: Issuer
) -> None:
    account, client = invited(console), console.visitor()
    assert "district account" in console.get(client, "/staff/sign-in").text
    assert sign_on(console, client).location == "/staff/"
    assert console.get(client, "/staff/").status_code == 200

    district.person = {"sub": "person-1", "email": "married@school.example", "email_verified": True}
    assert sign_on(console).location == "/staff/", "from now on the identity counts, not the address"

    district.person = {"sub": "person-2", "email": EMAIL, "email_verified": True}
    assert sign_on(console).status_code == 403, "an address that went to somebody else opens nothing"

    district.person = {"sub": "person-1"}
    staff_accounts.deactivate(console.desk, None, account)
    assert sign_on(console).status_code == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"aud": "somebody else"},
        {"iss": "https://elsewhere.example"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1_000_000_000},
        {"sub": None},
    ],
)
def test_a_token_that_does_not_fit_opens_nothing(
    console: Console, district: Issuer, claims: dict[str, Any]
) -> None:
    invited(console)
    district.claims = claims
    client = console.visitor()
    answer = sign_on(console, client)
    assert answer.status_code == 403
    assert "district" in answer.text
    assert console.get(client, "/staff/").status_code == 303


def test_a_token_signed_by_somebody_else_opens_nothing(console: Console, district: Issuer) -> None:
    invited(console)
    district.published = RSAKey.generate_key(2048, {"kid": "first"})
    assert sign_on(console).status_code == 403


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(console: Console) -> None:
    invited(console)
    asking, other = console.visitor(), console.visitor()
    back = way(console, asking)
    assert console.get(other, back).status_code == 403
    assert console.get(asking, back).status_code == 303
    assert console.get(asking, back).status_code == 403
    assert console.get(console.visitor(), "/staff/district/back").status_code == 403


def test_the_way_there_carries_state_nonce_and_a_challenge(console: Console) -> None:
    sent = parse_qs(urlsplit(console.get(console.visitor(), "/staff/district/").location).query)
    assert len(sent["state"][0]) >= 20
    assert len(sent["nonce"][0]) >= 16
    assert sent["code_challenge_method"] == ["S256"]
    assert sent["redirect_uri"] == ["https://texts.example.org/staff/district/back"]


def test_a_fresh_proof_comes_from_the_district_for_the_same_person_only(
    console: Console, district: Issuer
) -> None:
    invited(console)
    client = console.visitor()
    sign_on(console, client)
    console.house.clock.move(minutes=11)
    wanted = "/staff/account/second-factor"
    assert "district account" in console.get(client, console.get(client, wanted).location).text

    proving = f"/staff/district/prove?next={wanted}"
    district.claims = {"sub": "person-2"}
    assert console.get(client, way(console, client, proving)).status_code == 403
    assert console.get(client, wanted).status_code == 303
    district.claims = {"auth_time": 1_000_000_000}
    assert console.get(client, way(console, client, proving)).status_code == 403
    district.claims = {"auth_time": int(console.house.clock().timestamp())}
    assert console.get(client, way(console, client, proving)).location == wanted
    assert district.asked[-1]["prompt"] == "login"
    assert console.get(client, wanted).status_code == 200


def test_an_issuer_that_is_away_leaves_the_password(install: Install) -> None:
    house = install(
        ALLY_SIGN_ON_ISSUER="http://127.0.0.1:9", ALLY_SIGN_ON_CLIENT_ID="x", ALLY_SIGN_ON_CLIENT_SECRET="y"
    )
    console = Console(create_application(house.bot), house)
    answer = console.get(console.visitor(), "/staff/district/")
    assert answer.status_code == 503
    assert "does not answer" in answer.text


def test_without_an_issuer_there_is_no_such_way(install: Install) -> None:
    house = install()
    console = Console(create_application(house.bot), house)
    assert "district account" not in console.get(console.visitor(), "/staff/sign-in").text
    assert console.get(console.visitor(), "/staff/district/").status_code == 404

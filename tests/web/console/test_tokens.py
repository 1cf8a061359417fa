"""Tokens for other programs in the console: made after a fresh proof, shown once, narrowed, ended."""

import re

from sqlmodel import select

from bot.people import api_tokens
from bot.store.api_tokens import ApiToken
from bot.store.audit import AuditLine
from tests.web.console.conftest import Console

ROOT = "/staff/tokens/"


def made(text: str) -> str:
    """The token that a page shows."""
    (found,) = re.findall(r'value="(ally_[\w-]+)"', text)
    return str(found)


def test_a_token_is_shown_once_and_known_again_by_its_beginning(console: Console) -> None:
    client = console.signed_in("administrator")
    assert "There is no token." in console.get(client, ROOT).text
    form = {"name": "PowerSchool", "scopes": "broadcasts:send", "days": "90"}
    token = made(console.post(client, f"{ROOT}new", **form).text)
    page = console.get(client, ROOT).text
    assert token not in page
    assert token[:11] in page
    assert "PowerSchool" in page
    with console.house.bot.db.read() as session:
        row = session.exec(select(ApiToken)).one()
        assert token not in row.model_dump_json(exclude={"name"})
        assert b"PowerSchool" not in row.name
        assert "token_made" in session.exec(select(AuditLine.action)).all()
    caller = api_tokens.caller_of(console.desk, token)
    assert caller is not None
    assert caller.scopes == {"broadcasts:send"}


def test_it_asks_for_a_fresh_proof_first(console: Console) -> None:
    client = console.signed_in("administrator")
    console.house.clock.move(minutes=11)
    assert "/account/prove" in (console.get(client, f"{ROOT}new").location or "")
    assert "/account/prove" in (console.post(client, f"{ROOT}new", name="x").location or "")


def test_what_is_missing_stands_at_its_field(console: Console) -> None:
    page = console.post(console.signed_in("administrator"), f"{ROOT}new", name=" ", days="90")
    assert page.status_code == 400
    assert "Write its name." in page.text
    assert "Choose at least one." in page.text


def test_only_own_schools_can_be_chosen(console: Console) -> None:
    client = console.signed_in("administrator", school=console.school())
    page = console.get(client, f"{ROOT}new").text
    assert "Maple Grove" in page
    assert "Pecan" not in page
    form = {"name": "SIS", "scopes": "broadcasts:read", "days": "30"}
    assert console.post(client, f"{ROOT}new", **form, schools=str(console.school("Pecan"))).status_code == 400
    assert made(console.post(client, f"{ROOT}new", **form, schools=str(console.school())).text)
    assert "Maple Grove" in console.get(client, ROOT).text


def test_an_administrator_ends_the_tokens_of_colleagues_and_nobody_those_of_the_district(
    console: Console,
) -> None:
    chief = console.signed_in("administrator")
    local = console.signed_in("administrator", school=console.school())
    form = {"name": "SIS", "scopes": "broadcasts:read", "days": "30"}
    first = made(console.post(chief, f"{ROOT}new", **form).text)
    second = made(console.post(local, f"{ROOT}new", **form).text)
    assert first[:11] not in console.get(local, ROOT).text
    assert second[:11] in console.get(chief, ROOT).text
    assert console.post(local, f"{ROOT}1/end").status_code == 404
    assert console.post(chief, f"{ROOT}2/end").status_code == 303
    assert "opens nothing any more" in console.get(chief, ROOT).text
    assert api_tokens.caller_of(console.desk, first)
    assert api_tokens.caller_of(console.desk, second) is None


def test_a_token_ends_with_its_time(console: Console) -> None:
    form = {"name": "SIS", "scopes": "broadcasts:read", "days": "30"}
    token = made(console.post(console.signed_in("teacher"), f"{ROOT}new", **form).text)
    console.house.clock.move(days=29)
    assert api_tokens.caller_of(console.desk, token)
    console.house.clock.move(days=2)
    assert api_tokens.caller_of(console.desk, token) is None

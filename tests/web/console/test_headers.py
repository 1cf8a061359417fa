"""What browsers are told with every answer, how much may be sent, and what a page of errors shows."""

import re

import pytest

from bot.store import accounts
from bot.web.application import create_application
from bot.web.console.declared import MAX_FORM
from tests.fixtures.installation import Install
from tests.web.console.conftest import BASE, ORIGIN, Console


def test_every_answer_carries_a_strict_policy(console: Console) -> None:
    for path in ("/", "/staff/sign-in", "/staff/nowhere", "/static/console.css", "/health/live"):
        headers = console.get(console.visitor(), path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_pages_for_staff_are_kept_nowhere_and_files_by_their_content(console: Console) -> None:
    page = console.get(console.visitor(), "/staff/sign-in")
    assert page.headers["Cache-Control"] == "no-store"
    for file in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        assert "?v=" in file
        assert "max-age=31536000" in console.get(console.visitor(), file).headers["Cache-Control"]


def test_no_page_holds_script_or_style_of_its_own(console: Console) -> None:
    client = console.signed_in("administrator")
    for path in ("/staff/", "/staff/components/", "/staff/account/", "/staff/account/second-factor"):
        text = console.get(client, path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?! src=)", text), path


def test_the_cookie_is_for_this_host_by_https_and_for_no_script(console: Console) -> None:
    cookie = console.get(console.visitor(), "/staff/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("__Host-ally=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_on_a_machine_of_one_s_own_it_works_without_https(install: Install) -> None:
    console = Console(create_application(install(ALLY_PUBLIC_URL="http://127.0.0.1:8080").bot), install())
    answer = console.visitor().get("/staff/sign-in")
    assert "Strict-Transport-Security" not in answer.headers
    assert answer.headers["Set-Cookie"].startswith("ally=")


def test_more_than_a_form_can_hold_is_refused_with_a_page(console: Console) -> None:
    answer = console.visitor().post(
        "/staff/sign-in", data={"email": "x" * (MAX_FORM + 1)}, base_url=BASE, headers=ORIGIN
    )
    assert answer.status_code == 413
    assert "Send a smaller one" in answer.text


def test_a_page_of_errors_says_what_to_do_and_nothing_of_the_inside(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError("the secret of the house")

    client = console.signed_in("administrator")
    assert "Look for it from the home page" in console.get(client, "/staff/nowhere").text
    assert "Your role does not include it" in console.get(console.signed_in("teacher"), "/staff/staff/").text
    monkeypatch.setattr(accounts, "codes_left", break_down)
    answer = console.get(client, "/staff/account/")
    assert answer.status_code == 500
    assert "Try again in a minute" in answer.text
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text


def test_without_its_database_the_console_says_so(install: Install) -> None:
    house = install(DATABASE_URL="sqlite:////nowhere/at/all.db")
    console = Console(create_application(house.bot), house)
    client = console.visitor()
    with client.session_transaction(base_url=BASE) as kept:
        kept["token"] = "something"
    answer = console.get(client, "/staff/")
    assert answer.status_code == 503
    assert "It cannot reach its data now" in answer.text

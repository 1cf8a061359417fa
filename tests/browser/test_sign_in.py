"""Signing in with a mouse, with the keyboard alone, and without JavaScript; nothing of it is blocked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.people import staff_accounts
from bot.people.access import Grant
from bot.people.staff_accounts import Invited
from tests.browser.conftest import PASSWORD, SECRET, Served

pytestmark = pytest.mark.browser


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser says against the page: a policy that blocks something, a file that is missing."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield said
    assert not said


def test_by_mouse(served: Served, page: Page, complaints: list[str]) -> None:
    _, email = served.account(Grant("administrator"))
    page.goto(f"{served.url}/staff/settings/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code").fill(served.code())
    page.get_by_role("button", name="Sign in").click()

    expect(page).to_have_url(f"{served.url}/staff/settings/")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_by_the_keyboard_alone(served: Served, page: Page, complaints: list[str]) -> None:
    _, email = served.account(Grant("administrator"))
    page.goto(f"{served.url}/staff/")
    press = page.keyboard.press
    press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    press("Enter")
    press("Tab")
    page.keyboard.type(email)
    press("Tab")
    page.keyboard.type(PASSWORD)
    press("Enter")
    expect(page.get_by_label("Code")).to_be_focused()
    page.keyboard.type(served.code())
    press("Enter")
    expect(page.get_by_role("heading", name="What needs you")).to_be_visible()
    menu = page.locator("header summary")
    for _ in range(4):
        press("Tab")
        if menu.evaluate("summary => summary === document.activeElement"):
            break
    press("Enter")
    press("Tab")
    press("Tab")
    expect(page.get_by_role("button", name="Sign out")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_without_javascript_from_the_invitation_on(served: Served, browser: Browser) -> None:
    _, token = staff_accounts.invite(
        served.desk, None, Invited("Dana Carter", "dana@school.example", (Grant("administrator"),))
    )
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served.url}/staff/link/{token}")
        page.get_by_label("New password").fill("short")
        page.get_by_label("The same once more").fill("other")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("alert")).to_contain_text("The two passwords are not the same.")
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_label("The same once more").fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("img", name="A QR code")).to_be_visible()
        page.get_by_role("button", name="Not now").click()
        expect(page.get_by_role("heading", name="What needs you")).to_be_visible()
        page.get_by_text("Menu", exact=True).click()
        page.get_by_role("link", name="My account").click()
        page.get_by_label("Language", exact=True).select_option("es")
        page.get_by_role("button", name="Change the language").click()
        expect(page.get_by_role("heading", name="Mi cuenta")).to_be_visible()


def test_an_authenticator_app_can_read_the_picture(served: Served, page: Page) -> None:
    """What the picture shows is square, dark on light in either scheme, and large enough to scan."""
    account, _ = served.account(Grant("administrator"))
    page.context.add_cookies([served.cookie(account)])  # type: ignore[list-item]
    page.emulate_media(color_scheme="dark")
    page.goto(f"{served.url}/staff/account/second-factor")
    box = page.get_by_role("img", name="A QR code").bounding_box()
    assert box is not None
    assert box["width"] >= 200
    assert abs(box["width"] - box["height"]) < 2
    assert SECRET not in page.content().replace(" ", ""), "a new one, never the one in use"

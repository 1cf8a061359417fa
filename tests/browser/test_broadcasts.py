"""The five steps of a broadcast in a browser: by mouse, by keyboard, and without JavaScript."""

import re
from datetime import timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.people.access import Grant
from tests.browser.conftest import Served

pytestmark = pytest.mark.browser
WAYS: Final = ("mouse", "keyboard", "no JavaScript")


def press(way: str, what: Locator) -> None:
    """Use a button, link or box as one does who has no mouse, or who has one."""
    if way == "keyboard":
        what.focus()
        what.press("Space" if what.get_attribute("type") in ("checkbox", "radio") else "Enter")
    else:
        what.click()


def choose(way: str, page: Page) -> None:
    """For each language without a text: they get the English."""
    for one in page.get_by_label("They get my text as it is").all():
        press(way, one)
    press(way, page.get_by_role("button", name="Keep these choices"))


@pytest.mark.parametrize("way", WAYS)
def test_a_broadcast_goes_out_in_five_steps(browser: Browser, served: Served, way: str) -> None:
    account_id, _ = served.account(Grant("administrator"))
    with browser.new_context(java_script_enabled=way != "no JavaScript", locale="en-US") as context:
        context.add_cookies([served.cookie(account_id)])  # type: ignore[list-item]
        page = context.new_page()
        page.goto(f"{served.url}/staff/broadcasts/")
        press(way, page.get_by_role("button", name="Write to families"))
        press(way, page.get_by_role("button", name="Words of my own"))
        page.get_by_label("Your text (English)").fill("School starts at ten on Friday.")
        press(way, page.get_by_label("All families that I may write to"))
        if way == "no JavaScript":
            press(way, page.get_by_role("button", name="Check"))
        expect(page.locator("#looked")).to_contain_text(re.compile(r"[1-9]\d+ phones of [1-9]\d+ families"))
        press(way, page.get_by_role("button", name="Keep and look at the preview"))
        choose(way, page)
        press(way, page.get_by_label("At a time"))
        page.get_by_label("Day, or first day").fill("2099-01-01")
        page.get_by_label("Time at school").fill("10:00")
        press(way, page.get_by_role("button", name="Send", exact=True))
        expect(page.get_by_role("alert")).to_contain_text("One year ahead is the most.")
        page.get_by_label("Day, or first day").fill(f"{served.bot.clock() + timedelta(days=2):%Y-%m-%d}")
        press(way, page.get_by_role("button", name="Send", exact=True))
        expect(page.get_by_text("planned", exact=True)).to_be_visible()
        press(way, page.locator("summary", has_text="Cancel it for good"))
        page.get_by_label("Type cancel to confirm").fill("cancel")
        press(way, page.locator(".confirm button"))
        expect(page.get_by_text("cancelled", exact=True)).to_be_visible()

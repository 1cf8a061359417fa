"""On a narrow screen the pages stand in a menu: one line, not five, by keyboard and without JavaScript."""

import pytest
from playwright.sync_api import Browser, expect

from bot.people.access import Grant
from tests.browser.conftest import Served

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}


def test_the_menu_leads_on_and_says_where_one_is(browser: Browser, served: Served) -> None:
    account_id, _ = served.account(Grant("administrator"))
    with browser.new_context(java_script_enabled=False, viewport=NARROW) as context:  # type: ignore[arg-type]
        context.add_cookies([served.cookie(account_id)])  # type: ignore[list-item]
        page = context.new_page()
        page.goto(f"{served.url}/staff/")
        shown = page.locator("nav.way a").filter(visible=True)
        expect(shown).to_have_text(["Home"])
        assert page.evaluate("document.querySelector('header.top').offsetHeight") <= 120
        page.locator("summary", has_text="Menu").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Inbox")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**/staff/threads/")
        expect(shown).to_have_text(["Inbox"])
        page.set_viewport_size({"width": 1280, "height": 800})
        assert shown.count() > 5
        page.locator("summary", has_text="Menu").click()
        expect(page.locator("details.dropdown a").filter(visible=True)).to_have_count(1)

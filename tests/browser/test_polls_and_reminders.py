"""A question to families and the rules of reminders, by keyboard alone and without JavaScript, with axe."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import col, select

from bot.people.access import Grant
from bot.store import polls
from bot.store.contacts import Contact
from bot.store.polls import PollAnswer
from tests.browser.conftest import Served
from tests.browser.test_access import AXE, faults
from tests.browser.test_broadcasts import choose, press

pytestmark = pytest.mark.browser
WAYS: Final = ("keyboard", "no JavaScript")


@contextmanager
def opened(browser: Browser, served: Served, way: str) -> Iterator[Page]:
    """The list of broadcasts, as a new administrator sees it."""
    account_id, _ = served.account(Grant("administrator"))
    with browser.new_context(java_script_enabled=way != "no JavaScript", locale="en-US") as context:
        context.add_cookies([served.cookie(account_id)])  # type: ignore[list-item]
        page = context.new_page()
        page.goto(f"{served.url}/staff/broadcasts/")
        yield page


def is_for_all(way: str, page: Page) -> None:
    """Axe finds nothing in what the page looks like now."""
    if way == "keyboard":
        page.evaluate(AXE)
        assert not faults(page, "ltr", "light", 320)


def everybody_answers(served: Served, broadcast_id: int) -> None:
    """Each family chooses the first answer."""
    with served.bot.db.write() as session:
        for one in session.exec(select(Contact).where(col(Contact.erased_at).is_(None))):
            told = {"choice": 0, "language": one.language or "en", "answered_at": served.bot.clock()}
            key = {"broadcast_id": broadcast_id, "contact_id": one.id, "question": 0}
            polls.record(session, PollAnswer.model_validate(key | told))


@pytest.mark.parametrize("way", WAYS)
def test_families_are_asked_and_their_answers_read(browser: Browser, served: Served, way: str) -> None:
    with opened(browser, served, way) as page:
        press(way, page.get_by_role("button", name="Write to families"))
        press(way, page.get_by_role("button", name="Ask a question"))
        page.locator("#first_en").fill("Do you come to the open house?")
        page.locator("#first_choices_en").fill("Yes")
        press(way, page.get_by_label("All families that I may write to"))
        press(way, page.get_by_role("button", name="Keep and look at the preview"))
        expect(page.get_by_role("alert")).to_contain_text("Give two to six answers")
        is_for_all(way, page)
        page.locator("#first_choices_en").fill("Yes\nNo")
        press(way, page.get_by_role("button", name="Keep and look at the preview"))
        choose(way, page)
        press(way, page.get_by_label("At a time"))
        page.get_by_label("Day, or first day").fill(f"{served.bot.clock() + timedelta(days=2):%Y-%m-%d}")
        page.get_by_label("Time at school").fill("10:00")
        press(way, page.get_by_role("button", name="Send", exact=True))
        expect(page.get_by_text("planned", exact=True)).to_be_visible()
        everybody_answers(served, int(page.url.rpartition("/")[2]))
        press(way, page.get_by_role("link", name="What families answered"))
        expect(page.get_by_role("table", name="Families by school")).to_contain_text("Maple Grove")
        is_for_all(way, page)
        with page.expect_download() as taken:
            press(way, page.get_by_role("link", name="Download these counts (CSV)"))
        assert "Do you come to the open house?" in taken.value.path().read_text("utf-8-sig")


@pytest.mark.parametrize("way", WAYS)
def test_a_rule_of_reminders_is_made_changed_and_removed(browser: Browser, served: Served, way: str) -> None:
    with opened(browser, served, way) as page:
        press(way, page.get_by_role("link", name="Reminders from the calendar"))
        press(way, page.get_by_role("link", name="Maple Grove Elementary"))
        page.get_by_label("Remind of").select_option(label="Report cards")
        page.get_by_label("When").select_option(label="1 week before")
        made = page.get_by_role("button", name="Make this rule")
        page.locator("#at").fill("22:00")
        press(way, made)
        expect(page.locator("#at-fault")).to_contain_text("Texts go out between")
        expect(page.get_by_label("Remind of")).to_have_value("report_card")
        is_for_all(way, page)
        page.locator("#at").fill("16:30")
        press(way, made)
        rule = page.locator("details", has_text="Report cards")
        press(way, rule.locator("summary"))
        press(way, rule.get_by_label("It is on; without this it is paused"))
        press(way, rule.get_by_role("button", name="Change"))
        expect(rule.locator("summary")).to_contain_text("paused")
        press(way, rule.locator("summary"))
        is_for_all(way, page)
        press(way, rule.get_by_role("button", name="Remove this rule"))
        expect(page.get_by_text("The rule is removed.")).to_be_visible()
        press(way, page.get_by_role("button", name="Undo"))
        press(way, rule.locator("summary"))
        press(way, rule.get_by_role("button", name="Remove this rule"))
        expect(rule).to_have_count(0)

"""Five tasks of staff, each by mouse, by the keyboard alone and without JavaScript."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.people.access import Grant
from bot.store import contacts, outbox
from tests.browser.conftest import PASSWORD, Served
from tests.fixtures.installation import ENGLISH
from tests.web.console.samples import unknown_text

pytestmark = pytest.mark.browser
Way = Literal["mouse", "keyboard", "no JavaScript"]
WAYS: Final[tuple[Way, ...]] = ("mouse", "keyboard", "no JavaScript")
FARTHEST: Final = 150
"""So many times somebody presses Tab before the page is too long for them"""


@dataclass
class Hand:
    """Somebody at a page, who does everything in one way."""

    page: Page
    way: Way

    def field(self, label: str) -> Locator:
        """What one writes into, not the form that bears the same name."""
        return self.page.locator("input, select, textarea").and_(self.page.get_by_label(label, exact=True))

    def write(self, label: str, text: str) -> None:
        """Put this into a field instead of what stands in it."""
        field = self.field(label)
        if self.way != "keyboard":
            field.fill(text)
            return
        self._reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label: str, value: str, shown: str) -> None:
        """Take one of several."""
        field = self.field(label)
        if self.way == "keyboard":
            self._reach(field)
            self.page.keyboard.type(shown)
        else:
            field.select_option(value)
        expect(field).to_have_value(value)

    def tick(self, value: str) -> None:
        """Tick a box."""
        box = self.page.locator(f"input[type=checkbox][value='{value}']")
        self._use(box, "Space")
        expect(box).to_be_checked()

    def press(self, name: str) -> None:
        """A button."""
        self._use(self.page.get_by_role("button", name=name).filter(visible=True).last, "Enter")

    def follow(self, name: str) -> None:
        """A link."""
        self._use(self.page.get_by_role("link", name=name).first, "Enter")

    def press_in(self, row: Locator) -> None:
        """The button of a row."""
        self._use(row.get_by_role("button"), "Enter")

    def _use(self, target: Locator, key: str) -> None:
        if self.way == "keyboard":
            self._reach(target)
            self.page.keyboard.press(key)
        else:
            target.click()

    def _reach(self, target: Locator) -> None:
        target.wait_for()
        for _ in range(FARTHEST):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {target}")


@pytest.fixture(params=WAYS)
def hand(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Hand]:
    """A browser of its own, used in each of the ways."""
    way: Way = request.param
    with browser.new_context(java_script_enabled=way != "no JavaScript") as context:
        yield Hand(context.new_page(), way)


def enter(hand: Hand, served: Served) -> None:
    """Be signed in as an administrator of the district."""
    account_id, _ = served.account(Grant("administrator"))
    hand.page.context.add_cookies([served.cookie(account_id)])  # type: ignore[list-item]


def test_sign_in_with_the_authenticator(hand: Hand, served: Served) -> None:
    _, email = served.account(Grant("administrator"))
    hand.page.goto(f"{served.url}/staff/")
    hand.write("E-mail", email)
    hand.write("Password", PASSWORD)
    hand.press("Continue")
    hand.write("Code", served.code())
    hand.press("Sign in")
    expect(hand.page.get_by_role("heading", name="What needs you")).to_be_visible()


def test_write_down_who_is_on_call_find_it_in_the_log_and_take_it_back(hand: Hand, served: Served) -> None:
    enter(hand, served)
    address_ = f"night-{secrets.token_hex(4)}@school.example.org"
    hand.page.goto(f"{served.url}/staff/schools/")
    hand.follow("Maple Grove")
    hand.write("E-mail address on call", address_)
    hand.press("Save")
    field = hand.field("E-mail address on call")
    expect(hand.page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(field).to_have_value(address_)
    hand.press("Undo")
    expect(field).not_to_have_value(address_)
    hand.page.goto(f"{served.url}/staff/log/")
    expect(hand.page.locator("table").get_by_text("took a school's change back").first).to_be_visible()


def test_invite_a_colleague_who_takes_the_link(hand: Hand, served: Served, browser: Browser) -> None:
    enter(hand, served)
    name = f"Robin {secrets.token_hex(3)}"
    hand.page.goto(f"{served.url}/staff/staff/invite")
    hand.write("Name", name)
    hand.write("E-mail", f"{secrets.token_hex(4)}@school.example.org")
    hand.tick("auditor@")
    hand.press("Invite")
    path = "/staff/link/" + hand.field("Link").input_value().rpartition("/")[2]
    with browser.new_context(java_script_enabled=hand.way != "no JavaScript") as context:
        theirs = Hand(context.new_page(), hand.way)
        theirs.page.goto(served.url + path)
        expect(theirs.page.get_by_text(f"Welcome, {name}.")).to_be_visible()
        theirs.write("New password", PASSWORD)
        theirs.write("The same once more", PASSWORD)
        theirs.press("Continue")
        expect(theirs.page.get_by_role("img", name="A QR code")).to_be_visible()


def test_send_a_text_again_that_may_arrive_twice(hand: Hand, served: Served) -> None:
    """Nobody answers at the carrier's address, so its list cannot be read."""
    enter(hand, served)
    with served.bot.db.write() as session:
        found = contacts.by_number_hash(session, served.bot.vault.fingerprint(ENGLISH))
        assert found is not None
        row_id = outbox.add(session, [unknown_text(found.id or 0, served.bot.clock())])[0]
    hand.page.goto(f"{served.url}/staff/delivery/")
    hand.press_in(hand.page.get_by_role("row").filter(has_text=f"#{row_id}"))
    expect(hand.page.get_by_role("heading", name="Send again?")).to_be_visible()
    hand.press("Send it without looking")
    hand.write("Type twice to confirm", "twice")
    hand.press("Send it without looking")
    expect(hand.page.get_by_text("It is sent again now. It may arrive twice.")).to_be_visible()
    with served.bot.db.read() as session:
        row = session.get(outbox.OutboxRow, row_id)
        assert row is not None
        assert row.state == "pending"


def test_let_a_text_that_was_set_aside_be_tried_anew(hand: Hand, served: Served) -> None:
    enter(hand, served)
    with served.bot.db.write() as session:
        found = contacts.by_number_hash(session, served.bot.vault.fingerprint(ENGLISH))
        assert found is not None
        aside = unknown_text(found.id or 0, served.bot.clock()) | {"state": "failed", "reason": outbox.POISON}
        row_id = outbox.add(session, [aside])[0]
    hand.page.goto(f"{served.url}/staff/")
    expect(hand.page.get_by_text("1 text could not be written and was set aside.")).to_be_visible()
    hand.page.goto(f"{served.url}/staff/delivery/")
    hand.press_in(hand.page.get_by_role("row").filter(has_text=f"#{row_id}"))
    expect(hand.page.get_by_text("It is tried anew.")).to_be_visible()
    with served.bot.db.read() as session:
        row = session.get(outbox.OutboxRow, row_id)
        assert row is not None
        assert row.state == "pending"


def test_read_the_pages_in_another_language(hand: Hand, served: Served) -> None:
    enter(hand, served)
    hand.page.goto(f"{served.url}/staff/account/")
    hand.choose("Language", "es", "esp")
    hand.press("Change the language")
    expect(hand.page.get_by_role("heading", name="Mi cuenta")).to_be_visible()

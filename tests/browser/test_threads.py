"""A liaison finds who waits, answers and closes: by mouse, by keyboard alone, and without JavaScript."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from bot.people.access import Grant
from bot.store import contacts, threads
from bot.talk.receive import receive
from bot.talk.taken import Text
from tests.browser.conftest import Served
from tests.browser.test_access import AXE, faults

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("PICTURES")
"""A folder for pictures of the pages, to be looked at"""


def shot(page: Page, name: str) -> None:
    """Keep a picture of the page where somebody asked for it."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def opened(served: Served, number: str, words: str, sid: str) -> int:
    """The thread of a family that asks for a person."""
    receive(served.bot.talk, Text(sid, number, words))
    with served.bot.db.read() as session:
        contact = contacts.by_number_hash(session, served.bot.vault.fingerprint(number))
        assert contact is not None
        thread = threads.open_of(session, contact.id or 0)
    assert thread is not None
    return thread.id or 0


@pytest.fixture(params=["with JavaScript", "without"])
def desk(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of a liaison who is signed in."""
    account_id, _ = served.account(Grant("liaison"))
    with browser.new_context(locale="en-US", java_script_enabled=request.param != "without") as context:
        context.add_cookies([served.cookie(account_id)])  # type: ignore[list-item]
        yield context.new_page()


def test_a_liaison_answers_with_the_mouse(served: Served, desk: Page, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["desk"].replace(" ", "-")
    number = {"with-JavaScript": "+15125550161", "without": "+15125550163"}[name]
    thread_id = opened(served, number, "person", f"mouse1-{name}")
    receive(served.bot.talk, Text(f"mouse2-{name}", number, "When does bus 12 come?"))
    desk.goto(f"{served.url}/staff/threads/")
    shot(desk, f"inbox-{name}")
    desk.locator(f'a[href="/staff/threads/{thread_id}"]').click()
    shot(desk, f"thread-{name}")
    desk.get_by_label("To the family").fill("Bus 12 comes at 8.")
    receive(served.bot.talk, Text(f"mouse3-{name}", number, "I mean the one in the afternoon"))
    desk.get_by_role("button", name="Send").click()
    expect(desk.get_by_role("heading", name="Not sent: somebody wrote meanwhile")).to_be_visible()
    expect(desk.locator("li.unseen")).to_contain_text("in the afternoon")
    shot(desk, f"moved-{name}")
    expect(desk.get_by_label("To the family")).to_have_value("Bus 12 comes at 8.")
    desk.get_by_label("To the family").fill("Bus 12 comes at 3.")
    desk.get_by_role("button", name="Send").dblclick()
    expect(desk.locator("li.ours").last).to_contain_text("Bus 12 comes at 3.")
    assert desk.get_by_text("Bus 12 comes at 3.").count() == 1
    desk.get_by_label("New note").fill("Likes to be called.")
    desk.get_by_role("button", name="Keep the note").click()
    expect(desk.locator("ul.notes")).to_contain_text("Likes to be called.")
    shot(desk, f"answered-{name}")
    desk.get_by_role("button", name="Close: Ally answers again").click()
    expect(desk.get_by_role("button", name="Open it again")).to_be_visible()


def test_a_liaison_answers_with_the_keyboard_alone(
    served: Served, desk: Page, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.params["desk"].replace(" ", "-")
    thread_id = opened(served, "+15125550162", "person", f"keys1-{name}")
    desk.goto(f"{served.url}/staff/threads/")
    link = desk.locator(f'a[href="/staff/threads/{thread_id}"]')
    for _ in range(60):
        desk.keyboard.press("Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    desk.keyboard.press("Enter")
    field = desk.get_by_label("To the family")
    expect(field).to_be_visible()
    for _ in range(40):
        desk.keyboard.press("Tab")
        if field.evaluate("one => one === document.activeElement"):
            break
    desk.keyboard.type("Good morning, I am here.")
    reach(desk, desk.get_by_role("button", name="Send", exact=True))
    desk.keyboard.press("Enter")
    expect(desk.locator("li.ours").last).to_contain_text("Good morning, I am here.")


def test_a_picture_that_was_chosen_outlives_a_question_and_goes_along(
    served: Served, desk: Page, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    name = request.node.callspec.params["desk"].replace(" ", "-")
    number = {"with-JavaScript": "+15125550175", "without": "+15125550176"}[name]
    thread_id = opened(served, number, "quiero hablar con una persona", f"picture-{name}")
    chosen = tmp_path / "stop.png"
    Image.new("RGB", (1200, 900), "navy").save(chosen)
    desk.goto(f"{served.url}/staff/threads/{thread_id}")
    desk.get_by_label("To the family").fill("Esta es la nueva parada del autobús 12.")
    desk.get_by_label("Picture that goes along").set_input_files(chosen)
    desk.get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_role("heading", name="Not sent yet: which language is it in?")).to_be_visible()
    kept = desk.get_by_alt_text("Picture that you chose")
    assert kept.evaluate("one => one.naturalWidth") == 1200
    shot(desk, f"picture-kept-{name}")
    desk.get_by_role("button", name="It is in Spanish: send it as it is").click()
    last = desk.locator("li.ours").last
    expect(last).to_contain_text("Esta es la nueva parada")
    went = last.get_by_alt_text("Picture that went along")
    went.scroll_into_view_if_needed()
    expect(went).to_have_js_property("complete", value=True)
    assert went.evaluate("one => one.naturalWidth") == 1200
    shot(desk, f"picture-went-{name}")


def reach(page: Page, target: Locator) -> None:
    """Press Tab until it is there."""
    expect(target).to_be_visible()
    for _ in range(90):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {target}")


def test_unread_put_off_woken_and_found_by_the_keyboard_alone(
    served: Served, desk: Page, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.params["desk"].replace(" ", "-")
    number = {"with-JavaScript": "+15125550164", "without": "+15125550165"}[name]
    thread_id = opened(served, number, "person", f"inbox1-{name}")
    row = desk.get_by_role("listitem").filter(has=desk.locator(f'a[href="/staff/threads/{thread_id}"]'))
    inbox, found = f"{served.url}/staff/threads/", []

    def look(address: str) -> None:
        desk.goto(address)
        if name == "with-JavaScript":
            desk.evaluate(AXE)
            found.extend(faults(desk, "ltr", "light", 320) + faults(desk, "ltr", "dark", 1280))

    def use(target: Locator, key: str = "Enter") -> None:
        reach(desk, target)
        desk.keyboard.press(key)

    look(inbox)
    expect(row).to_contain_text("unread")
    use(row.get_by_role("link"))
    expect(desk.get_by_label("To the family")).to_be_visible()
    look(inbox)
    expect(row).not_to_contain_text("unread")
    use(row.get_by_role("link"))
    use(desk.get_by_role("button", name="Put off"))
    expect(desk.get_by_text("Put off. A text of the family brings it back.")).to_be_visible()
    look(inbox)
    expect(row).to_have_count(0)
    look(f"{inbox}?show=snoozed")
    expect(row).to_have_count(1)
    receive(served.bot.talk, Text(f"inbox2-{name}", number, "Are you there?"))
    look(inbox)
    expect(row).to_contain_text("unread")
    for asked in (f"#{thread_id}", number):
        desk.goto(inbox)
        reach(desk, desk.get_by_role("searchbox"))
        desk.keyboard.type(asked)
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("main")).to_contain_text(f"#{thread_id}")
        assert number not in desk.url
    assert found == []


def test_a_text_is_given_to_a_translator_from_its_bubble_by_the_keyboard_alone(
    served: Served, desk: Page, request: pytest.FixtureRequest
) -> None:
    name = request.node.callspec.params["desk"].replace(" ", "-")
    number = {"with-JavaScript": "+15125550166", "without": "+15125550167"}[name]
    thread_id = opened(served, number, "quiero hablar con una persona", f"asked1-{name}")
    desk.goto(f"{served.url}/staff/threads/{thread_id}")
    reach(desk, desk.get_by_role("button", name="Have this translated"))
    desk.keyboard.press("Enter")
    expect(desk.locator("li.theirs")).to_contain_text("waits for a translator")
    expect(desk.get_by_text("Somebody who speaks both languages is asked.")).to_be_visible()
    receive(served.bot.talk, Text(f"asked2-{name}", number, "El autobús de mi hija no llegó hoy"))
    desk.goto(f"{served.url}/staff/threads/{thread_id}")
    expect(desk.get_by_role("button", name="Have this translated")).to_be_visible()
    shot(desk, f"asked-{name}")
    if name == "with-JavaScript":
        desk.evaluate(AXE)
        assert faults(desk, "ltr", "light", 320) + faults(desk, "ltr", "dark", 1280) == []

"""The phones page in a real browser, on a desk and on a phone, with and without its script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.carrier.twilio.contents import ContentApi, session_drafts
from bot.ports import Content, Outgoing
from bot.words.tappable import Option, Tappable, variables
from tests.servers.house import TOKEN
from tests.servers.local_carrier import ACCOUNT, HER, Local

pytestmark = pytest.mark.browser


def test_typing_sends_and_an_answer_appears_by_itself(local: Local, page: Page) -> None:
    page.goto(local.url)
    phone = page.locator("#phone-0")
    field = phone.get_by_label("Text from Lucía Morales")

    field.fill("Buenos días")
    field.press("Enter")

    expect(phone.locator(".bubble.person")).to_contain_text("Buenos días")
    expect(phone.locator(".bubble.person")).to_contain_text("Reached the school")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    local.carrier().send(Outgoing(1, HER, "El lunes 30 de noviembre."))
    expect(phone.locator(".bubble.school")).to_contain_text("El lunes 30 de noviembre.")
    expect(phone.locator(".bubble.school .meta")).to_contain_text("Delivered")
    expect(page.locator("#bill")).to_contain_text("2")


def test_whatsapp_has_its_own_thread_and_buttons_to_tap(local: Local, page: Page) -> None:
    page.goto(local.url)
    phone = page.locator("#phone-0")
    local.type(channel="whatsapp", body="Hola")
    local.carrier().send(Outgoing(1, HER, "¿Qué desea?\n1 Fechas\n2 Una persona", "whatsapp"))
    expect(phone.locator("label.unread")).to_contain_text("WhatsApp")

    phone.get_by_role("radio", name="WhatsApp").check(force=True)
    expect(phone.locator("label.unread")).to_have_count(0)
    phone.get_by_role("button", name="Una persona").click()

    expect(phone.locator(".whatsapp .bubble.person").last).to_contain_text("Una persona")
    expect(phone.get_by_role("button", name="Una persona")).to_have_count(0)
    expect(phone.locator(".sms .bubble")).to_have_count(0)


def test_arabic_runs_from_the_right(local: Local, page: Page) -> None:
    local.type(body="من يمكنه مساعدتي؟", **{"from": "+15125550102"})
    page.goto(local.url)

    thread = page.locator("#phone-1 .thread.sms")
    said = thread.locator(".bubble.person .said").bounding_box()
    room = thread.bounding_box()

    assert said is not None
    assert room is not None
    assert said["x"] - room["x"] < room["width"] / 4
    assert thread.locator(".said p").evaluate("p => getComputedStyle(p).direction") == "rtl"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_screen(local: Local, page: Page, width: int) -> None:
    local.type(body="Unapalabralarguísima" * 20)
    local.type(media=["image/png"])
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(local.url)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for phone in page.locator(".phone").all():
        assert phone.evaluate("phone => phone.scrollWidth <= phone.clientWidth")


def test_three_phones_stand_side_by_side_on_a_desk(local: Local, page: Page) -> None:
    page.goto(local.url)

    boxes = [phone.bounding_box() for phone in page.locator(".phone").all()]

    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert len({round(box["x"]) for box in boxes if box}) == 3


def test_on_a_phone_a_tab_brings_its_person(local: Local, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(local.url)
    expect(page.locator("#phone-0")).to_be_in_viewport(ratio=0.9)

    page.get_by_role("link", name="Grace Okafor").click()

    expect(page.locator("#phone-2")).to_be_in_viewport(ratio=0.9)
    expect(page.get_by_role("link", name="Grace Okafor")).to_have_attribute("aria-current", "true")


def test_it_works_without_its_script(local: Local, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(local.url)
        phone = page.locator("#phone-0")
        phone.get_by_role("radio", name="WhatsApp").check(force=True)
        phone.get_by_label("Text from Lucía Morales").fill("Hola")
        phone.get_by_role("button", name="Send", exact=True).click()
        local.settle()
        page.reload()

        expect(phone.locator(".whatsapp .bubble.person")).to_contain_text("Reached the school")
        expect(phone.get_by_role("radio", name="WhatsApp")).to_be_checked()


def test_the_policy_of_the_page_is_never_broken(local: Local, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    page.goto(local.url)
    page.locator("#phone-0").get_by_role("button", name="Send a picture").click()

    expect(page.locator("#phone-0 .said img")).to_be_visible()
    assert said == []


def test_a_list_of_whatsapp_opens_stays_open_and_is_tapped(local: Local, page: Page) -> None:
    words = Tappable("¿Qué día?", tuple(Option(f"a/b/{n}", f"Día {n}") for n in range(4)), "Elegir")
    drafts = {draft.name: draft for draft in session_drafts()}
    sid = ContentApi(ACCOUNT, TOKEN, local.url).create(drafts["list_4"])
    local.type(channel="whatsapp", body="Hola")
    content = Content(sid, variables(words))
    local.carrier().send(Outgoing(1, HER, words.text, "whatsapp", content=content))
    page.goto(local.url)
    phone = page.locator("#phone-0")
    phone.get_by_role("radio", name="WhatsApp").check(force=True)
    phone.get_by_text("Elegir").click()
    local.type(body="Por SMS")
    expect(phone.locator(".sms .bubble.person").last).to_contain_text("Por SMS")
    phone.get_by_role("button", name="Día 2").click()
    expect(phone.locator(".whatsapp .bubble.person").last).to_contain_text("Día 2")
    local.settle()
    form = local.house.at("/inbound")[-1].form
    assert (form["ListId"], form["ListTitle"], form["Body"]) == ("a/b/2", "Día 2", "Día 2")

"""A liaison sends a picture along: made fit, kept sealed, once, and never lost by a question."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlmodel import select

from bot.carrier.media_kinds import kind_of
from bot.people.access import Grant
from bot.people.holdings import held_for
from bot.people.retention import forget_old_words
from bot.store import erasure, thread_texts
from bot.store.contacts import Contact
from bot.store.outbox import OutboxRow
from bot.store.pictures import CONTENT, DRAFT_KEPT, Picture, forget_drafts
from bot.talk.replying import By, send_held, working
from bot.web.application import create_application
from tests.fixtures.installation import ENGLISH, SPANISH, Install
from tests.web.console.conftest import BASE, ORIGIN, Console
from tests.web.console.test_composer import form
from tests.web.console.test_threads import hidden, opened

ABROAD = "+525512345678"
"""As in all tests: Mexico sets no numbers aside for fiction, and nothing is ever sent"""


def drawn(color: str = "green", kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, color).save(written, kind)
    return written.getvalue()


def post(console: Console, client: FlaskClient, thread_id: int, content: bytes = b"", **told: str) -> Any:
    """The composer's form, with a file where there is one."""
    data: dict[str, Any] = {"csrf_token": console.token(client), **told}
    if content:
        data["file"] = (BytesIO(content), "IMG_0001.HEIC")
    answer = client.post(
        f"/staff/threads/{thread_id}/send",
        data=data,
        base_url=BASE,
        headers=ORIGIN,
        content_type="multipart/form-data",
        buffered=True,
    )
    # The client writes a large form into a file and leaves it open
    answer.request.environ["wsgi.input"].close()
    return answer


def pictures(console: Console) -> list[Picture]:
    with console.house.bot.db.read() as session:
        return list(session.exec(select(Picture).order_by(Picture.id)))  # type: ignore[arg-type]


def went(console: Console, number: str = ENGLISH) -> list[int | None]:
    """The picture of each text that went to this number, the last first."""
    mine = select(OutboxRow.picture_id).where(OutboxRow.contact_id == console.house.contact(number).id)
    with console.house.bot.db.read() as session:
        return list(session.exec(mine.order_by(OutboxRow.id.desc())))  # type: ignore[union-attr]


def test_a_picture_goes_along_with_the_text_and_stands_beside_it_on_the_page(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    told = form(console, client, thread_id, text="This is the new bus stop.", language="en")
    assert post(console, client, thread_id, drawn(), **told).status_code == 303
    (picture,) = pictures(console)
    assert went(console)[0] == picture.id
    assert picture.content is not None
    assert b"JFIF" not in picture.content, "sealed"
    assert kind_of(console.house.bot.vault.open_bytes(picture.content, CONTENT)) == "image/jpeg"
    page = console.get(client, f"/staff/threads/{thread_id}").text
    address = f"/staff/threads/{thread_id}/sent-pictures/{picture.id}"
    assert f'<img src="{address}" alt="Picture that went along"' in page
    shown = console.get(client, address)
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")


def test_posted_twice_it_goes_once_and_is_kept_once(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    told = form(console, client, thread_id, text="This is the new bus stop.", language="en")
    before = len(went(console))
    assert post(console, client, thread_id, drawn(), **told).status_code == 303
    assert post(console, client, thread_id, drawn(), **told).status_code == 303
    assert len(went(console)) == before + 1
    assert len(pictures(console)) == 1


def test_another_picture_with_the_same_key_is_another_answer_and_asked_about(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    told = form(console, client, thread_id, text="This is the new bus stop.", language="en")
    assert post(console, client, thread_id, drawn(), **told).status_code == 303
    again = post(console, client, thread_id, drawn("red"), **told)
    assert again.status_code == 409
    assert "Not sent: somebody wrote meanwhile" in again.text
    assert hidden(again.text, "picture") == str(pictures(console)[-1].id), (
        "the picture is kept as the text is"
    )


def test_a_question_keeps_the_picture_until_the_answer(console: Console) -> None:
    thread_id, client = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    told = form(console, client, thread_id, text="Hoy el autobús llega tarde.", language="en")
    asked = post(console, client, thread_id, drawn(), **told)
    assert asked.status_code == 409
    assert "Picture that you chose" in asked.text
    kept = hidden(asked.text, "picture")
    again = {**told, "seen": hidden(asked.text, "seen"), "as": "es", "picture": kept}
    assert post(console, client, thread_id, **again).status_code == 303
    assert went(console, SPANISH)[0] == int(kept)


def test_it_can_be_left_out_again(console: Console) -> None:
    thread_id, client = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    told = form(console, client, thread_id, text="Hoy el autobús llega tarde.", language="en")
    asked = post(console, client, thread_id, drawn(), **told)
    kept = hidden(asked.text, "picture")
    again = {**told, "as": "es", "picture": kept, "without_picture": "y"}
    assert post(console, client, thread_id, **again).status_code == 303
    assert went(console, SPANISH)[0] is None


def test_a_picture_chosen_again_is_kept_as_long_as_a_new_one(console: Console) -> None:
    thread_id = opened(console, SPANISH, "persona")
    somebody = console.account(Grant("administrator", None))
    for _ in range(2):
        client = console.enter(somebody)
        told = form(console, client, thread_id, text="Hoy el autobús llega tarde.", language="en")
        assert post(console, client, thread_id, drawn(), **told).status_code == 409
        console.house.clock.move(days=DRAFT_KEPT.days - 1)
    (chosen,) = pictures(console)
    for kept in (1, 0):
        with console.house.bot.db.write() as session:
            assert forget_drafts(session, console.house.clock()) == 1 - kept
        assert len(pictures(console)) == kept
        console.house.clock.move(days=2)
    assert chosen.content


def test_what_waits_for_a_translator_takes_its_picture_along_in_the_end(console: Console) -> None:
    thread_id, client = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    told = form(console, client, thread_id, text="This is the new bus stop.", language="en")
    assert post(console, client, thread_id, drawn(), **told).status_code == 303
    bot = console.house.bot
    with bot.db.read() as session:
        (held,) = thread_texts.held_replies(session)
    assert went(console, SPANISH)[0] is None
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert "Picture that went along" in page, "whoever translates sees it"
    with working(bot.talk, By(None)) as at:
        send_held(at, held.id or 0, "Esta es la nueva parada.", origin="human", is_reviewed=True)
    assert went(console, SPANISH)[0] == pictures(console)[0].id


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"%PDF-1.7 not a picture", "no picture that phones can show"), (b"x" * 3_000_000, "no picture")],
)
def test_what_is_no_picture_is_said_and_the_text_is_kept(console: Console, content: bytes, why: str) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    told = form(console, client, thread_id, text="This is the new bus stop.", language="en")
    before = went(console)
    refused = post(console, client, thread_id, content, **told)
    assert refused.status_code == 400
    assert why in refused.text
    assert "This is the new bus stop.</textarea>" in refused.text
    assert hidden(refused.text, "key") == told["key"]
    assert went(console) == before
    assert not pictures(console)


def test_a_picture_too_large_is_refused_alone_and_the_text_is_kept(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    told = form(console, client, thread_id, text="This is the new bus stop.", language="en")
    refused = post(console, client, thread_id, drawn("red", "JPEG") + b"\0" * 30_000_000, **told)
    assert refused.status_code == 400
    assert "at most 20 MB" in refused.text
    assert "This is the new bus stop.</textarea>" in refused.text
    assert not pictures(console)


def test_a_photograph_of_a_large_camera_fits_into_the_form(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    told = form(console, client, thread_id, text="The whole board.", language="en")
    content = drawn("red", "JPEG", (6000, 4000)) + b"\0" * 12_000_000
    assert post(console, client, thread_id, content, **told).status_code == 303
    assert pictures(console)[0].size < 600_000


def test_nobody_sends_or_sees_a_picture_of_a_thread_that_is_not_theirs(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    told = form(console, client, thread_id, text="This is the new bus stop.", language="en")
    post(console, client, thread_id, drawn(), **told)
    (picture,) = pictures(console)
    other = opened(console, SPANISH, "persona")
    assert console.get(client, f"/staff/threads/{other}/sent-pictures/{picture.id}").status_code == 404
    elsewhere = console.enter(console.account(Grant("liaison", console.school("Cedar"))))
    assert console.get(elsewhere, f"/staff/threads/{thread_id}/sent-pictures/{picture.id}").status_code == 404
    colleague = console.signed_in("liaison")
    told = form(console, colleague, thread_id, text="And the time table.", language="en")
    assert post(console, colleague, thread_id, picture=str(picture.id), **told).status_code == 303
    assert went(console)[0] is None, "who chose it sends it, nobody else"


@pytest.mark.parametrize("told", ["", "x", "-1", "9" * 30, "0"])
def test_a_made_up_picture_is_none(console: Console, told: str) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    data = form(console, client, thread_id, text="The bus is late.", language="en", picture=told)
    assert post(console, client, thread_id, **data).status_code == 303
    assert went(console)[0] is None


@pytest.fixture
def abroad(install: Install) -> Console:
    """Where families text from Mexico too."""
    house = install(ALLY_COUNTRIES="us,mx")
    return Console(create_application(house.bot), house)


def test_a_phone_abroad_gets_none_by_sms_and_the_page_does_not_offer_it(abroad: Console) -> None:
    console = abroad
    thread_id, client = opened(console, ABROAD, "person"), console.signed_in("administrator")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert 'type="file"' not in page
    told = form(console, client, thread_id, text="The bus is late.", language="en")
    assert post(console, client, thread_id, drawn(), **told).status_code == 400
    assert not pictures(console)


def test_on_whatsapp_it_reaches_every_country_for_a_day(abroad: Console) -> None:
    console = abroad
    console.house.text("person", ABROAD, channel="whatsapp")
    thread = console.house.thread(ABROAD)
    assert thread is not None
    client = console.signed_in("administrator")
    assert 'type="file"' in console.get(client, f"/staff/threads/{thread.id}").text
    console.house.clock.move(hours=24)
    assert 'type="file"' not in console.get(client, f"/staff/threads/{thread.id}").text


def test_it_goes_when_its_time_is_over_and_a_draft_goes_after_two_days(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    told = form(console, client, thread_id, text="This is the new bus stop.", language="en")
    post(console, client, thread_id, drawn(), **told)
    told = form(console, client, thread_id, text="Hoy el autobús llega tarde.", language="en")
    assert post(console, client, thread_id, drawn("red"), **told).status_code == 409
    sent, draft = pictures(console)
    house = console.house
    house.clock.move(days=2, minutes=1)
    forget_old_words(house.bot.db, house.clock)
    assert [one.id for one in pictures(console)] == [sent.id], f"without {draft.id}"
    client = console.signed_in("liaison")
    console.post(client, f"/staff/threads/{thread_id}/close")
    house.clock.move(days=31)
    forget_old_words(house.bot.db, house.clock)
    assert [one.content for one in pictures(console)] == [None]


def test_what_is_held_of_a_family_tells_of_it_and_erasing_takes_it(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("liaison")
    told = form(console, client, thread_id, text="This is the new bus stop.", language="en")
    post(console, client, thread_id, drawn(), **told)
    house = console.house
    contact: Contact = house.contact()
    with house.bot.db.read() as session:
        (held,) = held_for(session, house.bot.vault, contact)["picture"]
    assert re.match(r"\(a file", str(held["content"]))
    with house.bot.db.write() as session:
        erasure.forget(session, contact.id or 0, house.clock())
    assert not pictures(console)
    assert went(console)[0] is None

"""WhatsApp: buttons within the day, a template after it, else SMS, and one fallback."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.outbox.drain import drain
from bot.outbox.picture_links import picture_of
from bot.outbox.prices import estimate
from bot.outbox.put import put
from bot.outbox.reconcile import reconcile
from bot.outbox.status import record_status
from bot.outbox.whatsapp import NOTICE, WINDOW, is_told_as
from bot.ports import NotAccepted, Outgoing
from bot.store import consents, contacts, contents, pictures, retention, threads
from bot.store.contacts import Contact
from bot.store.contents import APPROVED, SESSION, Content
from bot.store.outbox import BODY, OutboxRow
from bot.store.pictures import Picture
from bot.words.tappable import Option, Tappable
from tests.outbox.conftest import Desk

ASKED = Tappable("Which day?", (Option("a/b/today", "Today"), Option("a/b/other", "Another day")), "Choose")
NUMBERED = "Which day?\n1 Today\n2 Another day"
BUTTONS, TEMPLATE = "HX" + "b" * 32, "HX" + "e" * 32


@pytest.fixture
def her(desk: Desk) -> int:
    """Somebody who has just written on WhatsApp, where buttons and a template in Spanish stand ready."""
    contact_id = desk.person()
    with desk.db.write() as session:
        for name, language, sid, state in (
            ("buttons_2", "", BUTTONS, SESSION),
            (NOTICE, "es", TEMPLATE, APPROVED),
        ):
            now = desk.clock()
            made = Content(name=name, language=language, sid=sid, state=state, wording="w", pushed_at=now)
            contents.put(session, made)
    wrote(desk, contact_id)
    return contact_id


def wrote(desk: Desk, contact_id: int, language: str = "es") -> None:
    with desk.db.write() as session:
        contact = session.get(Contact, contact_id)
        assert contact is not None
        contact.channel, contact.whatsapp_at, contact.language = "whatsapp", desk.clock(), language
        session.add(contact)


def send(desk: Desk, contact_id: int, body: str = NUMBERED, **more: Any) -> Outgoing:
    """Put a text for WhatsApp, let it go, and return it as the carrier got it."""
    seen: list[Outgoing] = []
    desk.while_sending(seen.append)
    desk.want(contact_id, body, channel="whatsapp", **more)
    drain(desk.parts, "replies")
    desk.while_sending(lambda _message: None)
    assert len(seen) == 1
    return seen[0]


def rows(desk: Desk) -> list[OutboxRow]:
    with desk.db.read() as session:
        return list(session.exec(select(OutboxRow).order_by(OutboxRow.id)))  # type: ignore[arg-type]


def told(desk: Desk, status: str, code: int | None, row: int = 0) -> bool:
    one = rows(desk)[row]
    with desk.db.write() as session:
        return record_status(session, one.sid or "", one.id, status, code, desk.clock())


def test_within_the_day_a_question_goes_out_with_buttons(desk: Desk, her: int) -> None:
    desk.clock.move(hours=23, minutes=49)
    sent = send(desk, her, question=ASKED)
    assert sent.content is not None
    assert (sent.content.sid, sent.body, sent.channel) == (BUTTONS, "Which day?", "whatsapp")
    assert sent.content.variables["3"] == "a/b/today"
    assert rows(desk)[0].segments == 0


def test_what_can_be_tapped_is_sealed(desk: Desk, her: int) -> None:
    send(desk, her, question=ASKED)
    sealed = rows(desk)[0].tappable
    assert sealed is not None
    assert b"Today" not in sealed


def test_a_question_without_its_content_at_the_carrier_is_a_numbered_text(desk: Desk, her: int) -> None:
    three = Tappable("Which?", (*ASKED.options, Option("a/b/c", "Later")), "Choose")
    sent = send(desk, her, question=three)
    assert (sent.body, sent.content, sent.channel) == (NUMBERED, None, "whatsapp")


def test_after_the_day_a_text_goes_out_in_the_approved_template(desk: Desk, her: int) -> None:
    desk.clock.move(hours=23, minutes=50)
    sent = send(desk, her, "No hay clases\nel lunes.")
    assert sent.content is not None
    assert sent.channel == "whatsapp"
    assert (sent.content.sid, sent.content.variables) == (TEMPLATE, {"1": "No hay clases el lunes."})


@pytest.mark.parametrize("why", ["question", "no template", "too long", "never wrote there"])
def test_after_the_day_what_no_template_holds_goes_by_sms(desk: Desk, her: int, why: str) -> None:
    if why == "no template":
        wrote(desk, her, "ht")
    if why == "never wrote there":
        with desk.db.write() as session:
            contacts.leave_whatsapp(session, her, desk.clock() + timedelta(days=1))
    desk.clock.move(days=2)
    body = "x" * 901 if why == "too long" else NUMBERED
    sent = send(desk, her, body, question=ASKED if why == "question" else None)
    row = rows(desk)[0]
    assert (sent.channel, sent.content, sent.body) == ("sms", None, body)
    assert (row.channel, row.encoding) == ("sms", "GSM-7")
    assert row.segments >= 1


@pytest.mark.parametrize("code", [63024, 63016, 21655, 63007])
def test_what_whatsapp_refuses_at_the_door_goes_by_sms_at_once(desk: Desk, her: int, code: int) -> None:
    desk.carrier.script = [NotAccepted(code, "refused")]
    desk.want(her, NUMBERED, channel="whatsapp", question=ASKED)
    drain(desk.parts, "replies")
    (row,) = rows(desk)
    assert [(one.channel, one.body) for one in desk.carrier.accepted] == [("sms", NUMBERED)]
    assert (row.state, row.channel, row.segments) == ("accepted", "sms", 1)


def test_who_is_not_on_whatsapp_gets_the_next_text_by_sms(desk: Desk, her: int) -> None:
    desk.clock.move(minutes=1)
    desk.carrier.script = [NotAccepted(63024, "refused")]
    desk.want(her, "One", channel="whatsapp")
    drain(desk.parts, "replies")
    assert send(desk, her, "Two").channel == "sms"


def test_what_whatsapp_took_and_did_not_deliver_goes_by_sms_once(desk: Desk, her: int) -> None:
    send(desk, her, question=ASKED)
    assert told(desk, "failed", 63016)
    assert not told(desk, "failed", 63016)
    drain(desk.parts, "replies")
    first, second = rows(desk)
    assert (first.state, first.reason, first.error_code) == ("failed", "by_sms", 63016)
    assert (second.state, second.channel, second.segments) == ("accepted", "sms", 1)
    assert desk.carrier.bodies()[1:] == [NUMBERED]


def test_a_late_receipt_does_not_send_somebody_to_sms_who_wrote_on_whatsapp_since(
    desk: Desk, her: int
) -> None:
    send(desk, her, "One")
    desk.clock.move(minutes=5)
    wrote(desk, her)
    desk.clock.move(minutes=1)
    told(desk, "failed", 63024)
    with desk.db.read() as session:
        contact = contacts.by_id(session, her)
    assert contact is not None
    assert contact.channel == "whatsapp"


def test_an_sms_that_failed_is_no_reason_for_another(desk: Desk, her: int) -> None:
    desk.want(her, "Hello")
    drain(desk.parts, "replies")
    assert not told(desk, "failed", 63016)
    assert len(rows(desk)) == 1


def test_what_arrived_after_all_does_not_come_again(desk: Desk, her: int) -> None:
    send(desk, her)
    told(desk, "delivered", None)
    assert not told(desk, "failed", 63016)
    assert len(rows(desk)) == 1


def test_whoever_opted_out_gets_no_sms_in_its_place(desk: Desk, her: int) -> None:
    send(desk, her)
    with desk.db.write() as session:
        contacts.stop(session, her, desk.clock())
    assert told(desk, "failed", 63016)
    drain(desk.parts, "replies")
    assert [(row.state, row.reason) for row in rows(desk)][1] == ("skipped", "opted_out")
    assert len(desk.carrier.accepted) == 1


def test_a_block_on_whatsapp_silences_and_nothing_goes_by_sms(desk: Desk, her: int) -> None:
    send(desk, her)
    assert not told(desk, "failed", 63014)
    assert len(rows(desk)) == 1
    with desk.db.read() as session:
        contact = session.get(Contact, her)
    assert contact is not None
    assert contact.consent == "stopped"


def test_a_fault_of_whatsapp_holds_no_broadcast(desk: Desk, her: int) -> None:
    send(desk, her)
    told(desk, "failed", 63021)
    other = desk.person(2)
    desk.want(other, "School is closed.", lane="broadcasts", kind="reply")
    drain(desk.parts, "broadcasts")
    assert desk.carrier.bodies()[-1] == "School is closed."


def test_a_text_beyond_the_school_never_goes_by_whatsapp(desk: Desk, her: int) -> None:
    with desk.db.write() as session:
        from_us: dict[str, Any] = {
            "contact_id": her,
            "lane": "broadcasts",
            "kind": "broadcast",
            "now": desk.clock(),
        }
        proof: dict[str, Any] = {"language": "en", "wording": "w", "source": "text", "at": desk.clock()}
        consents.record(session, her, "beyond_on", **proof)
        (row_id,) = put(
            session,
            desk.vault,
            body="A market",
            channel="whatsapp",
            zone="America/Chicago",
            purpose="beyond",
            **from_us,
        )
    assert desk.row(row_id).channel == "sms"


@pytest.mark.parametrize("told_body", ["Which day?", NUMBERED, ""])
def test_buttons_whose_answer_was_lost_are_found_in_the_list(desk: Desk, her: int, told_body: str) -> None:
    desk.carrier.script = ["accept and fall silent"]
    desk.want(her, NUMBERED, channel="whatsapp", question=ASKED)
    drain(desk.parts, "replies")
    (one,) = desk.carrier.accepted
    desk.carrier.accepted[0] = one.__class__(
        one.sid, one.to, one.sender, told_body, one.status, one.created_at, one.channel
    )
    desk.clock.move(seconds=10)
    assert reconcile(desk.parts) == 1
    assert (rows(desk)[0].state, rows(desk)[0].sid) == ("accepted", one.sid)


def test_a_template_is_known_by_the_text_in_its_frame() -> None:
    framed = "Ally writes to your family: No school on Monday. To answer, write here."
    assert is_told_as(framed, "No school\non Monday.", None, "whatsapp")
    assert not is_told_as(framed, "No school on Monday.", None, "sms")
    assert not is_told_as(framed, "Something else", None, "whatsapp")


def test_whatsapp_has_no_segments_and_its_templates_have_a_fee() -> None:
    assert estimate("+15125550101", 0, "whatsapp") == 5_000
    assert estimate("+15125550101", 0, "whatsapp", is_template=True) == 15_000
    assert estimate("+525512345678", 0, "whatsapp", is_template=True) == 60_000


def test_we_stop_ten_minutes_before_whatsapp_does() -> None:
    assert timedelta(hours=24) - WINDOW == timedelta(minutes=10)


def test_what_could_be_tapped_is_forgotten_with_the_words(desk: Desk, her: int) -> None:
    send(desk, her, question=ASKED)
    told(desk, "delivered", None)
    with desk.db.write() as session:
        retention.forget_bodies(session, desk.clock() + timedelta(days=1))
    (row,) = rows(desk)
    assert (row.body, row.tappable) == (None, None)
    assert not told(desk, "failed", 63016), "nothing is left to send by SMS"


def pictured(desk: Desk, contact_id: int) -> int:
    """Id of a picture of a thread with this person."""
    with desk.db.write() as session:
        thread_id = threads.open_new(
            session, contact_id, to="office", topic="question", school_id=None, now=desk.clock()
        )
        picture = Picture(
            thread_id=thread_id, digest="d", kind="image/jpeg", size=1, content=b"1", created_at=desk.clock()
        )
        return pictures.add(session, picture)


def test_a_picture_goes_along_on_whatsapp_within_the_day_and_by_mms_after_it(desk: Desk, her: int) -> None:
    desk.parts = replace(desk.parts, reached_at="https://texts.example.org")
    picture_id = pictured(desk, her)
    sent = send(desk, her, "Look", kind="person", picture_id=picture_id)
    assert (sent.channel, sent.content) == ("whatsapp", None)
    token = str(sent.picture_url).removeprefix("https://texts.example.org/pictures/").removesuffix(".jpg")
    assert picture_of(desk.vault, token, desk.clock()) == picture_id
    desk.clock.move(hours=24)
    sent = send(desk, her, "Look", kind="person", picture_id=picture_id)
    assert (sent.channel, sent.content) == ("sms", None), "no template holds a picture"
    assert sent.picture_url is not None


def test_where_no_mms_arrives_the_words_go_alone(desk: Desk) -> None:
    with desk.db.write() as session:
        abroad = contacts.find_or_create(session, desk.vault, "+525512345678", desk.clock()).id or 0
    wrote(desk, abroad)
    picture_id = pictured(desk, abroad)
    assert send(desk, abroad, "Mira", kind="person", picture_id=picture_id).picture_url is not None
    desk.clock.move(hours=24)
    sent = send(desk, abroad, "Mira", kind="person", picture_id=picture_id)
    assert (sent.channel, sent.body, sent.picture_url) == ("sms", "Mira", None)


def test_a_text_too_long_to_stand_below_a_picture_goes_in_parts_the_picture_with_the_first(
    desk: Desk, her: int
) -> None:
    picture_id, now = pictured(desk, her), desk.clock()
    told: dict[str, Any] = {"channel": "whatsapp", "lane": "replies", "kind": "person", "now": now}
    with desk.db.write() as session:
        put(session, desk.vault, contact_id=her, body="word " * 300, picture_id=picture_id, **told)
    first, second = rows(desk)
    assert (first.picture_id, second.picture_id) == (picture_id, None)
    assert len(desk.vault.open(first.body or b"", BODY)) <= 1000


def test_a_picture_that_whatsapp_did_not_deliver_goes_along_by_sms(desk: Desk, her: int) -> None:
    picture_id = pictured(desk, her)
    send(desk, her, "Look", kind="person", picture_id=picture_id)
    told(desk, "failed", 63019)
    assert [(row.channel, row.picture_id) for row in rows(desk)] == [
        ("whatsapp", picture_id),
        ("sms", picture_id),
    ]


def test_a_picture_costs_as_an_mms_whatever_its_text() -> None:
    assert estimate("+15125550101", 7, "sms", has_picture=True) == 35_000
    assert estimate("+15125550101", 0, "whatsapp", has_picture=True) == 5_000

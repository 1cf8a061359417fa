"""The page of delivery: lanes, faults and what goes on, texts of which nobody knows, numbers to mend."""

from datetime import timedelta
from typing import Any

import pytest

from bot.outbox import heartbeats, reconcile, sweep
from bot.store import audit, broadcasts, failing, marks, outbox, troubles
from bot.store.outbox import BODY, POISON
from tests.fixtures.installation import ENGLISH
from tests.web.console.conftest import BASE, Console
from tests.web.console.test_threads import opened

SECRET = "There is no school on Friday"


def row(console: Console, state: str, **more: Any) -> int:
    """A text to the mother of the demo district; returns its id."""
    bot, now = console.house.bot, console.house.clock()
    values = {
        "contact_id": console.house.contact(ENGLISH).id,
        "lane": "replies",
        "kind": "reply",
        "channel": "sms",
        "state": state,
        "body": bot.vault.seal(SECRET, BODY),
        "segments": 1,
        "encoding": "GSM-7",
        "due_at": now,
        "created_at": now,
        **more,
    }
    with bot.db.write() as session:
        return outbox.add(session, [values])[0]


def state_of(console: Console, row_id: int) -> str:
    """How far a text has come."""
    with console.house.bot.db.read() as session:
        found = session.get(outbox.OutboxRow, row_id)
    assert found is not None
    return found.state


def deeds(console: Console) -> list[tuple[str, str]]:
    """What was written down, latest first."""
    with console.house.bot.db.read() as session:
        return [(line.action, line.subject) for line in audit.latest(session, 20)]


def test_an_empty_house_says_what_each_part_is_for(console: Console) -> None:
    page = console.get(console.signed_in("administrator"), "/staff/delivery/").text
    for words in (
        "The sweeper is silent",
        "No broadcast is held.",
        "Every number of your families gets texts.",
    ):
        assert words in page


def test_it_shows_what_waits_and_what_became_of_texts_without_a_word_of_them(
    console: Console,
) -> None:
    now = console.house.clock()
    with console.house.bot.db.write() as session:
        marks.put(session, sweep.HEARTBEAT, now)
        heartbeats.beat(session, "replies", now)
    row(console, "pending", due_at=now - timedelta(minutes=10))
    row(console, "delivered")
    row(console, "undelivered", error_code=30003)
    row(console, "failed", error_code=30007)
    row(console, "skipped", reason="opted_out")
    page = console.get(console.signed_in("administrator"), "/staff/delivery/").text
    assert "Answers to families wait too long." in page
    assert "10 minutes" in page
    assert "The phone is off, out of reach or no longer in use." in page
    assert "The carrier took the text for spam and did not deliver it." in page
    assert "The person texted STOP." in page
    assert '<table class="bars">' in page
    assert SECRET not in page
    assert "5550103" not in page


def test_the_page_looks_again_more_and_more_seldom_while_nothing_changes(console: Console) -> None:
    client, htmx = console.signed_in("administrator"), {"HX-Request": "true"}
    url, delays = "/staff/delivery/now", []
    for _ in range(6):
        page = client.get(url, base_url=BASE, headers=htmx).text
        assert "<html" not in page
        url = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
        delays.append(page.split("delay:")[1].split("s")[0])
    assert delays == ["5", "10", "20", "40", "60", "60"]
    row(console, "unknown", reason="list_unreadable")
    assert "delay:5s" in client.get(url, base_url=BASE, headers=htmx).text
    assert "Look again" in client.get("/staff/delivery/now?looks=99", base_url=BASE, headers=htmx).text


def test_a_fault_says_what_to_do_and_goes_on_when_a_person_says_so(console: Console) -> None:
    now = console.house.clock()
    with console.house.bot.db.write() as session:
        troubles.note(session, 30034, now)
        held = broadcasts.create(session, created_by="x", now=now).id or 0
        broadcasts.stop(session, held, "configuration/30034")
    client = console.signed_in("administrator")
    page = console.get(client, "/staff/delivery/").text
    assert "The sender number is not registered for texting (US A2P 10DLC)." in page
    assert "Mend it in Twilio or in the settings." in page
    console.post(client, "/staff/delivery/go-on")
    with console.house.bot.db.read() as session:
        assert not troubles.open_ones(session)
        assert not broadcasts.held(session)
    assert deeds(console)[0][0] == "delivery_goes_on"


def test_who_administers_one_school_lets_nothing_of_the_district_go_on(console: Console) -> None:
    with console.house.bot.db.write() as session:
        troubles.note(session, 30034, console.house.clock())
    row_id = row(console, "unknown", submitted_at=console.house.clock())
    client = console.signed_in("administrator", school=console.school())
    console.post(client, "/staff/delivery/go-on")
    console.post(client, f"/staff/delivery/unknown/{row_id}/again")
    assert console.get(client, f"/staff/delivery/unknown/{row_id}").status_code == 404
    assert state_of(console, row_id) == "unknown"
    with console.house.bot.db.read() as session:
        assert troubles.open_ones(session)
    assert f"/unknown/{row_id}/" not in console.get(client, "/staff/delivery/").text


def test_who_administers_one_school_sees_counts_of_its_own_families_only(console: Console) -> None:
    with console.house.bot.db.write() as session:
        held = broadcasts.create(session, created_by="x", now=console.house.clock()).id or 0
        broadcasts.pause(session, held)
    row(console, "unknown", submitted_at=console.house.clock())
    row(console, "undelivered", error_code=30003)
    failing_number(console)
    out_of_reach, own = "The phone is off, out of reach or no longer in use.", console.school()
    pages = {}
    for name, school in (("district", None), ("own", own), ("other", console.school("Cedar"))):
        client = console.signed_in("administrator", school=school)
        pages[name] = [console.get(client, path).text for path in ("/staff/", "/staff/delivery/")]
    assert "Of 1 text nobody knows" in pages["district"][0]
    assert "Of 1 text nobody knows" not in pages["own"][0]
    assert ["number does not get our texts" in pages[name][0] for name in pages] == [True, True, False]
    assert [out_of_reach in pages[name][1] for name in pages] == [True, True, False]
    assert ["A person paused it." in pages[name][1] for name in pages] == [True, False, False]
    assert ['class="stats"' in pages[name][1] for name in pages] == [True, False, False]
    assert "No text was written in the last 7 days." in pages["other"][1]


def test_a_paused_broadcast_goes_on(console: Console) -> None:
    with console.house.bot.db.write() as session:
        held = broadcasts.create(session, created_by="x", now=console.house.clock()).id or 0
        broadcasts.pause(session, held)
    client = console.signed_in("administrator")
    assert "A person paused it." in console.get(client, "/staff/delivery/").text
    console.post(client, f"/staff/delivery/broadcasts/{held}/go-on")
    assert deeds(console)[0] == ("broadcast_resumed", f"broadcast:{held}")


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the carrier's list has; None in it stands for a list that cannot be read."""
    found: list[Any] = []
    monkeypatch.setattr(reconcile, "_listed", lambda _parts, _row: None if None in found else found)
    return found


def test_a_text_that_twilio_does_not_have_is_sent_again(console: Console, listed: list[Any]) -> None:
    row_id = row(console, "unknown", submitted_at=console.house.clock(), reason="list_unreadable")
    client = console.signed_in("administrator")
    assert "Look, and send again" in console.get(client, "/staff/delivery/").text
    console.post(client, f"/staff/delivery/unknown/{row_id}/again")
    assert state_of(console, row_id) == "pending"
    assert deeds(console)[0] == ("sent_again", f"outbox:{row_id}")
    console.post(client, f"/staff/delivery/unknown/{row_id}/again")
    assert "This text is not waiting for you" in console.get(client, "/staff/delivery/").text


def test_a_text_goes_out_blind_only_after_the_word_was_typed(console: Console) -> None:
    # The carrier of this house is away: nothing listens at its address
    row_id = row(console, "unknown", submitted_at=console.house.clock(), reason="list_unreadable")
    client = console.signed_in("administrator")
    asked = console.post(client, f"/staff/delivery/unknown/{row_id}/again")
    assert asked.location == f"/staff/delivery/unknown/{row_id}"
    assert "Type twice to confirm" in console.get(client, asked.location).text
    console.post(client, f"/staff/delivery/unknown/{row_id}/blind", typed="yes")
    assert state_of(console, row_id) == "unknown"
    console.post(client, f"/staff/delivery/unknown/{row_id}/blind", typed="Twice ")
    assert state_of(console, row_id) == "pending"


def failing_number(console: Console) -> int:
    """The mother's number never gets a text."""
    contact_id = console.house.contact(ENGLISH).id or 0
    with console.house.bot.db.write() as session:
        failing.note(session, contact_id, 30006, dead=True, sent_at=console.house.clock())
    return contact_id


def test_a_number_to_mend_is_masked_and_shown_whole_only_after_a_fresh_proof(console: Console) -> None:
    contact_id = failing_number(console)
    client = console.signed_in("administrator")
    page = console.get(client, "/staff/delivery/").text
    assert "This number is a landline" in page
    assert "Call this number; ask for one that gets texts" in page
    assert not any(number in page for number in (ENGLISH, "555-0103"))
    assert ">512-555-0103<" in console.get(client, f"/staff/delivery/numbers/{contact_id}").text
    assert deeds(console)[0] == ("unmasked", f"contact:{contact_id}")
    console.house.clock.move(minutes=30)
    assert "/staff/account/prove" in console.get(client, f"/staff/delivery/numbers/{contact_id}").location


def test_a_number_of_another_school_is_neither_seen_nor_mended(console: Console) -> None:
    contact_id = failing_number(console)
    client = console.signed_in("administrator", school=console.school("Cedar"))
    assert "Every number of your families gets texts." in console.get(client, "/staff/delivery/").text
    assert console.get(client, f"/staff/delivery/numbers/{contact_id}").status_code == 404
    console.post(client, f"/staff/delivery/numbers/{contact_id}/mended")
    assert console.house.contact(ENGLISH).dead_at is not None


def test_a_number_that_works_again_gets_texts(console: Console) -> None:
    contact_id = failing_number(console)
    console.post(console.signed_in("administrator"), f"/staff/delivery/numbers/{contact_id}/mended")
    assert console.house.contact(ENGLISH).dead_at is None
    assert deeds(console)[0] == ("number_mended", f"contact:{contact_id}")


def test_what_was_set_aside_is_shown_and_tried_anew_when_a_person_says_so(console: Console) -> None:
    row_id = row(console, "failed", reason=POISON, stumbles=3, expires_at=console.house.clock())
    row(console, "failed", error_code=30003)
    client = console.signed_in("administrator")
    assert "1 text could not be written and was set aside." in console.get(client, "/staff/").text
    page = console.get(client, "/staff/delivery/").text
    assert f"/staff/delivery/set-aside/{row_id}/again" in page
    assert page.count("/set-aside/") == 1
    assert "It was set aside and did not go out." in page, "among the reasons why texts did not arrive"
    assert SECRET not in page
    console.post(client, f"/staff/delivery/set-aside/{row_id}/again")
    assert state_of(console, row_id) == "pending"
    assert deeds(console)[0][0] == "tried_anew"
    console.post(client, f"/staff/delivery/set-aside/{row_id}/again")
    assert [deed for deed, *_ in deeds(console)].count("tried_anew") == 1, "only what is set aside"
    assert "Texts that were set aside" not in console.get(client, "/staff/delivery/").text


def test_only_the_whole_districts_administrator_lets_a_text_be_tried_anew(console: Console) -> None:
    row_id = row(console, "failed", reason=POISON, stumbles=3)
    client = console.signed_in("administrator", school=console.school())
    assert "set aside" not in console.get(client, "/staff/").text
    assert "/set-aside/" not in console.get(client, "/staff/delivery/").text
    console.post(client, f"/staff/delivery/set-aside/{row_id}/again")
    assert state_of(console, row_id) == "failed"


def test_a_thread_says_that_its_text_was_set_aside_and_not_that_the_carrier_failed(console: Console) -> None:
    thread_id = opened(console, ENGLISH, "person")
    row(console, "failed", reason=POISON, stumbles=3, thread_id=thread_id)
    page = console.get(console.signed_in("administrator"), f"/staff/threads/{thread_id}").text
    assert "It was set aside and did not go out. Write it again." in page
    assert "The carrier did not deliver this text." not in page

"""Liaisons answer in the console: what they see, in which order, and what is refused."""

import re
from typing import Any

from sqlmodel import col, select

from bot.people.access import Grant
from bot.store import inbox, schools
from bot.store.audit import AuditLine
from bot.store.inbox import Filters, Scope
from bot.store.outbox import OutboxRow
from tests.fixtures.installation import ENGLISH, SPANISH, STRANGER
from tests.web.console.conftest import Console


def opened(console: Console, number: str = ENGLISH, words: str = "person") -> int:
    """The thread of a family that asks for a person."""
    console.house.text(words, number)
    thread = console.house.thread(number)
    assert thread is not None
    return thread.id or 0


def hidden(page: str, name: str) -> str:
    """What a hidden field of the composer holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found.group(1)


def rows(console: Console, **wanted: Any) -> list[int]:
    """Threads as the inbox lists them for who may see all."""
    with console.house.bot.db.read() as session:
        found = inbox.rows(
            session,
            Scope(0, everywhere=True),
            Filters(**wanted),
            console.house.clock(),
        )
    return [row.id for row in found]


def test_danger_comes_first_then_who_waited_longest_and_nothing_sinks_when_touched(console: Console) -> None:
    first = opened(console, ENGLISH)
    console.house.clock.move(hours=1)
    second = opened(console, SPANISH, "persona")
    console.house.clock.move(hours=1)
    danger = opened(console, STRANGER, "my husband is beating me")
    assert rows(console) == [danger, first, second]
    console.house.text("Are you there?", ENGLISH)
    client = console.signed_in("administrator")
    console.post(client, f"/staff/threads/{first}/note", note="Called the office.")
    assert rows(console) == [danger, first, second]
    page = console.get(client, "/staff/threads/").text
    assert [int(one) for one in re.findall(r'href="/staff/threads/(\d+)"', page)] == [danger, first, second]


def test_an_answer_is_sent_once_however_often_it_is_posted(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    form = {"key": hidden(page, "key"), "seen": hidden(page, "seen"), "text": "Hello Dana."}
    answers = [console.post(client, f"/staff/threads/{thread_id}/send", **form) for _ in range(3)]
    assert [one.status_code for one in answers] == [303, 303, 303]
    assert console.house.answers().count("Hello Dana.") == 1
    assert "Hello Dana." in console.get(client, f"/staff/threads/{thread_id}").text


def test_other_words_from_a_page_that_was_gone_back_to_are_not_said_to_be_sent(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    form = {"key": hidden(page, "key"), "seen": hidden(page, "seen")}
    console.post(client, f"/staff/threads/{thread_id}/send", **form, text="Bus 12 comes at 8.")
    refused = console.post(client, f"/staff/threads/{thread_id}/send", **form, text="No, at 9.")
    assert refused.status_code == 409
    assert "No, at 9.</textarea>" in refused.text
    again = {"key": hidden(refused.text, "key"), "seen": hidden(refused.text, "seen"), "text": "No, at 9."}
    assert console.post(client, f"/staff/threads/{thread_id}/send", **again).status_code == 303
    assert console.house.answers()[-2:] == ["Bus 12 comes at 8.", "No, at 9."]


def test_who_has_not_seen_the_last_text_is_shown_it_and_keeps_the_draft(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    console.house.text("It is about bus 12.")
    form = {"key": hidden(page, "key"), "seen": hidden(page, "seen"), "text": "What is it about?"}
    refused = console.post(client, f"/staff/threads/{thread_id}/send", **form)
    assert refused.status_code == 409
    assert "What is it about?</textarea>" in refused.text
    assert "unseen" in refused.text
    assert "It is about bus 12." in refused.text
    assert "What is it about?" not in console.house.answers()
    again = {**form, "seen": hidden(refused.text, "seen"), "text": "Bus 12 comes at 8."}
    assert console.post(client, f"/staff/threads/{thread_id}/send", **again).status_code == 303
    assert console.house.answers()[-1] == "Bus 12 comes at 8."


def test_no_number_and_no_childs_name_stands_on_the_pages_and_a_reading_is_written_down(
    console: Console,
) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert "Dana" in page
    assert "Maple Grove" in page
    assert "gets it once a person has translated it" not in page, "nothing is written yet"
    assert ENGLISH not in page
    assert "555-0103" not in page
    with console.house.bot.db.read() as session:
        read = session.exec(select(AuditLine).where(AuditLine.action == "thread_read")).all()
    assert [one.subject for one in read] == [f"thread:{thread_id}"]


def test_a_liaison_sees_the_own_schools_and_leaves_a_language_to_the_colleague_who_speaks_it(
    console: Console,
) -> None:
    spanish = opened(console, SPANISH, "persona")
    with console.house.bot.db.read() as session:
        people = list(schools.every_staff(session).values())
        speaks = next(one for one in people if "es" in one.languages)
        other = next(one for one in people if one.languages and "es" not in one.languages)
    mine = Grant("liaison", console.school())
    alone = console.enter(console.account(mine, staff_id=other.id))
    assert console.get(alone, f"/staff/threads/{spanish}").status_code == 200, "nobody else speaks Spanish"
    console.account(mine, staff_id=speaks.id)
    assert console.get(alone, f"/staff/threads/{spanish}").status_code == 404
    elsewhere = console.signed_in("liaison", school=console.school("Cedar"))
    assert console.get(elsewhere, f"/staff/threads/{spanish}").status_code == 404
    assert f"/staff/threads/{spanish}" not in console.get(elsewhere, "/staff/threads/").text


def test_an_auditor_sees_no_thread_and_a_teacher_those_that_were_given(console: Console) -> None:
    thread_id = opened(console)
    assert console.get(console.signed_in("auditor"), "/staff/threads/").status_code == 403
    teacher = console.account(Grant("teacher", console.school()))
    assert console.get(console.enter(teacher), f"/staff/threads/{thread_id}").status_code == 404
    head = console.signed_in("administrator")
    console.post(head, f"/staff/threads/{thread_id}/assign", account=str(teacher))
    assert console.get(console.enter(teacher), f"/staff/threads/{thread_id}").status_code == 200


def test_what_is_put_off_is_out_of_the_list_until_the_family_writes(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    console.post(client, f"/staff/threads/{thread_id}/snooze", wait="1d")
    assert rows(console) == []
    assert rows(console, show="snoozed") == [thread_id]
    console.house.text("Hello?")
    assert rows(console) == [thread_id]


def test_the_list_is_looked_at_again_without_work_where_nothing_changed(console: Console) -> None:
    opened(console)
    client = console.signed_in("administrator")
    page = console.get(client, "/staff/threads/").text
    look = re.search(r'hx-get="([^"]*)"', page)
    assert look is not None
    address = look.group(1).replace("&amp;", "&")
    htmx = {"HX-Request": "true"}
    again = client.get(address, base_url="https://texts.example.org", headers=htmx)
    assert again.status_code == 204
    console.house.text("One more thing")
    changed = client.get(address, base_url="https://texts.example.org", headers=htmx)
    assert changed.status_code == 200
    gone = console.visitor().get(address, base_url="https://texts.example.org", headers=htmx)
    assert gone.headers["HX-Redirect"].startswith("/staff/sign-in")


def test_a_close_gives_the_talk_back_and_it_can_be_opened_again(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    console.post(client, f"/staff/threads/{thread_id}/close")
    assert console.house.thread() is None
    assert rows(console, show="closed") == [thread_id]
    console.post(client, f"/staff/threads/{thread_id}/reopen")
    assert console.house.thread() is not None


def test_typing_claims_with_a_name_and_counts_as_the_carrier_will(console: Console) -> None:
    thread_id = opened(console)
    first, second = (console.enter(console.account(Grant("administrator"))) for _ in range(2))
    told = console.post(first, f"/staff/threads/{thread_id}/typing", text="ñ" * 80 + "ا")
    assert "2 texts" in told.text
    assert "UCS-2" in told.text
    assert "Person 1 is writing" in console.post(second, f"/staff/threads/{thread_id}/typing", text="a").text
    taken = console.post(second, f"/staff/threads/{thread_id}/typing", text="a", take_over="y")
    assert "is writing" not in taken.text


def test_what_it_is_about_stands_in_words_and_of_what_is_private_no_more_than_that(console: Console) -> None:
    private = opened(console, ENGLISH, "ICE is at the school door")
    page = console.get(console.signed_in("administrator"), f"/staff/threads/{private}").text
    assert "something private" in page
    assert "enforcement" not in page
    assert "something private" in console.get(console.signed_in("administrator"), "/staff/threads/").text


def test_what_did_not_arrive_says_why_and_what_to_do(console: Console) -> None:
    thread_id = opened(console)
    with console.house.bot.db.write() as session:
        last = session.exec(select(OutboxRow).order_by(col(OutboxRow.id).desc())).first()
        assert last is not None
        last.state, last.error_code = "undelivered", 30003
    page = console.get(
        console.signed_in("liaison", school=console.school()), f"/staff/threads/{thread_id}"
    ).text
    assert "The phone is off, out of reach or no longer in use. If it stays so for days, call" in page

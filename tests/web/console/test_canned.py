"""Ready-made replies: in the family's language, beside the reader's, marked where nobody has read them."""

import re

from sqlmodel import select

from bot.store import contacts
from bot.store.thread_texts import ThreadReply
from tests.fixtures.installation import ENGLISH, SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_threads import hidden, opened


def form(page: str, reply: str) -> dict[str, str]:
    return {"key": hidden(page, "key"), "seen": hidden(page, "seen"), "reply": reply}


def test_a_reply_goes_out_once_in_the_familys_language_and_is_kept_with_its_review(console: Console) -> None:
    thread_id, client = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert "A person from the school will call you." in page
    said = "Recibimos su mensaje. Una persona de la escuela le llamará."
    choice = re.search(r'for="canned-will_call">.*?</label>', page, re.DOTALL)
    assert choice is not None
    assert said in choice.group(0)
    assert "unreviewed" in choice.group(0)
    for _ in range(3):
        sent = console.post(client, f"/staff/threads/{thread_id}/canned", **form(page, "will_call"))
        assert sent.status_code == 303
    assert console.house.answers(SPANISH).count(said) == 1
    with console.house.bot.db.read() as session:
        reply = session.exec(select(ThreadReply)).one()
    assert (reply.origin, reply.is_reviewed, reply.language) == ("canned", False, "en")
    shown = console.get(client, f"/staff/threads/{thread_id}").text
    assert "ready-made reply" in shown
    assert said in shown


def test_the_office_is_named_by_its_own_number_in_english_which_is_reviewed(console: Console) -> None:
    thread_id, client = opened(console, ENGLISH), console.signed_in("administrator")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert "unreviewed" not in page.partition("<details")[2]
    console.post(client, f"/staff/threads/{thread_id}/canned", **form(page, "call_office"))
    assert console.house.answers()[-1] == "Please call the school office at 512-555-0140."


def test_a_language_without_the_reply_is_not_offered_it_and_nobody_gets_another_language(
    console: Console,
) -> None:
    thread_id, client = opened(console, ENGLISH), console.signed_in("administrator")
    with console.house.bot.db.write() as session:
        found = contacts.by_number_hash_locked(session, console.house.bot.vault.fingerprint(ENGLISH))
        assert found is not None
        contacts.set_language(session, found.id or 0, "vi", "chosen")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert "canned-will_call" not in page
    before = console.house.answers()
    refused = console.post(client, f"/staff/threads/{thread_id}/canned", **form(page, "will_call"))
    assert refused.status_code == 400
    assert console.house.answers() == before


def test_who_has_not_seen_the_last_text_sends_no_ready_made_reply(console: Console) -> None:
    thread_id, client = opened(console), console.signed_in("administrator")
    page = console.get(client, f"/staff/threads/{thread_id}").text
    console.house.text("It is about bus 12.")
    refused = console.post(client, f"/staff/threads/{thread_id}/canned", **form(page, "good_time"))
    assert refused.status_code == 409
    assert "unseen" in refused.text
    elsewhere = console.signed_in("liaison", school=console.school("Cedar"))
    assert (
        console.post(elsewhere, f"/staff/threads/{thread_id}/canned", **form(page, "done")).status_code == 404
    )

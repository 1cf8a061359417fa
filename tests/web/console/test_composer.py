"""A liaison writes in the own language, and no family gets a text in a language that it does not read."""

import re
from typing import Any

import pytest
from sqlmodel import select

from bot.people.access import Grant
from bot.store import schools, thread_texts, translation_tasks
from bot.store.thread_texts import WROTE
from bot.store.translation_tasks import TranslationTask
from tests.fixtures.installation import ENGLISH, SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_threads import hidden, opened


def form(console: Console, client: object, thread_id: int, **more: str) -> dict[str, Any]:
    """The composer's form as the page has it now."""
    page = console.get(client, f"/staff/threads/{thread_id}").text  # type: ignore[arg-type]
    return {"key": hidden(page, "key"), "seen": hidden(page, "seen"), **more}


def chosen(page: str) -> str:
    """The language that the select stands on."""
    found = re.search(r'<option value="(\w+)" selected', page[page.index('id="language"') :])
    assert found is not None
    return found.group(1)


def test_english_for_a_spanish_family_waits_for_a_translator_and_the_family_still_waits(
    console: Console,
) -> None:
    thread_id, client = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    before, asked = console.house.answers(SPANISH), console.house.thread(SPANISH)
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert chosen(page) == "en"
    assert "waits for a person who translates it" in page, "said before it is sent"
    told = form(console, client, thread_id, text="Bus 12 is late today.", language="en")
    assert console.post(client, f"/staff/threads/{thread_id}/send", **told).status_code == 303
    assert console.post(client, f"/staff/threads/{thread_id}/send", **told).status_code == 303
    assert console.house.answers(SPANISH) == before
    with console.house.bot.db.read() as session:
        (held,) = thread_texts.held_replies(session)
        (task,) = translation_tasks.waiting(session)
    assert console.house.bot.vault.open(held.wrote or b"", WROTE) == "Bus 12 is late today."
    assert (task.source, task.target, task.is_for_family) == ("en", "es", True)
    still, was = console.house.thread(SPANISH), asked
    assert still is not None
    assert was is not None
    assert (still.asked_at, still.promised_at) == (was.asked_at, was.promised_at), "nobody has answered yet"
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert "waits for a translation" in page
    assert "The words are not kept." not in page, "there are no other words yet"


def test_english_said_to_be_spanish_is_asked_about_and_nothing_goes_out(console: Console) -> None:
    thread_id, client = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    before = console.house.answers(SPANISH)
    told = form(console, client, thread_id, text="The bus is late today.", language="es")
    asked = console.post(client, f"/staff/threads/{thread_id}/send", **told)
    assert asked.status_code == 409
    assert "It looks like English" in asked.text
    assert "The bus is late today.</textarea>" in asked.text
    again = {**told, "seen": hidden(asked.text, "seen"), "key": hidden(asked.text, "key"), "as": "en"}
    assert console.post(client, f"/staff/threads/{thread_id}/send", **again).status_code == 303
    assert console.house.answers(SPANISH) == before
    with console.house.bot.db.read() as session:
        assert [one.source for one in session.exec(select(TranslationTask))] == ["en"]


def test_spanish_goes_out_as_it_is_also_from_pages_in_english(console: Console) -> None:
    thread_id, client = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    told = form(console, client, thread_id, text="Hoy el autobús llega tarde.", language="en")
    asked = console.post(client, f"/staff/threads/{thread_id}/send", **told)
    assert asked.status_code == 409
    assert "It is in Spanish: send it as it is" in asked.text
    again = {**told, "seen": hidden(asked.text, "seen"), "as": "es"}
    assert console.post(client, f"/staff/threads/{thread_id}/send", **again).status_code == 303
    assert console.house.answers(SPANISH)[-1] == "Hoy el autobús llega tarde."
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert chosen(page) == "es", "as last time"


def test_who_speaks_the_familys_language_is_taken_to_write_in_it(console: Console) -> None:
    thread_id = opened(console, SPANISH, "persona")
    with console.house.bot.db.read() as session:
        speaks = next(one for one in schools.every_staff(session).values() if "es" in one.languages)
    client = console.enter(console.account(Grant("liaison"), staff_id=speaks.id))
    assert chosen(console.get(client, f"/staff/threads/{thread_id}").text) == "es"


@pytest.mark.parametrize("text", ["Hello Dana.", "Bus 12: 3:30", "OK"])
def test_one_language_on_both_sides_asks_nothing(console: Console, text: str) -> None:
    thread_id, client = opened(console, ENGLISH), console.signed_in("administrator")
    told = form(console, client, thread_id, text=text, language="en")
    assert console.post(client, f"/staff/threads/{thread_id}/send", **told).status_code == 303
    assert console.house.answers()[-1] == text


def test_whoever_closes_a_thread_reads_that_an_answer_still_waits_for_its_translation(
    console: Console,
) -> None:
    thread_id, client = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    told = form(console, client, thread_id, text="Bus 12 is late today.", language="en")
    waits = "An answer still waits for its translation"
    assert waits not in console.get(client, f"/staff/threads/{thread_id}").text
    assert console.post(client, f"/staff/threads/{thread_id}/send", **told).status_code == 303
    assert waits in console.get(client, f"/staff/threads/{thread_id}").text
    assert console.post(client, f"/staff/threads/{thread_id}/close").status_code == 303
    page = console.get(client, f"/staff/threads/{thread_id}").text
    assert "Closed. Ally answers this family again. An answer still waits for its translation" in page

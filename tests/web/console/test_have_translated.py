"""A family's text that its reader does not read is given to who translates it, from its bubble and once."""

import re

from sqlmodel import select

from bot.store import translation_tasks
from bot.store.audit import AuditLine
from bot.store.translation_tasks import Waiting
from bot.talk.translate_due import translate_due
from tests.fixtures.installation import SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_families import path_of
from tests.web.console.test_threads import opened
from tests.web.console.test_translations import MEANS as GOT
from tests.web.console.test_translations import WROTE, held, speaker

ASKS = "¿A qué hora llega el autobús de mi hija?"
MEANS = "When does my daughter's bus come?"
BUTTON = "Have this translated"


def waiting(console: Console) -> list[Waiting]:
    """What is on the list of those who translate."""
    with console.house.bot.db.read() as session:
        return translation_tasks.waiting(session)


def asking(page: str) -> list[str]:
    """Where the buttons of a thread's page post to."""
    return re.findall(r'action="(/staff/threads/\d+/texts/\d+/translate)"', page)


def test_who_does_not_read_it_has_it_translated_once_and_reads_it_beside(console: Console) -> None:
    translator = console.enter(speaker(console))
    thread_id, reader = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    console.house.text(ASKS, SPANISH)
    translate_due(console.house.bot.talk)
    assert waiting(console) == [], "a liaison of the school reads it as it is"
    path = f"/staff/threads/{thread_id}"
    assert BUTTON not in console.get(translator, path).text, "nor does who speaks it need the button"
    *_, last = asking(console.get(reader, path).text)
    for _ in range(2):
        assert console.post(reader, last).status_code == 303
    page = console.get(reader, path).text
    assert "waits for a translator" in page
    assert last not in asking(page)
    (task,) = waiting(console)
    assert (task.source, task.target, task.reason, task.is_for_family) == ("es", "en", "asked", False)
    assert "a person was asked for" in console.get(translator, "/staff/translations/").text
    console.post(translator, f"/staff/translations/{task.id}/write", text=MEANS)
    page = console.get(reader, path).text
    assert "When does my daughter&#39;s bus come?" in page
    assert "translated by a person" in page
    assert last not in asking(page)
    assert console.post(reader, last).status_code == 303
    assert waiting(console) == [], "it is translated already"
    family = console.get(reader, path_of(console, SPANISH)).text
    assert ASKS in family
    assert "When does my daughter&#39;s bus come?" in family
    with console.house.bot.db.read() as session:
        deeds = session.exec(select(AuditLine.action)).all()
    assert deeds.count("translation_asked") == 2


def test_what_somebody_took_off_the_list_can_be_asked_for_again(console: Console) -> None:
    thread_id, reader = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    (first,) = asking(console.get(reader, f"/staff/threads/{thread_id}").text)
    console.post(reader, first)
    (task,) = waiting(console)
    console.post(reader, f"/staff/translations/{task.id}/drop")
    assert asking(console.get(reader, f"/staff/threads/{thread_id}").text) == [first]
    console.post(reader, first)
    assert [one.id for one in waiting(console)] == [task.id]


def test_what_was_not_kept_or_stands_elsewhere_is_not_asked_for(console: Console) -> None:
    thread_id, reader = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    (mine,) = asking(console.get(reader, f"/staff/threads/{thread_id}").text)
    console.house.text("Mi esposo es indocumentado", SPANISH)
    assert asking(console.get(reader, f"/staff/threads/{thread_id}").text) == [mine]
    other = opened(console, "+15125550103")
    assert console.post(reader, mine.replace(f"/{thread_id}/", f"/{other}/")).status_code == 303
    assert waiting(console) == []
    elsewhere = console.signed_in("liaison", school=console.school("Cedar"))
    assert console.post(elsewhere, mine).status_code == 404


def test_an_answer_that_was_translated_stands_beside_what_was_written_on_the_familys_page(
    console: Console,
) -> None:
    task_id, client = held(console), console.enter(speaker(console))
    console.post(client, f"/staff/translations/{task_id}/write", text=GOT)
    page = console.get(console.signed_in("administrator"), path_of(console, SPANISH)).text
    assert GOT in page
    assert WROTE in page

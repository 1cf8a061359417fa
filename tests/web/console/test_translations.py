"""What nobody at hand can read waits in a list; who speaks both languages translates it, once."""

from bot.people.access import Grant
from bot.store import schools, thread_texts, translation_tasks
from tests.fixtures.installation import SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_composer import form
from tests.web.console.test_threads import opened

WROTE = "Marco forgot his lunch. Please come on Friday, October 16 at 3:30 PM, or call 512-555-0140."
MEANS = "Marco olvidó su almuerzo. Venga el viernes, 16 de octubre a las 3:30 PM, o llame al 512-555-0140."


def held(console: Console, text: str = WROTE) -> int:
    """An answer in English to a Spanish family, and its place in the list."""
    thread_id, writer = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    told = form(console, writer, thread_id, text=text, language="en")
    assert console.post(writer, f"/staff/threads/{thread_id}/send", **told).status_code == 303
    with console.house.bot.db.read() as session:
        return translation_tasks.waiting(session)[-1].id


def speaker(console: Console, language: str = "es", school: str = "Maple Grove") -> int:
    """The account of a liaison who speaks it, at one school."""
    with console.house.bot.db.read() as session:
        people = schools.every_staff(session).values()
        person = next(one for one in people if language in one.languages)
    return console.account(Grant("liaison", console.school(school)), staff_id=person.id)


def test_who_speaks_both_finds_it_translates_it_and_the_family_gets_it_once(console: Console) -> None:
    task_id, client = held(console), console.enter(speaker(console))
    before = console.house.answers(SPANISH)
    assert f'href="/staff/translations/{task_id}"' in console.get(client, "/staff/translations/").text
    page = console.get(client, f"/staff/translations/{task_id}").text
    assert WROTE in page
    assert console.post(client, f"/staff/translations/{task_id}/claim").status_code == 303
    for _ in range(3):
        sent = console.post(client, f"/staff/translations/{task_id}/write", text=MEANS)
        assert sent.status_code == 303
    assert console.house.answers(SPANISH) == [*before, MEANS]
    assert "Nothing waits" in console.get(client, "/staff/translations/").text
    thread = console.house.thread(SPANISH)
    assert thread is not None
    assert thread.asked_at is None, "answered now, and not when it was written"


def test_a_translation_that_lost_a_date_or_a_number_is_asked_about(console: Console) -> None:
    task_id, client = held(console), console.enter(speaker(console))
    before = console.house.answers(SPANISH)
    wrong = MEANS.replace("16 de octubre", "17 de octubre").replace("512-555-0140", "512-555-0141")
    asked = console.post(client, f"/staff/translations/{task_id}/write", text=wrong)
    assert asked.status_code == 409
    assert "A date is missing or differs." in asked.text
    assert "A number is missing or differs." in asked.text
    assert wrong in asked.text, "nothing that was written is lost"
    english = console.post(client, f"/staff/translations/{task_id}/write", text=WROTE)
    assert "It looks like English, not Spanish." in english.text
    assert console.house.answers(SPANISH) == before
    meant = "Marco no trajo almuerzo; llame al 512-555-0140."
    assert console.post(client, f"/staff/translations/{task_id}/write", text=meant).status_code == 409
    sure = console.post(client, f"/staff/translations/{task_id}/write", text=meant, sure="y")
    assert sure.status_code == 303
    assert console.house.answers(SPANISH)[-1] == meant


def test_nobody_else_sees_it(console: Console) -> None:
    task_id = held(console)
    elsewhere = console.enter(speaker(console, "es", "Cedar"))
    with console.house.bot.db.read() as session:
        deaf = next(one for one in schools.every_staff(session).values() if one.languages == ["en"])
    other = console.enter(console.account(Grant("liaison", console.school()), staff_id=deaf.id))
    for client in (elsewhere, other):
        assert "Nothing waits" in console.get(client, "/staff/translations/").text
        assert console.get(client, f"/staff/translations/{task_id}").status_code == 404
        for deed in ("claim", "drop"):
            assert console.post(client, f"/staff/translations/{task_id}/{deed}").status_code == 404
        assert console.post(client, f"/staff/translations/{task_id}/write", text=MEANS).status_code == 404
    assert console.get(console.signed_in("teacher"), "/staff/translations/").status_code == 403


def test_a_claim_shows_a_name_and_a_dropped_answer_is_never_sent(console: Console) -> None:
    task_id = held(console)
    first, second = console.enter(speaker(console)), console.signed_in("administrator")
    console.post(first, f"/staff/translations/{task_id}/claim")
    assert "translates it" in console.get(second, "/staff/translations/").text
    before = console.house.answers(SPANISH)
    assert console.post(second, f"/staff/translations/{task_id}/drop").status_code == 303
    console.post(first, f"/staff/translations/{task_id}/write", text=MEANS)
    assert console.house.answers(SPANISH) == before
    with console.house.bot.db.read() as session:
        assert thread_texts.held_replies(session) == []


def test_a_short_list_says_for_which_languages_it_is_and_who_adds_others(console: Console) -> None:
    held(console)
    both = console.get(console.enter(speaker(console)), "/staff/translations/").text
    assert "in your languages: English, Spanish." in both
    alone = console.get(console.signed_in("liaison", school=console.school()), "/staff/translations/").text
    assert "in your languages: English." in alone
    assert "If one is missing, ask an administrator" in alone
    assert (
        "in your languages:"
        not in console.get(console.signed_in("administrator"), "/staff/translations/").text
    )

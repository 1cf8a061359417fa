"""One family in the console: who sees how much of it, what is kept, and that every look is written down."""

import re
from datetime import timedelta

from sqlmodel import select

from bot.people.access import Grant
from bot.store import family_links, family_notes, inbound, name_words, retention, schools
from bot.store.audit import AuditLine
from bot.store.families import FamilyContact
from bot.store.inbound import Inbound
from tests.fixtures.installation import ENGLISH, SPANISH, STRANGER
from tests.web.console.conftest import Console


def family_of(console: Console, number: str = ENGLISH) -> int:
    """The family of a number."""
    contact_id = console.house.contact(number).id
    with console.house.bot.db.read() as session:
        found = select(FamilyContact.family_id).where(FamilyContact.contact_id == contact_id)
        return session.exec(found).one()


def path_of(console: Console, number: str = ENGLISH) -> str:
    """The address of its page."""
    return f"/staff/families/{family_of(console, number)}"


def deeds(console: Console, action: str) -> list[str]:
    """What such a deed was done to, each time."""
    with console.house.bot.db.read() as session:
        return [one.subject for one in session.exec(select(AuditLine).where(AuditLine.action == action))]


def test_a_liaison_reads_a_family_and_the_reading_is_written_down(console: Console) -> None:
    console.house.text("Is there school on Friday?")
    console.house.text("person")
    path, client = path_of(console), console.signed_in("liaison", school=console.school())
    page = console.get(client, path).text
    for said in ("Dana", "Maple Grove", "Is there school on Friday?", "was told of the program", "•103"):
        assert said in page
    assert ENGLISH not in page
    assert "555-0103" not in page
    assert f"/staff/threads/{(thread := console.house.thread()) and thread.id}" in page
    assert deeds(console, "family_read") == [path.removeprefix("/staff/families/").join(("family:", ""))]


def test_out_of_reach_and_unknown_are_answered_alike(console: Console) -> None:
    path = path_of(console)
    elsewhere = console.signed_in("liaison", school=console.school("Cedar"))
    far, unknown = console.get(elsewhere, path), console.get(elsewhere, "/staff/families/4999")
    assert (far.status_code, unknown.status_code) == (404, 404)
    said = [re.sub(r' value="[^"]*"', "", one.text) for one in (far, unknown)]  # a token bears its second
    assert said[0].replace(path, "") == said[1].replace("/staff/families/4999", "")
    assert console.get(console.signed_in("auditor"), path).status_code == 403
    assert deeds(console, "family_read") == []
    for more in ("", "/notes", f"/people/{console.house.contact().id}/language"):
        assert console.post(elsewhere, f"{path}{more}", language="es", note="x").status_code in (404, 405)


def test_a_teacher_sees_the_own_pupils_families_and_less_of_them(console: Console) -> None:
    console.house.text("Is there school on Friday?")
    path = path_of(console)
    with console.house.bot.db.read() as session:
        staff = schools.every_staff(session).values()
        ids = [one.id for one in staff if one.role == "teacher"]
    pages = [console.get(console.enter(console.account(Grant("teacher"), staff_id=one)), path) for one in ids]
    seen = [one.text for one in pages if one.status_code == 200]
    assert 0 < len(seen) < len(ids)
    for page in seen:
        assert "Dana" in page
        assert "English" in page
        for hidden in ("•103", "Is there school on Friday?", "was told of the program", "Notes for"):
            assert hidden not in page
    teacher = console.enter(console.account(Grant("teacher"), staff_id=ids[0]))
    assert console.get(teacher, f"{path}/people/1/number").status_code == 403


def test_a_family_is_found_by_name_number_and_id_within_reach_only(console: Console) -> None:
    path, bot = path_of(console), console.house.bot
    with bot.db.write() as session:
        name_words.fill(session, bot.vault, name_words.without(session))
    here = console.signed_in("liaison", school=console.school())
    elsewhere = console.signed_in("liaison", school=console.school("Cedar"))
    for asked in ("dana", "DÁNA", "(512) 555-0103", path.rpartition("/")[2], "%23" + path.rpartition("/")[2]):
        assert f'href="{path}"' in console.get(here, f"/staff/families/?q={asked}").text, asked
        assert f'href="{path}"' not in console.get(elsewhere, f"/staff/families/?q={asked}").text, asked
    for asked in ("nobody", "---", "dana nobody"):
        assert "Nobody is found." in console.get(here, f"/staff/families/?q={asked}").text, asked
    assert f'href="{path}"' in console.get(here, "/staff/families/").text
    contact_id = console.house.contact().id
    assert console.get(here, f"/staff/families/of/{contact_id}").location == path
    assert console.get(elsewhere, f"/staff/families/of/{contact_id}").status_code == 404
    assert len(deeds(console, "families_listed")) == 14


def test_a_whole_number_is_shown_after_proof_alone_and_written_down(console: Console) -> None:
    path, client = path_of(console), console.signed_in("liaison", school=console.school())
    whole = f"{path}/people/{console.house.contact().id}/number"
    assert "555-0103" in console.get(client, whole).text
    assert len(deeds(console, "unmasked")) == 1
    other = console.house.contact(SPANISH).id
    assert console.get(client, f"{path}/people/{other}/number").status_code == 404
    console.house.clock.move(hours=1)
    assert "prove" in (console.get(client, whole).location or "")


def test_the_next_text_comes_in_the_language_that_staff_set(console: Console) -> None:
    console.house.text("menu")
    path, client = path_of(console), console.signed_in("liaison", school=console.school())
    change = f"{path}/people/{console.house.contact().id}/language"
    assert console.post(client, change, language="es").status_code == 303
    console.house.text("0")
    assert "¿" in console.house.answers()[-1]
    page = console.get(client, path).text
    undo = re.search(r'action="([^"]*/language\?to=en)"', page)
    assert undo is not None
    console.post(client, undo.group(1))
    assert console.house.contact().language == "en"
    assert console.post(client, change, language="xx").status_code == 400


def test_best_hours_are_kept_and_nothing_else(console: Console) -> None:
    path, client = path_of(console), console.signed_in("liaison", school=console.school())
    console.post(client, f"{path}/people/{console.house.contact().id}/best-times", time="evening")
    assert console.house.contact().best_times == "evening"
    assert "in the evening" in console.get(client, path).text
    console.post(client, f"{path}/people/{console.house.contact().id}/best-times", time="<b>")
    assert console.house.contact().best_times is None


def test_notes_are_sealed_changed_by_their_writer_and_never_about_papers(console: Console) -> None:
    path, client = path_of(console), console.signed_in("liaison", school=console.school())
    console.post(client, f"{path}/notes", note="Call her Dani.")
    refused = console.post(client, f"{path}/notes", note="She has no papers.")
    assert refused.status_code == 400
    assert "She has no papers.</textarea>" in refused.text
    with console.house.bot.db.read() as session:
        (note,) = family_notes.of_family(session, family_of(console))
        assert b"Dani" not in note.body
    other = console.signed_in("administrator")
    console.post(other, f"{path}/notes/{note.id}", note="Mine now.")
    assert "Call her Dani." in console.get(client, path).text
    console.post(client, f"{path}/notes/{note.id}", note="Call her Dana.")
    assert "Call her Dana." in console.get(other, path).text
    console.post(client, f"{path}/notes/{note.id}", note="")
    assert "Call her" not in console.get(client, path).text
    assert len(deeds(console, "family_noted")) == 3


def test_what_is_noted_goes_when_somebody_asks_to_be_forgotten_and_after_a_year(console: Console) -> None:
    client = console.signed_in("administrator")
    for number in (ENGLISH, SPANISH):
        console.post(client, f"{path_of(console, number)}/notes", note="Comes by bus.")
    families = [family_of(console, number) for number in (ENGLISH, SPANISH)]
    console.house.text("DELETE")
    console.house.text("2")
    with console.house.bot.db.write() as session:
        left = [len(family_notes.of_family(session, one)) for one in families]
        assert left == [0, 1]
        family_notes.forget(session, console.house.clock() + timedelta(days=1))
        assert family_notes.of_family(session, families[1]) == []


def test_words_that_are_not_kept_any_more_are_said_to_be_so(console: Console) -> None:
    console.house.text("We come at ten.")
    with console.house.bot.db.write() as session:
        retention.forget_bodies(session, console.house.clock() + timedelta(days=1))
    page = console.get(console.signed_in("administrator"), path_of(console)).text
    assert "We come at ten." not in page
    assert "The words are not kept." in page


def test_a_stranger_s_texts_belong_to_no_family(console: Console) -> None:
    console.house.text("menu", STRANGER)
    contact_id = console.house.contact(STRANGER).id
    assert (
        console.get(console.signed_in("administrator"), f"/staff/families/of/{contact_id}").status_code == 404
    )


def test_somebody_of_several_families_leads_to_all_of_them(console: Console) -> None:
    client, contact_id = console.signed_in("administrator"), console.house.contact().id
    own, other = family_of(console), family_of(console, SPANISH)
    with console.house.bot.db.write() as session:
        family_links.link(session, other, contact_id or 0)
    listed = console.get(client, f"/staff/families/of/{contact_id}").location
    page = console.get(client, listed or "").text
    for family_id in (own, other):
        assert f'href="/staff/families/{family_id}"' in page
    assert page.count("<li>") < 20


def test_best_hours_stand_beside_a_family_s_question_too(console: Console) -> None:
    console.house.text("person")
    path, client = path_of(console), console.signed_in("administrator")
    console.post(client, f"{path}/people/{console.house.contact().id}/best-times", time="evening")
    thread = console.house.thread()
    assert thread is not None
    assert "in the evening" in console.get(client, f"/staff/threads/{thread.id}").text


def test_what_one_of_the_staff_writes_from_the_own_phone_is_not_the_familys(console: Console) -> None:
    console.house.text("Is there school on Friday?")
    with console.house.bot.db.write() as session:
        (row,) = session.exec(select(Inbound)).all()
        inbound.note(session, row.id or 0, heard_as="from_staff")
    page = console.get(console.signed_in("administrator"), path_of(console)).text
    assert "Is there school on Friday?" not in page
    assert "No school - Maple Grove" not in page


def test_grades_read_as_people_say_them(console: Console) -> None:
    page = console.get(console.signed_in("liaison", school=console.school()), "/staff/families/").text
    for said in ("grade 2<", "kindergarten<"):
        assert said in page
    # A token of a form may hold any letters
    shown = re.sub(r"<[^>]*>", " ", page)
    for code in ("grade 0", "KG"):
        assert code not in shown

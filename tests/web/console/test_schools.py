"""Schools in the console: changed, undone, given back to the district's file, two at once, and added."""

import json
import re
from datetime import UTC, date, datetime
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.outbox.put import put
from bot.people.access import Grant
from bot.school import school_record
from bot.school.district import DEMO, load_district
from bot.store import audit, schools
from bot.store.outbox import OutboxRow
from bot.store.schools import School
from bot.words import locales
from tests.web.console.conftest import Console

PHONE = "+15125550177"


def row(console: Console, school_id: int) -> School:
    """The school as it is stored."""
    with console.house.bot.db.read() as session:
        found = schools.by_id(session, school_id)
    assert found is not None
    return found


def form_of(page: str) -> dict[str, str]:
    """What the page's form would send if nothing were changed."""
    start = page.index('name="shown"')
    part = page[page.rindex("<form", 0, start) : page.index("</form>", start)]
    fields = {
        unescape(name): unescape(value)
        for tag in re.findall(r"<input[^>]*>", part)
        for name in re.findall(r'name="([^"]*)"', tag)
        for value in re.findall(r'value="([^"]*)"', tag) or [""]
    }
    for name, words in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\s?(.*?)</textarea>', part, re.DOTALL):
        fields[name] = unescape(words)
    return {name: value for name, value in fields.items() if name != "csrf_token"}


def change(console: Console, client: FlaskClient, school_id: int, **fields: str) -> TestResponse:
    """Open the page, change these fields, save."""
    page = console.get(client, f"/staff/schools/{school_id}").text
    return console.post(client, f"/staff/schools/{school_id}", **{**form_of(page), **fields})


def undo_path(page: str) -> str:
    found = re.search(r'action="(/staff/schools/\d+/changes/\d+/undo)"', page)
    assert found is not None
    return found.group(1)


def load_again(console: Console) -> None:
    """Start again: the district's files are loaded."""
    bot = console.house.bot
    load_district(bot.db, bot.vault, DEMO, bot.clock)


def test_the_list_shows_only_the_own_schools(console: Console) -> None:
    maple = console.school()
    page = console.get(console.signed_in("administrator", school=maple), "/staff/schools/").text
    assert "Maple Grove" in page
    assert page.count("/staff/schools/") == 4, "one school, its calendar, the way, and the menu"


def test_a_page_saved_as_it_was_shown_changes_nothing(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    before = row(console, maple).model_dump()
    assert change(console, client, maple).status_code == 303
    assert row(console, maple).model_dump() == before


def test_a_change_is_kept_by_the_next_start_until_it_is_given_back(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    before = row(console, maple).phone
    change(console, client, maple, phone="512-555-0177")
    load_again(console)
    assert row(console, maple).phone == PHONE
    page = console.get(client, f"/staff/schools/{maple}").text
    assert locales.phone(before) in page, "what the file says is shown"

    console.post(client, f"/staff/schools/{maple}/give-back", field="phone")
    assert row(console, maple).phone == before
    assert row(console, maple).kept == []


def test_hours_are_written_a_line_for_days_that_are_alike(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    change(
        console, client, maple, office_regular="Mon - Thu: 7:00 - 15:30\nFriday: 8:00 - 12:00, 13:00 - 14:00"
    )
    assert row(console, maple).hours["office"]["regular"] == {
        "monday to thursday": "7:00 to 15:30",
        "friday": "8:00 to 12:00, 13:00 to 14:00",
    }


def test_what_makes_no_sense_is_said_at_its_field_and_nothing_is_changed(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    before = row(console, maple).model_dump()
    wrong = {
        "phone": "12",
        "zone": "Texas",
        "office_regular": "Friday - Monday: 7:30 - 16:00",
        "office_early_release": "Monday: 16:00 - 7:30",
        "school_day_regular": "whenever",
        "attendance_email": "office",
        "closes": "21:00",
        "last_day": "2020-01-01",
    }
    answer = change(console, client, maple, **wrong)
    assert answer.status_code == 400
    for field in wrong:
        assert f'id="{field}-fault"' in answer.text, field
    assert row(console, maple).model_dump() == before


def test_a_change_can_be_undone_unless_somebody_changed_the_same_since(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    before = row(console, maple).model_dump()
    answer = change(console, client, maple, phone="512-555-0177", attendance_text="512-555-0178")
    undo = undo_path(console.get(client, answer.location).text)
    console.post(client, undo)
    assert school_record.read(console.house.bot.vault, row(console, maple)) == school_record.read(
        console.house.bot.vault, School(**before)
    )
    assert row(console, maple).kept == []

    answer = change(console, client, maple, phone="512-555-0177")
    undo = undo_path(console.get(client, answer.location).text)
    change(console, client, maple, phone="512-555-0179")
    console.post(client, undo)
    assert row(console, maple).phone == "+15125550179"


def test_two_at_once_lose_nothing_of_each_other(console: Console) -> None:
    maple = console.school()
    first, second = console.signed_in("administrator"), console.signed_in("administrator")
    path = f"/staff/schools/{maple}"
    shown = form_of(console.get(second, path).text)
    change(console, first, maple, phone="512-555-0177", address="1 New Street")

    answer = console.post(second, path, **{**shown, "bus_phone": "512-555-0178"})
    assert answer.status_code == 303, "another field: both hold"
    assert (row(console, maple).phone, row(console, maple).bus_phone) == (PHONE, "+15125550178")

    answer = console.post(second, path, **{**shown, "phone": "512-555-0179"})
    assert answer.status_code == 409
    assert PHONE in answer.text
    assert "512-555-0179" in answer.text
    assert row(console, maple).phone == PHONE, "nothing was saved yet"

    answer = console.post(second, path, **form_of(answer.text))
    assert answer.status_code == 303
    assert (row(console, maple).phone, row(console, maple).address) == ("+15125550179", "1 New Street")


def test_on_call_is_nobody_of_another_school(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    console.account(Grant("liaison", console.school("Pecan")), email="pecan@school.example", text=PHONE)
    console.account(Grant("liaison", maple), email="maple@school.example", text="+15125550178")
    console.account(Grant("administrator"), email="district@school.example", text="+15125550179")
    elsewhere = change(console, client, maple, on_call_text=PHONE, on_call_email="Pecan@school.example")
    assert elsewhere.status_code == 400
    assert "This is somebody of another school." in elsewhere.text
    assert all(f'id="on_call_{one}-fault"' in elsewhere.text for one in ("text", "email"))
    for number, email in (
        ("512-555-0178", "maple@school.example"),
        ("512-555-0179", "district@school.example"),
        ("512-555-0180", "desk@cedarvalley.example.org"),
    ):
        answer = change(console, client, maple, on_call_text=number, on_call_email=email)
        assert answer.status_code == 303, number


def test_fewer_hours_for_texts_hold_in_the_outbox_and_more_are_refused(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    change(console, client, maple, opens="10:00", closes="18:00")
    assert row(console, maple).text_hours == "10:00-18:00"
    house = console.house
    house.text("menu")
    with house.bot.db.write() as session:
        school = schools.by_id(session, maple)
        assert school is not None
        (row_id,) = put(
            session,
            house.bot.vault,
            contact_id=house.contact().id or 0,
            body="A tip",
            channel="sms",
            lane="broadcasts",
            kind="tip",
            now=datetime(2026, 11, 30, 14, 30, tzinfo=UTC),  # 8:30 in Chicago
            zone=school.zone,
            hours=school.text_hours,
        )
        put_row = session.get(OutboxRow, row_id)
        assert put_row is not None
        assert put_row.due_at == datetime(2026, 11, 30, 16, tzinfo=UTC)
        assert put_row.quiet_at == datetime(2026, 12, 1, 0, tzinfo=UTC)
    assert change(console, client, maple, opens="07:00").status_code == 400


def test_every_change_is_written_down_without_what_it_says(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    change(console, client, maple, attendance_text="512-555-0177")
    with console.house.bot.db.read() as session:
        line = audit.latest(session, 1)[0]
    assert (line.action, line.school_id) == ("school_changed", maple)
    assert line.detail == {"fields": ["attendance_text"]}
    assert "555" not in json.dumps(line.detail)


def test_a_school_is_added_by_hand_only_where_no_roster_names_any(console: Console) -> None:
    client = console.signed_in("administrator")
    shown = form_of(console.get(client, "/staff/schools/new").text)
    wanted = {**shown, "name": "Oak", "phone": "512-555-0177", "zone": "America/Denver"}
    wanted |= {"first_day": "2026-08-12", "last_day": "2027-05-28"}
    assert console.post(client, "/staff/schools/new", **wanted).status_code == 400, "the demo has a roster"
    assert "/staff/schools/new" not in console.get(client, "/staff/schools/").text

    with console.house.bot.db.write() as session:
        for school in schools.every_school(session):
            school.source_id = f"by-hand-{school.id}"
    answer = console.post(client, "/staff/schools/new", **wanted)
    assert answer.status_code == 303
    made = row(console, int(answer.location.rpartition("/")[2]))
    assert (made.name, made.phone, made.zone) == ("Oak", PHONE, "America/Denver")
    assert made.first_day == date(2026, 8, 12)
    assert console.get(client, answer.location).status_code == 200


def test_who_is_no_administrator_of_a_school_cannot_change_it(console: Console) -> None:
    maple, other = console.school(), console.school("Cedar")
    client = console.signed_in("administrator", school=maple)
    assert console.get(client, f"/staff/schools/{other}").status_code == 403
    assert console.get(client, "/staff/schools/new").status_code == 403
    assert console.get(client, "/staff/schools/99999").status_code == 403
    assert console.get(console.signed_in("liaison"), f"/staff/schools/{maple}").status_code == 403
    assert console.get(console.signed_in("administrator"), "/staff/schools/99999").status_code == 404

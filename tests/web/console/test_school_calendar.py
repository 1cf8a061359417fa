"""A school's calendar in the console: a file with its preview, dates by hand, what is refused, undo."""

import re
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.store import audit
from tests.web.console.conftest import BASE, ORIGIN, Console

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"


def ics(*events: str) -> bytes:
    """A file with these events: 20261214 Snow day."""
    blocks = [
        f"BEGIN:VEVENT\r\nUID:{day}@x\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        for day, title in (event.split(" ", 1) for event in events)
    ]
    return (HEAD + "".join(blocks) + "END:VCALENDAR\r\n").encode()


def upload(
    console: Console, client: FlaskClient, school_id: int, content: bytes, name: str = "s.ics"
) -> TestResponse:
    data = {"csrf_token": console.token(client), "file": (BytesIO(content), name)}
    path = f"/staff/schools/{school_id}/calendar/file"
    return client.post(path, data=data, base_url=BASE, headers=ORIGIN, buffered=True)


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return found.group(1)


def undo_path(page: str) -> str:
    found = re.search(r'action="([^"]*/calendar/changes/\d+/undo)"', page)
    assert found is not None
    return found.group(1)


def test_a_file_is_looked_at_taken_and_undone(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    here = f"/staff/schools/{maple}/calendar/"
    before = console.get(client, here).text
    assert "Winter Break - No School" in before
    answer = upload(console, client, maple, ics("20261214 No school - snow", "20270302 Report cards"))
    look = console.get(client, answer.location).text
    assert "No school - snow" in look
    assert "Winter Break - No School" in look, "what is gone is named"
    assert console.get(client, here).text.count("Winter Break") == 1, "nothing counts yet"
    assert console.post(client, answer.location, seen=seen(look)).status_code == 303
    now = console.get(client, here).text
    assert "No school - snow" in now
    assert "Winter Break - No School" not in now
    assert "the district's file no longer decides it" in now
    console.post(client, undo_path(now))
    assert "Winter Break - No School" in console.get(client, here).text
    with console.house.bot.db.read() as session:
        lines = audit.latest(session, 2)
    assert [line.action for line in lines] == ["calendar_undone", "calendar_uploaded"]


def test_what_cannot_be_read_says_the_line_and_changes_nothing(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    bad = HEAD.encode() + b"BEGIN:VEVENT\r\nSUMMARY:A day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    answer = upload(console, client, maple, bad)
    assert answer.status_code == 400
    assert "Line 3: this event has no DTSTART. Add its day." in answer.text
    assert "Choose a file that ends in .ics." in upload(console, client, maple, bad, "s.pdf").text
    assert "Choose a file first." in upload(console, client, maple, b"", "").text
    assert "begin with BEGIN:VCALENDAR" in upload(console, client, maple, b"<html>").text
    large = client.post(
        f"/staff/schools/{maple}/calendar/file",
        data=bytes(1024 * 1024 + 1),
        content_type="multipart/form-data; boundary=x",
        base_url=BASE,
        headers=ORIGIN,
    )
    assert large.status_code == 413
    old = upload(console, client, maple, ics("20190902 Labor Day"))
    assert "no date in this school year" in console.get(client, old.location).text


def test_a_file_is_shown_again_where_somebody_changed_the_calendar_meanwhile(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    answer = upload(console, client, maple, ics("20261214 No school"))
    look = console.get(client, answer.location).text
    console.post(client, f"/staff/schools/{maple}/calendar/dates", kind="no_school", first_day="2026-12-15")
    again = console.post(client, answer.location, seen=seen(look))
    assert again.location == answer.location
    page = console.get(client, again.location).text
    assert "Somebody changed the calendar meanwhile" in page
    assert (
        console.get(client, f"/staff/schools/{console.school('Pecan')}/calendar/files/1").status_code == 404
    )


def test_a_date_by_hand_is_added_changed_and_taken_out(console: Console) -> None:
    client, maple = console.signed_in("administrator", school=console.school()), console.school()
    here = f"/staff/schools/{maple}/calendar/"
    form = {"kind": "early_release", "first_day": "2026-12-16", "starts": "12:30"}
    console.post(client, f"{here}dates", **form)
    page = console.get(client, here).text
    assert "12:30" in page
    found = re.search(rf'href="({here}dates/\d+)" aria-label="Change: Wed, Dec 16', page)
    assert found is not None
    one = console.get(client, found.group(1)).text
    changed = console.post(client, found.group(1), seen=seen(one), kind="no_school", first_day="2026-12-17")
    assert changed.status_code == 303
    page = console.get(client, here).text
    assert "Thu, Dec 17" in page
    assert "Wed, Dec 16" not in page
    found = re.search(rf'href="({here}dates/\d+)" aria-label="Change: Thu, Dec 17', page)
    assert found is not None
    console.post(client, found.group(1), seen="another", remove="yes")
    assert "Somebody changed the calendar meanwhile" in console.get(client, here).text
    console.post(client, found.group(1), seen=seen(console.get(client, found.group(1)).text), remove="yes")
    assert "Thu, Dec 17" not in console.get(client, here).text


def test_a_date_that_cannot_be_is_refused_at_its_field(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    path = f"/staff/schools/{maple}/calendar/dates"
    wrong = {"kind": "no_school", "first_day": "2026-12-16", "last_day": "2026-12-01", "ends": "09:00"}
    answer = console.post(client, path, **wrong)
    assert answer.status_code == 400
    assert "The last day comes after the first" in answer.text
    assert "Write a time after the one when it begins." in answer.text
    assert console.post(client, path, kind="party", first_day="2026-12-16").status_code == 400


def test_the_step_of_the_first_run_leads_to_the_school_that_has_none(console: Console) -> None:
    client, maple = console.signed_in("administrator"), console.school()
    empty = upload(console, client, maple, ics("20190902 Labor Day"))
    page = console.get(client, empty.location).text
    console.post(client, empty.location, seen=seen(page))
    home = console.get(client, "/staff/").text
    assert f'href="/staff/schools/{maple}/calendar/"' in home
    assert (
        "Families who ask about days without school"
        in console.get(client, f"/staff/schools/{maple}/calendar/").text
    )

"""A teacher writes to families in the console: words, families, preview, send, watch; what is refused."""

import re
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from bot.broadcast.fan_out import fill_due
from bot.people.access import Grant
from bot.store import classes
from bot.store.audit import AuditLine
from bot.store.broadcasts import Broadcast
from bot.store.contacts import Contact
from bot.store.families import STUDENT_NAME
from bot.store.outbox import OutboxRow
from tests.web.console.conftest import Console
from tests.web.console.test_threads import hidden

ROOT = "/staff/broadcasts"
TEXT = "School starts at ten on Friday. Please come then."


def write(console: Console, client: FlaskClient, **form: str) -> TestResponse:
    """Post the form of a broadcast."""
    return console.post(client, f"{ROOT}/write", **{"text_en": TEXT, "everyone": "y", **form})


def draft(console: Console, client: FlaskClient, **form: str) -> str:
    """A draft with its text in all languages of the demo district; the path of it."""
    every = {f"text_{one}": f"{one}: {TEXT}" for one in ("es", "ar", "zh_Hans", "ht")}
    answer = write(console, client, **{**every, **form})
    assert answer.status_code == 303, answer.text
    path = str(answer.location).removesuffix("/preview")
    others = dict.fromkeys(("missing_pt_BR", "missing_vi", "missing_so", "missing_?"), "english")
    assert console.post(client, f"{path}/choose", **others).status_code == 303
    return path


def send(console: Console, client: FlaskClient, path: str, **form: str) -> TestResponse:
    """Look at the preview, then send it."""
    page = console.get(client, f"{path}/preview").text
    return console.post(client, f"{path}/send", **{"token": hidden(page, "token"), **form})


def rows(console: Console, kind: Any) -> list[Any]:
    """Every row of a table."""
    with console.house.bot.db.read() as session:
        return list(session.exec(select(kind)))


def outgoing(console: Console) -> int:
    """How many texts of broadcasts are put."""
    while fill_due(console.house.bot.broadcasting):
        pass
    return sum(row.kind == "broadcast" for row in rows(console, OutboxRow))


def test_nobody_has_written_anything_yet(console: Console) -> None:
    page = console.get(console.signed_in("teacher"), f"{ROOT}/").text
    assert "You have written none yet." in page
    assert "/staff/broadcasts/new" in page


def test_the_five_steps_end_with_a_text_for_everybody_in_reach(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client)
    page = console.get(client, f"{path}/preview").text
    assert f"es: {TEXT}" in page
    assert re.search(r'lang="ar" dir="auto"', page)
    sent = send(console, client, path)
    assert sent.status_code == 303
    assert outgoing(console)
    watched = console.get(client, sent.location or "").text
    assert "How far it is" in watched
    assert "Pause" in watched
    families = console.get(client, f"{sent.location}/families").text
    assert "+1512555" not in families


def test_a_template_asks_for_its_values_and_comes_in_every_language(console: Console) -> None:
    client = console.signed_in("administrator")
    wrong = console.post(client, f"{ROOT}/new/early_release", day="soon")
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text
    page = console.get(client, f"{ROOT}/new/early_release").text
    asks = dict.fromkeys(re.findall(r'name="(day|starts|ends|opens|place|event|partner)"', page), "The gym")
    told = {**asks, "day": "2026-12-04", **{one: "12:30" for one in ("starts", "ends") if one in asks}}
    begun = console.post(client, f"{ROOT}/new/early_release", **told)
    assert begun.status_code == 303, begun.text
    form = console.get(client, begun.location or "").text
    assert len(re.findall(r"<textarea[^>]*>[^<]+</textarea>", form)) > 1


def test_a_double_click_is_one_broadcast(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client)
    token = hidden(console.get(client, f"{path}/preview").text, "token")
    answers = [console.post(client, f"{path}/send", token=token) for _ in range(3)]
    assert {one.location for one in answers} == {path}
    before = outgoing(console)
    assert outgoing(console) == before
    assert len([line for line in rows(console, AuditLine) if line.action == "broadcast_sent"]) == 1


def test_an_unknown_field_is_named_at_the_text_with_what_was_meant(console: Console) -> None:
    client = console.signed_in("administrator")
    answer = write(console, client, text_en="Dear {gardian}, school is closed.")
    assert answer.status_code == 422
    assert "Did you mean {guardian}?" in answer.text
    assert 'id="text_en-fault"' in answer.text
    assert "Dear {gardian}" in answer.text
    assert not rows(console, Broadcast)


def test_a_text_over_the_limit_is_refused_and_kept_in_the_form(console: Console) -> None:
    answer = write(console, console.signed_in("administrator"), text_es="hola " * 400)
    assert answer.status_code == 422
    assert 'id="text_es-fault"' in answer.text
    assert "The text has 1999 letters, and 1600 is the most: say less." in answer.text
    assert not rows(console, Broadcast)


def test_an_empty_audience_cannot_be_sent(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client, everyone="")
    page = console.get(client, f"{path}/preview").text
    assert "Nobody would get it." in page
    refused = console.post(client, f"{path}/send", token=hidden(page, "token"))
    assert refused.status_code == 409
    assert not outgoing(console)


def test_a_language_without_text_asks_what_to_do(console: Console) -> None:
    client = console.signed_in("administrator")
    path = str(write(console, client).location).removesuffix("/preview")
    page = console.get(client, f"{path}/preview").text
    assert "Choose what happens for:" in page
    assert "It can be sent once what the top of this page asks for is done." in page, "beside the button"
    asked = set(re.findall(r'name="(missing_\w+)"', page))
    assert asked
    assert send(console, client, path).status_code == 409
    console.post(client, f"{path}/choose", **dict.fromkeys(asked, "english"))
    assert send(console, client, path).status_code == 303


def test_a_time_that_is_over_or_in_the_night_is_refused_at_its_field(console: Console) -> None:
    client, now = console.signed_in("administrator"), console.house.clock()
    path = draft(console, client)
    past = send(console, client, path, when="at", day="2020-01-02", time="10:00")
    assert past.status_code == 409
    assert "That time is over." in past.text
    night = send(console, client, path, when="at", day=f"{now + timedelta(days=2):%Y-%m-%d}", time="03:00")
    assert "Texts go out between" in night.text
    unread = send(console, client, path, when="at", day="Friday", time="10")
    assert "Write a day and a time" in unread.text
    assert not outgoing(console)


def test_at_night_the_next_morning_is_one_button(console: Console) -> None:
    console.house.clock.move(hours=12)
    client = console.signed_in("administrator")
    path = draft(console, client)
    page = console.get(client, f"{path}/preview").text
    assert "Nothing goes out at this hour." in page
    refused = send(console, client, path)
    assert refused.status_code == 409
    offered = refused.text.partition("Nothing goes out at this hour.")[2]
    told = {name: hidden(offered, name) for name in ("token", "when", "day", "time")}
    assert (told["when"], told["day"], told["time"]) == ("at", "2026-10-14", "08:00")
    sent = console.post(client, f"{path}/send", **told)
    assert sent.status_code == 303, sent.text
    assert [row.state for row in rows(console, Broadcast)] == ["scheduled"]


def test_a_time_to_come_and_a_rule_are_planned(console: Console) -> None:
    client, now = console.signed_in("administrator"), console.house.clock()
    day = f"{now + timedelta(days=3):%Y-%m-%d}"
    first = send(console, client, draft(console, client), when="at", day=day, time="10:00")
    watched = console.get(client, first.location or "").text
    assert "planned" in watched
    assert re.search(r"Begins \S+ 10:00\s+AM", watched)
    until = f"{now + timedelta(days=60):%Y-%m-%d}"
    told = {"when": "weekly", "day": day, "time": "10:00", "on": "MO", "until": until}
    second = send(console, client, draft(console, client), **told)
    assert "repeats" in console.get(client, second.location or "").text
    assert any((row.rule or "").startswith("FREQ=WEEKLY;BYDAY=MO;UNTIL=") for row in rows(console, Broadcast))


def test_a_time_a_rule_or_a_number_that_cannot_be_is_said_at_its_field(console: Console) -> None:
    client, now = console.signed_in("administrator"), console.house.clock()
    path, day = draft(console, client), f"{now + timedelta(days=3):%Y-%m-%d}"
    weekly = {"when": "weekly", "day": day, "time": "10:00", "on": "MO"}
    for told, field, says in (
        ({"when": "at", "day": day}, "when", "Write a day and a time."),
        ({"when": "at", "day": day, "time": "21:00"}, "when", "Texts go out between 8:00"),
        ({"when": "at", "day": "2099-01-01", "time": "10:00"}, "when", "One year ahead is the most."),
        (weekly, "until", "Say until which day it repeats."),
        ({**weekly, "until": day}, "until", "Until then no such day comes"),
        ({"canary": "-1"}, "canary", "Write how many get it first"),
    ):
        refused = send(console, client, path, **told)
        assert refused.status_code == 409
        assert f'id="{field}-fault">{says}' in refused.text
        assert f'aria-invalid="true" aria-describedby="{field}-fault"' in refused.text
    assert [row.state for row in rows(console, Broadcast)] == ["draft"]


def test_what_changed_since_the_preview_is_named_and_nothing_goes_out(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client)
    token = hidden(console.get(client, f"{path}/preview").text, "token")
    console.post(client, f"{path}/edit", text_en="Another text.", everyone="y")
    refused = console.post(client, f"{path}/send", token=token)
    assert refused.status_code == 409
    assert "Since you looked this changed: the words" in refused.text
    with console.house.bot.db.write() as session:
        found = session.exec(select(Contact)).first()
        assert found is not None
        found.language = "ar" if found.language != "ar" else "es"
        session.add(found)
    assert not outgoing(console)


def test_of_two_tabs_the_second_is_told(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client)
    send(console, client, path)
    late = console.post(client, f"{path}/send", token="another")
    assert late.status_code == 303
    assert "It was sent already" in console.get(client, late.location or "").text


def test_whoever_is_not_signed_in_any_more_sends_nothing(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client)
    token = hidden(console.get(client, f"{path}/preview").text, "token")
    console.house.clock.move(hours=12)
    answer = console.post(client, f"{path}/send", token=token)
    assert "/staff/sign-in" in (answer.location or "")
    assert not outgoing(console)


def test_somebody_elses_draft_is_not_there(console: Console) -> None:
    path = draft(console, console.signed_in("administrator"))
    other = console.signed_in("teacher")
    for page in ("/edit", "/preview", "", "/families"):
        assert console.get(other, f"{path}{page}").status_code == 404
    assert console.post(other, f"{path}/send", token="x").status_code == 404


def test_checking_keeps_nothing_and_counts_at_once(console: Console) -> None:
    client = console.signed_in("administrator")
    page = write(console, client, text_en="Let's touch base about the IEP.", do="check").text
    assert "Words that translate badly" in page
    assert "touch base" in page
    assert "Let&#39;s touch base" in page
    assert console.post(client, f"{ROOT}/look", text_en=TEXT, everyone="y").text.count("<h2>") == 2
    assert not rows(console, Broadcast)


def test_what_the_checks_find_is_said_in_the_readers_language(console: Console) -> None:
    client = console.enter(console.account(Grant("administrator"), language="es"))
    page = write(console, client, text_en="Let's touch base on Monday, November 3.", do="check").text
    assert "es una frase hecha" in page
    assert (
        "no es el día de la semana de esta fecha: es 3 de noviembre de 2026" in page
        or "Corrija el día" in page
    )


def test_the_name_of_a_student_in_the_text_is_pointed_at(console: Console) -> None:
    vault, client = console.house.bot.vault, console.signed_in("administrator")
    with console.house.bot.db.read() as session:
        here = [one.id for one in classes.listed(session)]
        name = vault.open(classes.student_names(session, here)[0], STUDENT_NAME)
    page = write(console, client, text_en=f"Dear families, {name} won a prize.", do="check").text
    assert f'translate="no">{name.split()[0]}' in page


def test_a_day_that_the_calendar_knows_otherwise_is_pointed_at(console: Console) -> None:
    client = console.signed_in("administrator")
    for told, is_found in (
        ("There is no school on Friday, November 27.", False),
        ("No school on November 4.", True),
    ):
        page = console.post(client, f"{ROOT}/look", text_en=told, everyone="y").text
        dates = page.rpartition("<li>Dates")[2].partition("</span>")[0]
        assert ("look" in dates) == is_found, page


def test_it_is_paused_goes_on_and_is_cancelled_after_the_word_is_typed(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client)
    send(console, client, path)
    console.post(client, f"{path}/pause")
    assert "Go on" in console.get(client, path).text
    console.post(client, f"{path}/resume")
    console.post(client, f"{path}/cancel", typed="no")
    assert [row.state for row in rows(console, Broadcast)] == ["running"]
    console.post(client, f"{path}/cancel", typed="Cancel")
    assert [row.state for row in rows(console, Broadcast)] == ["cancelled"]


def test_many_wait_for_a_second_person(console: Console) -> None:
    object.__setattr__(console.house.bot.broadcasting, "approval_above", 0)
    client = console.signed_in("administrator")
    path = draft(console, client)
    send(console, client, path)
    assert not outgoing(console)
    second = console.enter(console.account(Grant("administrator")))
    assert "Waiting for your word" in console.get(second, f"{ROOT}/").text
    assert "1 text to many waits for your word" in console.get(second, "/staff/").text
    assert "Let it go out" in console.get(second, path).text
    assert "Let it go out" not in console.get(client, path).text
    console.post(client, f"{path}/approve")
    assert not outgoing(console)
    console.post(second, f"{path}/approve")
    assert outgoing(console)


def test_a_file_of_its_families_is_masked_and_written_down(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client)
    send(console, client, path)
    outgoing(console)
    taken = console.get(client, f"{path}/families.csv")
    assert taken.mimetype == "text/csv"
    assert taken.text.startswith("contact,number")
    assert not re.search(r"\+1\d{10}", taken.text)
    assert re.search(r"\+1\d{10}", console.get(client, f"{path}/families.csv?numbers=y").text)
    assert [one.action for one in rows(console, AuditLine)].count("broadcast_exported") == 2


def test_each_language_comes_to_the_own_phone(console: Console) -> None:
    client = console.enter(console.account(Grant("administrator"), text="+15125550177"))
    path = draft(console, client)
    assert "77): one text in each language" in console.get(client, f"{path}/preview").text
    sent = console.post(client, f"{path}/to-me")
    assert sent.status_code == 303
    assert "texts are on their way to your phone" in console.get(client, f"{path}/preview").text
    for _ in range(2):
        console.post(client, f"{path}/to-me")
    refused = console.post(client, f"{path}/to-me")
    assert refused.status_code == 409
    assert "Three times an hour is the most." in refused.text

"""Families who wait for a translation, drafts that are thrown away, and the answers to one broadcast."""

import re
from datetime import timedelta

from flask.testing import FlaskClient
from sqlmodel import select

from bot.broadcast.fan_out import fill_due
from bot.people import own_phone
from bot.store.broadcasts import Broadcast
from bot.store.outbox import OutboxRow
from bot.store.threads import Thread
from bot.talk.tell_translators import tell_translators
from tests.web.console.conftest import Console
from tests.web.console.test_broadcast_polls import asked
from tests.web.console.test_broadcasts import ROOT, draft, outgoing, rows, send, write
from tests.web.console.test_translations import speaker

DAY = "School starts at 10:00 on Friday, October 16."
SAID = "La escuela empieza a las 10:00 el viernes 16 de octubre."
SENDER = "+15125550188"
QUEUE = "/staff/translations/"


def waiting(console: Console) -> tuple[FlaskClient, str]:
    """A broadcast whose Spanish readers wait for a translator: its sender's browser, its path."""
    client = console.signed_in("administrator")
    path = str(write(console, client, text_en=DAY).location).removesuffix("/preview")
    page = console.get(client, f"{path}/preview").text
    chosen = dict.fromkeys(re.findall(r'name="(missing_\S+?)"', page), "english")
    console.post(client, f"{path}/choose", **{**chosen, "missing_es": "wait"})
    assert send(console, client, path).status_code == 303
    outgoing(console)
    return client, path


def spanish(console: Console) -> int:
    """How many texts in Spanish are put."""
    return sum(row.language == "es" and row.body is not None for row in rows(console, OutboxRow))


def test_whoever_waits_is_shown_and_gets_the_translation_that_somebody_writes(console: Console) -> None:
    client, path = waiting(console)
    watched = console.get(client, path).text
    assert "Families wait for a translation:" in watched
    assert f"{path}/translate/es" in watched
    page = console.get(client, f"{path}/translate/es").text
    assert DAY in page
    assert 'dir="auto" lang="es"' in page
    wrong = console.post(client, f"{path}/translate/es", text="La escuela empieza a las 9:00 el viernes.")
    assert wrong.status_code == 409
    assert "I looked: it is right so." in wrong.text
    assert "a las 9:00 el viernes.</textarea>" in wrong.text
    field = console.post(client, f"{path}/translate/es", text="Hola {gardian}, 10:00, 16 oct.", sure="y")
    assert field.status_code == 422
    assert "Did you mean {guardian}?" in field.text
    assert not spanish(console)
    assert console.post(client, f"{path}/translate/es", text=SAID).status_code == 303
    fill_due(console.house.bot.broadcasting)
    assert spanish(console)
    assert console.get(client, f"{path}/translate/es").location == path


def test_a_translation_is_for_those_who_see_the_broadcast(console: Console) -> None:
    client, path = waiting(console)
    other = console.signed_in("teacher")
    assert console.get(other, f"{path}/translate/es").status_code == 404
    assert console.post(other, f"{path}/translate/es", text="Hola", sure="y").status_code == 404
    assert console.get(client, f"{path}/translate/vi").location == path


def test_translators_at_its_schools_find_it_are_told_once_and_write_it(console: Console) -> None:
    _, path = waiting(console)
    own_phone.enrol(console.desk, None, 1, SENDER)
    talk = console.house.bot.talk
    assert tell_translators(talk) == 0, "nobody here signs in who speaks both"
    client = console.enter(speaker(console))
    elsewhere = console.signed_in("liaison", school=console.school())
    console.house.clock.move(minutes=3)
    assert tell_translators(talk) == 1
    assert tell_translators(talk) == 0, "once"
    page = console.get(client, QUEUE).text
    assert f'href="{path}/translate/es"' in page
    assert "Texts to many" in page
    assert DAY not in page
    assert f"{path}/translate/es" not in console.get(elsewhere, QUEUE).text
    assert console.get(elsewhere, f"{path}/translate/es").status_code == 404
    assert DAY in console.get(client, f"{path}/translate/es").text
    assert console.get(client, path).status_code == 404, "the broadcast itself is its sender's"
    written = console.post(client, f"{path}/translate/es", text=SAID)
    assert written.location == QUEUE
    (told,) = console.house.answers(SENDER)
    assert told.startswith("Your text to families is in Spanish now: those who waited get it.")
    assert "Nothing waits for a translation." in console.get(client, QUEUE).text, "before it went out too"
    assert console.post(client, f"{path}/translate/es", text="Otra.", sure="y").location == QUEUE
    fill_due(console.house.bot.broadcasting)
    assert spanish(console)
    assert console.post(client, f"{path}/translate/es", text=SAID).location == QUEUE
    assert "Nobody waits for that translation" in console.get(client, QUEUE).text
    assert "Nothing waits for a translation." in console.get(client, QUEUE).text


def test_a_draft_is_thrown_away_and_put_back(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client)
    assert "Throw this draft away" in console.get(client, f"{path}/edit").text
    console.post(client, f"{path}/throw-away")
    page = console.get(client, f"{ROOT}/").text
    assert "You have written none yet." in page
    assert f"{path}/put-back" in page
    assert console.get(client, f"{path}/edit").status_code == 404
    assert console.post(client, f"{path}/put-back").status_code == 303
    assert "School starts at ten" in console.get(client, f"{path}/edit").text
    console.post(client, f"{path}/throw-away")
    console.post(client, f"{draft(console, client)}/throw-away")
    assert console.post(client, f"{path}/put-back").status_code == 404
    other = console.signed_in("administrator")
    assert console.post(other, f"{path}/put-back").status_code == 404


def test_a_reminder_that_was_thrown_away_may_be_written_again(console: Console) -> None:
    client = console.signed_in("administrator")
    path = asked(console, client)
    first = str(console.post(client, f"{path}/remind").location).removesuffix("/preview")
    console.post(client, f"{first}/throw-away")
    second = str(console.post(client, f"{path}/remind").location).removesuffix("/preview")
    assert second != first
    assert console.get(client, f"{second}/preview").status_code == 200


def test_what_was_sent_cannot_be_thrown_away(console: Console) -> None:
    client = console.signed_in("administrator")
    path = draft(console, client)
    send(console, client, path)
    assert console.post(client, f"{path}/throw-away").status_code == 404
    assert [row.state for row in rows(console, Broadcast)] == ["running"]


def test_the_inbox_shows_the_answers_to_one_broadcast(console: Console) -> None:
    client = console.signed_in("administrator")
    path = asked(console, client)
    console.house.text("I need to talk to a person about my son")
    console.house.text("person")
    with console.house.bot.db.write() as session:
        [thread] = session.exec(select(Thread)).all()
        thread.broadcast_id = int(path.rpartition("/")[2])
        session.add(thread)
        session.flush()
        link = f'href="/staff/threads/{thread.id}"'
    assert "1 answer stands in the inbox" in console.get(client, path).text
    number = path.rpartition("/")[2]
    listed = console.get(client, f"/staff/threads/?broadcast={number}").text
    assert link in listed
    assert "These threads answer one broadcast." in listed
    assert link not in console.get(client, "/staff/threads/?broadcast=999").text


def planned(console: Console) -> tuple[FlaskClient, str]:
    """A broadcast for tomorrow whose Spanish readers are to wait for a translator."""
    client = console.signed_in("administrator")
    path = str(write(console, client, text_en=DAY).location).removesuffix("/preview")
    page = console.get(client, f"{path}/preview").text
    chosen = dict.fromkeys(re.findall(r'name="(missing_\S+?)"', page), "english")
    console.post(client, f"{path}/choose", **{**chosen, "missing_es": "wait"})
    day = f"{console.house.clock() + timedelta(days=1):%Y-%m-%d}"
    assert send(console, client, path, when="at", day=day, time="12:00").status_code == 303
    return client, path


def test_translators_have_until_the_time_that_is_planned(console: Console) -> None:
    """What is written before then goes out with all others."""
    client, path = planned(console)
    assert "Families wait for a translation:" in console.get(client, path).text
    translator = console.enter(speaker(console))
    console.house.clock.move(minutes=3)
    assert tell_translators(console.house.bot.talk) == 1
    queue = console.get(translator, QUEUE).text
    assert f'href="{path}/translate/es"' in queue
    assert ">planned<" in queue
    assert "phones wait" in queue
    assert console.post(translator, f"{path}/translate/es", text=SAID).location == QUEUE
    assert "Nothing waits for a translation." in console.get(translator, QUEUE).text
    assert "Families wait for a translation:" not in console.get(client, path).text
    assert not spanish(console), "not before its time"
    console.house.clock.move(days=1, hours=8)
    fill_due(console.house.bot.broadcasting)
    fill_due(console.house.bot.broadcasting)
    sent = [row for row in rows(console, OutboxRow) if row.language == "es"]
    assert sent
    assert all(row.body is not None for row in sent)


def test_what_is_taken_back_before_its_time_waits_for_nobody(console: Console) -> None:
    client, path = planned(console)
    translator = console.enter(speaker(console))
    console.post(client, f"{path}/cancel", typed="Cancel")
    assert "Nothing waits for a translation." in console.get(translator, QUEUE).text
    assert console.get(client, f"{path}/translate/es").location == path


def test_home_says_what_waits_for_a_translation_to_who_may_write_it(console: Console) -> None:
    planned(console)
    says = "1 text waits for a translation."
    assert says in console.get(console.enter(speaker(console)), "/staff/").text
    assert says in console.get(console.signed_in("administrator"), "/staff/").text
    assert says not in console.get(console.signed_in("liaison", school=console.school()), "/staff/").text

"""A question to families on the pages: made, previewed, sent, its answers as counts, one reminder."""

import csv
import io
import re
from typing import Any

from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from bot.broadcast.fan_out import fill_due
from bot.store import polls
from bot.store.audit import AuditLine
from bot.store.broadcasts import Broadcast
from bot.store.contacts import Contact
from bot.store.outbox import OutboxRow
from bot.store.polls import Poll, PollAnswer
from tests.fixtures.installation import ENGLISH, SPANISH
from tests.web.console.conftest import Console
from tests.web.console.test_broadcasts import ROOT, rows, send

ASKED = {
    "first_en": "Do you come to the open house?",
    "first_choices_en": "Yes\nNo\n",
    "first_es": "¿Viene a la noche de puertas abiertas?",
    "first_choices_es": "Sí\nNo",
    "everyone": "y",
}
SECOND = {
    "second_en": "Which day?",
    "second_choices_en": "Monday\nTuesday",
    "second_es": "¿Qué día?",
    "second_choices_es": "Lunes\nMartes",
}


def ask(console: Console, client: FlaskClient, **form: str) -> TestResponse:
    """Post the form of a question."""
    return console.post(client, f"{ROOT}/ask", **{**ASKED, **form})


def asked(console: Console, client: FlaskClient, **form: str) -> str:
    """The path of a poll that went out to everybody."""
    path = str(ask(console, client, **form).location).removesuffix("/preview")
    page = console.get(client, f"{path}/preview").text
    console.post(
        client, f"{path}/choose", **dict.fromkeys(re.findall(r'name="(missing_\S+?)"', page), "english")
    )
    assert send(console, client, path).status_code == 303
    while fill_due(console.house.bot.broadcasting):
        pass
    now = console.house.clock()
    with console.house.bot.db.write() as session:
        for row in session.exec(select(OutboxRow).where(OutboxRow.state == "pending")):
            row.state, row.submitted_at = "delivered", now
            session.add(row)
    console.house.clock.move(minutes=5)
    return path


def answer_all(console: Console, choice: int, *, of: str | None = None) -> int:
    """Let every contact (who reads a language) choose; returns how many."""
    [poll] = [one for one in rows(console, Poll) if one.reminds_of is None]
    mine = [one for one in rows(console, Contact) if of is None or one.language == of]
    with console.house.bot.db.write() as session:
        for one in mine:
            told: dict[str, Any] = {"choice": choice, "language": one.language or "en"}
            key = {"broadcast_id": poll.broadcast_id, "contact_id": one.id, "question": 0}
            polls.record(session, PollAnswer(**key, **told, answered_at=console.house.clock()))
    return len(mine)


def test_a_question_is_written_looked_at_and_sent(console: Console) -> None:
    client = console.signed_in("administrator")
    assert "/staff/broadcasts/ask" in console.get(client, f"{ROOT}/new").text
    checked = ask(console, client, do="check")
    assert "Who gets it" in checked.text
    assert "Do you come to the open house?" in checked.text
    assert not rows(console, Broadcast)
    path = str(ask(console, client, **SECOND).location).removesuffix("/preview")
    page = console.get(client, f"{path}/preview").text
    assert "Do you come to the open house?\n1 Yes\n2 No" in page
    assert "With the first answer comes:" in page
    assert "Which day?\n1 Monday\n2 Tuesday" in page
    assert "Each week" not in page
    form = console.get(client, console.get(client, f"{path}/edit").location or "").text
    assert ">Monday\nTuesday</textarea>" in form


def test_what_cannot_be_asked_is_said_at_its_field_and_kept(console: Console) -> None:
    client = console.signed_in("administrator")
    for told, says, field in (
        ({"first_choices_en": "Yes"}, "Give two to six answers", "first_en"),
        ({"first_choices_es": "Sí\nNo\nTal vez"}, "as many answers here as in your own language", "first_es"),
        ({"first_choices_en": "1\n2"}, "An answer that is a number", "first_en"),
        ({"first_en": "", "first_choices_en": ""}, "Write one question, or two.", "first_en"),
    ):
        refused = ask(console, client, **told)
        assert refused.status_code == 422
        assert says in refused.text
        assert f'id="{field}-fault"' in refused.text
        assert "puertas abiertas" in refused.text
    assert not rows(console, Broadcast)


def test_a_text_answers_by_number_or_word_and_counts_show_from_five_on(console: Console) -> None:
    client = console.signed_in("administrator")
    path = asked(console, client)
    empty = console.get(client, f"{path}/answers").text
    assert "Nobody has answered yet." in empty
    console.house.text("1")
    console.house.text("Sí", SPANISH)
    assert console.house.phrase("poll_thanks") in console.house.answers(ENGLISH)
    page = console.get(client, f"{path}/answers").text
    assert "hidden" in page
    assert not re.search(r'<td class="number">[1-4]</td>', page)
    assert answer_all(console, 0) >= 5
    page = console.get(client, f"{path}/answers").text
    assert 'class="bar"' in page
    assert "Maple Grove" in page
    assert "What families answered" in console.get(client, path).text


def test_the_counts_are_a_file_that_tells_no_more_than_the_page(console: Console) -> None:
    client = console.signed_in("administrator")
    path = asked(console, client, first_choices_en="=1+1\nNo", first_choices_es="Sí\nNo")
    assert "answers.csv" not in console.get(client, f"{path}/answers").text
    answer_all(console, 0)
    console.house.text("2")
    assert f"{path}/answers.csv" in console.get(client, f"{path}/answers").text
    taken = console.get(client, f"{path}/answers.csv")
    assert taken.mimetype == "text/csv"
    lines = list(csv.DictReader(io.StringIO(taken.data.decode("utf-8-sig"))))
    assert {one["question"] for one in lines} == {ASKED["first_en"]}
    assert {one["answer"] for one in lines} == {"'=1+1", "No", "(all)"}
    assert {"(all)", "language", "school"} == {one["counted_by"] for one in lines}
    assert any(one["group"].startswith("Maple Grove") for one in lines)
    assert all(one["families"] in ("0", "hidden") or int(one["families"]) >= 5 for one in lines)
    assert any(int(one["families"]) >= 5 for one in lines if one["families"].isdecimal())
    assert "answers_exported" in [one.action for one in rows(console, AuditLine)]
    assert console.get(console.signed_in("teacher"), f"{path}/answers.csv").status_code == 404


def test_whoever_is_silent_is_reminded_once(console: Console) -> None:
    client = console.signed_in("administrator")
    path = asked(console, client)
    answer_all(console, 1, of="es")
    assert "Write the reminder" in console.get(client, f"{path}/answers").text
    first = console.post(client, f"{path}/remind")
    again = console.post(client, f"{path}/remind")
    assert first.location == again.location
    page = console.get(client, first.location or "").text
    assert console.house.phrase("poll_reminder") in page
    assert console.house.phrase("poll_reminder", "es") not in page
    draft = str(first.location).removesuffix("/preview")
    assert send(console, client, draft).status_code == 303
    assert "Write the reminder" not in console.get(client, f"{path}/answers").text
    assert f"{path}/answers" in console.get(client, f"{draft}/answers").text


def test_a_copy_of_a_question_asks_it_again(console: Console) -> None:
    client = console.signed_in("administrator")
    path = asked(console, client, **SECOND)
    copy = console.post(client, f"{path}/copy").location or ""
    assert console.get(client, copy).location == copy.replace("/edit", "/ask")
    assert len(rows(console, Poll)) == 2


def test_answers_of_others_and_of_plain_texts_are_not_there(console: Console) -> None:
    path = asked(console, console.signed_in("administrator"))
    other = console.signed_in("teacher")
    assert console.get(other, f"{path}/answers").status_code == 404
    assert console.post(other, f"{path}/remind").status_code == 404

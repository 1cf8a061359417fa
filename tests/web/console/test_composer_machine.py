"""With a machine that translates: what it made is read with its way back first, and only that is sent."""

import pytest
from flask.testing import FlaskClient

from bot.store import thread_texts, translation_tasks
from tests.fixtures.installation import SPANISH
from tests.servers.translators import Engine
from tests.web.console.conftest import Console
from tests.web.console.test_composer import form
from tests.web.console.test_threads import hidden, opened

SAYS = {
    "⟦A⟧ forgot the lunch. Come at ⟦B⟧.": "⟦A⟧ olvidó el almuerzo. Venga a las ⟦B⟧.",
    "⟦A⟧ olvidó el almuerzo. Venga a las ⟦B⟧.": "⟦A⟧ forgot the lunch. Please come at ⟦B⟧.",
    "Good morning to you.": "Buenos días a usted.",
    "Buenos días a usted.": "Good day to you.",
}
WROTE, GETS = "Mateo forgot the lunch. Come at 3:30 PM.", "Mateo olvidó el almuerzo. Venga a las 3:30 PM."


@pytest.fixture
def says() -> dict[str, str]:
    """What the machine of this file translates."""
    return SAYS


def shown(page: str) -> dict[str, str]:
    return {name: hidden(page, name) for name in ("shown", "proof", "key", "seen")}


def held(console: Console) -> list[str]:
    with console.house.bot.db.read() as session:
        return [one.reason for one in translation_tasks.waiting(session)]


def begun(console: Console, text: str) -> tuple[FlaskClient, str, dict[str, str]]:
    thread_id, client = opened(console, SPANISH, "persona"), console.signed_in("administrator")
    return (
        client,
        f"/staff/threads/{thread_id}/send",
        form(console, client, thread_id, text=text, language="en"),
    )


def test_it_is_read_with_its_way_back_before_it_goes_out(machine: Console) -> None:
    client, url, told = begun(machine, WROTE)
    before = machine.house.answers(SPANISH)
    first = machine.post(client, url, **told)
    assert first.status_code == 409
    assert GETS in first.text
    assert "Mateo forgot the lunch. Please come at 3:30 PM." in first.text
    assert machine.house.answers(SPANISH) == before
    again = {**told, **shown(first.text)}
    assert machine.post(client, url, **again).status_code == 303
    assert machine.post(client, url, **again).status_code == 303
    line = machine.house.phrase("automatic_translation", "es")
    assert machine.house.answers(SPANISH)[len(before) :] == [f"{GETS}\n\n{line}"]
    page = machine.get(client, url.removesuffix("/send")).text
    assert "machine translation" in page
    assert "unreviewed" in page
    told = form(machine, client, int(url.split("/")[3]), text="Good morning to you.", language="en")
    second = machine.post(client, url, **told)
    assert machine.post(client, url, **{**told, **shown(second.text)}).status_code == 303
    assert machine.house.answers(SPANISH)[-1] == "Buenos días a usted.", "the line is said once"


def test_what_was_changed_after_it_was_read_is_read_again(machine: Console) -> None:
    client, url, told = begun(machine, WROTE)
    before = machine.house.answers(SPANISH)
    first = machine.post(client, url, **told)
    for changed in ({"text": "Good morning to you."}, {"shown": "Pague 500 dólares."}):
        assert machine.post(client, url, **{**told, **shown(first.text), **changed}).status_code == 409
    assert machine.house.answers(SPANISH) == before


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("We know that you are undocumented.", "it is private"),
        ("Bus 12 comes late today.", "the machine changed what must stay"),
    ],
)
def test_what_a_machine_may_not_do_or_spoils_is_left_to_a_person(
    machine: Console, engine: Engine, text: str, why: str
) -> None:
    client, url, told = begun(machine, text)
    engine.says = lambda text, _target: text.replace("⟦A⟧", "13")
    asked = machine.post(client, url, **told)
    assert asked.status_code == 409
    assert why in asked.text
    assert not any("undocumented" in str(one) for one in engine.got)
    assert machine.post(client, url, **{**told, "by": "person", "sure": "y"}).status_code == 303
    assert held(machine) == ["asked"]


def test_a_machine_that_is_away_loses_nothing(machine: Console, engine: Engine) -> None:
    client, url, told = begun(machine, WROTE)
    engine.status = 503
    asked = machine.post(client, url, **told)
    assert "the machine did not answer" in asked.text
    assert f"{WROTE}</textarea>" in asked.text
    assert machine.post(client, url, **{**told, "by": "person", "sure": "y"}).status_code == 303
    with machine.house.bot.db.read() as session:
        assert len(thread_texts.held_replies(session)) == 1


def test_while_somebody_writes_the_box_shows_it_and_sends_nothing(machine: Console) -> None:
    client, url, told = begun(machine, WROTE)
    before = machine.house.answers(SPANISH)
    preview = url.replace("/send", "/preview")
    box = machine.post(client, preview, **told)
    assert GETS in box.text
    assert "<html" not in box.text
    assert machine.post(client, preview, **{**told, "text": ""}).text.strip() == ""
    assert "looks like English" in machine.post(client, preview, **{**told, "language": "es"}).text
    assert machine.house.answers(SPANISH) == before

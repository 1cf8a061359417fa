"""The pages of flows: list, drawing with its words, check, and a phone on which a conversation is tried."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from bot.web.console import rehearsing
from bot.web.console import written as files
from bot.web.console.rehearsing import MOST
from bot.words.yaml_tree import Fault
from tests.web.console.conftest import BASE, Console


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """What was read and made once for all tests of this file."""
    return {}


@pytest.fixture
def console(console: Console, kept: dict[str, Any]) -> Iterator[Console]:
    """The console, without reading every catalog anew."""
    console.app.extensions.update(kept)
    yield console
    names = (files.EXTENSION, rehearsing.EXTENSION)
    kept.update({name: console.app.extensions[name] for name in names if name in console.app.extensions})


def field(page: str) -> str:
    """The conversation so far, as the page carries it."""
    found = re.search(r'name="trial" value="([^"]+)"', page)
    assert found is not None
    return html.unescape(found.group(1))


def somebody(page: str, language: str = "Spanish") -> str:
    """The first invented parent of a language."""
    found = re.search(rf'<option value="([^"]+)"[^>]*>{language}: ', page)
    assert found is not None
    return found.group(1)


def test_the_list_names_every_flow_with_what_it_is_for(console: Console) -> None:
    page = console.get(console.signed_in("liaison"), "/staff/flows/").text
    for flow in console.house.bot.library.book.flows.values():
        assert f">{flow.name}</a>" in page
        assert html.escape(flow.file.about, quote=False).replace("'", "&#39;") in page


@pytest.mark.parametrize("name", ["rights", "absence", "welcome"])
def test_a_flow_is_drawn_and_told_in_words_step_by_step(console: Console, name: str) -> None:
    page = console.get(console.signed_in("liaison"), f"/staff/flows/{name}").text
    flow = console.house.bot.library.book.flows[name]
    for step in flow.steps:
        assert f'id="step-{step}"' in page
        assert f'class="name" translate="no">{step}</text>' in page
    targets = set(re.findall(r'href="#step-(\w+)"', page))
    assert targets <= set(flow.steps)
    assert "style=" not in page, "the content security policy takes no style from a page"


@pytest.fixture
def proved(console: Console) -> files.Written:
    """The proof as it was made before, so that no test waits for it."""
    proved = files.written(console.app)
    proved._faults = [
        Fault("flows/rights.yaml", 3, 1, "a step leads nowhere.", "Write `go:`."),
        Fault(
            "messages/es/LC_MESSAGES/ally.po", 9, 1, "welcome/hello/say: words", "Say x.", severity="warning"
        ),
    ]
    return proved


def test_the_check_of_a_flow_shows_what_concerns_it(console: Console, proved: files.Written) -> None:
    client = console.signed_in("administrator")
    assert "a step leads nowhere." in console.get(client, "/staff/flows/rights/check").text
    welcome = client.get("/staff/flows/welcome/check", base_url=BASE, headers={"HX-Request": "true"}).text
    assert "welcome/hello/say" in welcome
    assert "<html" not in welcome
    assert "found nothing" in console.get(client, "/staff/flows/menu/check").text
    assert "1 error" in console.get(client, "/staff/flows/").text


def test_a_flow_that_is_not_there_is_not_found(console: Console) -> None:
    client = console.signed_in("administrator")
    assert console.get(client, "/staff/flows/nonsense").status_code == 404
    assert console.get(client, "/staff/flows/nonsense/check").status_code == 404


def begun(console: Console, client: FlaskClient, flow: str = "rights") -> str:
    """The page of a phone that was just taken up."""
    who = somebody(console.get(client, f"/staff/try/?flow={flow}").text)
    return console.post(client, "/staff/try/", who=who, flow=flow).text


def test_a_conversation_is_tried_and_nothing_of_it_is_kept(console: Console) -> None:
    client = console.signed_in("liaison")
    page = begun(console, client)
    suggested = re.search(r'name="words" value="([^"]+)"', page)
    assert suggested is not None, "it says what parents say that opens this flow"
    page = console.post(
        client, "/staff/try/", trial=field(page), flow="rights", words=html.unescape(suggested.group(1))
    ).text
    assert 'class="theirs"' in page
    assert 'class="ours"' in page
    assert "rights/" in page, "it tells where the bot waits"
    longer = console.post(client, "/staff/try/", trial=field(page), flow="rights", words="1").text
    assert longer.count('class="theirs"') == 2
    later = console.post(client, "/staff/try/", trial=field(longer), flow="rights", kind="wait").text
    assert later.count('class="theirs"') == 2
    assert console.house.received() == [], "no family is part of it"


def test_what_cannot_be_tried_is_said_at_the_field(console: Console) -> None:
    client = console.signed_in("liaison")
    page = begun(console, client)
    for words, told in (("", "Write what a parent would text."), ("a" * 321, "at most 320 letters")):
        answer = console.post(client, "/staff/try/", trial=field(page), words=words)
        assert answer.status_code == 400
        assert told in answer.text
        assert 'aria-describedby="words-fault"' in answer.text


def test_a_conversation_that_was_made_by_others_or_is_too_long_is_not_played(console: Console) -> None:
    client = console.signed_in("liaison")
    page = begun(console, client)
    forged = console.post(client, "/staff/try/", trial=field(page)[:-3] + "abc", words="hola")
    assert forged.status_code == 303
    assert console.post(client, "/staff/try/", who="nobody-of-these").status_code == 303
    trial = rehearsing.opened(console.app, field(page))
    assert trial is not None
    long = rehearsing.Trial(trial.who, trial.begun, (("close", ""),) * MOST)
    answer = console.post(client, "/staff/try/", trial=rehearsing.sealed(console.app, long), words="hola")
    assert "Begin a new one" in answer.text
    assert answer.status_code == 400

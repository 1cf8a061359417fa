"""The same request under one key is done once and answered alike, however often it comes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select
from werkzeug.test import TestResponse

from bot.broadcast import sending
from bot.store.api_answers import KEPT, LOST, ApiAnswer
from bot.store.broadcasts import Broadcast
from tests.fixtures.databases import BACKENDS
from tests.web.api.conftest import NOAH, Api, problem

LETTER: dict[str, Any] = {
    "audience": {"students": [NOAH]},
    "texts": {"en": "School starts at ten on Friday."},
    "if_no_text": "english",
}


@pytest.fixture
def backend() -> str:
    """SQLite alone, where nothing hangs on the kind of database."""
    return "sqlite"


def rows(api: Api, kind: Any = Broadcast) -> list[Any]:
    with api.house.bot.db.read() as session:
        return list(session.exec(select(kind)))


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_repeat_is_answered_as_before_and_sends_nothing(api: Api) -> None:
    token = api.token()
    first = api.post("/broadcasts", token, LETTER, key="a")
    again = api.post("/broadcasts", token, LETTER, key='"a"')
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(api.texts()) == 1
    assert len(rows(api)) == 1
    assert b"ten" not in rows(api, ApiAnswer)[0].body


def test_the_key_of_another_request_is_a_mistake(api: Api) -> None:
    token = api.token()
    api.post("/broadcasts", token, LETTER, key="a")
    for path, body in (("/broadcasts", {**LETTER, "title": "x"}), ("/attendance", api.attendance(NOAH))):
        answer = api.post(path, token, body, key="a")
        assert answer.status_code == 422
        assert problem(answer) == "key-used"
    assert api.post("/broadcasts", api.token(), LETTER, key="a").status_code == 201, "another token's keys"


def test_without_a_key_nothing_is_done(api: Api) -> None:
    token = api.token()
    for key, name in ((" ", "key-missing"), ("é" * 3, "key"), ("x" * 201, "key")):
        answer = api.post("/broadcasts", token, LETTER, **{"Idempotency-Key": key})
        assert answer.status_code == 400
        assert problem(answer) == name
    assert not rows(api)


@pytest.mark.parametrize("backend", BACKENDS)
def test_many_at_once_are_one_broadcast(api: Api) -> None:
    token, start = api.token(), threading.Barrier(4)

    def send(_: int) -> TestResponse:
        start.wait(30)
        return api.post("/broadcasts", token, LETTER, key="a")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert {one.status_code for one in answers} <= {201, 409}
    assert all(problem(one) == "in-progress" for one in answers if one.status_code == 409)
    done = api.post("/broadcasts", token, LETTER, key="a")
    assert {one.data for one in answers if one.status_code == 201} == {done.data}
    assert len(rows(api)) == 1
    assert len(api.texts()) == 1


@pytest.mark.parametrize("backend", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_while_the_first_is_at_work_the_second_is_told_to_wait(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL; on SQLite the second writer stands in line, and finds the answer."""
    token, send = api.token(), sending.send
    heard: list[TestResponse] = []

    def slow(*args: Any) -> Any:
        with ThreadPoolExecutor(1) as pool:
            heard.append(pool.submit(api.post, "/attendance", token, api.attendance(NOAH), "a").result(30))
        return send(*args)

    monkeypatch.setattr(sending, "send", slow)
    answer = api.post("/attendance", token, api.attendance(NOAH), key="a")
    assert answer.status_code == 200
    assert problem(heard[0]) == "in-progress"
    assert heard[0].headers["Retry-After"] == "1"


def test_what_was_refused_or_broke_leaves_its_key_free(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    token = api.token()
    refused = api.post("/broadcasts", token, {**LETTER, "texts": {"en": "Dear {gardian}"}}, key="a")
    assert problem(refused) == "unknown-field"

    def broken(*_: object) -> None:
        raise OperationalError("x", None, Exception())

    with monkeypatch.context() as patch:
        patch.setattr(sending, "send", broken)
        answer = api.post("/broadcasts", token, LETTER, key="a")
        assert answer.status_code == 503
        assert problem(answer) == "not-ready"
    assert not rows(api)
    assert api.post("/broadcasts", token, LETTER, key="a").status_code == 201


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_key_whose_owner_died_is_taken_over_after_a_while(api: Api) -> None:
    token = api.token()
    api.post("/broadcasts", token, LETTER, key="a")
    with api.house.bot.db.write() as session:
        row = session.exec(select(ApiAnswer)).one()
        row.status = row.body = None
        session.add(row)
    assert problem(api.post("/broadcasts", token, LETTER, key="a")) == "in-progress"
    api.house.clock.now += LOST + timedelta(seconds=1)
    assert api.post("/broadcasts", token, LETTER, key="a").status_code == 201


def test_keys_are_forgotten_after_a_week(api: Api) -> None:
    token = api.token()
    api.post("/broadcasts", token, LETTER, key="a")
    api.house.clock.now += KEPT + timedelta(seconds=1)
    api.post("/broadcasts", token, LETTER, key="b")
    assert len(rows(api, ApiAnswer)) == 1

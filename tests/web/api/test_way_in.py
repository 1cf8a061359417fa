"""Who gets in with what, and how whoever does not is answered: by problems, without cookies, in time."""

import json
from typing import Any

import pytest

from bot.people import api_tokens, staff_accounts
from bot.people.access import Grant
from bot.web.api.operations import operation_of
from bot.web.application import create_application
from tests.fixtures.installation import Install
from tests.web.api.conftest import NOAH, ROOT, Api, problem
from tests.web.api.scopes import OPEN, READ, SEND, TABLE

ONE = {"audience": {"students": [NOAH]}, "texts": {"en": "School starts at ten."}, "if_no_text": "english"}
PATHS = {
    "cancel_broadcast": ("POST", "/broadcasts/1/cancel", None),
    "list_recipients": ("GET", "/broadcasts/1/recipients", None),
    "pause_broadcast": ("POST", "/broadcasts/1/pause", None),
    "preview_broadcast": ("POST", "/broadcasts/preview", ONE),
    "report_attendance": ("POST", "/attendance", {"date": "2026-10-13", "students": [NOAH]}),
    "resume_broadcast": ("POST", "/broadcasts/1/resume", None),
    "send_broadcast": ("POST", "/broadcasts", ONE),
    "show_broadcast": ("GET", "/broadcasts/1", None),
}


@pytest.fixture
def backend() -> str:
    """SQLite alone: the way in says nothing about the kind of database."""
    return "sqlite"


def test_every_route_says_its_scope_twice(api: Api) -> None:
    rules = [rule for rule in api.app.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    said = {
        rule.endpoint.partition(".")[2]: operation.scope
        for rule in rules
        if (operation := operation_of(api.app, rule.endpoint)) is not None
    }
    assert said == TABLE, "tests/web/api/scopes.py"
    assert {rule.endpoint.partition(".")[2] for rule in rules} == {*TABLE, *OPEN}
    assert set(PATHS) == set(TABLE)


def test_a_scope_opens_its_operations_and_no_others(api: Api) -> None:
    tokens = {scope: api.token(scopes=(scope,)) for scope in (READ, SEND)}
    for name, (method, path, body) in PATHS.items():
        for scope, token in tokens.items():
            answer = api.call(method, path, token, body)
            if scope == TABLE[name]:
                assert answer.status_code in (200, 201, 404), name
            else:
                assert answer.status_code == 403
                assert problem(answer) == "scope"
                assert TABLE[name] in answer.headers["WWW-Authenticate"]
        for token in ("", "ally_wrong", "wrong"):
            answer = api.call(method, path, token, body)
            assert answer.status_code == 401
            assert problem(answer) == "token"
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_ended_opens_nothing(api: Api) -> None:
    account = api.account(Grant("administrator"))
    ended, closed = api.token(), api.token(account_id=account)
    assert api.call("GET", "/broadcasts/1", ended).status_code == 404
    for one in api_tokens.listed(api.desk, api_tokens.caller_of(api.desk, ended).who):  # type: ignore[union-attr]
        if one.prefix == ended[:11]:
            api_tokens.revoke(api.desk, api_tokens.caller_of(api.desk, ended).who, one.id)  # type: ignore[union-attr]
    assert api.call("GET", "/broadcasts/1", ended).status_code == 401
    assert api.call("GET", "/broadcasts/1", closed).status_code == 404
    staff_accounts.deactivate(api.desk, None, account)
    assert api.call("GET", "/broadcasts/1", closed).status_code == 401
    late = api.token()
    api.house.clock.move(days=91)
    assert api.call("GET", "/broadcasts/1", late).status_code == 401


def test_a_teacher_s_token_reaches_no_school_and_an_auditor_has_none(api: Api) -> None:
    teacher = api.token(Grant("teacher"))
    answer = api.post("/attendance", teacher, api.attendance(NOAH)).get_json()
    assert answer["unknown_students"] == [NOAH]
    with pytest.raises(api_tokens.NotAllowed):
        api.token(Grant("auditor"))


def test_too_many_requests_are_told_when_to_come_again(install: Install) -> None:
    house = install(ALLY_API_PER_MINUTE="3")
    api = Api(create_application(house.bot), house)
    token, other = api.token(), api.token()
    assert [api.call("GET", "/broadcasts/1", token).status_code for _ in range(4)] == [404, 404, 404, 429]
    answer = api.call("GET", "/broadcasts/1", token)
    assert problem(answer) == "too-many"
    assert answer.headers["Retry-After"] == "20"
    assert api.call("GET", "/broadcasts/1", other).status_code == 404
    house.clock.move(seconds=20)
    assert api.call("GET", "/broadcasts/1", token).status_code == 404


def test_whatever_is_no_json_of_ours_is_refused_and_never_said_again(api: Api) -> None:
    token, client = api.token(), api.app.test_client()
    auth = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}

    def send(data: bytes, kind: str = "application/json", **headers: str) -> tuple[int, str]:
        told = {**auth, **headers}
        answer = client.post(f"{ROOT}/broadcasts", data=data, content_type=kind, headers=told)
        assert b"zanahoria" not in answer.data
        return answer.status_code, problem(answer)

    assert send(b"a=zanahoria", "application/x-www-form-urlencoded") == (415, "media-type")
    assert send(b"{}", **{"Content-Encoding": "gzip"}) == (415, "media-type")
    for broken in (b"", b"{zanahoria", b"\xff", b'{"a": "\\ud800"}', b"[" * 100_000, b"NaN"):
        assert send(broken) in ((400, "json"), (422, "invalid"))
    assert send(json.dumps({"texts": {"en": "x" * 300_000}}).encode()) == (413, "too-large")
    wrongs: list[Any] = [{}, [], {**ONE, "extra": "zanahoria"}, {**ONE, "when": "zanahoria"}]
    for wrong in (*wrongs, {**ONE, "audience": 1}):
        assert send(json.dumps(wrong).encode()) == (422, "invalid")


def test_what_is_wrong_stands_at_its_place(api: Api) -> None:
    body = {**ONE, "audience": {"grades": ["3"], "everyone": "yes"}, "language": "xx"}
    told = api.post("/broadcasts", api.token(), body).get_json()
    assert {one["field"] for one in told["errors"]} == {
        "/audience/grades/0",
        "/audience/everyone",
        "/language",
    }


def test_an_address_that_is_not_there_and_another_method_are_problems_too(api: Api) -> None:
    token = api.token()
    for path in ("/nowhere", "/broadcasts/x", "/broadcasts/99999999999999999999", "/broadcasts/-1"):
        assert problem(api.call("GET", path, token)) == "not-found"
    answer = api.call("DELETE", "/broadcasts/1", token)
    assert (answer.status_code, problem(answer)) == (405, "method")
    assert "GET" in answer.headers["Allow"]
    assert "<html" in api.app.test_client().get("/staff/nowhere").text


def test_no_cookie_is_set_or_heard_and_no_cache_keeps_an_answer(api: Api) -> None:
    answer = api.call("GET", "/broadcasts/1", api.token())
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"

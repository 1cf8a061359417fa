"""A student information system tells who is absent: the families read it once, in their language."""

import json
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import structlog
from sqlmodel import select

from bot.people.access import Grant
from bot.store import absences, schools
from bot.store.audit import AuditLine
from bot.store.families import children_of
from tests.fixtures.databases import BACKENDS
from tests.fixtures.installation import ENGLISH, SPANISH
from tests.web.api.conftest import LUCIA, MATEO, NOAH, PECAN, Api, problem

BAO = "student-vo-bao"
"""Of whose mother the roster has no number"""


@pytest.fixture
def backend() -> str:
    """SQLite alone, where nothing hangs on the kind of database."""
    return "sqlite"


def test_the_families_read_of_their_own_child_in_their_language(api: Api) -> None:
    token = api.token()
    answer = api.post("/attendance", token, api.attendance(MATEO, NOAH))
    assert answer.status_code == 200, answer.data
    told = answer.get_json()
    assert told["broadcast"]["state"] == "running"
    assert told["broadcast"]["reached"]["recipients"] == 3
    texts = api.texts()
    assert len(texts) == 3
    assert sum("Mateo" in one and "Lucía" not in one for one in texts) == 2, "the sister was at school"
    assert sum("Noah" in one for one in texts) == 1
    seen = api.call("GET", f"/broadcasts/{told['broadcast']['id']}", token).get_json()
    assert seen["by_state"] == {"pending": 3}
    with api.house.bot.db.read() as session:
        lines = session.exec(select(AuditLine)).all()
    assert {"broadcast_sent", "sent_by_token"} <= {line.action for line in lines}


@pytest.mark.parametrize("backend", BACKENDS)
def test_nobody_is_told_twice_of_one_day(api: Api) -> None:
    token = api.token()
    api.post("/attendance", token, api.attendance(MATEO))
    answer = api.post("/attendance", token, api.attendance(MATEO, LUCIA)).get_json()
    assert answer["told_before"] == [MATEO]
    assert answer["broadcast"]["reached"]["recipients"] == 2
    last = api.post("/attendance", token, api.attendance(MATEO, LUCIA)).get_json()
    assert last["broadcast"] is None
    assert sum("Mateo" in one for one in api.texts()) == 2
    api.house.clock.move(days=1)
    assert api.post("/attendance", token, api.attendance(MATEO)).get_json()["broadcast"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_two_lists_at_once_tell_a_family_once(api: Api) -> None:
    token, start = api.token(), threading.Barrier(3)

    def report(_: int) -> Any:
        start.wait(30)
        return api.post("/attendance", token, api.attendance(NOAH, MATEO)).get_json()

    with ThreadPoolExecutor(3) as pool:
        told = list(pool.map(report, range(3)))
    assert sum(one["broadcast"] is not None for one in told) == 1
    assert sorted(len(one["told_before"]) for one in told) == [0, 2, 2]
    assert len(api.texts()) == 3


def test_children_of_whom_nobody_can_be_texted_are_named_so_that_somebody_calls(api: Api) -> None:
    api.house.text("STOP", ENGLISH)
    token = api.token()
    for _ in range(2):
        told = api.post("/attendance", token, api.attendance(NOAH, BAO)).get_json()
        assert told["nobody_to_text"] == [NOAH, BAO]
        assert told["broadcast"] is None
    api.house.text("START", ENGLISH)
    assert api.post("/attendance", token, api.attendance(NOAH)).get_json()["broadcast"]


def test_what_was_cancelled_was_not_told(api: Api) -> None:
    token = api.token()
    first = api.post("/attendance", token, api.attendance(NOAH)).get_json()["broadcast"]["id"]
    assert api.post(f"/broadcasts/{first}/cancel", token).get_json()["state"] == "cancelled"
    assert api.post("/attendance", token, api.attendance(NOAH)).get_json()["broadcast"]


def test_a_family_that_told_the_school_is_not_asked(api: Api) -> None:
    with api.house.bot.db.write() as session:
        contact = api.house.contact(SPANISH)
        child = children_of(session, contact.id or 0)[0]
        reason = api.desk.vault.seal("sick", absences.REASON)
        told: dict[str, Any] = {"student_id": child.id, "contact_id": contact.id or 0, "reason": reason}
        absences.report(session, **told, day=api.house.clock().date(), now=api.house.clock())
    answer = api.post("/attendance", api.token(), api.attendance(MATEO, LUCIA)).get_json()
    assert len(answer["reported_by_family"]) == 1
    assert answer["broadcast"]["reached"]["recipients"] == 2


@pytest.mark.parametrize("backend", BACKENDS)
def test_unknown_and_out_of_reach_are_named_back_alike(api: Api) -> None:
    here = api.token(Grant("administrator", api.school()))
    answer = api.post("/attendance", here, api.attendance("nobody", NOAH, PECAN))
    assert answer.get_json()["unknown_students"] == ["nobody", PECAN]
    assert answer.get_json()["broadcast"]["reached"]["families"] == 1
    alone = [api.post("/attendance", here, api.attendance(one)).get_json() for one in ("nobody", PECAN)]
    for told in alone:
        told["unknown_students"] = []
    assert alone[0] == alone[1]
    assert alone[0]["broadcast"] is None


def test_a_token_for_one_school_reaches_and_sees_no_other(api: Api) -> None:
    account = api.account(Grant("administrator"))
    whole, narrow = (
        api.token(account_id=account),
        api.token(account_id=account, schools=frozenset({api.school("Pecan")})),
    )
    sent = api.post("/attendance", whole, api.attendance(NOAH)).get_json()["broadcast"]["id"]
    assert api.call("GET", f"/broadcasts/{sent}", whole).status_code == 200
    for method, path in (("GET", ""), ("GET", "/recipients"), ("POST", "/pause"), ("POST", "/cancel")):
        answer = api.call(method, f"/broadcasts/{sent}{path}", narrow)
        assert problem(answer) == "not-found"
        assert answer.data == api.call(method, f"/broadcasts/999{path}", narrow).data
    told = api.post("/attendance", narrow, api.attendance(MATEO, PECAN)).get_json()
    assert told["unknown_students"] == [MATEO]
    mine = told["broadcast"]["id"]
    assert api.call("GET", f"/broadcasts/{mine}", narrow).status_code == 200


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_teacher_tells_of_the_own_class_and_a_liaison_in_the_own_languages(api: Api) -> None:
    with api.house.bot.db.read() as session:
        every = schools.staff_at(session, "")
    staff, spoken = {one.source_id: one.id for one in every}, {one.id: one.languages for one in every}
    teacher = api.token(Grant("teacher"), staff_id=staff["staff-luna"])
    told = api.post("/attendance", teacher, api.attendance(MATEO, LUCIA)).get_json()
    assert told["unknown_students"] == [LUCIA]
    speaker = next(id_ for id_, speaks in spoken.items() if "es" in speaks and "en" not in speaks)
    liaison = api.token(Grant("liaison", api.school()), staff_id=speaker)
    told = api.post("/attendance", liaison, api.attendance(LUCIA, NOAH)).get_json()
    assert told["unknown_students"] == [NOAH], "nobody of that family reads a language of theirs"


def test_in_quiet_hours_it_says_when_or_waits_for_the_morning(api: Api) -> None:
    token = api.token()
    api.house.clock.move(hours=12)
    answer = api.post("/attendance", token, {**api.attendance(NOAH), "date": "2026-10-05"})
    assert problem(answer) == "quiet-hours"
    assert answer.status_code == 409
    assert answer.get_json()["opens"] == "08:00"
    opens_at = answer.get_json()["opens_at"]
    sent = api.post(
        "/attendance", token, {**api.attendance(NOAH), "date": "2026-10-05", "if_quiet": "next_morning"}
    ).get_json()
    assert sent["broadcast"]["state"] == "scheduled"
    assert sent["broadcast"]["starts_at"].replace("Z", "+00:00") == opens_at
    assert not api.texts()


def test_a_day_to_come_or_long_over_is_a_mistake(api: Api) -> None:
    for day in ("2031-01-01", "2020-01-01"):
        answer = api.post("/attendance", api.token(), {**api.attendance(NOAH), "date": day})
        assert answer.status_code == 422
        assert problem(answer) in ("no-time", "in-past")


def test_above_the_size_a_second_person_is_asked(api: Api) -> None:
    object.__setattr__(api.house.bot.broadcasting, "approval_above", 1)
    told = api.post("/attendance", api.token(), api.attendance(MATEO)).get_json()
    assert told["broadcast"]["state"] == "waiting_approval"
    assert not api.texts()


def test_no_name_number_id_or_word_gets_into_the_log(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    lines: list[str] = []

    def keep(_: object, __: str, event: Any) -> str:
        lines.append(json.dumps(event, default=str))
        return ""

    structlog.configure(processors=[keep])
    try:
        with caplog.at_level(logging.DEBUG):
            token = api.token()
            api.post("/attendance", token, api.attendance(MATEO, "nobody-zanahoria"))
            api.post("/broadcasts", token, {"audience": {}, "texts": {"en": "Zanahoria"}, "zanahoria": 1})
    finally:
        structlog.reset_defaults()
    told = "\n".join([*lines, caplog.text])
    assert "report_attendance" in told
    for secret in ("Mateo", "mateo", "zanahoria", "Zanahoria", "5550101", token, token[:11], "key-"):
        assert secret not in told

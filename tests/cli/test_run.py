"""The whole path as `ally run` starts it: phone, carrier, webhook, database, worker, carrier, phone."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

import pytest
import requests

from bot.cli.own_redis import find_program
from tests.servers.ally_run import AllyRun
from tests.servers.local_carrier import wait_until

ELENA, RAFAEL = "+15125550101", "+15125550102"
DANA = "+15125550103"
SECRET = "Zanahoria"


@pytest.fixture(scope="module")
def ally(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AllyRun]:
    """One start of everything for the tests of this file that change nothing for each other."""
    run = AllyRun(tmp_path_factory.mktemp("ally")).up()
    yield run
    run.close()


def said_again(ally: AllyRun, name: str) -> bool:
    """Whether it was told that a process ended by itself."""
    return f"{name} ended (-9); starting it again" in ally.said


def is_up(ally: AllyRun) -> bool:
    """Whether the web process answers again."""
    with suppress(requests.ConnectionError):
        return ally.get("/health").status_code == 200
    return False


def test_a_family_is_greeted_and_told_the_next_dates_in_its_language(ally: AllyRun) -> None:
    (greeting,) = ally.ask(RAFAEL, "Hola")
    assert "Maple Grove Elementary" in greeting
    assert "ALTO" in greeting
    (dates,) = ally.ask(RAFAEL, "¿Cuándo no hay clases?")
    assert "Maple Grove Elementary" in dates


def test_the_same_text_ten_times_at_once_is_answered_once(ally: AllyRun) -> None:
    assert len(ally.ask("+15125550170", "Hello", copies=10)) == 1
    wait_until(lambda: len(ally.ledger("+15125550170")["received"][0]["attempts"]) == 10)
    attempts = ally.ledger("+15125550170")["received"][0]["attempts"]
    assert {attempt["status"] for attempt in attempts} == {200}
    assert len(ally.answers("+15125550170")) == 1


def test_two_texts_at_once_are_both_answered(ally: AllyRun) -> None:
    ally.ask("+15125550171", "Hello")
    ally.type("+15125550171", "1", wait=False)
    ally.type("+15125550171", "1", wait=False)
    wait_until(lambda: len(ally.answers("+15125550171")) == 3)


def test_stop_is_confirmed_once_and_holds_until_start(ally: AllyRun) -> None:
    ally.ask(DANA, "Hello")
    assert len(ally.ask(DANA, "STOP")) == 1
    before = len(ally.answers(DANA))
    for words in ("menu", "ALTO", "START"):
        ally.type(DANA, words)
    wait_until(lambda: len(ally.answers(DANA)) > before + 1)
    welcome, question = ally.answers(DANA)[before:]
    assert welcome.startswith("You have successfully been re-subscribed"), "nothing in between"
    assert question.startswith("Which texts do you want")
    assert len(ally.ask(DANA, "menu")) == 1


def test_a_picture_goes_to_a_person_and_the_bot_is_quiet_then(ally: AllyRun) -> None:
    ally.ask("+15125550172", "Hello")
    ally.ask("+15125550172", "", media=["image/jpeg"])
    before = len(ally.answers("+15125550172"))
    ally.type("+15125550172", f"{SECRET} is sick today")
    ally.ask("+15125550173", "Hello")
    assert len(ally.answers("+15125550172")) == before


def test_receipts_come_back_and_are_counted(ally: AllyRun) -> None:
    ally.ask("+15125550174", "Hello")
    wait_until(lambda: ally.ledger("+15125550174")["sent"][0]["status"] == "delivered")


def test_health_and_the_first_page_answer(ally: AllyRun) -> None:
    wait_until(lambda: is_up(ally))
    assert "Maple Grove Elementary" in ally.get("/").text


def test_the_doctor_finds_nothing_broken_beside_it(ally: AllyRun) -> None:
    wait_until(lambda: is_up(ally))
    assert "0 broken" in ally.doctor()


def test_a_killed_worker_is_started_again_and_nothing_is_lost(ally: AllyRun) -> None:
    roles = ally.roles()
    for name in ("web", "replies", "sweeper"):
        if name in roles:
            os.kill(roles[name], signal.SIGKILL)
            wait_until(partial(said_again, ally, name), 30)
    wait_until(lambda: ally.roles().keys() == roles.keys() and is_up(ally), 30)
    assert len(ally.ask("+15125550175", "Hello")) == 1


def test_with_redis_gone_the_sweeper_answers(ally: AllyRun) -> None:
    redis = ally.redis()
    if find_program() is None:
        assert redis is None
        return
    assert redis is not None
    os.kill(redis, signal.SIGKILL)
    assert len(ally.ask("+15125550176", "Hello")) == 1


def test_no_file_that_it_has_written_holds_a_number_or_a_text(ally: AllyRun) -> None:
    """Database, write-ahead log and everything that was printed, of all that was written so far."""
    ally.ask(ELENA, f"¿Cuándo no hay clases, {SECRET}?")
    files = [path for path in ally.folder.rglob("*") if path.is_file() and "messages" not in path.parts]
    files = [path for path in files if "flows" not in path.relative_to(ally.folder).parts]
    assert {path.name for path in files} >= {"ally.db", "ally.db-wal", "output.log", ".env"}
    for path in files:
        raw = path.read_bytes()
        for word in (SECRET, "Elena", "5125550101", "555-0101", "5125550103", "5125550170", "¿Cuándo"):
            assert word.encode() not in raw, f"{word} in {path.name}"
    assert "sweep_step_failed" not in ally.said, "the carrier was there when the sweeper asked it first"

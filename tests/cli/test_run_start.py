"""How `ally run` starts and ends: keys, ports, with Redis or without; what it refuses to start with."""

import shutil
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers.ally_run import ANEW, NO_REDIS, ROOT, AllyRun, furnish, is_alive
from tests.servers.local_carrier import wait_until

ELENA = "+15125550101"


def test_whatever_ended_it_the_next_start_knows_everything(tmp_path: Path) -> None:
    """Ctrl-C first, then a kill of the parent: one start after the other in the same folder."""
    first = AllyRun(tmp_path).up()
    try:
        first.ask(ELENA, "Hola")
        below = first.processes()
        assert len(below) >= 4, below
        assert first.interrupt() == 0
    finally:
        first.close()
    assert "All stopped." in first.said
    assert "Traceback" not in first.said
    assert [pid for pid in below if is_alive(pid)] == []
    environment = tmp_path / ".env"
    assert stat.S_IMODE(environment.stat().st_mode) == 0o600
    keys = environment.read_bytes()
    second = AllyRun(tmp_path).up()
    try:
        (menu,) = second.ask(ELENA, "menú")
        assert "mensajes de la escuela para su familia" not in menu, "the notice came the first time"
        assert environment.read_bytes() == keys
        below, redis = second.processes(), second.redis()
        second.process.kill()
        second.process.wait()
    finally:
        second.close()
    wait_until(lambda: [pid for pid in below if is_alive(pid) and pid != redis] == [], 40)
    third = AllyRun(tmp_path).up()
    try:
        assert redis is None or not is_alive(redis), "the Redis that was left over is gone"
        assert len(third.ask(ELENA, "menú")) == 1
        assert third.interrupt() == 0
    finally:
        third.close()


def test_a_machine_without_redis_answers_all_the_same_and_a_terminate_signal_ends_it(tmp_path: Path) -> None:
    run = AllyRun(tmp_path, program=NO_REDIS).up()
    try:
        assert "No Redis here" in run.said
        assert "apt-get install redis-server" in run.said
        assert len(run.ask(ELENA, "Hola")) == 1
        assert run.get("/health").json()["redis"] == "none: the sweeper sends"
        run.process.terminate()
        assert run.process.wait(60) == 0
    finally:
        run.close()
    assert "All stopped." in run.said


def test_processes_that_start_anew_serve_as_well(tmp_path: Path) -> None:
    """As on macOS, where a forked process may not use the network."""
    run = AllyRun(tmp_path, program=ANEW).up()
    try:
        assert len(run.ask(ELENA, "Hola")) == 1
        below = run.processes()
        assert run.interrupt() == 0
        wait_until(lambda: [pid for pid in below if is_alive(pid)] == [])
    finally:
        run.close()


def test_a_taken_port_is_said_plainly_before_anything_is_written(tmp_path: Path) -> None:
    run = AllyRun.__new__(AllyRun)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run.__init__(tmp_path, arguments=("--port", str(port)))  # type: ignore[misc]
        assert run.process.wait(60) == 1
    assert f"Port {port} is taken. Take others: ally run --port" in run.said
    assert "Traceback" not in run.said
    assert not (tmp_path / ".env").exists()


def _break(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


def _own_words(folder: Path) -> None:
    """Copies instead of links, to be broken."""
    for name in ("flows", "messages"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "bot/school/demo", folder / "district")


def _break_words(folder: Path) -> list[str]:
    _break(folder / "flows/menu.yaml", "flow: menu\nsteps: {a: {sya: Hi}}\n")
    _break(folder / "messages/heard/es.yaml", "heard: en\n")
    _break(folder / "messages/es/LC_MESSAGES/ally.po", 'msgid "x\n')
    return ["menu.yaml:2:", "Did you mean `say`?", "es.yaml:1:", "ally.po:1"]


def _break_district(folder: Path) -> list[str]:
    _break(folder / "district/maple_grove.ics", "BEGIN:VCALENDAR\n")
    _break(folder / "district/users.csv", "sourcedId,citizenship\n1,x\n")
    return ["maple_grove.ics", "users.csv", "citizenship"]


@pytest.mark.parametrize("break_it", [_break_words, _break_district])
def test_what_is_broken_is_listed_whole_and_nothing_starts(
    tmp_path: Path, break_it: Callable[[Path], list[str]]
) -> None:
    _own_words(tmp_path)
    told = break_it(tmp_path)
    (tmp_path / ".env").write_text(f"ALLY_DISTRICT={tmp_path / 'district'}\n")
    run = AllyRun(tmp_path, program=NO_REDIS)
    assert run.process.wait(60) == 1
    assert [words for words in told if words not in run.said] == []
    assert "Traceback" not in run.said
    assert "Ally is running" not in run.said


def test_a_folder_without_flows_is_refused_with_a_plain_word(tmp_path: Path) -> None:
    furnish(tmp_path)
    (tmp_path / "flows").unlink()
    (tmp_path / "flows").mkdir()
    run = AllyRun(tmp_path, program=NO_REDIS)
    assert run.process.wait(60) == 1
    assert "always.yaml" in run.said
    assert "Traceback" not in run.said


def test_settings_that_make_no_sense_are_all_listed(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ALLY_KEYS=short\nALLY_STOP_BY=nobody\n")
    run = AllyRun(tmp_path, program=NO_REDIS)
    assert run.process.wait(60) == 1
    assert "ALLY_KEYS" in run.said
    assert "ALLY_STOP_BY" in run.said
    assert "short" not in run.said.replace("shorter", ""), "a key that is wrong is a key all the same"
    assert "Traceback" not in run.said

"""What runs Ally in production starts programs that are there, with settings that exist."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from bot.cli.main import COMMANDS, ally
from bot.outbox.doorbell import JOBS
from bot.settings import Settings
from bot.web import production

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy/systemd").glob("*.*"))
WORK = {*JOBS, "sweep"}
ELSEWHERE = {"POSTGRES_PASSWORD", "ALLY_DOMAIN"}
"""Settings that compose.yaml itself asks for"""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """compose.yaml as read, anchors and merges resolved."""
    return dict(YAML(typ="safe").load(ROOT / "compose.yaml"))


def unit(path: Path) -> configparser.ConfigParser:
    """A unit file; a key may stand in it twice."""
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(path)
    return read


def refuse_unknown(command: list[str]) -> None:
    """Fails unless the command names a program and an argument that are there."""
    program = Path(command[0]).name
    if program == "python":
        assert command[1] == "worker.py"
        assert command[2] in {*WORK, "%i"}
    elif program == "ally":
        assert command[1] in COMMANDS
    elif program == "gunicorn":
        assert command[command.index("--config") + 1] == "python:bot.web.production"
        assert command[-1] == "app:create_app()"
    else:
        assert program in {"redis-server", "caddy", "mkdir"}, program


def test_every_service_starts_something_that_is_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    commands = {name: list(told["command"]) for name, told in services.items() if "command" in told}
    for command in commands.values():
        refuse_unknown(command)
    started = {command[2] for command in commands.values() if command[1] == "worker.py"}
    assert started == WORK, "each queue has a worker, and the sweeper runs"
    assert commands["migrate"] == ["ally", "migrate"]


def test_nothing_of_ally_starts_before_the_migrations(compose: dict[str, Any]) -> None:
    for name in ("web", "sweeper", *JOBS):
        wants = compose["services"][name]["depends_on"]
        assert wants["migrate"] == {"condition": "service_completed_successfully"}, name
    assert compose["services"]["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_redis_throws_nothing_away_and_writes_down_what_it_holds(compose: dict[str, Any]) -> None:
    command = compose["services"]["redis"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"


def test_a_worker_has_time_to_finish_a_call(compose: dict[str, Any]) -> None:
    for name in ("web", "sweeper", *JOBS):
        assert compose["services"][name]["stop_grace_period"] == "60s", name


def test_only_the_proxy_is_open_to_the_world(compose: dict[str, Any]) -> None:
    assert [name for name, told in compose["services"].items() if "ports" in told] == ["proxy"]


def test_every_setting_that_is_named_exists() -> None:
    known = {str(field.alias) for field in Settings.model_fields.values()} | ELSEWHERE
    for path in (ROOT / "compose.yaml", ROOT / "docs/operations.md", *UNITS):
        text = path.read_text()
        named = set(re.findall(r"\b(?:ALLY|TWILIO|REDIS|DATABASE|POSTGRES)_[A-Z_]*[A-Z]\b", text))
        assert named - known - {"POSTGRES_USER", "POSTGRES_DB"} == set(), path.name


def test_the_image_copies_only_what_is_there_and_no_keys() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    lines = re.findall(r"^COPY (.+)$", dockerfile, re.MULTILINE)
    copied = [word for line in lines for word in line.split()[:-1]]
    assert copied
    for name in copied:
        assert (ROOT / name).exists(), name
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    assert set(copied) == let_in
    assert not any(name.startswith((".env", "var", "district")) for name in let_in)


def test_gunicorn_takes_its_settings_and_keeps_no_access_log() -> None:
    assert production.accesslog is None
    assert production.worker_class == "gthread"
    command = ["gunicorn", "--check-config", "--config", "python:bot.web.production", "app:create_app"]
    checked = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_every_unit_starts_something_that_is_there_and_is_part_of_the_whole(path: Path) -> None:
    read = unit(path)
    assert read["Unit"]["Description"].startswith("Ally")
    if path.suffix != ".service":
        return
    service = read["Service"]
    refuse_unknown(service["ExecStart"].split())
    assert service["User"] == "ally"
    if service.get("Type") != "oneshot":
        assert read["Unit"]["Requires"] == "ally-migrate.service"
        assert (service["Restart"], service["TimeoutStopSec"]) == ("always", "60")


def test_systemd_itself_finds_no_fault_but_the_missing_programs() -> None:
    if not (verify := shutil.which("systemd-analyze")):
        assert UNITS, "a machine without systemd judges the form alone, above"
        return
    names = [str(path).replace("@.", "@replies.") for path in UNITS]
    done = subprocess.run([verify, "verify", *names], capture_output=True, text=True, check=False)
    faults = [line for line in done.stderr.splitlines() if "is not executable" not in line]
    assert [line for line in faults if "ally" in line] == []


@pytest.mark.parametrize("command", ["doctor", "migrate", "backup", "restore", "arm", "disarm"])
def test_every_command_of_the_operations_page_helps(command: str) -> None:
    done = CliRunner().invoke(ally, [command, "--help"])
    assert done.exit_code == 0, done.output
    assert f"ally {command}" in (ROOT / "docs/operations.md").read_text()

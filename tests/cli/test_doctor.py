"""`ally doctor`: each thing that a deployment gets wrong is found, and its fix is said."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from redis import Redis
from sqlalchemy import update
from werkzeug.serving import make_server

from bot.cli.doctor import doctor
from bot.examine import carrier, machine, storage, translations, work
from bot.examine.finding import Finding
from bot.outbox import heartbeats
from bot.outbox.doorbell import JOBS
from bot.outbox.sweep import HEARTBEAT
from bot.settings import Settings
from bot.store import accounts, first_steps, marks, schools
from bot.store.database import Database
from bot.store.outbox import POISON, ROWS
from bot.store.vault import new_key
from bot.web.application import create_application
from tests.fixtures.household import SettableClock
from tests.fixtures.installation import TOKEN, Install, Installation
from tests.servers.ally_run import free_port
from tests.servers.house import House, house_at_work
from tests.servers.local_carrier import ACCOUNT, NUMBER, Local, carrier_at_work

Open = Callable[[str], Database]
SERVICE = "MG" + "7" * 32
NOBODY = "http://127.0.0.1:9"


def only(found: Iterator[Finding], about: str) -> Finding:
    """The one finding about this."""
    (one,) = [finding for finding in found if finding.about == about]
    return one


def now() -> datetime:
    """The present moment: the carrier's clock is this machine's."""
    return datetime.now(UTC)


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str, **environment: str) -> tuple[int, str]:
    """The whole command in a folder."""
    monkeypatch.chdir(folder)
    done = CliRunner(env=environment).invoke(doctor, options, catch_exceptions=False)
    return done.exit_code, done.output


# --- where much is down ---


def test_settings_that_make_no_sense_are_all_told_without_the_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = run(tmp_path, monkeypatch, ALLY_KEYS="hunter2", ALLY_STOP_BY="nobody")
    assert code == 1
    for name in ("ALLY_KEYS", "ALLY_FINGERPRINT_KEY", "ALLY_STOP_BY"):
        assert f"BROKEN  settings: {name}" in said
    assert said.count("fix: ") >= 3
    assert "hunter2" not in said


def test_with_everything_down_each_part_is_told_with_its_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, str]
) -> None:
    environment = {
        "DATABASE_URL": f"postgresql://ally@127.0.0.1:{free_port()}/ally",
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        "ALLY_KEYS": keys[0],
        "ALLY_FINGERPRINT_KEY": keys[1],
        "ALLY_NUMBER": NUMBER,
        "ALLY_PUBLIC_URL": NOBODY,
        "ALLY_FLOWS": str(tmp_path / "nothing"),
        "TWILIO_BASE_URL": NOBODY,
    }
    code, said = run(tmp_path, monkeypatch, "--json", **environment)
    found = [Finding(**one) for one in json.loads(said)]
    broken = {one.about for one in found if one.state == "broken"}
    assert broken >= {"database", "redis", "carrier", "public address", "flows", "workers", "sending"}
    assert [one for one in found if one.state != "ok" and not one.fix] == []
    assert code == 1


# --- storage ---


def test_a_database_that_is_not_migrated_is_told(empty_url: str, open_database: Open) -> None:
    finding = only(storage.look_at_database(open_database(empty_url)), "schema")
    assert (finding.state, finding.fix) == ("broken", "ally migrate")


def test_other_keys_are_told_from_other_fingerprint_keys(
    house: Installation, make_settings: Callable[..., Settings]
) -> None:
    told = {"ALLY_NUMBER": NUMBER}
    db = house.bot.db
    assert only(storage.look_at_keys(db, make_settings(**told)), "keys").state == "ok"
    other = only(storage.look_at_keys(db, make_settings(**told, ALLY_KEYS=new_key())), "keys")
    assert (other.state, "ALLY_KEYS" in other.says) == ("broken", True)
    other = only(storage.look_at_keys(db, make_settings(**told, ALLY_FINGERPRINT_KEY=new_key())), "keys")
    assert (other.state, "ALLY_FINGERPRINT_KEY" in other.says) == ("broken", True)


@pytest.mark.redis
def test_a_redis_that_throws_entries_away_is_told(redis_url: str) -> None:
    assert only(storage.look_at_redis(redis_url), "redis").state == "ok"
    Redis.from_url(redis_url).config_set("maxmemory-policy", "allkeys-lru")
    finding = only(storage.look_at_redis(redis_url), "redis")
    assert finding.state == "broken"
    assert "maxmemory-policy noeviction" in finding.fix


# --- work ---


def test_who_does_not_work_is_named_with_the_line_that_starts_it(house: Installation) -> None:
    db, now = house.bot.db, house.clock()
    found = {one.about: one for one in work.look_at_workers(db, now, has_redis=True)}
    assert {one.state for one in found.values()} == {"warning", "broken"}
    assert found["sweeper"].fix == "start it: python worker.py sweep"
    assert found["worker replies"].fix == "start it: python worker.py replies"
    with db.write() as session:
        marks.put(session, HEARTBEAT, now)
        for lane in JOBS:
            heartbeats.beat(session, lane, now)
    assert {one.state for one in work.look_at_workers(db, now, has_redis=True)} == {"ok"}
    late = list(work.look_at_workers(db, now + timedelta(minutes=5), has_redis=False))
    assert [(one.about, one.state) for one in late] == [("sweeper", "broken")], "no Redis, no workers"


def test_texts_that_wait_too_long_are_told(house: Installation) -> None:
    house.text("Hello")
    now = house.clock()
    assert only(work.look_at_outbox(house.bot.db, now), "replies").state == "ok"
    late = only(work.look_at_outbox(house.bot.db, now + timedelta(minutes=6)), "replies")
    assert (late.state, late.says) == ("broken", "1 texts are due, the oldest since 6 minutes ago")


def test_a_text_that_was_set_aside_is_told(house: Installation) -> None:
    house.text("Hello")
    assert "set aside" not in {one.about for one in work.look_at_outbox(house.bot.db, house.clock())}
    with house.bot.db.write() as session:
        aside = update(ROWS).values(state="failed", reason=POISON)
        number = session.connection().execute(aside).rowcount
    told = only(work.look_at_outbox(house.bot.db, house.clock()), "set aside")
    says = f"{number} texts could not be written, three times, and did not go out"
    assert (told.state, told.says) == ("warning", says)


def test_a_backup_of_these_days_is_asked_for(sqlite_db: Database, clock: SettableClock) -> None:
    assert only(work.look_at_backups(sqlite_db, clock()), "backup").says == "last one never"
    with sqlite_db.write() as session:
        marks.put(session, marks.BACKED_UP, clock())
    assert only(work.look_at_backups(sqlite_db, clock()), "backup").state == "ok"
    assert only(work.look_at_backups(sqlite_db, clock.move(days=3)), "backup").state == "warning"


def test_a_budget_that_is_used_up_is_told_on_its_day(sqlite_db: Database, clock: SettableClock) -> None:
    def state() -> str:
        return only(work.look_at_budget(sqlite_db, clock()), "budget").state

    assert state() == "ok"
    with sqlite_db.write() as session:
        marks.put(session, "budget_80", clock())
    assert state() == "warning"
    with sqlite_db.write() as session:
        marks.put(session, "budget_100", clock())
    assert state() == "broken"
    clock.move(days=1)
    assert state() == "ok"


def test_languages_that_nobody_translates_are_named_with_the_fix(
    house: Installation, make_settings: Callable[..., Settings]
) -> None:
    def look(**more: str) -> Finding:
        settings = make_settings(ALLY_NUMBER=NUMBER, **more)
        return only(translations.look_at_translations(house.bot.db, settings), "translations")

    nobody = look()
    assert nobody.state == "warning"
    assert "nobody who signs in may translate" in nobody.says
    assert "Spanish" in nobody.says
    assert "ally staff invite" in nobody.fix
    assert "ALLY_TRANSLATOR" in nobody.fix
    with house.bot.db.write() as session:
        told: dict[str, Any] = {
            "name": b"",
            "email": b"",
            "email_hash": "h",
            "language": "en",
            "state": "active",
        }
        account = accounts.add(session, accounts.Account(**told, created_at=house.clock()))
        accounts.replace_grants(session, account.id or 0, [("administrator", None)])
    assert "waits for an administrator" in look().says
    with house.bot.db.write() as session:
        people = schools.every_staff(session).values()
        person = next(one for one in people if "es" in one.languages)
        person.languages = sorted(first_steps.languages(session))
        session.add(person)
        account = accounts.every(session)[0]
        account.staff_id = person.id
        session.add(account)
        accounts.replace_grants(session, account.id or 0, [("liaison", None)])
    assert look().state == "ok"
    machine = look(ALLY_TRANSLATOR="google", ALLY_TRANSLATOR_KEY="key")
    assert (machine.state, machine.says[:6]) == ("ok", "google")


# --- this machine ---


def test_keys_that_others_can_read_are_told(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("ALLY_KEYS=x")
    env_file.chmod(0o640)
    finding = only(machine.look_at_secrets(env_file), ".env")
    assert (finding.state, finding.fix) == ("broken", "chmod 600 .env")
    env_file.chmod(0o600)
    assert only(machine.look_at_secrets(env_file), ".env").state == "ok"


# --- the carrier ---


@pytest.fixture(scope="module")
def local() -> Iterator[Local]:
    """A carrier that posts incoming texts to a house, with a Messaging Service."""
    with house_at_work() as house, carrier_at_work(house, "--service-sid", SERVICE) as found:
        yield found


Account = Callable[..., Settings]


@pytest.fixture
def account(local: Local, make_settings: Callable[..., Settings]) -> Account:
    """Settings that fit the carrier, but for what is named."""
    usual = {
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_BASE_URL": local.url,
        "ALLY_NUMBER": NUMBER,
    }
    return lambda **changes: make_settings(**{**usual, **changes})


def test_an_account_that_fits_is_well_and_a_wrong_clock_is_told(account: Account) -> None:
    found = {one.about: one.state for one in carrier.look_at_account(account(), now())}
    assert found == {"carrier": "ok", "clock": "ok"}
    finding = only(carrier.look_at_account(account(), now() + timedelta(minutes=5)), "clock")
    assert finding.state == "broken"
    assert "ahead of the carrier's" in finding.says
    assert "set-ntp" in finding.fix


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"TWILIO_AUTH_TOKEN": "another"}, "refuses the account's SID or token"),
        ({"TWILIO_BASE_URL": NOBODY}, "is not reached"),
    ],
)
def test_an_account_that_cannot_be_used_is_told(account: Account, changes: dict[str, str], says: str) -> None:
    finding = only(carrier.look_at_account(account(**changes), now()), "carrier")
    assert finding.state == "broken"
    assert finding.says.startswith(says)


def test_sender_and_campaign_are_looked_at(account: Account, local: Local) -> None:
    mine = account(ALLY_PUBLIC_URL=local.house.url)
    assert "posted elsewhere" in only(carrier.look_at_sender(mine), "number").says
    finding = only(carrier.look_at_sender(account(ALLY_NUMBER="+15125550199")), "number")
    assert "does not have ALLY_NUMBER" in finding.says
    served = account(TWILIO_MESSAGING_SERVICE_SID=SERVICE)
    assert {one.about: one.state for one in carrier.look_at_sender(served)} == {
        "number": "ok",
        "campaign": "ok",
    }
    lost = only(carrier.look_at_sender(account(TWILIO_MESSAGING_SERVICE_SID="MG" + "0" * 32)), "campaign")
    assert (lost.state, lost.fix) == ("broken", "correct TWILIO_MESSAGING_SERVICE_SID (MG...)")


# --- the way in ---


@contextmanager
def web(house: Installation, port: int) -> Iterator[None]:
    """The web process on a port, in a thread."""
    server = make_server("127.0.0.1", port, create_application(house.bot), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_way_in_lets_the_carrier_in_and_nobody_else(
    install: Install, make_settings: Callable[..., Settings]
) -> None:
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    told = {"ALLY_PUBLIC_URL": public, "TWILIO_BASE_URL": NOBODY, "ALLY_NUMBER": NUMBER}
    right = make_settings(**told, TWILIO_AUTH_TOKEN=TOKEN)
    finding = only(carrier.look_at_way_in(right), "public address")
    assert (finding.state, "is not reached" in finding.says) == ("broken", True)
    with web(install(ALLY_PUBLIC_URL=public), port):
        assert only(carrier.look_at_way_in(right), "public address").state == "ok"
        other = make_settings(**told, TWILIO_AUTH_TOKEN="another")
        finding = only(carrier.look_at_way_in(other), "public address")
        assert finding.says == "refuses the carrier's own signature"
    with house_at_work() as stranger:
        finding = only(carrier.look_at_way_in(_at(stranger, make_settings)), "public address")
        assert finding.says.startswith("lets unsigned posts in")


def _at(stranger: House, make_settings: Callable[..., Settings]) -> Settings:
    return make_settings(ALLY_PUBLIC_URL=stranger.url, TWILIO_BASE_URL=NOBODY, TWILIO_AUTH_TOKEN=TOKEN)


def test_texts_that_would_travel_readable_are_told(make_settings: Callable[..., Settings]) -> None:
    settings = make_settings(ALLY_PUBLIC_URL=NOBODY, TWILIO_AUTH_TOKEN=TOKEN)
    found = [one for one in carrier.look_at_way_in(settings) if "http" in one.says]
    assert [one.state for one in found] == ["broken"]

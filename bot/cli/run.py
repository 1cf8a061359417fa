"""`ally run`: everything on one machine, with the carrier on it where there is no Twilio account."""

import json
import os
import socket
from functools import partial
from pathlib import Path

import click
from dotenv import dotenv_values
from redis.exceptions import RedisError

from bot import workers
from bot.carrier.local.app import create_carrier
from bot.carrier.local.config import LocalConfig, Phone
from bot.carrier.local.misbehave import read as read_switches
from bot.carrier.local.server import CarrierServer
from bot.cli.first_run import ENV_FILE, missing_lines, write_env
from bot.cli.own_redis import HOW_TO_GET_REDIS, OwnRedis, find_program
from bot.cli.processes import Supervisor
from bot.cli.with_bot import open_bot
from bot.school.district import DEMO, DistrictRefused, demo_phones, load_district, read_district
from bot.store import schools
from bot.web.server import WebServer
from bot.wiring import Bot
from bot.words.yaml_tree import Fault


@click.command()
@click.option("--port", default=8080, show_default=True, help="Web: hooks, staff pages, health.")
@click.option("--phones-port", default=8081, show_default=True, help="The carrier on this machine.")
@click.option("--misbehave", default="{}", help="Switches for the carrier on this machine, as JSON.")
def run(port: int, phones_port: int, misbehave: str) -> None:
    """Start everything on this machine; Ctrl-C stops it."""
    _prepare_environment(port, phones_port)
    _refuse_taken_ports(port, phones_port)
    redis = _start_redis()
    try:
        bot = open_bot()
        _load_school(bot)
        supervisor = Supervisor()
        try:
            _start(supervisor, bot, port, phones_port, misbehave)
            _tell(bot, port, phones_port)
            supervisor.watch()
        finally:
            click.echo("\nStopping ...")
            supervisor.stop()
            bot.close()
    finally:
        if redis is not None:
            redis.stop()
    click.echo("All stopped.")


def _prepare_environment(port: int, phones_port: int) -> None:
    known = ENV_FILE.read_text(encoding="utf-8") if ENV_FILE.exists() else ""
    lines = missing_lines(os.environ, known, web_port=port, carrier_port=phones_port)
    if lines:
        write_env(ENV_FILE, lines)
        click.echo(
            f"Wrote keys to {ENV_FILE} (only you can read it; keep it: without it the data stays closed)."
        )
    if "TWILIO_BASE_URL" not in os.environ and "127.0.0.1" in (_known("TWILIO_BASE_URL") or ""):
        # The ports of today count, not those of the first run.
        os.environ["TWILIO_BASE_URL"] = f"http://127.0.0.1:{phones_port}"
        os.environ.setdefault("ALLY_PUBLIC_URL", f"http://127.0.0.1:{port}")


def _known(name: str) -> str | None:
    return os.environ.get(name) or dotenv_values(ENV_FILE).get(name)


def _refuse_taken_ports(*ports: int) -> None:
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise click.ClickException(
                    f"Port {port} is taken. Take others: ally run --port 8180 --phones-port 8181"
                ) from None


def _start_redis() -> OwnRedis | None:
    if _known("REDIS_URL"):
        return None
    program = find_program()
    if program is None:
        click.echo(HOW_TO_GET_REDIS)
        return None
    redis = OwnRedis(program, Path("var/redis"))
    try:
        redis.wait_until_it_answers()
    except RedisError:
        redis.stop()
        click.echo("Our own Redis did not start; the sweeper sends alone, a little later.")
        return None
    os.environ["REDIS_URL"] = redis.url
    return redis


def _load_school(bot: Bot) -> None:
    """The district of the settings at every start; the demo one once, where there is no school yet."""
    folder = bot.settings.district
    if folder is None:
        with bot.db.read() as session:
            if schools.every_school(session) or not bot.settings.is_local_carrier:
                return
        folder = DEMO
    try:
        load_district(bot.db, bot.vault, folder, bot.clock)
    except DistrictRefused as refused:
        raise click.ClickException(f"The district in {folder} cannot be loaded:\n{refused}") from None


def _start(supervisor: Supervisor, bot: Bot, port: int, phones_port: int, misbehave: str) -> None:
    if bot.settings.is_local_carrier:
        supervisor.add("carrier", partial(_carrier, bot, port, phones_port, misbehave))
    supervisor.add("web", partial(_web, bot, port))
    supervisor.add("sweeper", partial(_sweep, bot))
    if bot.settings.redis_url:
        for lane in ("replies", "broadcasts", "chores"):
            supervisor.add(lane, partial(_work, bot, lane))


def _carrier(bot: Bot, port: int, phones_port: int, misbehave: str) -> None:
    settings = bot.settings
    config = LocalConfig(
        inbound_url=f"http://127.0.0.1:{port}/twilio/inbound",
        number=settings.number,
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token.get_secret_value(),
        messaging_service_sid=settings.messaging_service_sid,
        phones=_phones(bot),
        stop_by=settings.stop_by,
        misbehaviour=read_switches(json.loads(misbehave)),
    )
    CarrierServer(partial(create_carrier, config), phones_port, threads=64).run()


def _phones(bot: Bot) -> tuple[Phone, ...]:
    """The invented people of the demo; a real district has none, and any number may be typed."""
    shown = demo_phones(read_district(bot.settings.district or DEMO))
    return tuple(Phone(one.number, one.language, one.name) for one in shown)


def _web(bot: Bot, port: int) -> None:
    WebServer(bot, port).run()


def _sweep(bot: Bot) -> None:
    bot.after_fork()
    bot.library.watch(_tell_fault)
    workers.sweep(bot)


def _work(bot: Bot, lane: str) -> None:
    bot.after_fork()
    workers.work(bot, lane)


def _tell_fault(fault: Fault) -> None:
    click.echo(f"{fault}\nThe last good version stays in force.", err=True)


def _tell(bot: Bot, port: int, phones_port: int) -> None:
    click.echo("\nAlly is running.\n")
    if bot.settings.is_local_carrier:
        click.echo(
            f"  Phones  http://127.0.0.1:{phones_port}/    three invented families; type as one of them"
        )
    click.echo(f"  Staff   http://127.0.0.1:{port}/")
    click.echo(f"  Health  http://127.0.0.1:{port}/health")
    click.echo("\nCtrl-C stops everything.")

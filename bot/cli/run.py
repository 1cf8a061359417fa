"""`ally run`: everything on one machine, with the carrier on it where there is no Twilio account."""

import json
import signal
from functools import partial
from pathlib import Path
from typing import Final, NoReturn

import click
from redis.exceptions import RedisError

from bot import log_lines
from bot.carrier.local.misbehave import MisbehaviourWrong
from bot.carrier.local.misbehave import read as read_switches
from bot.cli import roles
from bot.cli.demo_administrator import demo_invitation
from bot.cli.first_run import ENV_FILE, prepare
from bot.cli.own_redis import HOW_TO_GET_REDIS, OwnRedis, find_program
from bot.cli.processes import NotUp, Supervisor, is_free
from bot.cli.roles import Plan
from bot.cli.with_bot import open_bot
from bot.ports import Lane
from bot.school.district import DEMO, DistrictRefused, load_district
from bot.settings import setting
from bot.store import schools
from bot.wiring import Bot

LANES: Final[tuple[Lane, ...]] = ("replies", "broadcasts", "chores")


@click.command()
@click.option("--port", default=8080, show_default=True, help="Web: hooks, staff pages, health.")
@click.option("--phones-port", default=8081, show_default=True, help="The carrier on this machine.")
@click.option("--empty", is_flag=True, help="Without the demo district: begin with a school of your own.")
@click.option("--misbehave", default="{}", help="Switches for the carrier on this machine, as JSON.")
def run(port: int, phones_port: int, misbehave: str, *, empty: bool) -> None:
    """Start everything on this machine; Ctrl-C stops it."""
    log_lines.configure()
    _refuse_switches(misbehave)
    _refuse_taken_ports(port, phones_port)
    overrides = prepare(ENV_FILE, port, phones_port)
    redis = _start_redis()
    if redis is not None:
        overrides |= {"REDIS_URL": redis.url}
    try:
        bot = open_bot(overrides)
        _load_school(bot, with_demo=not empty)
        _serve(bot, Plan(bot.settings, port, phones_port, misbehave))
    finally:
        if redis is not None:
            redis.stop()
    click.echo("All stopped.")


def _refuse_switches(misbehave: str) -> None:
    try:
        read_switches(json.loads(misbehave))
    except (MisbehaviourWrong, ValueError) as wrong:
        raise click.ClickException(f"--misbehave: {wrong}") from None


def _refuse_taken_ports(*ports: int) -> None:
    for port in ports:
        if not is_free(port):
            raise click.ClickException(
                f"Port {port} is taken. Take others: ally run --port 8180 --phones-port 8181"
            )


def _start_redis() -> OwnRedis | None:
    if setting("REDIS_URL", ENV_FILE):
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
    return redis


def _load_school(bot: Bot, *, with_demo: bool) -> None:
    """The district of the settings at every start; the demo one once, where there is no school yet."""
    folder = bot.settings.district
    if folder is None:
        with bot.db.read() as session:
            if not with_demo or schools.every_school(session) or not bot.settings.is_local_carrier:
                return
        folder = DEMO
    try:
        load_district(bot.db, bot.vault, folder, bot.clock)
    except DistrictRefused as refused:
        raise click.ClickException(f"The district in {folder} cannot be loaded:\n{refused}") from None


def _serve(bot: Bot, plan: Plan) -> None:
    """Run all processes until Ctrl-C or SIGTERM, then end them in order."""
    supervisor = Supervisor()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _start(supervisor, bot, plan)
        _tell(bot, plan)
        supervisor.watch()
    except KeyboardInterrupt:
        pass
    except NotUp as not_up:
        raise click.ClickException(str(not_up)) from None
    finally:
        click.echo("\nStopping ...")
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        supervisor.stop()
        bot.close()


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _start(supervisor: Supervisor, bot: Bot, plan: Plan) -> None:
    """The carrier first: the sweeper asks it for texts that came while we were down."""

    def add(name: str, role: roles.Role, port: int | None = None) -> None:
        supervisor.add(name, roles.target(role, bot, plan, supervisor.start), port=port)

    if bot.settings.is_local_carrier:
        add("carrier", roles.carrier, plan.phones_port)
    add("web", roles.web, plan.port)
    add("sweeper", roles.sweeper)
    for lane in LANES if bot.settings.redis_url else ():
        add(lane, partial(roles.work, lane=lane))


def _tell(bot: Bot, plan: Plan) -> None:
    click.echo("\nAlly is running.\n")
    if bot.settings.is_local_carrier:
        click.echo(
            f"  Phones  http://127.0.0.1:{plan.phones_port}/    invented families; type as one of them"
        )
    click.echo(f"  Staff   http://127.0.0.1:{plan.port}/staff/")
    click.echo(f"  Health  http://127.0.0.1:{plan.port}/health")
    if link := demo_invitation(bot):
        click.echo(f"\nSign in as the demo's administrator, who sets a password first:\n  {link}")
    click.echo("\nCtrl-C stops everything.")

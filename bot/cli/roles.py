"""What the processes of `ally run` do, each in a process of its own."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Literal

import click

from bot import jobs, log_lines, workers
from bot.carrier.local.app import create_carrier
from bot.carrier.local.config import LocalConfig, Phone
from bot.carrier.local.misbehave import read as read_switches
from bot.carrier.local.server import CarrierServer
from bot.carrier.twilio.account import RETRY
from bot.carrier.twilio.contents import ContentApi, ContentRefused
from bot.outbox import whatsapp_push
from bot.ports import Lane
from bot.school.demo_phones import demo_phones
from bot.school.district import DEMO, read_district
from bot.settings import Settings
from bot.store import contents as stored
from bot.web.server import WebServer
from bot.wiring import Bot, build, contents
from bot.words.locales import LOCALES
from bot.words.yaml_tree import Fault

Start = Literal["fork", "spawn"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What every process must know; can be handed to a process that starts anew."""

    settings: Settings
    port: int
    phones_port: int
    misbehave: str = "{}"

    @property
    def inbound_url(self) -> str:
        """Where the carrier on this machine posts the texts of people."""
        return f"http://127.0.0.1:{self.port}/twilio/inbound{RETRY}"


Role = Callable[[Bot, Plan], None]


def target(role: Role, bot: Bot, plan: Plan, start: Start) -> Callable[[], None]:
    """What a process runs: a forked one goes on with this bot, one that starts anew builds its own."""
    return partial(_forked, role, bot, plan) if start == "fork" else partial(_anew, role, plan)


def _forked(role: Role, bot: Bot, plan: Plan) -> None:
    bot.after_fork()
    role(bot, plan)


def _anew(role: Role, plan: Plan) -> None:
    log_lines.configure()
    bot = build(plan.settings)
    bot.remember_flows()
    role(bot, plan)


def carrier(bot: Bot, plan: Plan) -> None:
    """The carrier on this machine, with the phones of some invented people."""
    settings = bot.settings
    config = LocalConfig(
        inbound_url=plan.inbound_url,
        number=settings.number,
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token.get_secret_value(),
        messaging_service_sid=settings.messaging_service_sid,
        phones=phones(settings),
        stop_by=settings.stop_by,
        misbehaviour=read_switches(json.loads(plan.misbehave)),
    )
    Thread(target=_fill, args=(bot,), daemon=True).start()
    CarrierServer(partial(create_carrier, config), plan.phones_port, threads=64).run()


def _fill(bot: Bot) -> None:
    """Buttons, lists and templates of WhatsApp: a carrier on this machine begins without any."""
    api, now = contents(bot.settings), bot.clock()
    while not _answers(api):
        time.sleep(0.2)  # nothing that costs time before it takes connections
    with bot.db.write() as session:
        stored.forget_all(session)
    every = whatsapp_push.wanted(bot.library.book, bot.settings.program, LOCALES)
    while any(one.fault for one in whatsapp_push.push(bot.db, api, every, now)):
        time.sleep(0.1)
    whatsapp_push.try_to_follow(bot.db, api, now)


def _answers(api: ContentApi) -> bool:
    try:
        api.approval("HX" + "0" * 32)
    except ContentRefused as refusal:
        return refusal.is_missing
    return True


def phones(settings: Settings) -> tuple[Phone, ...]:
    """The invented people of the demo; a real district has none, and any number may be typed."""
    district = read_district(settings.district or DEMO)
    shown = demo_phones(district.words, district.roster)
    return tuple(Phone(one.number, one.language, one.name) for one in shown)


def web(bot: Bot, plan: Plan) -> None:
    """Hooks, pages and health."""
    WebServer(bot, plan.port).run()


def sweeper(bot: Bot, _plan: Plan) -> None:
    """Whatever the doorbell did not bring about; tells of broken files, once for all processes."""
    bot.watch_files(_tell_fault)
    workers.sweep(bot)


def work(bot: Bot, _plan: Plan, *, lane: Lane) -> None:
    """One queue."""
    jobs.serve(bot)
    workers.work(bot, lane)


def _tell_fault(fault: Fault) -> None:
    click.echo(f"{fault}\nThe last good version stays in force.", err=True)

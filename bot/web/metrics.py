"""/metrics for Prometheus: computed from the database at each scrape, so that every process tells the same.

Labels are states, lanes, channels and names of our own processes; never a number, a name or a word.
"""

import hmac
import time
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_address
from typing import Any

from flask import Blueprint, Response, abort, current_app, request
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from bot.outbox import heartbeats
from bot.store import totals
from bot.web.bot_of import bot_of
from bot.web.health import Vitals, take_vitals
from bot.wiring import Bot

metrics = Blueprint("metrics", __name__)
EXTENSION = "ally-metrics"
KEPT = 15.0
"""Seconds that a process tells the totals of all time again: counting reads whole tables"""


class DatabaseCollector(Collector):
    """Asks the database when it is scraped."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._totals: list[Metric] = []
        self._totalled_at = 0.0

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """All we tell; while the database is away only that."""
        try:
            with self._bot.db.read() as session:
                told = [*_now(take_vitals(session, self._bot.clock(), self._bot.outbox.budget))]
                if not self._totals or time.monotonic() - self._totalled_at > KEPT:
                    sent, received = totals.outgoing(session), totals.received(session)
                    self._totals = [*_of_all_time(sent, received, totals.open_threads(session))]
                    self._totalled_at = time.monotonic()
        except SQLAlchemyError:
            yield _gauge("ally_database_up", "Whether the database answers", {(): 0.0})
            return
        yield _gauge("ally_database_up", "Whether the database answers", {(): 1.0})
        yield from [*told, *self._totals]


@metrics.get("/metrics")
def scrape() -> Response:
    """The metrics, for whoever has the token; without one set, for this machine alone."""
    if not _may_read(bot_of(current_app).settings.metrics_token.get_secret_value()):
        abort(404)
    registry: CollectorRegistry = current_app.extensions[EXTENSION]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def registry_of(bot: Bot) -> CollectorRegistry:
    """The registry of one web process; Python's own figures are of no use when many processes answer."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(DatabaseCollector(bot))
    return registry


def _may_read(token: str) -> bool:
    if token:
        told = request.authorization.token if request.authorization else None
        return hmac.compare_digest((told or "").encode(), token.encode())
    # Behind a proxy of this machine everybody's address is loopback.
    proxied = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "Via"))
    return not proxied and ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104 - not bound to


def _now(vitals: Vitals) -> Iterator[Metric]:
    heard = heartbeats.ages(vitals.beats, vitals.now)
    due = {(lane,): float(found.rows) for lane, found in vitals.waiting.items()}
    oldest = {(lane,): waited for lane, waited in vitals.oldest.items()}
    ages = {(name,): told for name, told in heard.items() if told is not None}
    yield _gauge("ally_due_texts", "Texts that are due and not taken", due, "lane")
    yield _gauge("ally_oldest_due_seconds", "How long the oldest of them waits", oldest, "lane")
    yield _gauge("ally_unknown_texts", "Nobody knows whether they went out", {(): float(vitals.unknown)})
    yield _gauge("ally_set_aside_texts", "Could not be written, three times", {(): float(vitals.set_aside)})
    yield _gauge("ally_heard_seconds_ago", "Since the last sign of life", ages, "process")
    if vitals.budget_used is not None:
        used, alarm = {(): vitals.budget_used}, {(): float(vitals.budget_alarm)}
        yield _gauge("ally_budget_used_ratio", "The part of the day's budget that is spent", used)
        yield _gauge("ally_budget_alarm", "80: texts to many wait; 100: answers wait too", alarm)
    yield _gauge("ally_armed", "0: restored, sends nothing", {(): float(vitals.disarmed_as_of is None)})


def _of_all_time(
    sent: dict[tuple[str, str], int], received: dict[str, int], waiting: int
) -> Iterator[Metric]:
    rows = {key: float(number) for key, number in sent.items()}
    yield _gauge("ally_outbox_rows", "Texts to people, by how far they came", rows, "lane", "state")
    inbound = CounterMetricFamily("ally_inbound_texts", "Texts from people", labels=["channel"])
    for channel, number in received.items():
        inbound.add_metric([channel], number)
    yield inbound
    yield _gauge("ally_open_threads", "Conversations that wait for a person", {(): float(waiting)})


def _gauge(name: str, about: str, values: Mapping[Any, float], *labels: str) -> Metric:
    family = GaugeMetricFamily(name, about, labels=labels)
    for label_values, value in values.items():
        family.add_metric(label_values, value)
    return family

"""Whether texts come in and go out: for a load balancer, a monitor, and the person on duty.

/health/live   this process answers: whoever restarts processes asks this
/health/ready  texts can be stored: a load balancer asks this and sends webhooks elsewhere on 503
/health        texts also go out in time: a monitor asks this and wakes a person on 503
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.outbox import heartbeats
from bot.outbox.caps import Budget, day_of
from bot.outbox.heartbeats import SWEEPER
from bot.store import arming, outbox, spending
from bot.store.outbox import Waiting
from bot.web.bot_of import bot_of

health = Blueprint("health", __name__, url_prefix="/health")
LATE = 300
"""Seconds a due text may wait before somebody must look"""
LANES = ("replies", "broadcasts")


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the database tells of the whole installation at one moment."""

    now: datetime
    waiting: dict[str, Waiting]
    unknown: int
    beats: dict[str, datetime | None]
    disarmed_as_of: datetime | None
    budget_alarm: int = 0
    """The highest alarm of the day: 0, 80 (texts to many wait) or 100 (answers wait too) per cent"""
    budget_used: float | None = None
    """The part of the day's budget that is spent; None: there is none"""
    set_aside: int = 0

    @property
    def oldest(self) -> dict[str, float]:
        """Seconds that the oldest due text of each lane has waited."""
        return {lane: age(found, self.now) for lane, found in self.waiting.items()}


def take_vitals(session: Session, now: datetime, budget: Budget | None) -> Vitals:
    """Everything that health and metrics tell."""
    spent = spending.so_far(session, budget.brand, day_of(now)) if budget else None
    return Vitals(
        now,
        {lane: outbox.waiting(session, lane, now) for lane in LANES},
        len(outbox.unknown_ids(session)),
        heartbeats.last_beats(session),
        arming.disarmed_as_of(session),
        budget_alarm=spent.told if spent else 0,
        budget_used=budget.used(spent) if budget and spent else None,
        set_aside=len(outbox.set_aside_ids(session)),
    )


def age(waiting: Waiting, now: datetime) -> float:
    """Seconds that the oldest due text has waited; never below zero."""
    return max(0.0, (now - waiting.oldest_due).total_seconds()) if waiting.oldest_due else 0.0


@health.get("/live")
def live() -> Response:
    """200 as long as this process answers at all."""
    return jsonify(alive=True)


@health.get("/ready")
def ready() -> tuple[Response, int]:
    """200 while the database answers: then a text that comes in is stored, and 503 otherwise."""
    bot = bot_of(current_app)
    try:
        with bot.db.read() as session:
            arming.disarmed_as_of(session)
    except SQLAlchemyError:
        return jsonify(database="away"), 503
    return jsonify(database="answers"), 200


@health.get("")
def tell() -> tuple[Response, int]:
    """200 while texts go out in time, else 503 with what is wrong in `problems`."""
    bot = bot_of(current_app)
    try:
        with bot.db.read() as session:
            vitals = take_vitals(session, bot.clock(), bot.outbox.budget)
    except SQLAlchemyError:
        return jsonify(database="away", problems=["database_away"]), 503
    problems = problems_of(vitals)
    report = {"database": "answers", "redis": _redis(), "problems": problems, **_numbers(vitals)}
    return jsonify(report), 503 if problems else 200


def problems_of(vitals: Vitals) -> list[str]:
    """What somebody must look at now. Redis is not among it: without it texts go out a little later."""
    silent = heartbeats.is_silent(SWEEPER, vitals.beats[SWEEPER], vitals.now)
    found = {
        "disarmed_nothing_is_sent": vitals.disarmed_as_of is not None,
        "sweeper_silent": silent,
        "budget_spent": vitals.budget_alarm >= 100,
        **{f"{lane}_late": waited > LATE for lane, waited in vitals.oldest.items()},
    }
    return [problem for problem, is_so in found.items() if is_so]


def _redis() -> str:
    bell = bot_of(current_app).bell
    if not bell.is_real:
        return "none: the sweeper sends"
    return "answers" if bell.answers() else "away: the sweeper sends"


def _numbers(vitals: Vitals) -> dict[str, Any]:
    return {
        "oldest_due_seconds": vitals.oldest,
        "due": {lane: found.rows for lane, found in vitals.waiting.items()},
        "unknown": vitals.unknown,
        "set_aside": vitals.set_aside,
        "heard_seconds_ago": heartbeats.ages(vitals.beats, vitals.now),
        "budget_used": vitals.budget_used,
        "armed": vitals.disarmed_as_of is None,
    }

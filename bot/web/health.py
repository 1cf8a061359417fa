"""Whether texts come in and go out: for a load balancer, and for the person on duty."""

from datetime import datetime

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from bot.store import outbox
from bot.store.outbox import Waiting
from bot.web.bot_of import bot_of

health = Blueprint("health", __name__)
LATE = 300
"""Seconds a due text may wait before we are not healthy"""
LANES = ("replies", "broadcasts")


@health.get("/health")
def tell() -> tuple[Response, int]:
    """200 while the database answers and no due text waits longer than five minutes, else 503."""
    bot = bot_of(current_app)
    try:
        with bot.db.read() as session:
            lanes = {lane: outbox.waiting(session, lane, bot.clock()) for lane in LANES}
            unknown = len(outbox.unknown_ids(session))
    except SQLAlchemyError:
        return jsonify(database="away"), 503
    oldest = {lane: _age(found, bot.clock()) for lane, found in lanes.items()}
    report = {
        "database": "answers",
        "doorbell": "rings" if bot.bell.is_real else "none: the sweeper sends",
        "oldest_due_seconds": oldest,
        "due": {lane: found.rows for lane, found in lanes.items()},
        "unknown": unknown,
    }
    return jsonify(report), 503 if max(oldest.values()) > LATE else 200


def _age(waiting: Waiting, now: datetime) -> float:
    """Seconds that the oldest due text has waited; never below zero."""
    return max(0.0, (now - waiting.oldest_due).total_seconds()) if waiting.oldest_due else 0.0

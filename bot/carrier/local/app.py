"""Puts one local carrier together as a Flask application."""

from datetime import UTC, datetime

from flask import Flask

from bot.carrier.local import guard
from bot.carrier.local.account import account
from bot.carrier.local.config import LocalConfig
from bot.carrier.local.contents import contents
from bot.carrier.local.control import control
from bot.carrier.local.later import Later
from bot.carrier.local.ledger import Ledger
from bot.carrier.local.messages import rest
from bot.carrier.local.misbehave import Dice
from bot.carrier.local.phones import phones
from bot.carrier.local.state import EXTENSION, LocalCarrier
from bot.carrier.local.webhooks import Poster
from bot.ports import Clock


def create_carrier(config: LocalConfig, clock: Clock | None = None) -> Flask:
    """A carrier with an empty ledger. It reaches nothing but the URLs it is given."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions[EXTENSION] = LocalCarrier(
        config=config,
        clock=clock or _now,
        ledger=Ledger(),
        later=Later(),
        poster=Poster(config.auth_token),
        dice=Dice(config.misbehaviour),
        phones=list(config.phones),
    )
    app.before_request(guard.only_this_machine)
    app.after_request(guard.with_policy)
    for blueprint in (rest, account, contents, control, phones):
        app.register_blueprint(blueprint)
    return app


def _now() -> datetime:
    return datetime.now(UTC)

"""Twilio's REST routes for messages: create, list, fetch."""

import hmac
import json
import math
import time
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, g, jsonify, request

from bot.carrier.local import media, receipts, resource
from bot.carrier.local.create import parse_address, taken
from bot.carrier.local.faults import broken_answer
from bot.carrier.local.ledger import Text
from bot.carrier.local.refusal import Refused
from bot.carrier.local.state import LocalCarrier, carrier

rest = Blueprint("rest", __name__, url_prefix=f"{resource.API}/Accounts/<account_sid>")

_MOST: Final = 1000
_USUAL: Final = 50


@rest.url_value_preprocessor
def keep_account(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Every route names the account; it is checked once, below."""
    g.account_sid = values.pop("account_sid", None) if endpoint and values else None


@rest.before_request
def only_the_account() -> None:
    """Basic auth with the account's SID and token. Raises Refused, answered as Twilio does."""
    told, config = request.authorization, carrier().config
    name = (told.username if told else None) or ""
    secret = (told.password if told else None) or ""
    if not (
        hmac.compare_digest(name.encode(), config.account_sid.encode())
        and hmac.compare_digest(secret.encode(), config.auth_token.encode())
    ):
        raise Refused(20003, "Authenticate", 401)
    if g.account_sid != config.account_sid:
        raise Refused(20404, "The requested resource was not found", 404)


@rest.errorhandler(Refused)
def refused(error: Refused) -> tuple[Response, int]:
    """Twilio's error JSON."""
    carrier().ledger.refuse(error.code)
    return jsonify(resource.error(error.status, error.code, error.words)), error.status


@rest.post("/Messages.json")
def create() -> Response:
    """Take one text, unless the switches or the form forbid it."""
    here = carrier()
    dice, asked_at = here.dice, here.clock()
    time.sleep(dice.seconds(dice.switches.latency_ms))
    if dice.throw(dice.switches.refuse_429):
        raise Refused(20429, "Too Many Requests", 429)
    text = taken(here, request.form, request.form.getlist("MediaUrl"))
    text.asked_at = asked_at
    answer = json.dumps(resource.message(text, here.config, just_created=True))
    here.ledger.add(text)
    receipts.begin(here, text)
    text.answered = dice.fate()
    if text.answered != "fine":
        return broken_answer(text.answered, answer, dice.switches.hang_seconds)
    return Response(answer, 201, mimetype="application/json")


@rest.get("/Messages/<sid>.json")
def fetch(sid: str) -> Response:
    """One text."""
    here = carrier()
    text = here.ledger.find(sid)
    if text is None or text.kind == "carrier_reply":
        raise Refused(20404, "The requested resource was not found", 404)
    return jsonify(resource.message(text, here.config))


rest.get("/Messages/<sid>/Media.json", endpoint="media_listing")(media.listing)
rest.get("/Messages/<sid>/Media/<file>", endpoint="media_fetch")(media.fetch)
rest.delete("/Messages/<sid>/Media/<file>", endpoint="media_delete")(media.delete)


@rest.get("/Messages.json")
def listing() -> Response:
    """Texts, newest first, by To, From and DateSent, page by page."""
    here = carrier()
    if here.dice.switches.list_unreadable:
        raise Refused(20503, "Service unavailable", 503)
    size = min(_MOST, max(1, request.args.get("PageSize", _USUAL, int)))
    number = max(0, request.args.get("Page", 0, int))
    found = _after_token(_filtered(here))
    shown, more = found[:size], None
    if len(found) > size:
        kept = {name: value for name, value in request.args.items() if name[:4] != "Page"}
        onward = {**kept, "PageSize": size, "Page": number + 1, "PageToken": f"PA{shown[-1].sid}"}
        more = f"{request.path}?{urlencode(onward)}"
    uri = request.full_path.rstrip("?")
    return jsonify(resource.page(shown, here.config, size=size, number=number, uri=uri, more=more))


def _filtered(here: LocalCarrier) -> list[Text]:
    """Newest first. With To or From of one person only that person's texts are looked at."""
    to, sender = request.args.get("To"), request.args.get("From")
    people = {side.number for side in map(parse_address, filter(None, (to, sender))) if side}
    people.discard(here.config.number)
    ledger = here.ledger
    texts = ledger.of_person(people.pop()) if len(people) == 1 else ledger.everything()
    return [
        text
        for text in reversed(texts)
        if text.kind != "carrier_reply" and _has_sides(text, to, sender) and _is_of_day(text)
    ]


def _has_sides(text: Text, to: str | None, sender: str | None) -> bool:
    prefix = "whatsapp:" if text.channel == "whatsapp" else ""
    ours, theirs = prefix + text.ours, prefix + text.theirs
    text_to, text_from = (ours, theirs) if text.kind == "received" else (theirs, ours)
    return (not to or to == text_to) and (not sender or sender == text_from)


def _is_of_day(text: Text) -> bool:
    """DateSent with its = < > forms; the documentation promises whole days and no more."""
    day = text.created_at.date().isoformat()
    exact, before, after = (
        (request.args.get(name) or "")[:10] for name in ("DateSent", "DateSent<", "DateSent>")
    )
    return (not exact or day == exact) and (not before or day <= before) and (not after or day >= after)


def _after_token(texts: list[Text]) -> list[Text]:
    last = carrier().ledger.find(request.args.get("PageToken", "")[2:])
    below = last.number if last else math.inf
    return [text for text in texts if text.number < below]

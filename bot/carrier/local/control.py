"""Routes for tests and the terminal: the ledger, the switches, a text typed by program."""

import re
from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from bot.carrier.local import misbehave
from bot.carrier.local.inbound import Typed, arrived, receive
from bot.carrier.local.ledger import Text
from bot.carrier.local.misbehave import Dice, MisbehaviourWrong
from bot.carrier.local.state import carrier
from bot.carrier.local.webhooks import was_taken

control = Blueprint("control", __name__, url_prefix="/_carrier")

_SENDER: Final = re.compile(r"[!-~][ -~]{0,30}")


class ControlRefused(Exception):
    """What was asked for makes no sense; the message says why."""


@control.errorhandler(ControlRefused)
@control.errorhandler(MisbehaviourWrong)
def refused(error: Exception) -> tuple[Response, int]:
    """The reason, as JSON."""
    return jsonify({"error": str(error)}), 400


@control.get("/ledger")
def show_ledger() -> Response:
    """Every text and what became of it; `?person=+1...` narrows it to one person."""
    ledger = carrier().ledger
    person = request.args.get("person")
    texts = ledger.of_person(person) if person else ledger.everything()
    after = request.args.get("after", 0, int)
    told = [as_json(text) for text in texts if text.number > after]
    return jsonify(
        {
            "sent": [text for text in told if text["kind"] == "sent"],
            "received": [text for text in told if text["kind"] == "received"],
            "carrier_replies": [text for text in told if text["kind"] == "carrier_reply"],
            "refused": {str(code): number for code, number in ledger.refused.items()},
        }
    )


@control.get("/counts")
def counts() -> Response:
    """The ledger in a few numbers; cheap enough to ask for often."""
    here = carrier()
    texts = here.ledger.everything()
    return jsonify(
        {
            "sent": sum(text.kind == "sent" for text in texts),
            "received": sum(text.kind == "received" for text in texts),
            "segments": here.ledger.segments,
            "cost": str(here.ledger.cost),
            "refused": sum(here.ledger.refused.values()),
            "waiting": here.later.waiting,
        }
    )


@control.post("/reset")
def reset() -> Response:
    """Forget every text and behave well again."""
    here = carrier()
    here.ledger.reset()
    here.dice = Dice(here.config.misbehaviour)
    return jsonify({"reset": True})


@control.post("/misbehave")
def set_misbehaviour() -> Response:
    """Replace all switches; `{}` means: behave well."""
    switches = misbehave.read(request.get_json(silent=True))
    carrier().dice = Dice(switches)
    return jsonify(switches.as_json())


@control.post("/inbound")
def inbound() -> Response:
    """A person writes; answers once the webhook was called, or at once with `"wait": false`."""
    told = request.get_json(silent=True)
    if not isinstance(told, dict):
        raise ControlRefused("an object with from and body is needed")
    wait = bool(told.pop("wait", True))
    text = receive(carrier(), _typed(told), request.host_url.rstrip("/"), wait=wait)
    return jsonify(as_json(text))


def as_json(text: Text) -> dict[str, Any]:
    """One text with everything the ledger knows."""
    return {
        "number": text.number,
        "kind": text.kind,
        "sid": text.sid,
        "channel": text.channel,
        "to": text.ours if text.kind == "received" else text.theirs,
        "from": text.theirs if text.kind == "received" else text.ours,
        "body": text.body,
        "status": text.status,
        "error_code": text.error_code,
        "created_at": text.created_at.isoformat(),
        "asked_at": text.asked_at.isoformat() if text.asked_at else None,
        "encoding": text.measure.encoding,
        "segments": text.measure.segments,
        "price": str(text.measure.price),
        "status_callback": text.status_callback,
        "answered": text.answered,
        "receipts": list(text.receipts),
        "media": list(text.media),
        "payload": text.payload,
        "taps": [[tap.payload, tap.label] for tap in text.taps],
        "opens": text.opens,
        "arrived": arrived(text),
        "attempts": [
            {
                "to_fallback": attempt.to_fallback,
                "status": attempt.status,
                "problem": attempt.problem,
                "taken": was_taken(attempt),
            }
            for attempt in text.attempts
        ],
    }


def _typed(told: Mapping[str, Any]) -> Typed:
    """Raises ControlRefused with the first field that makes no sense."""
    sender, channel = told.get("from"), told.get("channel", "sms")
    if not isinstance(sender, str) or not _SENDER.fullmatch(sender):
        raise ControlRefused("from: a number is needed")
    if channel not in ("sms", "whatsapp"):
        raise ControlRefused("channel: sms or whatsapp")
    return Typed(
        sender=sender,
        channel=channel,
        body=_text(told, "body") or "",
        payload=_text(told, "payload"),
        from_list=bool(told.get("from_list")),
        media=_media(told.get("media") or ()),
        has_location=bool(told.get("location")),
        name=_text(told, "name") or "",
        sid=_text(told, "sid"),
        copies=told["copies"] if isinstance(told.get("copies"), int) else 1,
        fields=_changes(told.get("fields", {})),
    )


def _text(told: Mapping[str, Any], name: str) -> str | None:
    value = told.get(name)
    if value is not None and not isinstance(value, str):
        raise ControlRefused(f"{name}: text is needed")
    return value


def _media(told: object) -> tuple[str, ...]:
    kinds = (told,) if isinstance(told, str) else told
    if not isinstance(kinds, list | tuple) or not all(isinstance(kind, str) for kind in kinds):
        raise ControlRefused("media: a list of media types is needed")
    return tuple(kinds)[:10]


def _changes(told: object) -> dict[str, str | None]:
    if not isinstance(told, dict):
        raise ControlRefused("fields: an object is needed")
    return {str(name): None if value is None else str(value) for name, value in told.items()}

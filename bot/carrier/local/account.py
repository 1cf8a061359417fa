"""The account of the local carrier as Twilio's API tells it: one number, one service, one campaign."""

import hmac
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from bot.carrier.local import resource
from bot.carrier.local.refusal import Refused
from bot.carrier.local.state import carrier

account = Blueprint("account", __name__)
_NONE: Final = "The requested resource was not found"


@account.errorhandler(Refused)
def refused(error: Refused) -> tuple[Response, int]:
    """Twilio's error JSON."""
    return jsonify(resource.error(error.status, error.code, error.words)), error.status


@account.before_request
def only_the_account() -> None:
    """Basic auth with the account's SID and token. Raises Refused."""
    told, config = request.authorization, carrier().config
    pair = ((told.username if told else None) or "", (told.password if told else None) or "")
    if not hmac.compare_digest(":".join(pair).encode(), f"{config.account_sid}:{config.auth_token}".encode()):
        raise Refused(20003, "Authenticate", 401)


@account.get(f"{resource.API}/Accounts/<sid>.json")
def tell(sid: str) -> Response:
    """The account."""
    if sid != carrier().config.account_sid:
        raise Refused(20404, _NONE, 404)
    return jsonify({"sid": sid, "status": "active", "type": "Full", "friendly_name": "This machine"})


@account.get(f"{resource.API}/Accounts/<sid>/IncomingPhoneNumbers.json")
def numbers(sid: str) -> Response:
    """Its one number, and where texts to it are posted."""
    config = carrier().config
    asked = request.args.get("PhoneNumber", config.number)
    mine = {
        "sid": "PN" + "0" * 32,
        "account_sid": sid,
        "phone_number": config.number,
        "capabilities": {"sms": True, "mms": True, "voice": False},
        "sms_url": config.inbound_url,
    }
    shown = [mine] if asked == config.number else []
    return jsonify({"incoming_phone_numbers": shown, "page": 0, "page_size": 50, "next_page_uri": None})


@account.get("/v1/Services/<sid>")
def service(sid: str) -> Response:
    """Its Messaging Service, if it has one."""
    _only_the_service(sid)
    return jsonify({"sid": sid, "account_sid": carrier().config.account_sid, "friendly_name": "This machine"})


@account.get("/v1/Services/<sid>/Compliance/Usa2p")
def campaigns(sid: str) -> Response:
    """A campaign that is approved."""
    _only_the_service(sid)
    told: dict[str, Any] = {"sid": "QE" + "0" * 32, "campaign_status": "VERIFIED"}
    return jsonify({"compliance": [told], "meta": {"key": "compliance", "next_page_url": None}})


def _only_the_service(sid: str) -> None:
    if sid != carrier().config.messaging_service_sid:
        raise Refused(20404, _NONE, 404)

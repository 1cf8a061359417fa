"""The account of the local carrier as Twilio's API tells it: one number, one service, one campaign."""

import hmac
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from bot.carrier.local import resource
from bot.carrier.local.refusal import Refused
from bot.carrier.local.state import carrier

account = Blueprint("account", __name__)
_NONE: Final = "The requested resource was not found"
_NUMBER_SID: Final = "PN" + "0" * 32


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
        "sid": _NUMBER_SID,
        "account_sid": sid,
        "phone_number": config.number,
        "capabilities": {"sms": True, "mms": True, "voice": False},
        "sms_url": _inbound_url(),
    }
    shown = [mine] if asked == config.number else []
    return jsonify({"incoming_phone_numbers": shown, "page": 0, "page_size": 50, "next_page_uri": None})


@account.get("/v1/Services/<sid>")
def service(sid: str) -> Response:
    """Its Messaging Service, if it has one."""
    _only_the_service(sid)
    told = {"sid": sid, "account_sid": carrier().config.account_sid, "friendly_name": "This machine"}
    return jsonify({**told, "inbound_request_url": None, "use_inbound_webhook_on_number": True})


@account.get("/v1/Services/<sid>/PhoneNumbers")
def numbers_of_service(sid: str) -> Response:
    """Its one number sends for the service."""
    _only_the_service(sid)
    mine = {"sid": _NUMBER_SID, "phone_number": carrier().config.number, "capabilities": ["SMS"]}
    return jsonify({"phone_numbers": [mine], "meta": {"key": "phone_numbers", "next_page_url": None}})


@account.get("/v1/Tollfree/Verifications")
def toll_free() -> Response:
    """The verification of a toll-free number, as far as the switches say."""
    state = carrier().dice.switches.toll_free
    shown = [] if state == "none" else [{"sid": "HH" + "0" * 32, "status": state}]
    return jsonify({"verifications": shown, "meta": {"key": "verifications", "next_page_url": None}})


@account.get("/v2/Channels/Senders")
def whatsapp_senders() -> Response:
    """Our number on WhatsApp, as far as the switches say."""
    here = carrier()
    state = here.dice.switches.whatsapp_sender
    mine = {
        "sid": "XE" + "0" * 32,
        "status": state,
        "sender_id": f"whatsapp:{here.config.number}",
        "webhook": {"callback_url": _inbound_url(), "callback_method": "POST"},
    }
    shown = [] if state == "none" else [mine]
    return jsonify({"senders": shown, "meta": {"key": "senders", "next_page_url": None}})


@account.get("/v1/Services/<sid>/Compliance/Usa2p")
def campaigns(sid: str) -> Response:
    """Its campaign, approved unless the switches say otherwise."""
    _only_the_service(sid)
    state = carrier().dice.switches.campaign
    told: list[dict[str, Any]] = [{"sid": "QE" + "0" * 32, "campaign_status": state}]
    shown = [] if state == "none" else told
    return jsonify({"compliance": shown, "meta": {"key": "compliance", "next_page_url": None}})


def _inbound_url() -> str:
    """Where texts are posted, as the account tells it."""
    here = carrier()
    return here.dice.switches.inbound_url or here.config.inbound_url


def _only_the_service(sid: str) -> None:
    if sid != carrier().config.messaging_service_sid:
        raise Refused(20404, _NONE, 404)

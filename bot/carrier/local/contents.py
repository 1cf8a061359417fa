"""Twilio's Content API: contents are created, and templates reviewed.

The resources: https://www.twilio.com/docs/content/content-api-resources
"""

import hmac
import re
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from bot.carrier.local import resource
from bot.carrier.local.content_resource import KNOWN, ContentResource, fault
from bot.carrier.local.ledger import new_sid
from bot.carrier.local.refusal import Refused
from bot.carrier.local.state import carrier

contents = Blueprint("contents", __name__, url_prefix="/v1/Content")

_NAME: Final = re.compile(r"[a-z0-9_]{1,512}")


@contents.errorhandler(Refused)
def refused(error: Refused) -> tuple[Response, int]:
    """Twilio's error JSON."""
    return jsonify(resource.error(error.status, error.code, error.words)), error.status


@contents.before_request
def only_the_account() -> None:
    """Basic auth with the account's SID and token. Raises Refused."""
    told, config = request.authorization, carrier().config
    secret = (told.password if told else None) or ""
    if not hmac.compare_digest(secret.encode(), config.auth_token.encode()):
        raise Refused(20003, "Authenticate", 401)


@contents.post("")
def create() -> tuple[Response, int]:
    """Make a content, unless its types are none that we know."""
    told = request.get_json(silent=True)
    types = told.get("types") if isinstance(told, dict) else None
    if not isinstance(types, dict) or not any(types.get(kind) for kind in KNOWN):
        raise Refused(20001, "Invalid parameter: types")
    if not isinstance(told, dict) or not told.get("language"):
        raise Refused(20001, "Invalid parameter: language")
    kept = {kind: value for kind, value in types.items() if value}
    made = ContentResource(new_sid("HX"), str(told.get("friendly_name", "")), str(told["language"]), kept)
    carrier().contents[made.sid] = made
    return jsonify(_as_json(made)), 201


@contents.post("/<sid>/ApprovalRequests/whatsapp")
def ask_approval(sid: str) -> tuple[Response, int]:
    """Hand it to WhatsApp: what may not be approved is refused at once, the rest is approved or waits."""
    made, told = _found(sid), request.get_json(silent=True) or {}
    if not _NAME.fullmatch(str(told.get("name", ""))):
        raise Refused(20001, "Invalid parameter: name")
    made.state, made.reason = carrier().dice.switches.approval, ""
    if why := fault(made):
        made.state, made.reason = "rejected", why
    approval = {"name": told["name"], "category": told.get("category"), "status": "received"}
    return jsonify({**approval, "rejection_reason": "", "allow_category_change": True}), 201


@contents.get("/<sid>/ApprovalRequests")
def approval(sid: str) -> Response:
    """How far the review is."""
    made = _found(sid)
    whatsapp = {"status": made.state, "rejection_reason": made.reason, "name": made.name}
    account = carrier().config.account_sid
    return jsonify({"sid": sid, "account_sid": account, "whatsapp": whatsapp, "url": request.path})


def _found(sid: str) -> ContentResource:
    made = carrier().contents.get(sid)
    if made is None:
        raise Refused(20404, "The requested resource was not found", 404)
    return made


def _as_json(made: ContentResource) -> dict[str, Any]:
    return {
        "sid": made.sid,
        "account_sid": carrier().config.account_sid,
        "friendly_name": made.name,
        "language": made.language,
        "variables": {},
        "types": made.types,
        "url": f"{request.path}/{made.sid}",
        "date_created": None,
        "date_updated": None,
        "links": {},
    }

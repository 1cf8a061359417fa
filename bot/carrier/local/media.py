"""Twilio's REST routes for media: list, fetch (by way of another address, as there) and delete.

The shape: https://www.twilio.com/docs/messaging/api/media-resource.
"""

import hashlib

from flask import Response, jsonify, redirect
from werkzeug.wrappers import Response as AnyResponse

from bot.carrier.local.config import LocalConfig
from bot.carrier.local.ledger import Text
from bot.carrier.local.refusal import Refused
from bot.carrier.local.state import carrier

API = "/2010-04-01"


def media_sid(sid: str, place: int) -> str:
    """The SID of one file of a text."""
    return f"ME{hashlib.sha256(f'{sid}/{place}'.encode()).hexdigest()[:32]}"


def media_uri(config: LocalConfig, sid: str, place: int) -> str:
    """Where one file is fetched."""
    return f"{API}/Accounts/{config.account_sid}/Messages/{sid}/Media/{media_sid(sid, place)}"


def listing(sid: str) -> Response:
    """The files of a text."""
    text, config = _text(sid), carrier().config
    files = [
        {
            "account_sid": config.account_sid,
            "content_type": text.media[place],
            "parent_sid": sid,
            "sid": media_sid(sid, place),
            "uri": f"{media_uri(config, sid, place)}.json",
        }
        for place in _here(text)
    ]
    return jsonify({"media_list": files, "page": 0, "page_size": 50, "next_page_uri": None})


def fetch(sid: str, file: str) -> AnyResponse:
    """One file: a short-lived address, as of an account that asks for a password on media."""
    return redirect(f"/media/{sid}/{_place(_text(sid), file)}", 307)


def delete(sid: str, file: str) -> Response:
    """Forget one file."""
    text = _text(sid)
    text.deleted.add(_place(text, file))
    carrier().ledger.mark(text)
    return Response(status=204)


def _text(sid: str) -> Text:
    text = carrier().ledger.find(sid)
    if text is None:
        raise Refused(20404, "The requested resource was not found", 404)
    return text


def _here(text: Text) -> list[int]:
    return [place for place in range(len(text.media)) if place not in text.deleted]


def _place(text: Text, file: str) -> int:
    for place in _here(text):
        if media_sid(text.sid, place) == file:
            return place
    raise Refused(20404, "The requested resource was not found", 404)

"""Twilio's JSON: one message, a page of messages, one error.

The shape: https://www.twilio.com/docs/messaging/api/message-resource.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Final

from bot.carrier.local.config import LocalConfig
from bot.carrier.local.ledger import Text
from bot.carrier.twilio.rest import address

API: Final = "/2010-04-01"


def message(text: Text, config: LocalConfig, *, just_created: bool = False) -> dict[str, Any]:
    """One text as Twilio's Message resource."""
    theirs, ours = address(text.theirs, text.channel), address(text.ours, text.channel)
    outbound = text.kind != "received"
    # A service picks the sender after it answered, so size and sender are not known yet.
    unsettled = just_created and text.messaging_service_sid is not None
    uri = f"{API}/Accounts/{config.account_sid}/Messages/{text.sid}"
    return {
        "account_sid": config.account_sid,
        "api_version": "2010-04-01",
        "body": text.body,
        "date_created": rfc2822(text.created_at),
        "date_sent": None if text.status in ("queued", "accepted") else rfc2822(text.created_at),
        "date_updated": rfc2822(text.created_at),
        "direction": "outbound-api" if outbound else "inbound",
        "error_code": text.error_code,
        "error_message": None,
        "from": ours if outbound else theirs,
        "messaging_service_sid": text.messaging_service_sid,
        "num_media": str(len(text.media or text.media_urls)),
        "num_segments": "0" if unsettled else str(text.measure.segments),
        "price": None if just_created else f"-{text.measure.price}",
        "price_unit": "USD",
        "sid": text.sid,
        "status": text.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": theirs if outbound else ours,
        "uri": f"{uri}.json",
    }


def page(
    texts: Sequence[Text], config: LocalConfig, *, size: int, number: int, uri: str, more: str | None
) -> dict[str, Any]:
    """One page of a list; `more` is the URI of the next page."""
    return {
        "messages": [message(text, config) for text in texts],
        "page": number,
        "page_size": size,
        "start": number * size,
        "end": number * size + max(0, len(texts) - 1),
        "uri": uri,
        "first_page_uri": uri,
        "next_page_uri": more,
        "previous_page_uri": None,
    }


def error(status: int, code: int, words: str) -> dict[str, Any]:
    """One refusal."""
    return {
        "code": code,
        "message": words,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def rfc2822(moment: datetime) -> str:
    """Whole seconds, as `Tue, 24 Nov 2026 01:41:36 +0000`."""
    return format_datetime(moment.astimezone(UTC))

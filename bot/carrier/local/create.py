"""A create call: is it allowed, and if so the text it makes."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bot.carrier.local.content_resource import Filled, filled
from bot.carrier.local.ledger import Text, new_sid
from bot.carrier.local.prices import measure
from bot.carrier.local.refusal import Refused
from bot.carrier.local.state import LocalCarrier
from bot.ports import Channel

_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_LONGEST: Final = 1600
_MOST_MEDIA: Final = 10


@dataclass(frozen=True, slots=True)
class Address:
    """One side of a text."""

    channel: Channel
    number: str


def taken(carrier: LocalCarrier, form: Mapping[str, str], media_urls: Sequence[str] = ()) -> Text:
    """The text this form asks for, not yet in the ledger. Raises Refused."""
    to = _to(form)
    urls = _media_urls(to, media_urls)
    service = form.get("MessagingServiceSid") or None
    _check_sender(carrier, form, service)
    shown = _shown(carrier, form)
    callback = form.get("StatusCallback") or None
    if callback and not _is_reachable(callback):
        raise Refused(21609, "The 'StatusCallback' URL is not a valid URL.")
    if to.channel == "sms" and carrier.ledger.is_blocked(carrier.config.number, to.number):
        raise Refused(21610, "Attempt to send to unsubscribed recipient")
    return Text(
        kind="sent",
        channel=to.channel,
        ours=carrier.config.number,
        theirs=to.number,
        body=shown.body,
        created_at=carrier.clock(),
        measure=measure(shown.body, to.channel, media="out" if urls else None),
        sid=new_sid("MM" if urls and to.channel == "sms" else "SM"),
        media_urls=urls,
        status="accepted" if service else "queued",
        status_callback=callback,
        messaging_service_sid=service,
        taps=shown.taps if to.channel == "whatsapp" else (),
        opens=shown.opens if to.channel == "whatsapp" else "",
        is_template=shown.is_template,
    )


def parse_address(told: str) -> Address | None:
    """Channel and E.164 number of `+1555...` or `whatsapp:+1555...`; None when it is neither."""
    number = told.removeprefix("whatsapp:")
    if not _E164.fullmatch(number):
        return None
    return Address("sms" if number == told else "whatsapp", number)


def _to(form: Mapping[str, str]) -> Address:
    told = form.get("To")
    if not told:
        raise Refused(21604, "A 'To' phone number is required.")
    to = parse_address(told)
    if to is None:
        raise Refused(21211, "The 'To' number is not a valid phone number.")
    return to


def _check_sender(carrier: LocalCarrier, form: Mapping[str, str], service: str | None) -> None:
    sender = form.get("From")
    if not sender and not service:
        raise Refused(21603, "A 'From' phone number is required.")
    if service and carrier.config.messaging_service_sid != service:
        raise Refused(21701, "The Messaging Service does not exist.", 404)
    if sender:
        address = parse_address(sender)
        if address is None or address.number != carrier.config.number:
            raise Refused(21659, "The 'From' number is not a Twilio phone number of this account.")
        if address.channel != ("whatsapp" if form["To"].startswith("whatsapp:") else "sms"):
            raise Refused(63007, "Could not find a Channel with the specified From address.")


def _shown(carrier: LocalCarrier, form: Mapping[str, str]) -> Filled:
    """The text itself, or a content with its variables filled."""
    sid = form.get("ContentSid")
    if not sid:
        return Filled(_body(form), (), is_template=False)
    made = carrier.contents.get(sid)
    if made is None:
        raise Refused(21655, "The ContentSid is invalid.")
    try:
        told = json.loads(form.get("ContentVariables") or "{}")
        values = {str(name): str(value) for name, value in told.items()}
    except (ValueError, AttributeError):
        raise Refused(21656, "The ContentVariables parameter is invalid.") from None
    if made.state == "approved" and any("\n" in value for value in values.values()):
        raise Refused(21656, "A template's variables may hold no new line.")
    return filled(made, values)


def _media_urls(to: Address, told: Sequence[str]) -> tuple[str, ...]:
    """WhatsApp takes the first alone (https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages)."""
    if len(told) > _MOST_MEDIA:
        raise Refused(21623, "Number of media files exceeds allowed limit.")
    if not all(_is_reachable(url) for url in told):
        raise Refused(21620, "Invalid media URL(s).")
    return tuple(told[:1] if to.channel == "whatsapp" else told)


def _body(form: Mapping[str, str]) -> str:
    body = form.get("Body", "")
    if not body:
        raise Refused(21602, "Message body is required.")
    if len(body) > _LONGEST:
        raise Refused(21617, "The concatenated message body exceeds the 1600 character limit.")
    return body


def _is_reachable(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "_" not in parts.netloc

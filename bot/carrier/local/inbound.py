"""A person types: the text is written down, the opt-out words are heeded, our webhook is called.

Fields of the form: https://www.twilio.com/docs/messaging/guides/webhook-request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bot.carrier.local import optout
from bot.carrier.local.ledger import Text, new_sid
from bot.carrier.local.media import media_uri
from bot.carrier.local.prices import measure
from bot.carrier.local.state import LocalCarrier
from bot.carrier.local.webhooks import was_taken
from bot.carrier.twilio.rest import address
from bot.ports import Channel

LATITUDE: Final = "30.2672"
LONGITUDE: Final = "-97.7431"
"""The middle of a city: the place every made-up location shows."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person does on a phone."""

    sender: str
    body: str = ""
    channel: Channel = "sms"
    payload: str | None = None
    """Of a tapped button; the body is then its label"""
    from_list: bool = False
    """Tapped in a list, not on a button"""
    media: tuple[str, ...] = ()
    """Media types, e.g. image/png"""
    has_location: bool = False
    name: str = ""
    sid: str | None = None
    """To send the same message again"""
    copies: int = 1
    """How many times the webhook is called at once for this one message"""
    fields: Mapping[str, str | None] = field(default_factory=dict)
    """Changes to the signed form, None takes a field away: signed nonsense for tests"""


def receive(carrier: LocalCarrier, typed: Typed, base_url: str, *, wait: bool = False) -> Text:
    """Write the text down and call the webhook, in the background unless `wait`.

    `base_url` is where this carrier can be reached, for media.
    """
    text = _written(carrier, typed)
    word = optout.handled(
        carrier.config.stop_by, typed.channel, typed.body, carrier.ledger, text.ours, text.theirs
    )
    form = _form(carrier, typed, text, word, base_url)
    if word:
        _answer_as_carrier(carrier, text, word)
    jobs = [partial(_post, carrier, text, form) for _ in range(max(1, min(typed.copies, 100)))]
    if wait and len(jobs) == 1:
        jobs[0]()
    else:
        for job in jobs:
            carrier.later.after(0, job)
    return text


def _written(carrier: LocalCarrier, typed: Typed) -> Text:
    known = carrier.ledger.find(typed.sid) if typed.sid else None
    if known:
        return known
    text = Text(
        kind="received",
        channel=typed.channel,
        ours=carrier.config.number,
        theirs=typed.sender,
        body=typed.body,
        created_at=carrier.clock(),
        measure=measure(typed.body, typed.channel, media="in" if typed.media else None),
        sid=typed.sid or new_sid("MM" if typed.media else "SM"),
        status="received",
        media=typed.media,
        payload=typed.payload,
        has_location=typed.has_location,
    )
    carrier.ledger.add(text)
    return text


def _answer_as_carrier(carrier: LocalCarrier, text: Text, word: optout.Word) -> None:
    answer = optout.ANSWERS[word]
    carrier.ledger.add(
        Text(
            kind="carrier_reply",
            channel=text.channel,
            ours=text.ours,
            theirs=text.theirs,
            body=answer,
            created_at=carrier.clock(),
            measure=measure(answer, text.channel),
            sid=new_sid(),
            status="delivered",
        )
    )


def _post(carrier: LocalCarrier, text: Text, form: Mapping[str, str]) -> None:
    attempts = carrier.poster.deliver(carrier.config.inbound_url, form, carrier.config.fallback_url)
    text.attempts.extend(attempts)
    carrier.ledger.mark(text)


def arrived(text: Text) -> bool | None:
    """Whether the webhook took the text; None while nobody knows yet."""
    return any(was_taken(attempt) for attempt in text.attempts) if text.attempts else None


def _form(
    carrier: LocalCarrier, typed: Typed, text: Text, word: optout.Word | None, base_url: str
) -> dict[str, str]:
    form = {
        "ToCountry": "US",
        "FromCountry": "US",
        "SmsMessageSid": text.sid,
        "NumMedia": str(len(typed.media)),
        "SmsSid": text.sid,
        "SmsStatus": "received",
        "Body": typed.body,
        "To": address(text.ours, typed.channel),
        "NumSegments": str(text.measure.segments),
        "MessageSid": text.sid,
        "AccountSid": carrier.config.account_sid,
        "From": address(text.theirs, typed.channel),
        "ApiVersion": "2010-04-01",
    }
    if carrier.config.messaging_service_sid:
        form["MessagingServiceSid"] = carrier.config.messaging_service_sid
    if word and carrier.config.stop_by == "advanced":
        form["OptOutType"] = word
    for index, kind in enumerate(typed.media):
        form[f"MediaUrl{index}"] = f"{base_url}{media_uri(carrier.config, text.sid, index)}"
        form[f"MediaContentType{index}"] = kind
    if typed.channel == "whatsapp":
        form |= _whatsapp_fields(typed)
    return _changed(form, typed.fields)


def _whatsapp_fields(typed: Typed) -> dict[str, str]:
    kind = "interactive" if typed.payload else "location" if typed.has_location else "text"
    form = {
        "ProfileName": typed.name or "Somebody",
        "WaId": typed.sender.removeprefix("+"),
        "MessageType": "image" if typed.media else kind,
        "Forwarded": "false",
        "FrequentlyForwarded": "false",
    }
    if typed.payload and typed.from_list:
        form |= {"ListId": typed.payload, "ListTitle": typed.body}
    elif typed.payload:
        form |= {"ButtonPayload": typed.payload, "ButtonText": typed.body}
    if typed.has_location:
        form |= {"Latitude": LATITUDE, "Longitude": LONGITUDE}
    return form


def _changed(form: dict[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    merged = {**form, **changes}
    # What is no Unicode cannot be put into a form; the network would have mended it on the way.
    return {
        name: value.encode("utf-8", "replace").decode("utf-8")
        for name, value in merged.items()
        if value is not None
    }

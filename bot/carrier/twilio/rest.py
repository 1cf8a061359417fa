"""Texts out through Twilio's REST API, and the API's own list of what went and came.

A create has no idempotency key (https://www.twilio.com/docs/api/errors/20500), so the outcome of
every call is one of three: a SID that is proven ours, certainly not accepted, or uncertain.
"""

import json
import os
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import requests
from twilio.base.exceptions import TwilioException
from twilio.base.values import unset
from twilio.rest import Client
from twilio.rest.api.v2010.account.message import MessageInstance

from bot.carrier.twilio.answers import failure
from bot.carrier.twilio.transport import TWILIO_URL, Timeouts, Transport
from bot.ports import CarrierRecord, Channel, NotAccepted, Outgoing, Uncertain

_SID: Final = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
_WHATSAPP: Final = "whatsapp:"
_TRIAL_PREFIX: Final = "Sent from your Twilio trial account - "
_PAGE: Final = 100
_UNREADABLE: Final = (TypeError, ValueError, AttributeError, LookupError)
"""What the SDK raises when an answer is not the JSON it expects."""


class TwilioCarrier:
    """Keeps `bot.ports.Carrier` with a Twilio account, or with the carrier on this machine.

    One SDK client per thread and process: the SDK hands back `self`'s last response, so two
    threads on one client could read each other's SID.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        *,
        base_url: str = TWILIO_URL,
        sender: str | None,
        messaging_service_sid: str | None,
        status_callback: str,
        timeouts: Timeouts | None = None,
    ) -> None:
        if not sender and not messaging_service_sid:
            raise ValueError("a sender number or a Messaging Service is needed")
        self._account_sid = account_sid
        self._auth_token = auth_token
        self._base_url = base_url
        self._sender = sender
        self._messaging_service_sid = messaging_service_sid
        self._status_callback = status_callback
        self._timeouts = timeouts or Timeouts()
        self._local = threading.local()

    def send(self, message: Outgoing) -> str:
        """Hand over one text and return its SID. Raises NotAccepted or Uncertain (see bot.ports)."""
        fields = self._create_fields(message)
        client, transport = self._client()
        try:
            answer = client.messages.create(**fields)
        except (requests.RequestException, TwilioException, *_UNREADABLE) as error:
            raise failure(error, transport.last_headers) from error
        return _proven_sid(answer, message)

    def sent_to(self, number: str, since: datetime, channel: Channel) -> Sequence[CarrierRecord]:
        """What went to this number since then, newest first. Raises Uncertain if unreadable.

        Asks by To and From alone: a DateSent filter would hide texts that are still queued.
        """
        sender = address(self._sender, channel) if self._sender else None
        return list(self._records(since, to=address(number, channel), sender=sender, inbound=False))

    def message(self, sid: str) -> CarrierRecord | None:
        """One text as it stands now; None where the account has none of this SID. Raises Uncertain."""
        client, _ = self._client()
        try:
            return _record(client.messages(sid).fetch())
        except (requests.RequestException, TwilioException, *_UNREADABLE) as error:
            if getattr(error, "status", None) == 404:
                return None
            raise Uncertain(f"the carrier could not be asked: {type(error).__name__}") from error

    def received_since(self, since: datetime) -> Sequence[CarrierRecord]:
        """What people sent to us since then, newest first. Raises Uncertain if unreadable."""
        if not self._sender:
            return list(self._records(since, inbound=True))
        both = [
            record
            for channel in ("sms", "whatsapp")
            for record in self._records(since, to=address(self._sender, channel), inbound=True)
        ]
        return sorted(both, key=lambda record: record.created_at, reverse=True)

    def _create_fields(self, message: Outgoing) -> dict[str, Any]:
        try:
            message.body.encode("utf-8")
        except UnicodeEncodeError:
            raise NotAccepted(None, "the text holds a lone surrogate and cannot be sent") from None
        fields: dict[str, Any] = {
            "to": address(message.to, message.channel),
            "status_callback": f"{self._status_callback}?m={message.row_id}",
            **_said(message),
        }
        if message.valid_for is not None:
            # Whole seconds from 1 to 36,000, https://www.twilio.com/docs/api/errors/90007
            fields["validity_period"] = str(max(1, min(36_000, message.valid_for)))
        if message.picture_url is not None:
            fields["media_url"] = [message.picture_url]
        if self._sender:
            fields["from_"] = address(self._sender, message.channel)
        if self._messaging_service_sid:
            fields["messaging_service_sid"] = self._messaging_service_sid
        return fields

    def _records(
        self, since: datetime, *, inbound: bool, to: str | None = None, sender: str | None = None
    ) -> Iterator[CarrierRecord]:
        # The carrier tells whole seconds, so a text of the same second may look older than `since`.
        floor = since.astimezone(UTC).replace(microsecond=0)
        client, _ = self._client()
        try:
            for found in client.messages.stream(to=to or unset, from_=sender or unset, page_size=_PAGE):
                if _created_at(found) < floor:
                    return
                if str(found.direction).startswith("inbound") == inbound:
                    yield _record(found)
        except (requests.RequestException, TwilioException, *_UNREADABLE) as error:
            reason = type(error).__name__
            raise Uncertain(f"the carrier's list could not be read: {reason}") from error

    def _client(self) -> tuple[Client, Transport]:
        held = getattr(self._local, "held", None)
        # A fork inherits the thread's client and its open sockets; sharing those mixes up answers.
        if held is None or held[0] != os.getpid():
            transport = Transport(self._base_url, self._timeouts)
            client = Client(self._account_sid, self._auth_token, http_client=transport)
            held = self._local.held = (os.getpid(), client, transport)
        return held[1], held[2]


def address(number: str, channel: str) -> str:
    """The number as Twilio writes it on this channel."""
    return f"{_WHATSAPP}{number}" if channel == "whatsapp" else number


def _said(message: Outgoing) -> dict[str, str]:
    """The words, or the content that holds them: https://www.twilio.com/docs/content/send-templates."""
    if message.content is None:
        return {"body": message.body}
    variables = json.dumps(dict(message.content.variables), ensure_ascii=False)
    return {"content_sid": message.content.sid, "content_variables": variables}


def _proven_sid(answer: MessageInstance, message: Outgoing) -> str:
    """The answer's SID, once the answer is shown to be about this very text. Raises Uncertain."""
    sid, to, body = answer.sid, answer.to, answer.body
    if not isinstance(sid, str) or not _SID.fullmatch(sid):
        raise Uncertain("the carrier's answer carries no SID")
    if to != address(message.to, message.channel):
        raise Uncertain("the carrier's answer is about another number")
    if message.content is not None and not body:
        return sid  # the carrier may fill a content after it has answered
    told = body if isinstance(body, str) else ""
    if not same_text(told, message.body) and not (message.content and holds_text(told, message.body)):
        raise Uncertain("the carrier's answer is about another text")
    return sid


def holds_text(told: str, sent: str) -> bool:
    """Whether a text of ours stands in what the carrier tells, as in a template's frame."""
    letters = _letters(sent)
    return bool(letters) and letters in _letters(told)


def same_text(told: str, sent: str) -> bool:
    """Whether both are one text as far as a carrier may change it.

    White space is trimmed, a trial account adds a prefix, and a Messaging Service with smart encoding
    puts plain quotes, dashes and dots in the place of others: letters and digits stay
    (https://www.twilio.com/docs/messaging/services#smart-encoding).
    """
    told, sent = told.removeprefix(_TRIAL_PREFIX), sent.removeprefix(_TRIAL_PREFIX)
    if told.split() == sent.split():
        return True
    letters = _letters(sent)
    return bool(letters) and _letters(told) == letters


def _letters(text: str) -> str:
    whole = unicodedata.normalize("NFKC", text)
    return "".join(one for one in whole if unicodedata.category(one)[0] in "LMN")


def _created_at(found: MessageInstance) -> datetime:
    created = found.date_created
    if not isinstance(created, datetime):
        raise TypeError("date_created is missing")
    return created if created.tzinfo else created.replace(tzinfo=UTC)


def _record(found: Any) -> CarrierRecord:
    to, sender = str(found.to or ""), str(found.from_ or "")
    return CarrierRecord(
        sid=str(found.sid),
        to=to.removeprefix(_WHATSAPP),
        sender=sender.removeprefix(_WHATSAPP),
        body=str(found.body or ""),
        status=str(found.status),
        created_at=_created_at(found),
        channel="whatsapp" if _WHATSAPP in (to[: len(_WHATSAPP)], sender[: len(_WHATSAPP)]) else "sms",
        error_code=found.error_code,
    )

"""What Twilio's API tells of an account before any text is sent: its sender, its campaign, its clock.

Reads only. The resources: https://www.twilio.com/docs/iam/api/account,
https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource,
https://www.twilio.com/docs/messaging/api/service-resource,
https://www.twilio.com/docs/messaging/api/usapptoperson-resource,
https://www.twilio.com/docs/messaging/api/tollfree-verification-resource,
https://www.twilio.com/docs/whatsapp/api/senders
"""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from bot.carrier.twilio.transport import TWILIO_URL, Timeouts, Transport

RETRY: Final = "#rc=3&rp=all&rt=4000"
"""How a carrier is to call us, behind the address of a webhook: three more tries, whatever went wrong, four
seconds for each answer. https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides"""
_TIMEOUTS = Timeouts(connect=5.0, read=10.0)


class AccountUnreadable(Exception):
    """The carrier did not tell; `status` is that of its answer, None when it was not reached."""

    def __init__(self, words: str, status: int | None = None) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True)
class Account:
    """The account itself."""

    state: str
    """active, suspended or closed"""
    is_trial: bool
    carriers_clock: datetime | None
    """What time it is at the carrier, in whole seconds"""


@dataclass(frozen=True, slots=True)
class Sender:
    """A number of the account."""

    takes_sms: bool
    inbound_url: str
    """Where its incoming texts are posted to"""
    sid: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A Messaging Service."""

    numbers: tuple[str, ...]
    """Those it sends from, E.164"""
    inbound_url: str
    uses_numbers_url: bool
    """Incoming texts are posted where the number says, not where the service says"""


@dataclass(frozen=True, slots=True)
class WhatsappSender:
    """Our number on WhatsApp."""

    state: str
    """ONLINE once it sends, e.g. CREATING, OFFLINE, PENDING_VERIFICATION before"""
    inbound_url: str


class AccountApi:
    """Looks at one account, or at that of the carrier on this machine."""

    def __init__(self, account_sid: str, auth_token: str, base_url: str = TWILIO_URL) -> None:
        self._sid = account_sid
        self._transport = Transport(base_url, _TIMEOUTS)
        self._client = Client(account_sid, auth_token, http_client=self._transport)

    def account(self) -> Account:
        """The account. Raises AccountUnreadable; its status is 401 for a wrong SID or token."""
        found = self._asked(lambda: self._client.api.v2010.accounts(self._sid).fetch())
        told = self._transport.last_headers.get("Date")
        clock = parsedate_to_datetime(told) if told else None
        return Account(str(found.status), str(found.type).lower() == "trial", clock)

    def sender(self, number: str) -> Sender | None:
        """The number (E.164) as the account has it; None where it has none. Raises AccountUnreadable."""
        found = self._asked(lambda: self._client.incoming_phone_numbers.list(phone_number=number, limit=20))
        for one in found:
            if one.phone_number == number:
                takes_sms = bool((one.capabilities or {}).get("sms"))
                return Sender(takes_sms, str(one.sms_url or ""), str(one.sid))
        return None

    def service(self, service_sid: str) -> Service:
        """A Messaging Service. Raises AccountUnreadable; its status is 404 where there is none."""
        there = self._client.messaging.v1.services(service_sid)
        found = self._asked(there.fetch)
        numbers = self._asked(lambda: there.phone_numbers.list(limit=400))
        return Service(
            tuple(str(one.phone_number) for one in numbers),
            str(found.inbound_request_url or ""),
            bool(found.use_inbound_webhook_on_number),
        )

    def toll_free(self, number_sid: str) -> str:
        """How far the verification of a toll-free number is, e.g. TWILIO_APPROVED; "" where there is none.

        Raises AccountUnreadable.
        """
        asked = self._client.messaging.v1.tollfree_verifications
        found = self._asked(lambda: asked.list(tollfree_phone_number_sid=number_sid, limit=1))
        return str(found[0].status) if found else ""

    def whatsapp_sender(self, number: str) -> WhatsappSender | None:
        """The number (E.164) as WhatsApp has it; None where it is no sender. Raises AccountUnreadable."""
        found = self._asked(
            lambda: self._client.messaging.v2.channels_senders.list(channel="whatsapp", limit=200)
        )
        for one in found:
            if one.sender_id == f"whatsapp:{number}":
                # The SDK gives a dict or an object, by its version.
                hook: Any = one.webhook or {}
                url = hook.get("callback_url") if isinstance(hook, dict) else hook.callback_url
                return WhatsappSender(str(one.status), str(url or ""))
        return None

    def campaigns(self, service_sid: str) -> list[str]:
        """States of the US A2P 10DLC campaigns of a Messaging Service: VERIFIED, IN_PROGRESS, FAILED ...

        Raises AccountUnreadable; its status is 404 where the account has no such service.
        """
        service = self._client.messaging.v1.services(service_sid)
        self._asked(service.fetch)
        return [str(one.campaign_status) for one in self._asked(service.us_app_to_person.list)]

    def _asked(self, ask: Any) -> Any:
        try:
            return ask()
        except TwilioRestException as error:
            raise AccountUnreadable(f"it answered {error.status}", error.status) from error
        except (requests.RequestException, TwilioException, TypeError, ValueError, AttributeError) as error:
            raise AccountUnreadable(type(error).__name__) from error

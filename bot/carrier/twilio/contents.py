"""Makes WhatsApp contents through Twilio's Content API and follows WhatsApp's approval of templates.

The resources: https://www.twilio.com/docs/content/content-api-resources
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from bot.carrier.twilio.transport import TWILIO_URL, Timeouts, Transport
from bot.words.tappable import BUTTONS, ROWS

UTILITY: Final = "UTILITY"
"""The only category we ask for: marketing templates are not delivered in the US since April 2025"""


class ContentRefused(Exception):
    """The carrier did not do what was asked; the message says why, in its words.

    `is_missing`: it does not have this content.
    """

    def __init__(self, words: str, *, is_missing: bool = False) -> None:
        super().__init__(words)
        self.is_missing = is_missing


@dataclass(frozen=True, slots=True)
class Draft:
    """A content to be made. `types` as the Content API takes them."""

    name: str
    language: str
    """As WhatsApp writes it, e.g. zh_CN"""
    types: Mapping[str, Any]
    samples: Mapping[str, str]
    """A value for each variable; WhatsApp's reviewers read them"""


@dataclass(frozen=True, slots=True)
class Approval:
    """What WhatsApp says of a template."""

    state: str
    reason: str


class ContentApi:
    """The Content API of one account, or of the carrier on this machine."""

    def __init__(self, account_sid: str, auth_token: str, base_url: str = TWILIO_URL) -> None:
        self._account = (account_sid, auth_token, base_url)

    @cached_property
    def _client(self) -> Client:
        """Made at the first call: an installation without an account has none."""
        sid, token, base_url = self._account
        return Client(sid, token, http_client=Transport(base_url, Timeouts()))

    def create(self, draft: Draft) -> str:
        """Make a content and return its SID. Raises ContentRefused."""
        asked = ContentList.ContentCreateRequest(
            {
                "friendly_name": draft.name,
                "language": draft.language,
                "variables": dict(draft.samples),
                "types": dict(draft.types),
            }
        )
        try:
            made = self._client.content.v1.contents.create(asked)
        except (TwilioException, requests.RequestException) as error:
            raise _refused(error) from error
        if not made.sid:
            raise ContentRefused("the carrier gave no SID")
        return str(made.sid)

    def ask_approval(self, sid: str, name: str) -> Approval:
        """Hand a template to WhatsApp's reviewers. Raises ContentRefused."""
        request = ApprovalCreateList.ContentApprovalRequest({"name": name, "category": UTILITY})
        try:
            told = self._client.content.v1.contents(sid).approval_create.create(request)
        except (TwilioException, requests.RequestException) as error:
            raise _refused(error) from error
        return Approval(str(told.status or "received"), str(told.rejection_reason or ""))

    def approval(self, sid: str) -> Approval:
        """How far the review of a template is. Raises ContentRefused."""
        try:
            told = self._client.content.v1.contents(sid).approval_fetch().fetch()
        except (TwilioException, requests.RequestException) as error:
            raise _refused(error) from error
        whatsapp = told.whatsapp or {}
        return Approval(
            str(whatsapp.get("status") or "unsubmitted"), str(whatsapp.get("rejection_reason") or "")
        )


def session_drafts() -> list[Draft]:
    """Buttons and lists of every length; all their words are variables, so no language and no approval."""
    return [_buttons(count) for count in range(1, BUTTONS + 1)] + [
        _list(count) for count in range(1, ROWS + 1)
    ]


def _buttons(count: int) -> Draft:
    actions = [
        {"type": "QUICK_REPLY", "title": _variable(2 + 2 * place), "id": _variable(3 + 2 * place)}
        for place in range(count)
    ]
    types = {"twilio/quick-reply": {"body": _variable(1), "actions": actions}}
    return Draft(f"buttons_{count}", "en", types, _samples(1 + 2 * count))


def _list(count: int) -> Draft:
    items = [{"item": _variable(3 + 2 * place), "id": _variable(4 + 2 * place)} for place in range(count)]
    types = {"twilio/list-picker": {"body": _variable(1), "button": _variable(2), "items": items}}
    return Draft(f"list_{count}", "en", types, _samples(2 + 2 * count))


def _variable(number: int) -> str:
    return f"{{{{{number}}}}}"


def _samples(count: int) -> dict[str, str]:
    return {str(number): f"Words {number}" for number in range(1, count + 1)}


def _refused(error: Exception) -> ContentRefused:
    """Twilio's own message, without the request that it repeats."""
    words = str(getattr(error, "msg", "") or type(error).__name__)
    return ContentRefused(words, is_missing=getattr(error, "status", None) == 404)

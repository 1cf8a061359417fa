"""One content as it is kept, and what is left of it once its variables are filled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.carrier.local.ledger import Tap

_VARIABLE: Final = re.compile(r"\{\{(\w+)\}\}")
KNOWN: Final = ("twilio/text", "twilio/quick-reply", "twilio/list-picker")


@dataclass(slots=True)
class ContentResource:
    """One content. `state` is WhatsApp's word for its approval."""

    sid: str
    name: str
    language: str
    types: Mapping[str, Any]
    state: str = "unsubmitted"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A content as the phone shows it."""

    body: str
    taps: tuple[Tap, ...]
    is_template: bool
    """Approved: it may be sent outside the 24 hours"""
    opens: str = ""
    """The words on the button that opens a list; empty where there is none"""


def filled(made: ContentResource, values: Mapping[str, str]) -> Filled:
    """The content with these values in place of its variables."""

    def put(text: str) -> str:
        return _VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)

    content = next(made.types[kind] for kind in KNOWN if kind in made.types)
    shown = content.get("actions") or content.get("items") or ()
    taps = tuple(Tap(put(one["id"]), put(one.get("title") or one.get("item") or "")) for one in shown)
    opens = put(str(content.get("button", "")))
    return Filled(put(content["body"]), taps, is_template=made.state == "approved", opens=opens)


def fault(made: ContentResource) -> str:
    """Why WhatsApp's reviewers would send a template back; empty where they would not."""
    content = made.types.get("twilio/text") or made.types.get("twilio/quick-reply")
    if content is None:
        return "This content type cannot be approved"
    body = str(content.get("body", "")).strip()
    if re.match(r"\{\{\w+\}\}", body) or re.search(r"\{\{\w+\}\}$", body):
        return "The template starts or ends with a variable"
    if re.search(r"\}\}\s*\{\{", body):
        return "Two variables stand next to each other"
    return ""

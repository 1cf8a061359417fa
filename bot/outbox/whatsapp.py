"""How a text goes out on WhatsApp, and when it goes by SMS instead. Pure.

Within 24 hours of the person's last WhatsApp message we may write as we like: words, buttons, a list. Later
only a template that WhatsApp has approved in the person's language goes; what has none goes by SMS, and so
does a question, whose choices no template holds, or a picture. https://www.twilio.com/docs/whatsapp/key-concepts
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.carrier.twilio.rest import holds_text, same_text
from bot.ports import Content, Outgoing
from bot.words.tappable import Tappable, content_name, variables

WINDOW: Final = timedelta(hours=23, minutes=50)
"""Ten minutes less than WhatsApp's, so that a text that waits for the carrier still fits"""
NOTICE: Final = "notice"
"""The template for whatever a school writes of itself"""
TEMPLATE_ROOM: Final = 900
"""Characters of one text: a template has 1,024 with its frame"""

Contents = Mapping[tuple[str, str], str]
"""SID by (name, language) of what stands at the carrier and may be sent"""

_SPACE: Final = re.compile(r"\s+")


def on_whatsapp(
    plain: Outgoing,
    question: Tappable | None,
    usable: Contents,
    *,
    heard_at: datetime | None,
    language: str | None,
    now: datetime,
) -> Outgoing | None:
    """The text as WhatsApp takes it now; None where it must go by SMS.

    `plain`: the whole text, choices by number. `heard_at`: when the person last wrote on WhatsApp.
    """
    if heard_at is None:
        # Nobody gets a message on WhatsApp who never wrote to us there: it wants an opt-in of its own.
        return None
    if now - heard_at < WINDOW:
        return _in_session(plain, question, usable)
    sid = usable.get((NOTICE, language or "en"))
    # A template's variables hold no line end.
    flat = _SPACE.sub(" ", plain.body).strip()
    if question is not None or sid is None or len(flat) > TEMPLATE_ROOM or plain.picture_url is not None:
        return None
    return _with(plain, flat, Content(sid, {"1": flat}))


def _in_session(plain: Outgoing, question: Tappable | None, usable: Contents) -> Outgoing:
    name = content_name(question) if question is not None else None
    sid = usable.get((name, "")) if name else None
    if question is None or sid is None:
        return plain
    return _with(plain, question.text, Content(sid, variables(question)))


def _with(plain: Outgoing, read: str, content: Content) -> Outgoing:
    return replace(plain, body=read, content=content)


def is_told_as(told: str, body: str, question: Tappable | None, channel: str) -> bool:
    """Whether the carrier's list may mean this text: in full, above its buttons, or in a template.

    Of a content the list may hold no words at all; then number and time must do.
    """
    if same_text(told, body):
        return True
    if channel != "whatsapp":
        return False
    is_asked = question is not None and same_text(told, question.text)
    return is_asked or not told.strip() or holds_text(told, body)

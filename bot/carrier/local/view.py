"""What the phones page shows: people, bubbles, the choices a reader can tap, the bill."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

import phonenumbers
from babel import Locale

from bot.carrier.local.config import Phone
from bot.carrier.local.inbound import arrived
from bot.carrier.local.ledger import Ledger, Text
from bot.carrier.twilio.errors import verdict
from bot.ports import Channel

Side = Literal["person", "school", "carrier"]

_SHOWN: Final = 80
"""Bubbles a thread shows; older ones stay in the ledger"""
_CHOICE: Final = re.compile(r"^\s*(\d{1,2})\s*[.):-]?\s+(\S.*?)\s*$", re.MULTILINE)
_OWN_NAMES: Final = {"ht": "Kreyòl ayisyen", "zh_Hans": "简体中文", "hmn": "Hmoob"}
STARTERS: Final[dict[str, tuple[str, ...]]] = {
    "en": ("When is there no school?", "Who can help me?"),
    "es": ("¿Cuándo no hay clases?", "¿Quién me puede ayudar?"),
    "ar": ("متى لا توجد دراسة؟", "من يمكنه مساعدتي؟"),
    "zh_Hans": ("哪天不上课", "谁可以帮助我"),
    "ht": ("Ki lè pa gen lekòl?", "Kiyès ki ka ede m?"),
}
_STATE_WORDS: Final = {
    "queued": "Queued", "accepted": "Queued", "sent": "Sent", "delivered": "Delivered",
    "read": "Read", "undelivered": "Not delivered", "failed": "Failed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text as the person's phone shows it."""

    sid: str
    side: Side
    body: str
    at: datetime
    state: str
    state_words: str
    facts: tuple[str, ...]
    """Segments, encoding, price; shown in small letters"""
    pictures: tuple[str, ...]
    """Addresses of pictures"""
    files: tuple[str, ...]
    """Media types of what is no picture"""
    has_location: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """Something to tap instead of typing."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One person's texts on one channel."""

    channel: Channel
    bubbles: tuple[Bubble, ...]
    choices: tuple[Chip, ...]
    """Of the school's last message; taps are sent as button payloads"""
    opens: str
    """The words on the button that opens them as a list; empty for buttons"""
    starters: tuple[str, ...]
    """First texts to try while the thread is empty"""


@dataclass(frozen=True, slots=True)
class PhoneView:
    """One phone with both its threads."""

    index: int
    phone: Phone
    language: str
    """The language's own name"""
    tag: str
    """For the lang attribute, e.g. zh-Hans"""
    direction: str
    """ltr or rtl"""
    initials: str
    number: str
    """As people write it"""
    threads: tuple[Thread, Thread]


@dataclass(frozen=True, slots=True)
class Bill:
    """What all texts so far would have cost."""

    texts: int
    segments: int
    cost: str


def phone_view(index: int, phone: Phone, ledger: Ledger) -> PhoneView:
    """Everything the page shows of one phone."""
    texts = ledger.of_person(phone.number)
    locale = Locale.parse(phone.language)
    return PhoneView(
        index=index,
        phone=phone,
        language=own_name(phone.language),
        tag=phone.language.replace("_", "-"),
        direction="rtl" if locale.character_order == "right-to-left" else "ltr",
        initials="".join(word[0] for word in phone.name.split()[:2]),
        number=spaced(phone.number),
        threads=(_thread("sms", texts, phone), _thread("whatsapp", texts, phone)),
    )


def own_name(language: str) -> str:
    """The language as its speakers call it."""
    name = _OWN_NAMES.get(language) or Locale.parse(language).get_display_name() or language
    return name[:1].upper() + name[1:]


def bill(ledger: Ledger) -> Bill:
    """The running total."""
    return Bill(len(ledger.everything()), ledger.segments, dollars(ledger.cost))


def dollars(amount: Decimal) -> str:
    """A price with as many places as it needs: $0.0083, $12.40."""
    return f"${amount:.4f}" if amount < 1 and amount % Decimal("0.01") else f"${amount:.2f}"


def spaced(number: str) -> str:
    """A number with the spaces its country writes; unchanged when it is none."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def choices_in(body: str) -> tuple[Chip, ...]:
    """Lines numbered 1, 2, 3 ... in digits of any script, when there are two or more of them."""
    found = [Chip(str(int(number)), label) for number, label in _CHOICE.findall(body)]
    counted = [chip.value for chip in found] == [str(place + 1) for place in range(len(found))]
    return tuple(found) if counted and len(found) > 1 else ()


def tappable(text: Text) -> tuple[Chip, ...]:
    """What can be tapped below a text: its buttons or rows, else the lines that it numbers."""
    return tuple(Chip(tap.payload, tap.label) for tap in text.taps) or choices_in(text.body)


def _thread(channel: Channel, texts: Sequence[Text], phone: Phone) -> Thread:
    mine = [text for text in texts if text.channel == channel]
    last = mine[-1] if mine else None
    has_choices = channel == "whatsapp" and last is not None and last.kind == "sent"
    return Thread(
        channel=channel,
        bubbles=tuple(_bubble(text) for text in mine[-_SHOWN:]),
        choices=tappable(last) if last and has_choices else (),
        opens=last.opens if last and has_choices else "",
        starters=() if mine else STARTERS.get(phone.language, STARTERS["en"]),
    )


def _bubble(text: Text) -> Bubble:
    state, words = _state(text)
    return Bubble(
        sid=text.sid,
        side={"received": "person", "sent": "school", "carrier_reply": "carrier"}[text.kind],  # type: ignore[arg-type]
        body=text.body,
        at=text.created_at.astimezone(),
        state=state,
        state_words=words,
        facts=() if text.kind == "received" else _facts(text),
        pictures=tuple(
            f"/media/{text.sid}/{place}" for place, kind in enumerate(text.media) if kind.startswith("image/")
        ),
        files=tuple(kind for kind in text.media if not kind.startswith("image/")),
        has_location=text.has_location,
    )


def _facts(text: Text) -> tuple[str, ...]:
    price = dollars(text.measure.price)
    if text.channel == "whatsapp":
        return (price,)
    number = text.measure.segments
    return (f"{number} segment{'s' if number > 1 else ''}", text.measure.encoding, price)


def _state(text: Text) -> tuple[str, str]:
    """A state for the style sheet and the words for it."""
    if text.kind == "carrier_reply":
        return "delivered", "Answered by the carrier"
    if text.kind == "received":
        taken = arrived(text)
        if taken is None:
            return "queued", "Sending"
        if taken:
            return "delivered", "Reached the school"
        last = text.attempts[-1]
        return "failed", f"Not taken by the school ({last.status or 'no answer'})"
    words = _STATE_WORDS.get(text.status, text.status)
    if text.error_code:
        words = f"{words}: {verdict(text.error_code).staff_words} ({text.error_code})"
    return text.status, words

"""What a text costs, so that nobody is surprised by a bill."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from bot.ports import Channel
from bot.words.segments import count

SMS_SEGMENT: Final = Decimal("0.0083")
"""US dollars a segment, out or in, US long code, by Twilio's list price; the mobile carriers add
their own fee of about 0.003 to 0.005 a segment, which is not counted here."""
MMS_IN: Final = Decimal("0.0165")
"""US dollars for a picture that comes in."""
MMS_OUT: Final = Decimal("0.022")
"""US dollars for a text with pictures that goes out."""
WHATSAPP_MESSAGE: Final = Decimal("0.005")
"""US dollars a message, out or in, Twilio's own fee; Meta's fee for templates is not counted."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Size and price of one text."""

    encoding: str
    """GSM-7, UCS-2, or WhatsApp where there are no segments"""
    segments: int
    price: Decimal
    """US dollars"""


def measure(body: str, channel: Channel, *, media: Literal["in", "out"] | None = None) -> Measure:
    """Size and price of one text on its channel."""
    if channel == "whatsapp":
        return Measure("WhatsApp", 1, WHATSAPP_MESSAGE)
    counted = count(body)
    number = max(1, counted.segments)
    price = {"in": MMS_IN, "out": MMS_OUT}[media] if media else SMS_SEGMENT * number
    return Measure(counted.encoding, number, price)

"""What a text costs, so that nobody is surprised by a bill."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.ports import Channel
from bot.words.segments import count

SMS_SEGMENT: Final = Decimal("0.0083")
"""US dollars a segment, out or in, US long code, by Twilio's list price; the mobile carriers add
their own fee of about 0.003 to 0.005 a segment, which is not counted here."""
MMS_IN: Final = Decimal("0.0165")
"""US dollars for a picture that comes in."""
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


def measure(body: str, channel: Channel, *, with_media: bool = False) -> Measure:
    """Size and price of one text on its channel."""
    if channel == "whatsapp":
        return Measure("WhatsApp", 1, WHATSAPP_MESSAGE)
    counted = count(body)
    number = max(1, counted.segments)
    return Measure(counted.encoding, number, MMS_IN if with_media else SMS_SEGMENT * number)

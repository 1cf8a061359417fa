"""What a text will cost, before it goes out: an estimate for the daily budget, never a bill. Pure.

Twilio's list prices of a segment as read in November 2026 (https://www.twilio.com/en-us/sms/pricing; United
States: $0.0083, and 0.0035 that AT&T takes on top is counted for every network there). Other countries
are rounded up from their dearest network; one that is not listed counts as the dearest, so that a
number that earns from our texts meets the end of the budget soon.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException

from bot.ports import Channel

_SEGMENT: Final[Mapping[str, int]] = {
    "US": 11_800,
    "PR": 11_800,
    "GU": 60_000,
    "VI": 60_000,
    "AS": 60_000,
    "MP": 60_000,
    "CA": 15_000,
    "MX": 60_000,
    "GT": 120_000,
    "HN": 120_000,
    "SV": 120_000,
}
"""Millionths of a US dollar by region (ISO 3166-1)"""
_ELSEWHERE: Final = 350_000
_WHATSAPP: Final = 5_000
"""Twilio's own fee of a message (https://www.twilio.com/en-us/whatsapp/pricing); it has no segments"""
_TEMPLATE: Final = 10_000
_TEMPLATE_ELSEWHERE: Final = 55_000
"""What Meta takes on top for a utility template, rounded up at home; elsewhere its dearest market (2026)"""
_PICTURE: Final = 35_000
"""A text with a picture (MMS), whatever its length: $0.022, and what the dearest network takes on top"""
_PICTURES_GO_TO: Final = frozenset({"US", "PR", "CA"})
"""By SMS: elsewhere no carrier takes MMS from a number of the United States or Canada
(https://help.twilio.com/articles/223181608)"""
HOME: Final = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "CA"})
"""Where the school's families live"""


def estimate(
    number: str, segments: int, channel: Channel, *, is_template: bool = False, has_picture: bool = False
) -> int:
    """Millionths of a US dollar for one text to an E.164 number. The encoding is in the segments."""
    if channel == "whatsapp":
        fee = _TEMPLATE if is_home(number) else _TEMPLATE_ELSEWHERE
        return _WHATSAPP + (fee if is_template else 0)
    if has_picture:
        return _PICTURE
    return _SEGMENT.get(region_of(number), _ELSEWHERE) * max(1, segments)


def is_home(number: str) -> bool:
    """Whether the number is of the United States, its territories or Canada."""
    return region_of(number) in HOME


def takes_picture(number: str, channel: Channel) -> bool:
    """Whether a picture reaches this E.164 number along with a text."""
    return channel == "whatsapp" or region_of(number) in _PICTURES_GO_TO


@lru_cache(maxsize=4096)
def region_of(number: str) -> str:
    """ISO 3166-1 code of an E.164 number; "" where it cannot be told.

    Numbers kept for invented people (555-0100 to 0199) are in no plan: theirs is the United States.
    """
    try:
        parsed = phonenumbers.parse(number, None)
    except NumberParseException:
        return ""
    if parsed.country_code == 1 and "55501" in str(parsed.national_number)[3:8]:
        return "US"
    return phonenumbers.region_code_for_number(parsed) or ""

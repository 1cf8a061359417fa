"""Which country or territory a phone number belongs to, for the list of those that are answered."""

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

_NORTH_AMERICA = 1
PREMIUM = "premium"
"""Instead of a region: a number whose holder earns by every text that goes there"""


@lru_cache(maxsize=4096)
def region_of(e164: str) -> str | None:
    """The region as ISO 3166-1 writes it (US, PR, MX), PREMIUM, or None where nobody can tell.

    Numbers of +1 that no plan lists (the invented 555-01xx) count as US, unless their area code is of
    a territory or country of its own.
    """
    try:
        number = phonenumbers.parse(e164, None)
    except NumberParseException:
        return None
    if phonenumbers.number_type(number) == PhoneNumberType.PREMIUM_RATE:
        return PREMIUM
    region: str | None = phonenumbers.region_code_for_number(number)
    if region is None and number.country_code == _NORTH_AMERICA:
        return "US"
    return region or phonenumbers.region_code_for_country_code(number.country_code or 0)


def is_region(code: str) -> bool:
    """Whether this is a region that phone numbers can belong to."""
    return code in phonenumbers.SUPPORTED_REGIONS

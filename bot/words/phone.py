"""Phone numbers as people write them, as E.164, and masked for eyes that need not see them."""

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

_LONGEST = 40


@lru_cache(maxsize=4096)
def to_e164(text: str, region: str = "US") -> str | None:
    """The number in E.164 (ITU-T), e.g. +15125550123, or None when this is no possible number.

    Possible, not valid: 555-0100 to 555-0199 are reserved for examples and tests, so no plan lists them.
    """
    if len(text) > _LONGEST:
        return None
    try:
        number = phonenumbers.parse(text.strip(), region)
    except NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    if number.country_code == 1 and not _is_north_american(number.national_number or 0):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _is_north_american(national: int) -> bool:
    """Area code and exchange begin with 2 to 9 (North American Numbering Plan)."""
    digits = str(national)
    return len(digits) == 10 and digits[0] not in "01" and digits[3] not in "01"


def mask(e164: str) -> str:
    """A number of which only the country code and the last three digits show: +1 ••• ••• •123."""
    code = "+1" if e164.startswith("+1") else "+"
    return f"{code} ••• ••• •{e164[-3:]}" if len(e164) > 6 else "•••"

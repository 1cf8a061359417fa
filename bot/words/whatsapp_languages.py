"""Languages in which WhatsApp takes a template, and what WhatsApp calls them.

From Meta's list of template languages (developers.facebook.com, business messaging, updated 21 May 2026).
Haitian Creole, Somali and Hmong are not on it: proactive texts in them go by SMS.
"""

from types import MappingProxyType
from typing import Final

_CODES: Final = MappingProxyType(
    {
        "en": "en",
        "es": "es",
        "ar": "ar",
        "zh_Hans": "zh_CN",
        "vi": "vi",
        "pt_BR": "pt_BR",
        "ru": "ru",
        "ur": "ur",
        "fil": "fil",
        "fr": "fr",
        "ko": "ko",
        "uk": "uk",
    }
)


def template_language(locale: str) -> str | None:
    """WhatsApp's code for a locale as Babel writes it; None where no template can be in it."""
    return _CODES.get(locale)


def template_locales() -> tuple[str, ...]:
    """The locales that may have templates."""
    return tuple(_CODES)

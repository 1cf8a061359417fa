"""What a roster calls a family's language, as the locale we write to it in.

Rosters have no standard for it: "es", "spa", "Spanish" and "Español" all occur. Codes are those of
ISO 639-1 and 639-2; English and own names of languages come from CLDR.
"""

from functools import lru_cache

from babel import Locale, UnknownLocaleError, localedata

_CODES = {
    "spa": "es", "eng": "en", "ara": "ar", "zho": "zh", "chi": "zh", "cmn": "zh", "yue": "yue",
    "hat": "ht", "vie": "vi", "por": "pt", "rus": "ru", "som": "so", "urd": "ur", "tgl": "fil",
    "tl": "fil", "fra": "fr", "fre": "fr", "kor": "ko", "ukr": "uk", "hmn": "hmn", "mww": "hmn",
    "ben": "bn", "nep": "ne", "hin": "hi", "amh": "am", "tir": "ti", "swa": "sw", "mya": "my",
    "bur": "my", "khm": "km", "pan": "pa", "guj": "gu", "jpn": "ja", "pol": "pl", "pus": "ps",
    "prs": "fa_AF", "fas": "fa", "per": "fa", "lao": "lo", "tur": "tr", "kin": "rw", "orm": "om",
}  # fmt: skip
_NAMES = {
    "mandarin": "zh", "mandarin chinese": "zh", "chinese (mandarin)": "zh", "cantonese": "yue",
    "chinese (cantonese)": "yue", "castellano": "es", "creole": "ht", "haitian": "ht",
    "haitian creole": "ht", "haitian-creole": "ht", "kreyol": "ht", "kreyòl": "ht",
    "kreyòl ayisyen": "ht", "tagalog": "fil", "pilipino": "fil", "farsi": "fa", "dari": "fa_AF",
    "hmong": "hmn", "brazilian portuguese": "pt",
}  # fmt: skip
_WRITTEN_AS = {"zh": "zh_Hans", "pt": "pt_BR"}
"""The locale of our catalogs where the language alone does not say it"""


@lru_cache(maxsize=1024)
def home_locale(said: str) -> str | None:
    """The locale (as Babel writes it) that a roster's cell means; None when it cannot be told.

    >>> home_locale("Spanish"), home_locale("spa"), home_locale("ES-mx"), home_locale("Klingonish")
    ('es', 'es', 'es', None)
    """
    name = said.strip().casefold()
    code = _NAMES.get(name) or _CODES.get(name) or _tag(name) or _named(name)
    return _WRITTEN_AS.get(code, code) if code else None


def _tag(name: str) -> str | None:
    """A language tag such as es, es-MX or zh_Hant; regions are left out, scripts of Chinese kept."""
    parts = name.replace("_", "-").split("-")
    language = _CODES.get(parts[0], parts[0])
    if not 2 <= len(parts[0]) <= 3 or not localedata.exists(language):
        return None
    if language == "zh" and {"hant", "tw", "hk"} & set(parts[1:]):
        return "zh_Hant"
    return language


def _named(name: str) -> str | None:
    """A language by its English name, or by the name it has for itself."""
    for code, english in Locale("en").languages.items():
        if english.casefold() == name:
            return str(code) if localedata.exists(code) else None
    for code in set(_CODES.values()):
        if _own_name(code) == name:
            return code
    return None


def _own_name(code: str) -> str | None:
    try:
        own = Locale.parse(code).get_display_name(code)
    except UnknownLocaleError:
        return None
    return own.casefold() if own else None

"""Which place of a list a text means in words: "the second one", "la segunda", "number two", "第二个"."""

import re
from functools import lru_cache

from bot.words.numbers_said import number_words
from bot.words.plain import plain

_PLACES = {
    "en": "first|1st second|2nd third|3rd fourth|4th fifth|5th sixth|6th seventh|7th",
    "es": (
        "primera|primero|primer|1ra|1ero|1ro segunda|segundo|2da|2do tercera|tercero|tercer|3ra|3ro"
        " cuarta|cuarto quinta|quinto sexta|sexto septima|septimo"
    ),
    "ht": "premye|premyè dezyèm twazyèm katriyèm senkyèm sizyèm setyèm",
    "ar": (
        "الأول|الأولى|أول الثاني|الثانية|التاني|التانية الثالث|الثالثة|التالت|التالتة الرابع|الرابعة"
        " الخامس|الخامسة السادس|السادسة السابع|السابعة"
    ),
    "zh_Hans": "第一|一 第二|二 第三|三 第四|四 第五|五 第六|六 第七|七",
}
_BEFORE = re.compile(
    r"^(?:(?:the|number|option|choice|el|la|lo|numero|opcion|nimewo|chwa|opsyon|رقم|الخيار|选|選|我选|我要|要)"
    r" ?)+(?=\S)"
)
_AFTER = re.compile(r"(?: (?:one|option|choice|opcion|nan|la|a|an|لو سمحت|واحد|واحده|خيار)|[个個项項条條])$")


def place(said: str, locale: str) -> int | None:
    """The place, from 1, that the whole text names in plain letters (bot.words.plain); else None."""
    places = _places(locale)
    bare = _BEFORE.sub("", said)
    return next((places[one] for one in (said, bare, _AFTER.sub("", bare)) if one in places), None)


@lru_cache(maxsize=32)
def _places(locale: str) -> dict[str, int]:
    """Words for places and numbers in plain letters; of the locale and English."""
    found = dict(number_words(locale))
    for language in ("en", locale):
        for at, words in enumerate(_PLACES.get(language, "").split(), 1):
            found |= {plain(word): at for word in words.split("|")}
    return found

"""Whether a text says that somebody is in danger: in every shipped language, inside sentences.

Such a text is answered with the emergency number and a person before anything else. A false alarm costs
a worried minute, a miss may cost a life: the patterns are wide, and only idioms that parents really
write ("dying of laughter") are taken out. Texts are compared in plain letters (bot.words.plain).
"""

import re
from functools import lru_cache
from typing import Literal

from bot.hear.danger_idioms import IDIOMS
from bot.hear.danger_words import DANGER, SELF_HARM
from bot.words.plain import plain

Danger = Literal["self_harm", "danger"]


def danger(text: str) -> Danger | None:
    """The danger a text tells of: somebody may want to die, or may be hurt. None for neither."""
    said = plain(text)
    if not said:
        return None
    idioms, self_harm, harm = _patterns()
    said = idioms.sub(" ", said)
    if self_harm.search(said):
        return "self_harm"
    return "danger" if harm.search(said) else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    idioms, self_harm, harm = (_pattern(table) for table in (IDIOMS, SELF_HARM, DANGER))
    return idioms, self_harm, harm


def _pattern(table: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    """One pattern for all languages; Chinese and Arabic join words, so only Latin ones have edges."""
    ways = [
        rf"\b(?:{'|'.join(ways)})\b" if language in ("en", "es", "ht") else "|".join(ways)
        for language, ways in table.items()
    ]
    return re.compile("|".join(ways))

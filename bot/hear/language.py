"""Which language a text is in: by its script, by whole phrases that parents use, by its small words."""

import unicodedata
from collections import Counter

from bot.hear.heard import Heard, Language
from bot.words.plain import plain

_SCRIPT_LOCALES = {"ARABIC": "ar", "CJK": "zh_Hans"}
_PHRASE_WEIGHT = 3.0
_SURE_LEAD = 1.0


def which(text: str, heard: Heard) -> str | None:
    """The locale of a text, None where it could be more than one: then we ask, we do not guess."""
    script = _script(text)
    if script is not None:
        return script if script in heard.languages else None
    said = plain(text)
    scores = sorted(
        ((_score(said, language), language.locale) for language in heard.languages.values()), reverse=True
    )
    if not scores or scores[0][0] == 0:
        return None
    lead = scores[0][0] - (scores[1][0] if len(scores) > 1 else 0)
    return scores[0][1] if lead >= _SURE_LEAD else None


def is_mostly(text: str, locale: str, heard: Heard) -> bool:
    """Whether a text is in a language beyond one small word that others have too: "la" is Somali as well.

    Its script says so, it is what people say as a whole, or a third of its words are small words of it.
    """
    script, language, said = _script(text), heard.languages[locale], plain(text)
    if script is not None:
        return script == locale
    words = said.split()
    return _score(said, language) >= max(_PHRASE_WEIGHT, len(words) / 3) or (
        3 * sum(word in language.words for word in words) >= len(words)
    )


def _script(text: str) -> str | None:
    names = Counter(unicodedata.name(char, "?").split()[0] for char in text if char.isalpha())
    for script, _ in names.most_common(1):
        return _SCRIPT_LOCALES.get(script)
    return None


def _score(said: str, language: Language) -> float:
    small_words = sum(word in language.words for word in said.split())
    return small_words + _PHRASE_WEIGHT * (said in language.whole)

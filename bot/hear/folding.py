"""A text with other words for the same put in their place: a son or a daughter asks what a child asks."""

import re
from collections.abc import Mapping

from bot.hear.heard import Language
from bot.words.day_names import month_names, weekday_names
from bot.words.phrases import known_phrases

_HAN = re.compile(r"[\u3400-\u9fff]")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Spanish is spelled by ear: b is v, h is silent, s is z; both sides of a comparison are spelled alike
_SPANISH_SOUNDS = (
    (re.compile("qu(?=[ei])|c(?![eih])|q"), "k"),
    (re.compile("c(?=[ei])|z"), "s"),
    (re.compile("g(?=[ei])"), "j"),
    (re.compile("gu(?=[ei])"), "g"),
    (re.compile("ll"), "y"),
    (re.compile("v"), "b"),
    (re.compile("(?<!c)h"), ""),
    (re.compile(r"y\b"), "i"),
    (re.compile(r"(\w)\1+"), r"\1"),
)


class Folding:
    """Puts what says the same into one form, in one language. Built once; every call is pure."""

    def __init__(self, language: Language) -> None:
        self._locale = language.locale
        self._manners = _manners(language)
        same = {**_days(language), **language.same}
        self._characters = [(said, meant) for said, meant in same.items() if _HAN.search(said)]
        self._characters.sort(key=lambda pair: -len(pair[0]))
        self._words = {said: meant for said, meant in same.items() if not _HAN.search(said)}

    def folded(self, said: str) -> str:
        """A text in plain letters (bot.words.plain), in the form in which texts are compared."""
        said = self._without_manners(said)
        if _HAN.search(said):
            for characters, meant in self._characters:
                said = said.replace(characters, meant)
            return said
        words = known_phrases(said, self._words.get)
        return self._as_it_sounds(" ".join(meant or phrase for phrase, meant in words))

    def _without_manners(self, said: str) -> str:
        """Greetings and thanks around a question are no part of it; a text of nothing else stays."""
        phrases = [phrase for phrase, _ in known_phrases(said, self._manners.get)]
        polite = [phrase in self._manners for phrase in phrases]
        if True not in polite or all(polite):
            return said
        first, last = polite.index(False), len(polite) - polite[::-1].index(False)
        return ("" if _HAN.search(said) else " ").join(phrases[first:last])

    def _as_it_sounds(self, said: str) -> str:
        if self._locale == "es":
            for letters, sound in _SPANISH_SOUNDS:
                said = letters.sub(sound, said)
        return said


def _manners(language: Language) -> Mapping[str, bool]:
    talk = {said for said, kind in language.small_talk.items() if kind in ("hello", "thanks")}
    return dict.fromkeys(talk | language.answers.get("polite", frozenset()), True)


def _days(language: Language) -> Mapping[str, str]:
    """Every weekday is read as Friday, every month as May: which one it is tells no topic."""
    days = set(weekday_names(language.locale))
    days |= {name for one in _WEEKDAYS for name in language.answers.get(one, ())}
    months = {name for name in month_names(language.locale) if len(name) > 3}
    return {name: "friday" for name in days if len(name) > 2} | dict.fromkeys(months, "may")

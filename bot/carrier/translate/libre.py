"""LibreTranslate over its public API: a list of texts to /translate (https://docs.libretranslate.com/).

Its names of languages differ from release to release (Chinese is zh, zh-Hans or zh-CN), so each installation
is asked once for its own: /languages.
"""

from collections.abc import Sequence
from typing import Any, Final

from bot.carrier.translate.transport import Limits, ask, call, checked
from bot.ports import NotTranslated

_NAMES: Final = {
    "zh_Hans": ("zh-Hans", "zh", "zh-CN"),
    "zh_Hant": ("zh-Hant", "zt", "zh-TW"),
    "pt_BR": ("pt-BR", "pb", "pt"),
    "fil": ("tl", "fil"),
}
"""Where it names a language otherwise than Babel, the best first"""


class LibreTranslator:
    """Keeps `bot.ports.Translator`."""

    def __init__(self, url: str, key: str = "", *, limits: Limits | None = None) -> None:
        self._url, self._key = url.rstrip("/"), key
        self._limits = limits or Limits()
        self._spoken: frozenset[str] | None = None

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """The same texts in another language, in order. Raises NotTranslated."""
        if not texts:
            return []
        body: dict[str, Any] = {
            "q": list(texts),
            "source": self._name(source),
            "target": self._name(target),
            "format": "text",
        }
        if self._key:
            body["api_key"] = self._key
        try:
            answer = call(f"{self._url}/translate", body, self._limits)
        except NotTranslated as refusal:
            if refusal.for_good:
                self._spoken = None  # it may be another release by now
            raise
        if not isinstance(answer, dict):
            raise NotTranslated("unreadable")
        return checked(answer.get("translatedText"), len(texts))

    def _name(self, locale: str) -> str:
        """What it calls a language. Raises NotTranslated where it does not know it."""
        names = _NAMES.get(locale, (locale.replace("_", "-"), locale.partition("_")[0]))
        self._spoken = self._spoken or self._languages()
        if not self._spoken:
            return names[0]
        found = next((one for one in names if one in self._spoken), None)
        if found is None:
            raise NotTranslated("language_unknown", for_good=True)
        return found

    def _languages(self) -> frozenset[str]:
        """Its own names of languages; none where it keeps them to itself. Raises NotTranslated."""
        try:
            listed = ask(f"{self._url}/languages", self._limits)
        except NotTranslated as refusal:
            if refusal.for_good:
                return frozenset()
            raise
        try:
            return frozenset(str(one["code"]) for one in listed)
        except (LookupError, TypeError):
            return frozenset()

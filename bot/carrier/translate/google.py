"""Google Cloud Translation, version 2 ("Basic"): its REST call with an API key.

Contract: https://cloud.google.com/translate/docs/reference/rest/v2/translate. Version 3 wants a
service account in place of a key.
"""

from collections.abc import Sequence
from typing import Final

from bot.carrier.translate.transport import Limits, call, checked
from bot.ports import NotTranslated

GOOGLE_URL: Final = "https://translation.googleapis.com"
_CODES: Final = {"zh_Hans": "zh-CN", "zh_Hant": "zh-TW", "pt_BR": "pt", "fil": "tl"}
"""Where it names a language otherwise than Babel"""
_AT_ONCE: Final = 128
"""Texts in one call, by its quota"""


class GoogleTranslator:
    """Keeps `bot.ports.Translator`."""

    def __init__(self, key: str, *, url: str = "", limits: Limits | None = None) -> None:
        self._url, self._key = (url or GOOGLE_URL).rstrip("/"), key
        self._limits = limits or Limits()

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """The same texts in another language, in order. Raises NotTranslated."""
        found: list[str] = []
        for start in range(0, len(texts), _AT_ONCE):
            found += self._some(texts[start : start + _AT_ONCE], source, target)
        return found

    def _some(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        body = {
            "q": list(texts),
            "source": _CODES.get(source, source),
            "target": _CODES.get(target, target),
            "format": "text",
        }
        # The key goes in a header: an address ends up in logs of every machine on the way.
        answer = call(
            f"{self._url}/language/translate/v2", body, self._limits, headers={"X-Goog-Api-Key": self._key}
        )
        try:
            rows = [one["translatedText"] for one in answer["data"]["translations"]]
        except (LookupError, TypeError):
            raise NotTranslated("unreadable") from None
        return checked(rows, len(texts))

"""A language that marks every word that went through gettext: what is not marked is hard-coded."""

from collections.abc import Iterator
from html.parser import HTMLParser

from babel.support import NullTranslations

LTR, RTL = "fr", "ar"
"""Real locales, for their direction and their formats; the words are marked English"""
_ENDS = "⟦", "⟧"
_SHOWN = ("alt", "aria-label", "placeholder", "title", "content")
_SILENT = ("script", "style", "svg", "code", "time", "textarea")
"""Formatted as the locale has it, or written by people"""
_VOID = ("meta", "link", "input", "br", "img", "rect", "path", "hr")


class Pseudo(NullTranslations):
    """Marks what it is asked for, longer by a third as translations are."""

    def gettext(self, message: str) -> str:
        """One text."""
        return mark(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One of two texts."""
        return mark(msgid1 if n == 1 else msgid2)

    def upgettext(self, _context: str, message: str) -> str:
        """One text that needs a context."""
        return mark(message)

    ugettext, ungettext = gettext, ngettext


def mark(text: str) -> str:
    """A text between the marks; what is longer than a word also grows."""
    more = "~" * (len(text) // 3) if len(text) < 60 else ""
    return f"{_ENDS[0]}{text}{more}{_ENDS[1]}"


def catalogs() -> dict[str, NullTranslations]:
    """Words of both directions."""
    return {LTR: Pseudo(), RTL: Pseudo()}


class _Reader(HTMLParser):
    """What a reader sees or hears of a page, without what says that it is no word of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent: list[bool] = [False]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note whether what is inside is ours, and read what attributes say."""
        told = dict(attributes)
        silent = self._silent[-1] or tag in _SILENT or told.get("translate") == "no"
        if tag not in _VOID:
            self._silent.append(silent)
        if not silent and tag not in ("meta", "link"):
            self.words += [told[name] or "" for name in _SHOWN if name in told]

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in _VOID and len(self._silent) > 1:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if not self._silent[-1]:
            self.words.append(data)


def unmarked(html: str) -> Iterator[str]:
    """Every word of a page that is not marked."""
    reader = _Reader()
    reader.feed(html)
    for text in reader.words:
        outside, depth = "", 0
        for letter in text:
            depth += {_ENDS[0]: 1, _ENDS[1]: -1}.get(letter, 0)
            outside += letter if depth == 0 and letter != _ENDS[1] else " "
        yield from (word for word in outside.split() if any(c.isalpha() for c in word))

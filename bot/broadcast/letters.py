"""The one text of a broadcast as one reader gets it: words, what must stand under them, and its names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.broadcast.parts import Broadcasting
from bot.broadcast.which_text import Which
from bot.broadcast.wording import Fields, render
from bot.flow.book import Book
from bot.flow.phrases import phrase

DEFAULTS: Final = {"child": "merge_child", "guardian": "merge_guardian", "school": "merge_school"}


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out, and the notice in it as its proof names it."""

    body: str = field(repr=False)
    notice: str


@dataclass
class Press:
    """Makes many letters: a phrase of the program is looked up once for each language."""

    parts: Broadcasting
    _said: dict[tuple[str, str], str] = field(init=False, default_factory=dict, repr=False)
    _defaults: dict[str, Mapping[str, str]] = field(init=False, default_factory=dict, repr=False)

    def letter(self, words: Which, fields: Fields, reader: str, *, is_new: bool) -> Letter:
        """The text for a reader of a locale; the first text ever carries the first-contact notice."""
        said = [render(words.body, fields, words.language, self.defaults(words.language))]
        if words.is_machine:
            said.append(self._phrase("automatic_translation", words.language))
        elif words.is_instead and reader != words.language:
            said.append(self._phrase("english_instead", reader))
        notice = self._phrase("first_contact", reader) if is_new else ""
        return Letter("\n\n".join([*said, notice] if notice else said), notice)

    def defaults(self, locale: str) -> Mapping[str, str]:
        """What stands for a merge field that is not known and has no words of its own."""
        if locale not in self._defaults:
            known = self._book.phrases
            self._defaults[locale] = {
                name: self._phrase(one, locale) for name, one in DEFAULTS.items() if one in known
            }
        return self._defaults[locale]

    @property
    def _book(self) -> Book:
        return self.parts.library.book

    def _phrase(self, name: str, locale: str) -> str:
        if (name, locale) not in self._said:
            known = {"program.name": self.parts.program}
            self._said[name, locale] = phrase(self._book, name, locale, known)
        return self._said[name, locale]

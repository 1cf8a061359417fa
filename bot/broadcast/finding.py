"""What a check finds in a text while somebody writes it: where, what is wrong, and what to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.words import locales

Check = Literal["reading", "length", "names", "words", "dates"]
Value = str | int | date


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. It never forbids to send: whoever writes decides.

    `wrong` and `fix` are msgids of the pages with %(name)s for the `values`; `start` and `end` are the
    place in the text of `language`, as code points.
    """

    check: Check
    language: str
    start: int
    end: int
    wrong: str
    fix: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def said(self, gettext: Callable[[str], str], locale: str) -> tuple[str, str]:
        """What is wrong and what to do, as a member of staff reads it."""
        shown = {name: _shown(value, locale) for name, value in self.values.items()}
        return gettext(self.wrong) % shown, gettext(self.fix) % shown


def _shown(value: Value, locale: str) -> str:
    if isinstance(value, date):
        return locales.day(value, locale)
    return locales.number(value, locale) if isinstance(value, int) else value


def language_value(code: str) -> str:
    """A language as the sentences name it: in itself, which every reader of the page can look up."""
    return locales.facts(code).own

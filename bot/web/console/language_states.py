"""How one language stands: coverage, who has read it, and what an answer in it takes and costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.outbox.prices import estimate
from bot.web.console.written import Written
from bot.words import segments
from bot.words.catalogs import SOURCE
from bot.words.locales import facts
from bot.words.marks import State, msgid_of, state_of, strings_of
from bot.words.po_read import entries
from bot.words.reviews import NOBODY, reviewers
from bot.words.slots import is_label

_AT_HOME: Final = "+15125550100"
"""Any number of the United States: what a segment costs there"""
_SENDABLE: Final = ("reviewed", "unreviewed")


@dataclass(frozen=True, slots=True)
class Standing:
    """One language at a glance."""

    locale: str
    own: str
    """Its name in itself"""
    coverage: Mapping[State, int]
    reviewers: tuple[tuple[str, int, date | None], ...]
    """Name, number of texts, latest day"""
    segments: float
    """Mean of an answer; labels of choices are not counted, they go out inside of others"""
    dollars: float
    """Mean price of an answer by SMS in the United States"""

    @property
    def total(self) -> int:
        """All texts there are."""
        return sum(self.coverage.values())

    @property
    def sendable(self) -> int:
        """Texts that can be sent in this language."""
        return sum(self.coverage[state] for state in self.coverage if state in _SENDABLE)

    @property
    def is_source(self) -> bool:
        """Whether the texts are written in it."""
        return self.locale == SOURCE

    @property
    def tag(self) -> str:
        """As HTML writes it."""
        return self.locale.replace("_", "-")


def standing_of(files: Written, locale: str) -> Standing:
    """How a language that has texts stands."""
    mean = _mean_segments(files, locale)
    read = reviewers(files.catalogs[locale]) if locale in files.catalogs else {}
    return Standing(
        locale,
        facts(locale).own,
        files.texts.coverage(locale),
        tuple((name, number, day) for name, (number, day) in sorted(read.items()) if name != NOBODY),
        mean,
        estimate(_AT_HOME, 1, "sms") * mean / 1_000_000,
    )


def _mean_segments(files: Written, locale: str) -> float:
    """Of the English itself the texts are the entries of any catalog."""
    catalog = files.catalogs.get(locale) or next(iter(files.catalogs.values()), None)
    sizes: list[int] = []
    for message in entries(catalog) if catalog is not None else ():
        if is_label(str(message.context)):
            continue
        english = msgid_of(message)
        said = (english if isinstance(english, str) else english[-1]) if locale == SOURCE else ""
        if locale != SOURCE and state_of(message) in _SENDABLE:
            said = strings_of(message)[-1]
        if said:
            sizes.append(segments.count(said).segments)
    return sum(sizes) / len(sizes) if sizes else 0.0

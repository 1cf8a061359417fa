"""A text through a machine and back, guarded: what may not go there does not, and what comes back is proved.

Nothing private and nothing about rights leaves; names, dates, numbers and links stay in the house behind
marks. Whatever is not as it must be afterwards is left to a person. Never call this inside a transaction: a
machine may take its time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

import structlog

from bot.hear.private import volunteers_status
from bot.hear.written_in import foreign_share, rather
from bot.ports import NotTranslated
from bot.talk.parts import Talk
from bot.talk.rights_said import says_rights
from bot.words import locales
from bot.words.agreement import Pair, differences
from bot.words.dates_in_text import NamedDay, days_in
from bot.words.glossary import terms_at
from bot.words.kept import MARK, Instead, Kept, Spoiled, keep, numbers_in, restore
from bot.words.plain import has_letters, plain
from bot.words.titled import titled

Why = Literal["no_machine", "private", "rights", "language", "away", "checks", "unreviewed"]
"""Why a person translates: see the words for each in bot.web.console.waiting_texts"""
LASTING: Final = frozenset({"no_machine", "private", "rights", "language", "checks", "unreviewed"})
"""Asking the machine again would end the same way"""
_MARKS_OF_DIRECTION: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
_FOREIGN: Final = 0.2
"""More of its letters in another script, and part of it was not translated"""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text and the language it is wanted in."""

    text: str = field(repr=False)
    source: str
    target: str
    names: frozenset[str] = field(repr=False)
    """What must stay as it is, see `bot.talk.names_around`"""
    today: date


@dataclass(frozen=True, slots=True)
class ForPerson:
    """No machine may do it, or could: a person translates."""

    why: Why


@dataclass(frozen=True, slots=True)
class ThereAndBack:
    """A translation that was proved, and what it says when it is translated back."""

    there: str = field(repr=False)
    back: str = field(repr=False)


def translated(talk: Talk, wanted: Wanted) -> str | ForPerson:
    """What a machine makes of it, proved; or why a person must do it."""
    wanted = replace(wanted, text=wanted.text.translate(_MARKS_OF_DIRECTION).strip())
    if (why := _forbidden(talk, wanted)) is not None:
        return ForPerson(why)
    kept = _kept(talk, wanted)
    if isinstance(kept, Spoiled):
        return ForPerson("checks")
    came = _by_machine(talk, wanted, kept.text) if _has_words(kept) else kept.text
    if isinstance(came, ForPerson):
        return came
    result = restore(kept, came)
    if isinstance(result, Spoiled) or (_has_words(kept) and not _is_right(talk, wanted, came, result)):
        return ForPerson("checks")
    return result.strip()


def _forbidden(talk: Talk, wanted: Wanted) -> Why | None:
    """Why no machine may see it."""
    if talk.translator is None:
        return "no_machine"
    if volunteers_status(wanted.text):
        return "private"
    return "rights" if says_rights(wanted.text, wanted.source, talk.library) else None


def _by_machine(talk: Talk, wanted: Wanted, marked: str) -> str | ForPerson:
    if talk.translator is None:
        return ForPerson("no_machine")
    try:
        (came,) = talk.translator.translate([marked], wanted.source, wanted.target)
    except NotTranslated as refusal:
        _log.warning("not_translated", reason=refusal.reason, lasting=refusal.for_good)
        return ForPerson("language" if refusal.for_good else "away")
    return came


def there_and_back(talk: Talk, wanted: Wanted) -> ThereAndBack | ForPerson:
    """A translation for a family, and what a person sees of it who does not read its language."""
    if talk.withhold_unreviewed:
        return ForPerson("no_machine" if talk.translator is None else "unreviewed")
    there = translated(talk, wanted)
    if isinstance(there, ForPerson):
        return there
    home = replace(wanted, text=there, source=wanted.target, target=wanted.source)
    back = translated(talk, home)
    return back if isinstance(back, ForPerson) else ThereAndBack(there, back)


def _kept(talk: Talk, wanted: Wanted) -> Kept | Spoiled:
    """The text with marks; numbers, links and names among text from the right keep their own direction."""
    said = [Instead(start, end, wanted.text[start:end]) for start, end in titled(wanted.text)]
    instead = [*_dates(wanted), *said, *_terms(talk, wanted)]
    kept = keep(wanted.text, wanted.names, instead)
    if isinstance(kept, Spoiled) or not locales.is_rtl(wanted.target):
        return kept
    back = [
        locales.isolated(one, wanted.target) if one == item and one.isascii() else one
        for one, item in zip(kept.back, kept.items, strict=True)
    ]
    return replace(kept, back=tuple(back))


def _dates(wanted: Wanted) -> Iterator[Instead]:
    """Dates as the other language writes them; one whose weekday is wrong is left as it stands."""
    for named in days_in(wanted.text, wanted.source, wanted.today):
        said = wanted.text[named.start : named.end]
        if named.weekday is None or named.weekday == named.day.weekday():
            yield Instead(named.start, named.end, _said(named, said, wanted.target), is_date=True)


def _said(named: NamedDay, said: str, target: str) -> str:
    with_year = str(named.day.year) in numbers_in(said) or len(numbers_in(said)) > 2
    if named.weekday is not None:
        return locales.day(named.day, target, year=with_year)
    if with_year:
        return locales.date(named.day, target)
    return locales.day_and_month(named.day, target)


def _terms(talk: Talk, wanted: Wanted) -> Iterator[Instead]:
    """The agreed words of schools, as the other language has agreed on them."""
    for start, end, becomes in terms_at(wanted.text, wanted.source, wanted.target, talk.library.glossary):
        yield Instead(start, end, becomes)


def _is_right(talk: Talk, wanted: Wanted, came: str, result: str) -> bool:
    """Whether a translation is in its language and says the same dates, numbers, names and agreed words.

    The language is that of its own words: names and links in other letters tell nothing.
    """
    own = MARK.sub(" ", came)
    if plain(result) == plain(wanted.text) and len(plain(own).split()) > 1:
        return False
    if rather(own, wanted.target, talk.library.hearing.heard) is not None:
        return False
    if foreign_share(own, wanted.target) > _FOREIGN:
        return False
    said = result.translate(_MARKS_OF_DIRECTION)
    pair = Pair(wanted.text, said, wanted.source, wanted.target, wanted.today)
    return not differences(pair, wanted.names, talk.library.glossary)


def _has_words(kept: Kept) -> bool:
    return has_letters(MARK.sub(" ", kept.text))

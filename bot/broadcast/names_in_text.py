"""Check three: names of students in a text that goes to many families.

A whole name counts however it is written. A first name alone counts where it stands as a name: with a
capital letter, and, when it is a word too (Will, May, Hope), in the middle of a sentence and not among
other capitals. A last name alone counts only where it is no common word. Names in a script without
capitals count as they stand.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from bot.broadcast import name_words
from bot.broadcast.finding import Finding
from bot.words.plain import plain

NAMED: Final = "%(name)s is the name of a student of these classes. Every family would read it."
LEAVE_OUT: Final = "Leave the name out, write {child}, or write to this family alone."

_TOKEN = re.compile(
    r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]|['\u2019\u02bc-](?=[^\W\d_])|[^\W\d_])*"
)
_FIELD = re.compile(r"\{[^{}]*\}")
_HAN = re.compile(r"[\u3400-\u9fff]{2,}")

_WORDS: Final = frozenset(name_words.WORDS.split())
_OPENS: Final = frozenset('.!?:\n\u2022"\u201c()¡¿\u3002\uff01\uff1f\u061f-\u2013\u2014')
_TITLES: Final = frozenset(name_words.TITLES.split())
_PLACES: Final = frozenset(name_words.PLACES.split())
_PARTICLES: Final = frozenset(name_words.PARTICLES.split())
_DATED: Final = frozenset(name_words.DATED.split())


@dataclass(frozen=True, slots=True)
class StudentName:
    """One student as the roster writes the name."""

    given: str
    family: str

    @property
    def whole(self) -> str:
        """Both together."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    written: str
    plain: str
    opens: bool
    """Whether a sentence begins with it"""

    @property
    def is_capital(self) -> bool:
        """Whether it is written as a name; always in scripts without small letters."""
        return not self.written[0].islower()

    @property
    def shouts(self) -> bool:
        """Whether it is all in capitals, which makes no word a name."""
        return len(self.written) > 1 and self.written.isupper()


def name_findings(text: str, language: str, names: Collection[StudentName]) -> list[Finding]:
    """Every place where a student is named, each once, in the order of the text."""
    words = list(_words(text))
    places = {**_alone(words, names), **_whole(words, names), **_chinese(text, names)}
    found = []
    reached = -1
    for (start, end), _ in sorted(places.items(), key=lambda item: (item[0][0], -item[0][1])):
        if start < reached:
            continue
        reached = end
        found.append(Finding("names", language, start, end, NAMED, LEAVE_OUT, {"name": text[start:end]}))
    return found


def _words(text: str) -> Iterator[_Word]:
    bare = _FIELD.sub(lambda match: " " * len(match.group()), text)
    before = 0
    for match in _TOKEN.finditer(bare):
        written, end = match.group(), match.end()
        for tail in ("'s", "\u2019s"):
            if written.lower().endswith(tail):
                written, end = written[:-2], end - 2
        between = bare[before : match.start()]
        opens = not bare[: match.start()].strip() or bool(_OPENS & set(between))
        before = match.end()
        if written:
            yield _Word(match.start(), end, written, plain(written), opens)


def _whole(words: list[_Word], names: Collection[StudentName]) -> dict[tuple[int, int], StudentName]:
    """First and last name side by side, in either order; a middle name or an initial may stand between."""
    pairs: dict[tuple[str, str], StudentName] = {}
    for name in names:
        for given in plain(name.given).split():
            for family in plain(name.family).split():
                if given not in _PARTICLES and family not in _PARTICLES:
                    pairs[given, family] = pairs[family, given] = name
    found = {}
    for at, word in enumerate(words):
        for beside in words[at + 1 : at + 3]:
            pair = pairs.get((word.plain, beside.plain))
            both_words = {word.plain, beside.plain} <= _WORDS
            if pair and not beside.opens and (not both_words or (word.is_capital and beside.is_capital)):
                found[word.start, beside.end] = pair
    return found


def _alone(words: list[_Word], names: Collection[StudentName]) -> dict[tuple[int, int], StudentName]:
    given = {part: name for name in names for part in _parts(name.given)}
    family = {part: name for name in names for part in _parts(name.family)}
    found = {}
    for at, word in enumerate(words):
        before = words[at - 1] if at else None
        after = words[at + 1] if at + 1 < len(words) else None
        name = given.get(word.plain) or (family.get(word.plain) if word.plain not in _WORDS else None)
        if name is None or not word.is_capital or (word.shouts and word.plain in _WORDS):
            continue
        if (before and before.plain in _TITLES) or (after and not after.opens and after.plain in _PLACES):
            continue
        if word.plain in _WORDS and not _stands_as_name(word, before, after):
            continue
        found[word.start, word.end] = name
    return found


def _stands_as_name(word: _Word, before: _Word | None, after: _Word | None) -> bool:
    """Whether a word that is a name too is one here: capital amid small letters, and no month or heading."""
    if word.opens or before is None or (before.is_capital and not before.opens and before.plain != "i"):
        return False
    if after is not None and not after.opens and after.is_capital:
        return False
    return word.plain not in _DATED


def _parts(name: str) -> list[str]:
    return [part for part in plain(name).split() if len(part) > 1 and part not in _PARTICLES]


def _chinese(text: str, names: Collection[StudentName]) -> dict[tuple[int, int], StudentName]:
    """Names in characters, which no space sets apart: family name first, two characters at least."""
    found = {}
    for name in names:
        for written in {name.family + name.given, name.given + name.family, name.given}:
            if _HAN.fullmatch(written) and (at := text.find(written)) >= 0:
                found[at, at + len(written)] = name
    return found

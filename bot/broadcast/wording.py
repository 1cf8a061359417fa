"""The words of a broadcast: texts with merge fields, filled for each family in its own language. Pure.

`{child|your child}` is the child's name, or what stands behind the bar where no name is known.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.broadcast.refused import NoText, TooLong, UnknownField
from bot.words import locales
from bot.words.nearest import nearest
from bot.words.tidy import outgoing

FIELDS: Final = ("school", "child", "guardian", "class", "sender", "date")
MOST: Final = 1600
"""Characters of one text: more is never one thing to say"""
_FIELD: Final = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")


@dataclass(frozen=True, slots=True)
class Fields:
    """What a text may name; empty where it is not known."""

    school: str = ""
    child: Sequence[str] = ()
    """Names of the children for whose sake a family is written to"""
    guardian: str = ""
    classes: Sequence[str] = ()
    sender: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A merge field as it stands in a text."""

    name: str
    default: str | None


def fields_in(text: str) -> list[Part]:
    """The merge fields of a text, in order."""
    return [Part(found[1].strip(), found[2]) for found in _FIELD.finditer(text)]


def check(text: str, language: str) -> None:
    """Raises UnknownField, NoText or TooLong."""
    for part in fields_in(text):
        if part.name not in FIELDS:
            raise UnknownField(part.name, nearest(part.name, FIELDS), language)
    if loose := re.search(r"[{}]\s*(\w*)", _FIELD.sub("", text)):
        raise UnknownField(loose[1], nearest(loose[1], FIELDS), language)
    words = outgoing(_FIELD.sub("x", text)).strip()
    if not words:
        raise NoText("nothing is left of the text")
    if len(words) > MOST:
        raise TooLong(language, len(words), MOST)


def render(text: str, fields: Fields, locale: str, defaults: Mapping[str, str] | None = None) -> str:
    """The text as one family reads it. `defaults`: words for a field that is neither known nor has words
    of its own. Raises UnknownField.
    """

    def filled(found: re.Match[str]) -> str:
        name = found[1].strip()
        if name not in FIELDS:
            raise UnknownField(name, nearest(name, FIELDS), locale)
        known = _known(name, fields, locale)
        if known:
            return known
        return found[2] if found[2] is not None else (defaults or {}).get(name, "")

    return _FIELD.sub(filled, text)


def _known(name: str, fields: Fields, locale: str) -> str:
    if name == "date":
        return locales.day(fields.day, locale) if fields.day else ""
    if name in {"child", "class"}:
        said = list(dict.fromkeys(fields.child if name == "child" else fields.classes))
        return locales.isolated(locales.listed(said, locale), locale) if said else ""
    value = {"school": fields.school, "guardian": fields.guardian, "sender": fields.sender}[name]
    return locales.isolated(value, locale) if value else ""

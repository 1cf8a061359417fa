"""What an order by text says: one of the templates, or the writer's own words. Pure."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final, Literal

from bot.broadcast.order_days import Day, read_times
from bot.broadcast.templates import Template
from bot.words.plain import plain

Asks = Literal["day", "ends", "starts", "opens"]
BY_TEXT: Final = frozenset({"day", "ends", "starts", "opens"})
"""What a template may ask of somebody who texts: a place or an event is written in the pages"""
_SAID: Final[Mapping[str, tuple[str, ...]]] = {
    "picture_day": (
        "picture day", "pictures", "picture", "picture days", "photo day", "photos", "photo",
        "dia fotos", "fotos", "dia foto", "dia fotografias",
    ),
    "early_release": (
        "early release", "early dismissal", "early out", "half day", "minimum day", "dismissal early",
        "salida temprana", "salida temprano", "sale temprano", "salen temprano", "medio dia",
    ),
    "snow_closure": (
        "snow day", "snow closure", "snow", "no snow", "closed snow", "snow closed", "no because snow",
        "dia nieve", "nieve", "no clases nieve",
    ),
}  # fmt: skip
"""How people say a template, without the small words below"""
# fmt: off
_SMALL: Final = frozenset((
    "a", "an", "the", "is", "are", "on", "at", "in", "this", "next", "coming", "for", "to", "will", "be",
    "ends", "end", "school", "reminder", "remember", "opens", "open", "again", "reopens", "back", "and", "we",
    "have", "has", "there", "our", "from", "until", "of", "de", "del", "el", "la", "las", "los", "es", "en",
    "un", "una", "hay", "sera", "por", "escuela", "recordatorio", "y", "abre",
))
# fmt: on
_LIKE: Final = 0.8
"""So near must each word of a template's name be that was typed with a slip"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the families shall read."""

    template: str | None
    """None: the words as they are"""
    words: str = field(repr=False)
    values: Mapping[str, str] = field(default_factory=dict)
    """What the template asks for, as its form gives it"""
    lacks: str | None = None
    """The first of it that was not said"""
    days: tuple[Day, ...] = ()

    @property
    def is_fillable(self) -> bool:
        """Whether all that is lacking can be said by text."""
        return self.lacks is None or self.lacks in BY_TEXT


def template_of(text: str, templates: Iterable[Template], today: date) -> Template | None:
    """The template that a text is the name of, days and times aside."""
    words = _bare(read_times(text, today).rest)
    if not words or len(words) > 5:
        return None
    said = {" ".join(sorted(_bare(one))): template for template in templates for one in _names(template.name)}
    mine = " ".join(sorted(words))
    if mine in said:
        return said[mine]
    return next((template for name, template in said.items() if _is_slip(mine, name)), None)


def read_wish(text: str, templates: Iterable[Template], today: date) -> Wish | None:
    """What is to be said; None where nothing but a day is."""
    found = read_times(text, today)
    if not _bare(found.rest):
        return None
    template = template_of(text, templates, today)
    if template is None:
        return Wish(None, text.strip(), days=found.days)
    values = _values(template, [one.day for one in found.days], list(found.times))
    lacks = next((name for name in template.asks if name not in values), None)
    return Wish(template.name, text.strip(), values, lacks, found.days)


def with_answer(wish: Wish, template: Template, text: str, today: date) -> Wish:
    """The wish with what was lacking, where this text says it; otherwise as it was."""
    found = read_times(text, today)
    name = wish.lacks or ""
    kind = template.asks.get(name)
    value = ""
    if kind == "date" and found.days:
        value = found.days[0].day.isoformat()
    elif kind == "time" and found.times:
        value = f"{found.times[0]:%H:%M}"
    if not value:
        return wish
    values = {**wish.values, name: value}
    lacks = next((one for one in template.asks if one not in values), None)
    return Wish(wish.template, wish.words, values, lacks, (*wish.days, *found.days))


def _values(template: Template, days: list[date], times: list[time]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, kind in template.asks.items():
        if kind == "date" and days:
            values[name] = days.pop(0).isoformat()
        elif kind == "time" and times:
            values[name] = f"{times.pop(0):%H:%M}"
    return values


def _names(template: str) -> tuple[str, ...]:
    return (template.replace("_", " "), *_SAID.get(template, ()))


def _is_slip(mine: str, name: str) -> bool:
    """Whether each word is one of the name's but for a slip: "no picture day" is none of "picture day"."""
    pairs = list(zip(mine.split(), name.split(), strict=False))
    if len(mine.split()) != len(name.split()):
        return False
    return all(difflib.SequenceMatcher(None, one, other).ratio() >= _LIKE for one, other in pairs)


def _bare(text: str) -> list[str]:
    return [word for word in plain(text).split() if word not in _SMALL]

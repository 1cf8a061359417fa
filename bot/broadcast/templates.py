"""Templates that a broadcast is begun from: phrases `template_<name>` of flows/phrases.yaml.

They stand among the phrases because all that a text for families needs is there already: extraction, the
translators' catalogs with their states, `ally check` (placeholders, segments, staleness) and the sixth-grade
measure. A school adds one by adding a phrase.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final, Literal

from bot.broadcast.wording import FIELDS as MERGED
from bot.flow.book import Book
from bot.flow.render import PLACEHOLDER, NotKnown, fill
from bot.flow.state import Value
from bot.words.locales import LOCALES
from bot.words.marks import State
from bot.words.tidy import outgoing

Kind = Literal["date", "time", "text", "language", "tip"]
ASKED: Final[Mapping[str, Kind]] = {
    "day": "date",
    "starts": "time",
    "ends": "time",
    "opens": "date",
    "place": "text",
    "event": "text",
    "partner": "text",
    "language": "language",
    "tip": "tip",
}
"""What a template asks its writer for. A text goes into every language as it was written: names alone"""
_BEGINS: Final = "template_"
_TIP: Final = "tip_"
_LONGEST: Final = 80
"""Letters of a text that is filled in: a name of a place is no letter to parents"""
_ORDER: Final = (
    "picture_day",
    "early_release",
    "conference",
    "attendance",
    "snow_closure",
    "interpreter_meeting",
    "learning_tip",
    "partner_event",
)


@dataclass(frozen=True, slots=True)
class Template:
    """One template: its English, and what it asks for, in the order of its text."""

    name: str
    english: str
    asks: Mapping[str, Kind]
    merges: tuple[str, ...]
    """Merge fields that sending fills for each family"""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template in one language; no text where the state is stale or missing."""

    state: State
    body: str = field(default="", repr=False)

    @property
    def is_fit(self) -> bool:
        """Whether there is a text."""
        return bool(self.body)


class Unfilled(Exception):
    """A value is missing or is none; its message is the field's name."""

    def __init__(self, name: str, kind: Kind) -> None:
        super().__init__(name)
        self.name = name
        self.kind = kind


def templates(book: Book) -> list[Template]:
    """Every template: ours in their order, then those that a school added, by name."""
    names = [name.removeprefix(_BEGINS) for name in book.phrases if name.startswith(_BEGINS)]
    known = [name for name in _ORDER if name in names]
    return [template(book, name) for name in (*known, *sorted(set(names) - set(known)))]


def template(book: Book, name: str) -> Template:
    """The template of this name. Raises KeyError."""
    english = book.phrases[_BEGINS + name].other
    fields = list(dict.fromkeys(PLACEHOLDER.findall(english)))
    asks = {one: ASKED[one] for one in fields if one in ASKED}
    return Template(name, english, asks, tuple(one for one in fields if one in MERGED))


def tips(book: Book) -> list[str]:
    """What may be chosen for {tip}: the names of the learning tips."""
    return [name for name in book.phrases if name.startswith(_TIP) and name[-1].isdigit()]


def filled(book: Book, name: str, values: Mapping[str, str], locale: str) -> Filled:
    """A template in a language, with what its writer gave; merge fields stay for sending to fill.

    `values` as a form gives them: 2026-12-04, 12:30, a locale, the name of a tip, or a text. Raises KeyError
    for an unknown template and Unfilled for a value that is missing or is none.
    """
    found = template(book, name)
    typed: dict[str, Value] = {
        one: _typed(book, one, kind, values.get(one, "")) for one, kind in found.asks.items()
    }
    typed |= {one: f"{{{one}}}" for one in found.merges}
    return _in_language(book, _BEGINS + name, typed, locale)


def filled_phrase(book: Book, name: str, values: Mapping[str, Value], locale: str) -> Filled:
    """Any phrase of the program the same way: with values, and with merge fields left as they are."""
    return _in_language(book, name, {**{one: f"{{{one}}}" for one in MERGED}, **values}, locale)


def _in_language(book: Book, phrase: str, values: Mapping[str, Value], locale: str) -> Filled:
    english = book.phrases[phrase].other
    found = book.texts.text(locale, f"phrase/{phrase}", english)
    if found.locale != locale:
        return Filled("stale" if found.state == "stale" else "missing")
    inner_states: list[str] = [found.state]

    def inner(name: str, language: str) -> str:
        text = book.texts.text(language, f"phrase/{name}", book.phrases[name].other)
        inner_states.append(text.state)
        return text.body

    try:
        body = fill(found.body, values, locale, inner)
    except NotKnown as error:
        raise Unfilled(str(error), ASKED.get(str(error), "text")) from None
    worst = _worst(inner_states)
    return Filled(worst) if worst in ("stale", "missing") else Filled(worst, body)


def _worst(states: list[str]) -> State:
    order: tuple[State, ...] = ("missing", "stale", "unreviewed")
    return next((state for state in order if state in states), "reviewed")


def _typed(book: Book, name: str, kind: Kind, said: str) -> Value:
    """A value of a form as the words' room writes it. Raises Unfilled."""
    said = outgoing(said).strip()
    try:
        if kind == "date":
            return {"date": date.fromisoformat(said).isoformat()}
        if kind == "time":
            return {"time": time.fromisoformat(said).strftime("%H:%M")}
    except ValueError:
        raise Unfilled(name, kind) from None
    if kind == "language" and said in LOCALES:
        return {"language": said}
    if kind == "tip" and said in tips(book):
        return {"phrase": said}
    if kind == "text" and said and len(said) <= _LONGEST and not set("{}\n") & set(said):
        return said
    raise Unfilled(name, kind)

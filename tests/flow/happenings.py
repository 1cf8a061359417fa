"""Anything that can happen to a conversation: texts in any script, taps, time passing, people."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from bot.flow.book import Book
from bot.flow.render import PLACEHOLDER
from bot.flow.state import Value
from bot.flow.turn import (
    Acted,
    AskedAgain,
    Event,
    Found,
    LookUp,
    PersonAnswered,
    PersonClosed,
    PersonReturned,
    Say,
    Started,
    Texted,
)
from bot.hear.understand import Hearing
from tests.flow.kit import Talker

SECRET = "zqxjkv"
"""Stands in texts of the person; must never come back to her"""
LOCALES = ("en", "es", "ar", "zh_Hans", "ht", "xx")
KNOWN: dict[str, Value] = {
    "program.name": "Ally",
    "school.name": "Maple Grove",
    "school.phone": {"phone": "+15125550100"},
    "office.hours": "8 to 4",
    "contact.language": {"language": "es", "value": "es"},
    "contact.is_new": "yes",
    "family.school": "s1",
}

SENTENCES = (
    SECRET,
    f"maple {SECRET}",
    f"my son {SECRET} is ill",
    "512 555 0123",
    "¿Cuándo no hay clases?",
    "When is there no school?",
    "my rights",
    "who can help me",
    "我需要翻译",
    "متى لا توجد دراسة",
    "Kilè pa gen lekòl?",
)
WORDS = "yes/no/sí/ok/👍/hola/hello/gracias/menu/menú/person/language/idioma/more/tomorrow/٢/二/२"
_typed = st.sampled_from([*"1234590", "3/4", "11/26", *WORDS.split("/"), *SENTENCES])
TEXTS = st.one_of(_typed, _typed, _typed, st.text(max_size=40), st.text(st.characters(), max_size=3))
_odd: st.SearchStrategy[Value] = st.recursive(
    st.text(max_size=5) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "value",
                    "date",
                    "days",
                    "timed",
                    "time",
                    "phone",
                    "phrase",
                    "language",
                    "raw",
                    "span",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=5,
)
_usual: st.SearchStrategy[Value] = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Maple Grove", "Ana Ruiz", "Oak Hill"]),
        "value": st.sampled_from(["s1", "s2"]),
        "days": st.just({"date": "2026-12-01"}),
        "when": st.sampled_from(
            [{"date": "2026-12-01"}, {"timed": ["2026-12-01", "08:00", "09:00"]}, {"timed": []}]
        ),
        "school_name": st.just("Maple Grove"),
        "school": st.just("Maple Grove"),
        "languages": st.just([{"language": "es"}]),
    }
)
RESULTS = st.lists(st.one_of(_usual, _usual, _usual, _odd), max_size=8).map(tuple)


@dataclass(frozen=True)
class Waits:
    """So many minutes pass."""

    minutes: int


@dataclass(frozen=True)
class Sends:
    """The person texts, or taps something."""

    text: str
    tap: tuple[str, str, str] | None = None
    also: tuple[str, ...] = ()


Happening = Sends | Waits | Event


def happenings(book: Book, most: int = 14) -> st.SearchStrategy[list[Happening]]:
    """A life of one conversation."""
    flows = sorted(book.flows)
    steps = sorted({step for flow in book.flows.values() for step in flow.steps})
    values = sorted({v for f in book.flows.values() for s in f.steps.values() for v in s.choices or {}})
    odd = ["more:", "topic:rights", "topic:moon", "0", "7", ""]
    tap = st.tuples(st.sampled_from(flows), st.sampled_from(steps), st.sampled_from([*values, *odd]))
    topics = st.lists(st.sampled_from([*sorted(book.topics()), "moon"]), max_size=4).map(tuple)
    sends = st.builds(Sends, TEXTS, st.none() | tap, st.just(()) | topics)
    one: st.SearchStrategy[Happening] = st.one_of(
        *[sends] * 6,
        st.builds(Waits, st.sampled_from([1, 60, 60 * 24, 60 * 24 * 4, 60 * 24 * 30])),
        st.sampled_from([PersonClosed(), PersonAnswered(), AskedAgain(), PersonReturned("talk_to_person")]),
        st.builds(PersonReturned, st.sampled_from([*flows, "gone"])),
        st.builds(Started, st.sampled_from([*flows, "gone"])),
        st.builds(
            Acted, st.booleans(), st.dictionaries(st.sampled_from(["a", "dates", "_near"]), _odd, max_size=2)
        ),
        st.builds(Found, RESULTS),
    )
    return st.lists(one, min_size=1, max_size=most)


@dataclass
class Life:
    """Plays what happens and holds after each event what must always be true."""

    talker: Talker
    hearing: Hearing | None = None
    results: list[tuple[Value, ...]] = field(default_factory=list)
    """Given to look-ups one after the other, again and again"""
    _given: int = 0

    def lives(self, happened: list[Happening]) -> None:
        for one in happened:
            if isinstance(one, Waits):
                self.talker.waits(minutes=one.minutes)
            elif isinstance(one, Sends):
                self._sends(one)
            else:
                self.talker.meets(one)
            self._holds()

    def _sends(self, sent: Sends) -> None:
        before = self.talker.state
        heard = self.hearing.understand(sent.text, self.talker.language) if self.hearing else None
        event = Texted(sent.text, "/".join(sent.tap) if sent.tap else None, also=sent.also)
        if heard is not None:
            event = replace(
                event,
                command=heard.command,
                topic=heard.topic,
                near=heard.near,
                small_talk=heard.small_talk,
            )
        self.talker.meets(event)
        if before.waiting != "person" and event.small_talk is None:
            spoken = [one for one in self.talker.effects if isinstance(one, Say)]
            assert spoken or self.talker.people, f"silent after {sent.text!r}"

    def _holds(self) -> None:
        assert self.talker.state.waiting in ("", "answer", "person")
        assert len(self.talker.effects) < 60
        assert len(self.talker.asked) <= 10
        assert len(self.talker.stored or "") < 60_000
        for effect in self.talker.effects:
            if isinstance(effect, Say):
                assert SECRET not in effect.text
                assert not PLACEHOLDER.search(effect.text), effect.text

    def finds(self, _asked: LookUp) -> tuple[Value, ...]:
        self._given += 1
        return self.results[self._given % len(self.results)] if self.results else ()


def life(
    book: Book,
    hearing: Hearing | None,
    language: str,
    known: Mapping[str, Value],
    results: list[tuple[Value, ...]],
) -> Life:
    """A person of this language, known so far, for whom look-ups find these results."""
    lived = Life(Talker(book, language=language, known=dict(known)), hearing, results)
    places = {
        step.look_up.in_: lived.finds
        for flow in book.flows.values()
        for step in flow.steps.values()
        if step.look_up
    }
    types = {
        step.answer.type: lived.finds
        for flow in book.flows.values()
        for step in flow.steps.values()
        if step.answer
    }
    lived.talker.answers = places | types
    return lived

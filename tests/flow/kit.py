"""A talk on paper: flows written in the test, a person who texts, and what she was told.

Every event of a Talker is played twice from the stored state, so each test of the engine also holds
that state survives storage and that the same events give the same turn.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from textwrap import dedent, indent
from typing import Any

from bot.flow.advance import advance
from bot.flow.book import Book, FactText
from bot.flow.load import Flow, load_flow
from bot.flow.model import AlwaysFile, PhraseFile
from bot.flow.model import Say as Wording
from bot.flow.state import State, Value, from_json, to_json
from bot.flow.turn import (
    Acted,
    Count,
    Effect,
    Escalate,
    Event,
    Found,
    Here,
    LookUp,
    PersonClosed,
    Say,
    Started,
    Texted,
    TimePassed,
    Turn,
)
from bot.words.yaml_shape import shaped
from bot.words.yaml_tree import read_tree

ALWAYS = """
always: everywhere
about: What works everywhere
interrupts:
  menu: menu
  language: {run: my_language, then: resume}
  person: talk_to_person
first_contact: welcome
after_expiry: pick_up_again
not_sure: not_sure
broken: hand_over
unclear: {tries: 2}
expires: {after: 3 days}
"""
PHRASES = """
phrases:
  automatic_translation: "Nobody has checked this translation."
  english_instead: "This is still in English."
  not_understood: "Please answer with a number:"
  not_understood_open: "Please try again."
  which_one: "Which one?"
  back_to_question: "Back to my question:"
  you_are_welcome: "You are welcome!"
  sorry: "Sorry, a person will text you."
  fact_source: "Source: {source}, {checked}."
  fact_source_unreviewed: "Source: {source}, {checked}, unreviewed."
  fact_withheld: "A person can tell you."
  not_legal_advice: "No legal advice."
  topic_dates: "School dates"
  topic_rights: "Rights"
"""
HOUSE = {
    "welcome": """
        hello: {say: "Hello!", go: menu}
        menu: {run: menu, done: over}
        over: {end: yes}
    """,
    "menu": """
        what: {ask: "What do you need?", choices: {dates: "Dates", help: "Help"}, go: over}
        over: {say: "Menu done.", end: yes}
    """,
    "my_language": """
        which: {ask: "Which language?", choices: {en: English, es: Español}, save: new_language, go: set}
        set: {do: set_language, done: {say: "Language set."}, failed: {say: "Not set."}}
    """,
    "not_sure": """
        which:
          ask: "Is it one of these?"
          choices: {menu: "The menu"}
          unclear: {tries: 1, go: ask}
          go: menu
        menu: {run: menu, done: over}
        ask: {run: talk_to_person, done: over}
        over: {end: yes}
    """,
    "pick_up_again": """
        go_on:
          ask: "Shall we go on?"
          choices: {yes_go_on: "Yes, go on", menu: {label: "Menu", go: menu}}
          go: back
        back: {do: resume, failed: menu}
        menu: {run: menu, done: over}
        over: {end: yes}
    """,
    "hand_over": """
        sorry: {say: "I ask a person.", go: person}
        person: {run: talk_to_person, done: over}
        over: {end: yes}
    """,
    "talk_to_person": """
        hand:
          escalate: {to: liaison, topic: "{topic}"}
          say: "A person will text you."
          unanswered: {after: 4 office hours, to: district_office, say: "Still looking."}
          closed: back
        back: {say: "I am back.", end: yes}
    """,
}
"""Flows that every house has, as short as they can be"""
NOW = datetime(2026, 11, 24, 16, tzinfo=UTC)
FOREVER = 100


@dataclass(frozen=True)
class Text:
    """A text as a catalog gives it."""

    body: str
    locale: str = "en"
    state: str = "reviewed"


@dataclass(frozen=True)
class Texts:
    """Catalogs from a dict: (locale, context) -> text, or the English where there is none."""

    given: Mapping[tuple[str, str], Text] = field(default_factory=dict)

    def text(self, locale: str, context: str, msgid: str) -> Text:
        missing = "reviewed" if locale == "en" else "missing"
        return self.given.get((locale, context), Text(msgid, "en", missing))

    def plural(self, locale: str, context: str, one: str, other: str, n: int) -> Text:
        return self.text(locale, context, one if n == 1 else other)


@cache
def flow(steps: str, name: str = "talk", head: str = "") -> Flow:
    """A flow from its steps alone; the first one written is the first."""
    body = dedent(steps).strip()
    first = body.partition(":")[0]
    source = f"flow: {name}\nabout: A test\nfirst: {first}\n{dedent(head)}\nsteps:\n{indent(body, '  ')}\n"
    return load_flow(source, f"flows/{name}.yaml")


def book(
    *flows: Flow,
    texts: Texts | None = None,
    facts: Mapping[str, FactText] | None = None,
    words: Mapping[tuple[str, str], Iterable[str]] | None = None,
    always: str = ALWAYS,
    older: Iterable[Flow] = (),
) -> Book:
    """A book of these flows beside those of the house; a flow of the same name takes the other's place."""
    house = {name: flow(steps, name) for name, steps in HOUSE.items()}
    heard = {key: frozenset(said) for key, said in (words or {}).items()}
    return Book(
        flows=house | {one.name: one for one in flows},
        always=_always(always),
        phrases=_phrases(),
        texts=texts or Texts(),
        facts=lambda name, _today: (facts or {}).get(name),
        words=lambda locale, name: heard.get((locale, name), frozenset()),
        older={(one.name, one.revision): one for one in older},
    )


@cache
def _always(source: str) -> AlwaysFile:
    return shaped(read_tree(source, "always.yaml"), AlwaysFile)


@cache
def _phrases() -> dict[str, Wording]:
    return shaped(read_tree(PHRASES, "phrases.yaml"), PhraseFile).phrases


def fact(plain: str = "Every child may come.", *, reviewed: bool = True) -> FactText:
    """A fact of the rights library."""
    return FactText(plain, "the law", date(2026, 6, 20), has_reviewer=reviewed)


Answer = tuple[Value, ...] | Acted | Callable[[LookUp], tuple[Value, ...]]


@dataclass
class Talker:
    """A person who texts, and the time that passes; `answers` are given to look-ups and actions."""

    book: Book
    answers: Mapping[str, Answer] = field(default_factory=dict)
    language: str = "en"
    known: dict[str, Value] = field(default_factory=dict)
    now: datetime = NOW
    withhold: bool = False
    stored: str | None = None
    effects: list[Effect] = field(default_factory=list)
    asked: list[LookUp | Any] = field(default_factory=list)
    """Look-ups and actions of the last event"""

    @property
    def state(self) -> State:
        return from_json(self.stored)

    @property
    def step(self) -> str:
        """flow/step where the conversation stands; empty when it stands nowhere."""
        return f"{self.state.frame.flow}/{self.state.frame.step}" if self.state.stack else ""

    @property
    def counts(self) -> list[str]:
        """What the last event counted."""
        return [effect.name for effect in self.effects if isinstance(effect, Count)]

    @property
    def people(self) -> list[Escalate]:
        """Who was asked to take over by the last event."""
        return [effect for effect in self.effects if isinstance(effect, Escalate)]

    def starts(self, name: str = "talk") -> str:
        return self.meets(Started(name))

    def texts(self, text: str, **heard: Any) -> str:
        return self.meets(Texted(text, **heard))

    def waits(self, **length: float) -> str:
        """Let time pass and its timers happen, one an event, as the program does."""
        self.now += timedelta(**length)
        said = [self.meets(TimePassed())]
        while any(timer.at <= self.now for timer in self.state.timers):
            said.append(self.meets(TimePassed()))
        return " / ".join(filter(None, said))

    def person_closes(self) -> str:
        return self.meets(PersonClosed())

    def meets(self, event: Event) -> str:
        """Let something happen, with all that it asks for; what is said, with the choices in brackets."""
        self.effects, self.asked = [], []
        turn = self._turn(event)
        for _ in range(FOREVER):
            if turn.pending is None:
                return _said(self.effects)
            self.asked.append(turn.pending)
            turn = self._turn(self._answer(turn))
        raise AssertionError("the turn never ends")

    def _answer(self, turn: Turn) -> Event:
        pending = turn.pending
        if isinstance(pending, LookUp):
            answer = self.answers.get(pending.what, ())
            results = answer(pending) if callable(answer) else answer
            return Found(results) if isinstance(results, tuple) else Found(())
        outcome = self.answers.get(pending.action) if pending else None
        return outcome if isinstance(outcome, Acted) else Acted(done=True)

    def _turn(self, event: Event) -> Turn:
        here = Here(self.now, self.language, self.known, _office_hours_later, self.withhold)
        turn = advance(self.book, self.state, event, here)
        again = advance(self.book, self.state, event, here)
        assert (again.effects, again.pending) == (turn.effects, turn.pending), "not the same turn twice"
        self.stored = to_json(turn.state)
        assert to_json(again.state) == self.stored
        assert to_json(self.state) == self.stored, "the state does not survive storage"
        self.effects += turn.effects
        return turn


def _office_hours_later(moment: datetime, amount: float) -> datetime:
    """Offices of a test are open one hour a day."""
    return moment + timedelta(days=amount)


def _said(effects: list[Effect]) -> str:
    return " ".join(_shown(effect) for effect in effects if isinstance(effect, Say))


def _shown(say: Say) -> str:
    labels = ", ".join(one.label for one in say.choices)
    return f"{say.text} [{labels}]" if labels else say.text

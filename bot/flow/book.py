"""Everything a conversation is made of, loaded and ready: flows, words, facts. Holds no state."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bot.flow.load import Flow
from bot.flow.model import AlwaysFile, Say, Step
from bot.flow.state import Frame
from bot.flow.turn import Offered


class Worded(Protocol):
    """A text as a catalog gives it."""

    @property
    def body(self) -> str:
        """The text itself."""

    @property
    def locale(self) -> str:
        """The language it really is in; English where there is no better."""

    @property
    def state(self) -> str:
        """reviewed, unreviewed, stale or missing."""


class Texts(Protocol):
    """The catalogs: what a text is in a person's language."""

    def text(self, locale: str, context: str, msgid: str) -> Worded:
        """One text by its context and its English."""

    def plural(self, locale: str, context: str, one: str, other: str, n: int) -> Worded:
        """The wording for a count."""


@dataclass(frozen=True, slots=True)
class FactText:
    """A reviewed fact as it may be told today: English, its source in plain words, the day it was checked."""

    plain: str
    source_words: str
    checked: date
    has_reviewer: bool = True
    """Whether a named person stands for it; where none does yet, the answer says so"""


@dataclass(frozen=True, slots=True)
class Labels:
    """The choices of one step in one language, and the states of those texts that are not reviewed."""

    offered: tuple[Offered, ...]
    states: tuple[str, ...]


def _no_words(_locale: str, _name: str) -> frozenset[str]:
    return frozenset()


def _no_fact(_fact: str, _today: date) -> FactText | None:
    return None


@dataclass(frozen=True)
class Book:
    """The flows with all they need to speak."""

    flows: Mapping[str, Flow]
    always: AlwaysFile
    phrases: Mapping[str, Say]
    texts: Texts
    facts: Callable[[str, date], FactText | None] = _no_fact
    """None where a fact must not be told today"""
    words: Callable[[str, str], frozenset[str]] = _no_words
    older: Mapping[tuple[str, str], Flow] = field(default_factory=dict)
    """By name and revision: flows that some conversation still stands on"""

    labels: dict[tuple[str, str, str, str], Labels] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )
    """By flow, revision, step and language: choices that were worked out before"""
    _topics: dict[str, tuple[Flow, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index which flow opens on which topic."""
        for flow in self.flows.values():
            for topic, step in flow.file.starts_with.topics.items():
                self._topics[topic] = (flow, step or flow.file.first)

    def opens(self, topic: str) -> tuple[Flow, str] | None:
        """The flow and step that a topic opens."""
        return self._topics.get(topic)

    def topics(self) -> Iterable[str]:
        """Every topic that some flow answers."""
        return tuple(self._topics)

    def begun(self, name: str) -> Flow | None:
        """The flow of this name; of a deleted one, that an older flow still runs, its last known revision."""
        return self.flows.get(name) or next(
            (flow for flow in reversed(list(self.older.values())) if flow.name == name), None
        )

    def stands(self, frame: Frame, *, moves: bool = True) -> tuple[Flow, str] | None:
        """The flow and step on which this frame goes on, None where nothing is left of it.

        A conversation finishes on the revision it began with, or moves by a declared step; while a
        look-up or an action is under way it does not move (`moves`), or it would be done twice. Where
        the old revision is lost it goes on at the step of the same name, else at the flow's beginning.
        """
        current, old = self.flows.get(frame.flow), self.older.get((frame.flow, frame.revision))
        if current is not None and current.revision == frame.revision:
            old = current
        elif current is not None and moves and current.file.moved.get(frame.step) in current.steps:
            return current, current.file.moved[frame.step]
        if old is not None and frame.step in old.steps:
            return old, frame.step
        if current is None:
            return None
        step = current.file.moved.get(frame.step, frame.step)
        step = step if step in current.steps else current.file.first
        return (current, step) if step in current.steps else None

    def asks_the_same(self, frame: Frame, flow: Flow, step: str) -> bool:
        """Whether the question on which this frame waits is still the one that stands at this step.

        Where it is not, an answer must not be read against choices that the person has never seen.
        """
        if (frame.flow, frame.revision, frame.step) == (flow.name, flow.revision, step):
            return True
        old = self.older.get((frame.flow, frame.revision))
        was = old.steps.get(frame.step) if old else None
        return was is not None and _asked(was) == _asked(flow.steps[step])


def _asked(step: Step) -> tuple[object, ...]:
    labels = [(value, choice.label) for value, choice in (step.choices or {}).items()]
    return step.ask is None, labels, step.answer and step.answer.type, step.also_understands

"""Where a conversation stands: small JSON with a version, written out and read back between turns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

Value = str | int | list["Value"] | dict[str, "Value"]
"""What can be remembered: a text, a number, or a typed value such as {"date": "2026-11-26"}."""

Waiting = Literal["", "answer", "look_up", "action", "person"]
VERSION = 1
_WAITING = frozenset({"", "answer", "look_up", "action", "person"})
_TIMERS = frozenset({"silent", "expires", "unanswered"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One flow being run: which, in which revision, at which step."""

    flow: str
    revision: str
    step: str


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that happens when time has passed: silent, expires or unanswered."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Paused:
    """A conversation that an interrupt or the passing of time has set aside."""

    stack: tuple[Frame, ...]
    values: Mapping[str, Value]
    why: Literal["interrupted", "expired"]
    more: str = ""
    later: tuple[str, ...] = ()
    """Topics of the text that began it which were still to be answered"""


@dataclass(frozen=True, slots=True)
class State:
    """Everything the engine knows of one conversation between two turns."""

    stack: tuple[Frame, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    waiting: Waiting = ""
    tries: int = 0
    hops: int = 0
    """Steps since the person's last word: a runaway flow is stopped by it"""
    owed: bool = False
    """Whether the person's last word has not been answered yet"""
    more: str = ""
    """The step whose list has more to show"""
    resumes: bool = False
    """Whether what was paused is asked again when this ends"""
    timers: tuple[Timer, ...] = ()
    paused: Paused | None = None
    told: tuple[str, ...] = ()
    """What is said only once in a conversation"""
    later: tuple[str, ...] = ()
    """Topics of the same text that are still to be answered"""
    amiss: tuple[str, ...] = ()
    """States of texts, other than reviewed, that an answer is made of which is not whole yet"""

    @property
    def frame(self) -> Frame:
        """The flow that is running. Raises IndexError when none is."""
        return self.stack[-1]

    def at(self, step: str) -> "State":
        """The same conversation at another step of the running flow."""
        top = self.stack[-1]
        return replace(self, stack=(*self.stack[:-1], replace(top, step=step)))


def to_json(state: State) -> str:
    """Write a state; `from_json` reads it back equal."""
    data: dict[str, Any] = {
        "v": VERSION,
        "stack": [[f.flow, f.revision, f.step] for f in state.stack],
        "values": state.values,
        "waiting": state.waiting,
        "tries": state.tries,
        "hops": state.hops,
        "owed": state.owed,
        "more": state.more,
        "resumes": state.resumes,
        "timers": [[t.kind, t.at.isoformat()] for t in state.timers],
        "told": list(state.told),
        "later": list(state.later),
        "amiss": list(state.amiss),
    }
    if state.paused is not None:
        data["paused"] = _paused_data(state.paused)
    small = {key: value for key, value in data.items() if value or key == "v"}
    return json.dumps(small, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str | None) -> State:
    """Read a state of this or any older version; nothing or an unreadable one is a fresh conversation.

    A conversation must never die of what was stored: the worst that may happen is that it starts anew.
    """
    if not text:
        return State()
    try:
        return _read(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return State()


def _paused_data(paused: Paused) -> dict[str, Any]:
    frames = [[f.flow, f.revision, f.step] for f in paused.stack]
    data = {"stack": frames, "values": paused.values, "why": paused.why, "more": paused.more}
    return data | ({"later": list(paused.later)} if paused.later else {})


def _read(data: dict[str, Any]) -> State:
    paused = data.get("paused")
    return State(
        stack=_frames(data.get("stack", [])),
        values=_values(data.get("values", {})),
        waiting=_one_of(data.get("waiting", ""), _WAITING),
        tries=int(data.get("tries", 0)),
        hops=int(data.get("hops", 0)),
        owed=bool(data.get("owed", False)),
        more=_text(data.get("more", "")),
        resumes=bool(data.get("resumes", False)),
        timers=tuple(_timer(kind, at) for kind, at in data.get("timers", [])),
        paused=_paused(paused) if paused else None,
        told=tuple(_text(mark) for mark in data.get("told", [])),
        later=_topics(data),
        amiss=tuple(_text(one) for one in data.get("amiss", [])),
    )


def _paused(data: dict[str, Any]) -> Paused:
    why: Literal["interrupted", "expired"] = "expired" if data["why"] == "expired" else "interrupted"
    more = _text(data.get("more", ""))
    return Paused(_frames(data["stack"]), _values(data["values"]), why, more, _topics(data))


def _topics(data: dict[str, Any]) -> tuple[str, ...]:
    return tuple(_text(topic) for topic in data.get("later", []))


def _frames(rows: list[list[Any]]) -> tuple[Frame, ...]:
    return tuple(Frame(_text(flow), _text(revision), _text(step)) for flow, revision, step in rows)


def _timer(kind: Any, at: Any) -> Timer:
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return Timer(_one_of(kind, _TIMERS), moment)


def _values(data: Any) -> dict[str, Value]:
    if not isinstance(data, dict):
        raise TypeError("values are named")
    return data


def _one_of(word: Any, allowed: frozenset[str]) -> Any:
    if word not in allowed:
        raise ValueError("a word that is not known")
    return word


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text was expected")
    return value

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


@dataclass(frozen=True, slots=True)
class State:
    """Everything the engine knows of one conversation between two turns."""

    stack: tuple[Frame, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    waiting: Waiting = ""
    tries: int = 0
    hops: int = 0
    """Steps since the person's last word: a runaway flow is stopped by it"""
    more: str = ""
    """The step whose list has more to show"""
    resumes: bool = False
    """Whether what was paused is asked again when this ends"""
    timers: tuple[Timer, ...] = ()
    paused: Paused | None = None
    told: tuple[str, ...] = ()
    """What is said only once in a conversation"""

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
        "more": state.more,
        "resumes": state.resumes,
        "timers": [[t.kind, t.at.isoformat()] for t in state.timers],
        "told": list(state.told),
    }
    if state.paused is not None:
        frames = [[f.flow, f.revision, f.step] for f in state.paused.stack]
        data["paused"] = {"stack": frames, "values": state.paused.values, "why": state.paused.why}
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
    except (ValueError, KeyError, TypeError, AttributeError):
        return State()


def _read(data: dict[str, Any]) -> State:
    paused = data.get("paused")
    return State(
        stack=_frames(data.get("stack", [])),
        values=dict(data.get("values", {})),
        waiting=data.get("waiting", ""),
        tries=int(data.get("tries", 0)),
        hops=int(data.get("hops", 0)),
        more=data.get("more", ""),
        resumes=bool(data.get("resumes", False)),
        timers=tuple(Timer(kind, datetime.fromisoformat(at)) for kind, at in data.get("timers", [])),
        paused=Paused(_frames(paused["stack"]), dict(paused["values"]), paused["why"]) if paused else None,
        told=tuple(data.get("told", [])),
    )


def _frames(rows: list[list[str]]) -> tuple[Frame, ...]:
    return tuple(Frame(flow, revision, step) for flow, revision, step in rows)

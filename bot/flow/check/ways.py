"""All ways on from a step, with the words that lead there: the graph that the rules walk."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.flow import model
from bot.flow.check.known import RESUME
from bot.words.yaml_tree import Trail

Waits = Literal["no", "person", "time"]
END = ""
"""The target of a way on which the flow ends; None is a way that leads nowhere"""


@dataclass(frozen=True, slots=True)
class Way:
    """One way on. `branch` is the word it begins with: go, found, choices.red, if_known.school ..."""

    source: str
    branch: str
    target: str | None
    trail: Trail
    waits: Waits = "no"
    """Whether the conversation waits before it, for the person's words or for time alone"""


def ways(name: str, step: model.Step, flow_expires: model.Later | None = None) -> Iterator[Way]:
    """Every way on from a step, in the order of the engine."""
    at: Trail = ("steps", name)
    if step.if_known is not None:
        yield from _by_knowledge(name, step, at)
    elif step.look_up is not None:
        for branch, then in (("found", step.found), ("not_found", step.not_found)):
            yield _follow(name, branch, step, then, at)
    elif step.do is not None:
        for branch, then in (("done", step.done), ("failed", step.failed)):
            if step.do != RESUME or branch == "failed":
                yield _follow(name, branch, step, then, at)
    elif step.run is not None:
        yield _follow(name, "done", step, step.done, at)
    elif step.escalate is not None:
        yield Way(name, "closed", step.closed or _rest(step), (*at, "closed"), "person")
        yield from _later(name, "unanswered", step.unanswered, at)
    elif step.ask is not None:
        yield from _by_answer(name, step, at)
        yield from _by_time(name, step, at, flow_expires)
    else:
        yield Way(name, "go", _rest(step), (*at, "go"))


def _rest(step: model.Step) -> str | None:
    return step.go or (END if step.end else None)


def _follow(name: str, branch: str, step: model.Step, then: model.Branch | None, at: Trail) -> Way:
    target = then.go if then is not None and then.go is not None else _rest(step)
    return Way(name, branch, target, (*at, branch, "go"))


def _by_knowledge(name: str, step: model.Step, at: Trail) -> Iterator[Way]:
    for known, target in (step.if_known or {}).items():
        yield Way(name, f"if_known.{known}", target, (*at, "if_known", known))
    yield Way(name, "otherwise", step.otherwise or _rest(step), (*at, "otherwise"))


def _by_answer(name: str, step: model.Step, at: Trail) -> Iterator[Way]:
    if step.answer is not None:
        yield Way(name, "answer", _rest(step), (*at, "answer"), "person")
    for value, choice in (step.choices or {}).items():
        trail = (*at, "choices", value, "go")
        yield Way(name, f"choices.{value}", choice.go or _rest(step), trail, "person")
    if step.unclear is not None and step.unclear.go is not None:
        yield Way(name, "unclear", step.unclear.go, (*at, "unclear", "go"), "person")


def _by_time(name: str, step: model.Step, at: Trail, flow_expires: model.Later | None) -> Iterator[Way]:
    yield from _later(name, "silent", step.silent, at)
    yield from _later(name, "expires", step.expires, at)
    if step.expires is None:
        yield from _later(name, "expires", flow_expires, ())


def _later(name: str, branch: str, rule: model.Later | None, at: Trail) -> Iterator[Way]:
    if rule is not None and rule.go is not None:
        yield Way(name, branch, rule.go, (*at, branch, "go"), "time")

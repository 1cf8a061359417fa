"""Every place where a step uses a remembered value, and what is surely remembered at that place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.flow import model
from bot.flow.check.memory import ANY, Memory, State, entered, follow, one_of
from bot.flow.check.study import Study
from bot.flow.load import Flow
from bot.flow.render import placeholders
from bot.words.yaml_tree import Trail

Purpose = Literal["shown", "told", "value", "list", "count", "needed"]
"""`told`: to a person at school, as what a thread is about"""


@dataclass(frozen=True, slots=True)
class Use:
    """A name that is used, where, what for, and what is remembered there."""

    flow: Flow
    step: str
    trail: Trail
    name: str
    purpose: Purpose
    state: State


def uses(study: Study, memory: Memory) -> Iterator[Use]:
    """All uses in all steps that are reached."""
    for flow in study.flows.values():
        for name, step in flow.steps.items():
            if (flow.name, name) in memory.at:
                yield from _of_step(study, memory, flow, name, step)


def _of_step(study: Study, memory: Memory, flow: Flow, name: str, step: model.Step) -> Iterator[Use]:
    at: Trail = ("steps", name)
    coming = memory.at[flow.name, name]
    here = entered(study, (flow.name, name), coming)
    for saved, template in (step.save or {}).items():
        yield from _named(flow, name, (*at, "save", saved), template, "value", coming)
    for key, template in (step.look_up.where if step.look_up else {}).items():
        yield from _named(flow, name, (*at, "look_up", key), template, "value", here)
    if step.escalate is not None:
        yield from _named(flow, name, (*at, "escalate", "topic"), step.escalate.topic, "told", here)
    for word in ("ask", "say", "unclear", "silent", "expires", "unanswered"):
        yield from _said(flow, name, (*at, word), getattr(step, word), here)
    for value, choice in (step.choices or {}).items():
        yield from _named(flow, name, (*at, "choices", value, "label"), choice.label, "shown", here)
    yield from _of_each(flow, name, step, here)
    yield from _of_branches(study, memory, flow, name, step)
    action = study.subject.actions.get(step.do or "")
    for needed in sorted(action.needs) if action is not None else ():
        yield Use(flow, name, (*at, "do"), needed, "needed", here)
    if step.answer is not None and step.answer.of is not None:
        yield Use(flow, name, (*at, "answer", "of"), step.answer.of, "list", here)


def _of_branches(study: Study, memory: Memory, flow: Flow, name: str, step: model.Step) -> Iterator[Use]:
    """Texts of branches know what their way has just added."""
    for way in study.ways[flow.name][name]:
        branch = getattr(step, way.branch, None) if way.waits == "no" and "." not in way.branch else None
        after = follow(study, flow, way, memory.at[flow.name, name], memory.ends)
        if isinstance(branch, model.Branch) and after is not None:
            yield from _said(flow, name, ("steps", name, way.branch), branch, after)


def _of_each(flow: Flow, name: str, step: model.Step, here: State) -> Iterator[Use]:
    each, at = step.each, ("steps", name, "each")
    if each is None:
        return
    yield Use(flow, name, (*at, "of"), each.of, "list", here)
    one = {each.as_: one_of(here.get(each.of, ANY))}
    parts = (key.partition(".") for key in here)
    one |= {f"{each.as_}.{part}": ANY for of, dot, part in parts if dot and of == each.of}
    yield from _said(flow, name, (*at, "say"), each.say, {**here, **one})
    yield from _said(flow, name, (*at, "none"), each.none, here)
    yield from _named(flow, name, (*at, "more"), each.more or "", "shown", here)


def _said(
    flow: Flow, name: str, at: Trail, part: model.Say | model.Branch | model.Part | None, state: State
) -> Iterator[Use]:
    """The names that a text shows, or that the text of a branch, reminder ... shows."""
    text = part if isinstance(part, model.Say) else getattr(part, "say", None)
    at = at if isinstance(part, model.Say) else (*at, "say")
    if not isinstance(text, model.Say):
        return
    if text.count is not None:
        yield Use(flow, name, (*at, "count"), text.count, "count", state)
    known = {**state, "count": frozenset({"number"})} if text.is_plural else state
    for body in filter(None, (text.one, text.other)):
        yield from _named(flow, name, at, body, "shown", known)


def _named(flow: Flow, name: str, at: Trail, template: str, purpose: Purpose, state: State) -> Iterator[Use]:
    for used in sorted(placeholders(template)):
        yield Use(flow, name, at, used, purpose, state)

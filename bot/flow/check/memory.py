"""What a conversation has surely remembered when it comes to a step, whichever way it took.

A value is there only where every way saves it; what it may be is the sum of all ways. Flows that run
each other share what is remembered, so both directions are worked out until nothing changes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.flow import model
from bot.flow.check.known import ALWAYS_KNOWN, PERHAPS_KNOWN
from bot.flow.check.study import Study
from bot.flow.check.ways import END, Way
from bot.flow.load import Flow
from bot.flow.render import placeholders

Kinds = frozenset[str]
"""raw, number, date, phone, word, text, any, empty, list:LOOK_UP or one:LOOK_UP"""
State = Mapping[str, Kinds]
Node = tuple[str, str]

ANY, EMPTY, WORD = frozenset({"any"}), frozenset({"empty"}), frozenset({"word"})
_ANSWERS = {"text": "raw", "number": "number", "date": "date", "yes_no": "word", "phone": "phone"}


@dataclass(frozen=True)
class Memory:
    """By (flow, step): what is surely remembered on coming to it; steps that are not reached are left out."""

    at: Mapping[Node, State]
    ends: Mapping[str, State]
    """By flow: what is surely remembered when it ends"""
    begins: Mapping[Node, State]
    """By (flow, step): what is remembered where a conversation comes in from outside"""


def remember(study: Study) -> Memory:
    """Work out the memory of all flows."""
    ends: dict[str, State] = {}
    while True:
        found = {flow.name: _end_of(study, flow, ends) for flow in study.flows.values()}
        fresh = {name: end for name, end in found.items() if end is not None}
        if fresh == ends:
            break
        ends = fresh
    begins: dict[Node, State] = {
        (flow.name, step): {} for flow in study.flows.values() for step in study.openings(flow)
    }
    while True:
        at: dict[Node, State] = {}
        for flow in study.flows.values():
            entries = {step: state for (name, step), state in begins.items() if name == flow.name}
            at |= {(flow.name, step): state for step, state in _walk(study, flow, entries, ends).items()}
        more = _begun_by_others(study, at, begins)
        if more == begins:
            return Memory(at, ends, begins)
        begins = more


def _begun_by_others(
    study: Study, at: Mapping[Node, State], begins: Mapping[Node, State]
) -> dict[Node, State]:
    found = dict(begins)
    for name, pairs in study.callers.items():
        node = (name, study.flows[name].file.first)
        states = [entered(study, caller, at[caller]) for caller in pairs if caller in at]
        for state in states:
            found[node] = state if node not in found else join(found[node], state)
    return found


def _end_of(study: Study, flow: Flow, ends: Mapping[str, State]) -> State | None:
    """What a flow itself has saved on every way to its end, None while no end is in sight."""
    found: State | None = None
    at = _walk(study, flow, {flow.file.first: {}}, ends)
    for name, state in at.items():
        for way in study.ways[flow.name][name]:
            after = follow(study, flow, way, state, ends) if way.target == END else None
            if after is not None:
                found = after if found is None else join(found, after)
    return found


def _walk(
    study: Study, flow: Flow, entries: Mapping[str, State], ends: Mapping[str, State]
) -> dict[str, State]:
    at: dict[str, State] = {step: state for step, state in entries.items() if step in flow.steps}
    to_see = list(at)
    while to_see:
        name = to_see.pop()
        for way in study.ways[flow.name][name]:
            after = follow(study, flow, way, at[name], ends) if way.target in flow.steps else None
            if after is None or way.target is None:
                continue
            joined = join(at[way.target], after) if way.target in at else after
            if at.get(way.target) != joined:
                at[way.target] = joined
                to_see.append(way.target)
    return at


def join(one: State, other: State) -> State:
    """What is remembered on two ways alike."""
    return {name: one[name] | other[name] for name in one.keys() & other.keys()}


def entered(study: Study, node: Node, state: State) -> State:
    """What is remembered in a step once its `save` is done."""
    step = study.flows[node[0]].steps[node[1]]
    saved = {name: _kinds_of(template, state) for name, template in (step.save or {}).items() if template}
    return {**state, **saved} if saved else state


def _kinds_of(template: str, state: State) -> Kinds:
    names = placeholders(template)
    if not names:
        return frozenset({"text"}) if template.strip().isdigit() else WORD
    kinds = frozenset(kind for name in names for kind in state.get(name, ANY))
    if len(names) == 1 and template == f"{{{next(iter(names))}}}":
        return kinds
    return frozenset({"raw" if "raw" in kinds else "text"})


def follow(study: Study, flow: Flow, way: Way, state: State, ends: Mapping[str, State]) -> State | None:
    """What is remembered after taking a way; None where it cannot be taken, as nothing comes back."""
    step = flow.steps[way.source]
    run = step.run
    if run in study.flows and run not in ends:
        return None
    state = entered(study, (flow.name, way.source), state)
    gained = ends[run] if run is not None and run in ends else _gained(study, step, way, state)
    return {**state, **gained} if gained else state


def _gained(study: Study, step: model.Step, way: Way, state: State) -> State:
    """What taking this way adds."""
    kind, _, rest = way.branch.partition(".")
    if kind == "answer" and step.answer is not None:
        return {step.answer.save: _answered(step.answer, state)}
    if kind == "choices":
        return {name: WORD for name, template in (step.save or {}).items() if not template}
    if kind in ("found", "not_found") and step.look_up is not None:
        found = kind == "found"
        return {step.look_up.save: frozenset({f"list:{step.look_up.in_}"}) if found else EMPTY}
    if kind == "if_known":
        return {rest: (state.get(rest, ANY) - EMPTY) or ANY}
    if kind == "done" and step.do is not None and step.do in study.subject.actions:
        return dict.fromkeys(study.subject.actions[step.do].gives, ANY)
    return {}


def _answered(answer: model.Answer, state: State) -> Kinds:
    if answer.type == "one_of":
        return one_of(state.get(answer.of or "", ANY))
    return frozenset({_ANSWERS.get(answer.type, f"one:{answer.type}")})


def one_of(kinds: Kinds) -> Kinds:
    """One result of a list."""
    return frozenset(kind.replace("list:", "one:") for kind in kinds if kind.startswith("list:")) or ANY


def savers(steps: Iterable[model.Step], study: Study) -> set[str]:
    """Every name that some step saves."""
    names: set[str] = set()
    for step in steps:
        names |= set(step.save or {})
        names |= {part.save for part in (step.answer, step.look_up) if part is not None}
        action = study.subject.actions.get(step.do or "")
        names |= action.gives if action is not None else set()
    return names


def may_be_known(study: Study) -> frozenset[str]:
    """Every name that anything ever gives a value to."""
    steps = (step for flow in study.flows.values() for step in flow.steps.values())
    return frozenset(savers(steps, study) | ALWAYS_KNOWN | PERHAPS_KNOWN)

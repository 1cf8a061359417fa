"""Rule: every step, flow and choice that a file names is there."""

from collections.abc import Iterator

from bot.flow import model
from bot.flow.check.study import Study
from bot.flow.load import Flow
from bot.words.nearest import did_you_mean, named
from bot.words.remark import remark
from bot.words.yaml_tree import Fault, Trail

RULE = "target"


def unknown_targets(study: Study) -> Iterator[Fault]:
    """Names of steps, flows and choices that do not exist."""
    for flow in study.flows.values():
        for trail, target in step_targets(flow):
            if target not in flow.steps:
                yield _no_step(study, flow, trail, target)
        for name, step in flow.steps.items():
            if step.run is not None and step.run not in study.flows:
                yield _no_flow(study, flow, ("steps", name, "run"), step.run)
            yield from _choice_values(flow, name, step)
        yield from _moved_from(flow)
    yield from _always(study)


def step_targets(flow: Flow) -> Iterator[tuple[Trail, str]]:
    """Every place where a flow names one of its steps."""
    file = flow.file
    yield ("first",), file.first
    for topic, step in file.starts_with.topics.items():
        if step:
            yield ("starts_with", "topics", topic), step
    for old, new in file.moved.items():
        yield ("moved", old), new
    if file.expires is not None and file.expires.go is not None:
        yield ("expires", "go"), file.expires.go
    for name, one in flow.steps.items():
        yield from _targets_of(("steps", name), one)


_PLAIN = ("go", "otherwise", "closed")
_BRANCHES = ("found", "not_found", "done", "failed", "unclear", "silent", "expires", "unanswered")


def _targets_of(at: Trail, step: model.Step) -> Iterator[tuple[Trail, str]]:
    for word in _PLAIN:
        if getattr(step, word) is not None:
            yield (*at, word), getattr(step, word)
    for word in _BRANCHES:
        branch = getattr(step, word)
        if branch is not None and branch.go is not None:
            yield (*at, word, "go"), branch.go
    for value, choice in (step.choices or {}).items():
        if choice.go is not None:
            yield (*at, "choices", value, "go"), choice.go
    for known, target in (step.if_known or {}).items():
        yield (*at, "if_known", known), target


def _no_step(study: Study, flow: Flow, trail: Trail, target: str) -> Fault:
    wrong = remark("there is no step `%(target)s` in this flow.", target=target)
    fix = did_you_mean(target, flow.steps, remark("Its steps are %(names)s.", names=named(flow.steps)))
    if target in study.flows and not fix.startswith("Did"):
        fix = remark("`%(target)s` is a flow: lead to a step with `run: %(target)s` in it.", target=target)
    return flow.tree.fault(trail, wrong, fix, RULE)


def _no_flow(study: Study, flow: Flow, trail: Trail, target: str) -> Fault:
    fix = did_you_mean(target, study.flows, remark("The flows are %(names)s.", names=named(study.flows)))
    if target in flow.steps:
        fix = remark("`%(target)s` is a step of this flow: write `go: %(target)s`.", target=target)
    return flow.tree.fault(trail, remark("there is no flow `%(target)s`.", target=target), fix, RULE)


def _choice_values(flow: Flow, name: str, step: model.Step) -> Iterator[Fault]:
    for topic, value in (step.also_understands or {}).items():
        if step.choices and value not in step.choices:
            fix = did_you_mean(
                value, step.choices, remark("The choices are %(names)s.", names=named(step.choices))
            )
            trail = ("steps", name, "also_understands", topic)
            yield flow.tree.fault(
                trail, remark("this question has no choice `%(value)s`.", value=value), fix, RULE
            )


def _moved_from(flow: Flow) -> Iterator[Fault]:
    for old in flow.file.moved:
        if old in flow.steps:
            wrong = remark(
                "`%(old)s` is still a step of this flow, so nobody needs to be moved from it.", old=old
            )
            yield flow.tree.fault(("moved", old), wrong, remark("Remove this line."), "moved")


def _always(study: Study) -> Iterator[Fault]:
    always = study.always
    flows: dict[Trail, str] = {
        ("first_contact",): always.first_contact,
        ("after_expiry",): always.after_expiry,
        ("not_sure",): always.not_sure,
        ("broken",): always.broken,
    }
    for command, interrupt in always.interrupts.items():
        flows["interrupts", command, "run"] = interrupt.run
    for trail, name in flows.items():
        if name not in study.flows:
            fix = did_you_mean(
                name, study.flows, remark("The flows are %(names)s.", names=named(study.flows))
            )
            yield study.always_tree.fault(trail, remark("there is no flow `%(name)s`.", name=name), fix, RULE)

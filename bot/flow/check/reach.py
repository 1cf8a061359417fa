"""Rules: every step is reached, and every step leads on."""

from collections.abc import Iterator, Mapping

from bot.flow.check.study import Study
from bot.flow.check.targets import step_targets
from bot.flow.check.ways import Way
from bot.flow.load import Flow
from bot.words.remark import remark
from bot.words.yaml_tree import Fault


def unreachable(study: Study) -> Iterator[Fault]:
    """Steps to which no way leads."""
    for flow in study.flows.values():
        if any(target not in flow.steps for _, target in step_targets(flow)):
            continue  # a misspelled name first: it may be the missing way
        reached = _reached(flow, study.ways[flow.name])
        for name in flow.steps:
            if name not in reached:
                wrong = remark("no way leads to the step `%(name)s`.", name=name)
                fix = remark("Lead to it with `go: %(name)s` from another step, or remove it.", name=name)
                yield flow.tree.fault(("steps", name), wrong, fix, "unreachable")


def _reached(flow: Flow, ways: Mapping[str, tuple[Way, ...]]) -> set[str]:
    topics = (step for step in flow.file.starts_with.topics.values() if step)
    to_see = [flow.file.first, *topics, *flow.file.moved.values()]
    reached: set[str] = set()
    while to_see:
        name = to_see.pop()
        if name in ways and name not in reached:
            reached.add(name)
            to_see += [way.target for way in ways[name] if way.target]
    return reached


_NOTHING_FOLLOWS = {
    "go": remark("after this step nothing follows."),
    "answer": remark("after the answer nothing follows."),
    "otherwise": remark("nothing follows when none of these is known."),
    "found": remark("nothing follows when something is found."),
    "not_found": remark("nothing follows when nothing is found."),
    "failed": remark("nothing follows when the action fails."),
    "closed": remark("nothing follows when the person at school has finished."),
}
_FIX = remark("Add `go: next_step`, or `end: yes` if the conversation ends here.")
_AFTER_RUN = remark("nothing follows when the other flow has ended.")
_AFTER_DO = remark("nothing follows when the action is done.")
_FIXES = {
    "otherwise": remark("Add `%(word)s: next_step`.", word="otherwise"),
    "closed": remark("Add `%(word)s: next_step`.", word="closed"),
    "found": remark("Add `%(word)s: next_step`.", word="found"),
    "not_found": remark("Add `%(word)s: next_step`.", word="not_found"),
    "done": remark("Add `%(word)s: next_step`.", word="done"),
    "failed": remark("Add `%(word)s: next_step`.", word="failed"),
}


def dead_ends(study: Study) -> Iterator[Fault]:
    """Ways on which a conversation would be left hanging."""
    for flow in study.flows.values():
        for name, ways in study.ways[flow.name].items():
            for way in ways:
                if way.target is None:
                    yield _dead_end(flow, name, way)


def _dead_end(flow: Flow, name: str, way: Way) -> Fault:
    kind, _, rest = way.branch.partition(".")
    wrong = _NOTHING_FOLLOWS.get(kind, _AFTER_DO)
    if kind == "choices":
        wrong = remark("the choice `%(rest)s` leads nowhere.", rest=rest)
    elif kind == "done":
        is_run = flow.steps[name].run is not None
        wrong = _AFTER_RUN if is_run else _AFTER_DO
    written = getattr(flow.steps[name], kind, None) is not None
    fix = _FIX if written else _FIXES.get(kind, _FIX)
    return flow.tree.fault(way.trail, wrong, fix, "dead_end")

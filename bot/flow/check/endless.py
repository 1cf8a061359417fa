"""Rules: nothing goes round for ever, and no flow runs itself deeper and deeper."""

from collections.abc import Iterator, Mapping

from bot.flow.check.study import Study
from bot.flow.check.ways import END
from bot.words.remark import remark
from bot.words.yaml_tree import Fault

Node = tuple[str, str]
"""A step of a flow: (flow, step)"""

_UNASKED = (("no",), ("no", "time"))


def endless(study: Study) -> Iterator[Fault]:
    """Rounds that never wait for the parent: they would be walked, or texted, without end."""
    told: set[Node] = set()
    for waits in _UNASKED:
        for group in _rounds(_graph(study, waits)):
            if not told & set(group):
                told |= set(group)
                yield _round(study, group, by_time="time" in waits)


def _graph(study: Study, waits: tuple[str, ...]) -> dict[Node, list[Node]]:
    """Where a conversation may stand next without a word of the parent."""
    passed = _passed(study, waits)
    graph: dict[Node, list[Node]] = {}
    for flow in study.flows.values():
        for name, ways in study.ways[flow.name].items():
            onward = [(flow.name, way.target or "") for way in ways if way.waits in waits]
            run = flow.steps[name].run
            if run in study.flows:
                onward = [(run, study.flows[run].file.first), *(onward if run in passed else ())]
            graph[flow.name, name] = onward
    return {node: [other for other in onward if other in graph] for node, onward in graph.items()}


def _passed(study: Study, waits: tuple[str, ...]) -> frozenset[str]:
    """The flows that can come to their end without a word of the parent."""
    passed: frozenset[str] = frozenset()
    while True:
        more = frozenset(name for name in study.flows if _passes(study, name, waits, passed))
        if more == passed:
            return passed
        passed = more


def _passes(study: Study, name: str, waits: tuple[str, ...], passed: frozenset[str]) -> bool:
    to_see, seen = [study.flows[name].file.first], set[str]()
    while to_see:
        step = to_see.pop()
        if step in seen or step not in study.ways[name]:
            continue
        seen.add(step)
        run = study.flows[name].steps[step].run
        if run is not None and run not in passed:
            continue
        targets = [way.target for way in study.ways[name][step] if way.waits in waits]
        if END in targets:
            return True
        to_see += [target for target in targets if target]
    return False


def _rounds(graph: Mapping[Node, list[Node]]) -> Iterator[list[Node]]:
    """The shortest round through the first step of each group of steps that lead to each other."""
    told: set[Node] = set()
    for start in graph:
        if start in told:
            continue
        came_from: dict[Node, Node] = {}
        to_see = [start]
        for node in to_see:
            for other in graph[node]:
                if other == start:
                    found = _path_back(came_from, start, node)
                    told |= set(found)
                    yield found
                    break
                if other not in came_from:
                    came_from[other] = node
                    to_see.append(other)
            if start in told:
                break


def _path_back(came_from: Mapping[Node, Node], start: Node, node: Node) -> list[Node]:
    path = [node]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]


def _round(study: Study, group: list[Node], *, by_time: bool) -> Fault:
    flow = study.flows[group[0][0]]
    one_flow = len({name for name, _ in group}) == 1
    shown = [step if one_flow else f"{name}/{step}" for name, step in (*group, group[0])]
    around = " -> ".join(shown)
    if by_time:
        wrong = remark(
            "%(around)s goes round by time alone: the family would be texted for ever.", around=around
        )
        fix = remark("Let one of its `silent`, `expires` or `unanswered` lead to a step that ends.")
    else:
        wrong = remark("%(around)s goes round without ever waiting for an answer.", around=around)
        fix = remark("Put a question (`ask`) in between, or let one step lead elsewhere.")
    return flow.tree.fault(("steps", group[0][1]), wrong, fix, "endless")


def nested(study: Study) -> Iterator[Fault]:
    """Flows that run each other without end: each round is remembered below the last."""
    told: set[str] = set()
    for flow in study.flows.values():
        for name, step in flow.steps.items():
            run = step.run or ""
            if run in study.flows and run not in told and flow.name in _runs_all(study, run):
                told |= {flow.name, run}
                wrong = remark(
                    "`%(run)s` leads back into `%(name)s`, and each round is kept below the last.",
                    run=run,
                    name=flow.name,
                )
                fix = remark("End this flow instead; the flow that ran it goes on, or the parent texts MENU.")
                yield flow.tree.fault(("steps", name, "run"), wrong, fix, "nested", "warning")


def _runs_all(study: Study, name: str) -> set[str]:
    """The flow and every flow that it runs, near or far."""
    found, to_see = {name}, [name]
    while to_see:
        steps = study.flows[to_see.pop()].steps.values()
        fresh = {step.run for step in steps if step.run in study.flows} - found
        found |= {one for one in fresh if one}
        to_see += [one for one in fresh if one]
    return found

"""One check in progress: the subject, and what several rules need to know of it, worked out once."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from bot.flow.check.subject import Subject
from bot.flow.check.ways import Way, ways
from bot.flow.load import Flow
from bot.flow.shelf import ALWAYS, PHRASES
from bot.words.yaml_tree import Tree

_NO_TREE = Tree("", {}, {})


class Study:
    """What the rules look at. Nothing in it changes."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.flows = subject.shelf.flows
        self.always = subject.shelf.always

    @cached_property
    def always_tree(self) -> Tree:
        """The places of always.yaml."""
        return self.subject.shelf.trees.get(ALWAYS, _NO_TREE)

    @cached_property
    def phrases_tree(self) -> Tree:
        """The places of phrases.yaml."""
        return self.subject.shelf.trees.get(PHRASES, _NO_TREE)

    @cached_property
    def ways(self) -> dict[str, dict[str, tuple[Way, ...]]]:
        """All ways on, by flow and step."""
        return {
            flow.name: {name: tuple(ways(name, step, flow.file.expires)) for name, step in flow.steps.items()}
            for flow in self.flows.values()
        }

    @cached_property
    def callers(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """By flow: the (flow, step) pairs that run it."""
        found: dict[str, list[tuple[str, str]]] = {name: [] for name in self.flows}
        for flow in self.flows.values():
            for name, step in flow.steps.items():
                if step.run in found:
                    found[step.run].append((flow.name, name))
        return {name: tuple(pairs) for name, pairs in found.items()}

    @cached_property
    def opened_everywhere(self) -> frozenset[str]:
        """The flows that always.yaml opens."""
        always = self.always
        named = (always.first_contact, always.after_expiry, always.not_sure, always.broken)
        return frozenset({*named, *(interrupt.run for interrupt in always.interrupts.values())})

    def openings(self, flow: Flow) -> Iterator[str]:
        """The steps at which a flow is opened from outside with nothing remembered."""
        for step in flow.file.starts_with.topics.values():
            yield step or flow.file.first
        if flow.name in self.opened_everywhere or not self.callers[flow.name]:
            yield flow.file.first

    @cached_property
    def kin(self) -> dict[str, frozenset[str]]:
        """By flow: itself, all flows that it runs and all that run it, near or far."""
        runs = {name: {step.run or "" for step in flow.steps.values()} for name, flow in self.flows.items()}
        run_by = {name: {caller for caller, _ in pairs} for name, pairs in self.callers.items()}
        return {name: _all_from(name, runs) | _all_from(name, run_by) for name in self.flows}


def _all_from(name: str, leads: Mapping[str, set[str]]) -> frozenset[str]:
    found, to_see = {name}, [name]
    while to_see:
        fresh = leads.get(to_see.pop(), set()) & leads.keys() - found
        found |= fresh
        to_see += fresh
    return frozenset(found)

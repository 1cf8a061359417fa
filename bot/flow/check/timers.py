"""Rules of time: no timer that nags, none that outlives the conversation."""

from collections.abc import Iterator

from bot.flow import model
from bot.flow.check.study import Study
from bot.flow.load import Flow
from bot.words.remark import remark
from bot.words.yaml_tree import Fault, Trail, Tree

SHORTEST, LONGEST = 5, 30 * 24 * 60
"""Minutes: 5 minutes, so that a person can read and type; 30 days, as long as texts are kept"""
_MINUTES = {"minutes": 1.0, "hours": 60.0, "days": 24 * 60.0, "office hours": 180.0}
"""Office hours count as three: eight of them are a day"""
_WORDS = ("silent", "expires", "unanswered")


def timers(study: Study) -> Iterator[Fault]:
    """Timers that are too short, too long, or never come."""
    yield from _length(study.always_tree, ("expires",), study.always.expires)
    for flow in study.flows.values():
        if flow.file.expires is not None:
            yield from _length(flow.tree, ("expires",), flow.file.expires)
        for name, step in flow.steps.items():
            for word in _WORDS:
                rule = getattr(step, word)
                if rule is not None:
                    yield from _length(flow.tree, ("steps", name, word), rule)
            yield from _never(study, flow, name, step)


def minutes(wait: model.Wait) -> float:
    """About how long this is."""
    return wait.amount * _MINUTES[wait.unit]


def _length(tree: Tree, at: Trail, rule: model.ExpiresAnywhere) -> Iterator[Fault]:
    about = minutes(rule.after)
    if about < SHORTEST:
        wrong = remark("this is too short: a person must have time to read and to answer.")
        yield tree.fault(
            (*at, "after"), wrong, remark("Wait at least %(shortest)s minutes.", shortest=SHORTEST), "timer"
        )
    elif about > LONGEST:
        wrong = remark("this is too long: texts are not kept that long.")
        yield tree.fault((*at, "after"), wrong, remark("Wait at most 30 days."), "timer")


def _never(study: Study, flow: Flow, name: str, step: model.Step) -> Iterator[Fault]:
    """A reminder that would come after the question has been given up."""
    expires = step.expires or flow.file.expires or study.always.expires
    if step.silent is not None and minutes(step.silent.after) >= minutes(expires.after):
        wrong = remark("this reminder never comes: the question is given up before.")
        trail = ("steps", name, "silent", "after")
        yield flow.tree.fault(trail, wrong, remark("Make it shorter than `expires`."), "timer")

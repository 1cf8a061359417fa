"""The registry of rules, and the one function that applies them all."""

from collections.abc import Callable, Iterable

from bot.flow.check.calls import phrases, reserved_names, unknown_calls
from bot.flow.check.companions import escalations, one_thing, unused_ways
from bot.flow.check.endless import endless, nested
from bot.flow.check.labels import labels, number_of_choices, shadowed_labels
from bot.flow.check.opening import always_words, flows_nobody_opens, heard_words, topics, understood
from bot.flow.check.reach import dead_ends, unreachable
from bot.flow.check.study import Study
from bot.flow.check.subject import Subject
from bot.flow.check.targets import unknown_targets
from bot.flow.check.texts import agreed_words, texts
from bot.flow.check.timers import timers
from bot.flow.check.variables import variables
from bot.words.yaml_tree import Fault

RULES: tuple[Callable[[Study], Iterable[Fault]], ...] = (
    unknown_targets,
    unreachable,
    dead_ends,
    endless,
    nested,
    one_thing,
    escalations,
    unused_ways,
    unknown_calls,
    reserved_names,
    phrases,
    flows_nobody_opens,
    topics,
    understood,
    always_words,
    heard_words,
    labels,
    number_of_choices,
    shadowed_labels,
    texts,
    agreed_words,
    timers,
    variables,
)


def check(subject: Subject) -> list[Fault]:
    """Every fault of the flows and their words in every language, by place. Never raises."""
    study = Study(subject)
    return sorted({fault for rule in RULES for fault in rule(study)})

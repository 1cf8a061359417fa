"""Rules: what parents say leads to a flow, each flow is opened by something, and nothing is in the way."""

from collections.abc import Iterator

from bot.flow.check.study import Study
from bot.flow.load import Flow
from bot.words import opt_out
from bot.words.locales import spoken
from bot.words.nearest import did_you_mean, named
from bot.words.plain import plain
from bot.words.remark import joined, remark
from bot.words.yaml_tree import Fault, Tree

KEPT_FOR_CARRIERS = frozenset({"stop", "start", "help"})
"""Commands that are heard before anything else, in every language, by bot.words.opt_out"""


def flows_nobody_opens(study: Study) -> Iterator[Fault]:
    """Flows that no topic, no other flow and no word of always.yaml leads to."""
    for flow in study.flows.values():
        is_opened = flow.file.starts_with.topics or flow.name in study.opened_everywhere
        if not is_opened and not study.callers[flow.name]:
            wrong = remark("nothing opens the flow `%(name)s`.", name=flow.name)
            fix = remark("Give it `starts_with: {topics: [...]}`, or run it from another flow.")
            yield flow.tree.fault(("flow",), wrong, fix, "not_opened", "warning")


def topics(study: Study) -> Iterator[Fault]:
    """Topics that two flows claim, that no language hears, or that some languages do not hear."""
    heard = study.subject.heard_names("topics")
    every = frozenset().union(*heard.values())
    opened: dict[str, Flow] = {}
    for flow in study.flows.values():
        for index, topic in enumerate(flow.file.starts_with.topics):
            trail = ("starts_with", "topics", topic)
            trail = trail if trail in flow.tree.places else ("starts_with", "topics", index)  # type: ignore[assignment]
            if topic in opened:
                wrong = remark(
                    "the topic `%(topic)s` opens the flow `%(name)s` already.",
                    topic=topic,
                    name=opened[topic].name,
                )
                yield flow.tree.fault(trail, wrong, remark("Let one of the two flows have it."), "topic")
            opened.setdefault(topic, flow)
            if heard and topic not in every:
                fix = did_you_mean(topic, every, remark("Add what parents say to messages/heard/en.yaml."))
                yield flow.tree.fault(
                    trail,
                    remark("no language has a sentence for the topic `%(topic)s`.", topic=topic),
                    fix,
                    "topic",
                )
            elif lacking := [spoken(one) for one in sorted(heard) if topic not in heard[one]]:
                wrong = remark(
                    "the topic `%(topic)s` has no sentence in %(lacking)s.",
                    topic=topic,
                    lacking=joined(lacking),
                )
                fix = remark("Add some under `topics: %(topic)s` in messages/heard/.", topic=topic)
                yield flow.tree.fault(trail, wrong, fix, "topic", "warning")


def understood(study: Study) -> Iterator[Fault]:
    """Names in also_understands that are neither a topic nor a command of any language."""
    subject = study.subject
    names = frozenset().union(
        *subject.heard_names("topics").values(), *subject.heard_names("commands").values()
    )
    for flow in study.flows.values() if subject.heard else ():
        for name, step in flow.steps.items():
            for topic in step.also_understands or {}:
                if topic not in names:
                    wrong = remark("no language has a sentence for `%(topic)s`.", topic=topic)
                    fix = did_you_mean(
                        topic, names, remark("Add what parents say to messages/heard/en.yaml.")
                    )
                    yield flow.tree.fault(("steps", name, "also_understands", topic), wrong, fix, "topic")


def always_words(study: Study) -> Iterator[Fault]:
    """Commands of always.yaml that can never be reached, or that a language has no word for."""
    heard = study.subject.heard_names("commands")
    for command in study.always.interrupts:
        trail = ("interrupts", command)
        if command in KEPT_FOR_CARRIERS:
            wrong = remark(
                "`%(command)s` never comes here: it is answered before any flow, as the law wants.",
                command=command,
            )
            yield study.always_tree.fault(trail, wrong, remark("Remove it."), "command")
        elif lacking := [spoken(one) for one in sorted(heard) if command not in heard[one]]:
            wrong = remark(
                "the command `%(command)s` has no word in %(lacking)s.",
                command=command,
                lacking=joined(lacking),
            )
            fix = remark("Add some under `commands: %(command)s` in messages/heard/.", command=command)
            yield study.always_tree.fault(trail, wrong, fix, "command", "warning")


def heard_words(study: Study) -> Iterator[Fault]:
    """Lines of the heard files that lead nowhere, or that can never be heard."""
    commands = {*study.always.interrupts, *_understood_names(study)}
    topics = {topic for flow in study.flows.values() for topic in flow.file.starts_with.topics}
    topics |= _understood_names(study)
    for locale, tree in study.subject.heard.items():
        for name in study.subject.heard_names("commands")[locale] - commands - KEPT_FOR_CARRIERS:
            fix = did_you_mean(
                name, commands, remark("The commands are %(names)s.", names=named(study.always.interrupts))
            )
            yield tree.fault(
                ("commands", name), remark("there is no command `%(name)s`.", name=name), fix, "command"
            )
        for name in study.subject.heard_names("topics")[locale] - topics:
            wrong = remark("no flow answers the topic `%(name)s`.", name=name)
            fix = did_you_mean(name, topics, remark("Name it in `starts_with` of a flow."))
            yield tree.fault(("topics", name), wrong, fix, "topic", "warning")
        yield from _likenesses(tree, study.subject.heard_names("topics")[locale])
        yield from _kept_words(tree)
        yield from _shadowed(tree)
    for locale in study.subject.locales:
        if study.subject.heard and locale not in study.subject.heard:
            wrong = remark("what parents say in %(english)s is not written down.", english=spoken(locale))
            file = f"messages/heard/{locale}.yaml"
            yield Fault(
                file, 1, 1, wrong, remark("Write this file, as messages/heard/en.yaml."), "heard", "warning"
            )


def _likenesses(tree: Tree, topics: frozenset[str]) -> Iterator[Fault]:
    """What sounds like a topic that this language does not have."""
    listed = tree.plain.get("sounds_like") if isinstance(tree.plain, dict) else None
    for name in listed if isinstance(listed, dict) else ():
        if name not in topics:
            wrong = remark("this language has no sentence for the topic `%(name)s`.", name=name)
            fix = did_you_mean(name, topics, remark("Name a topic that stands under `topics`."))
            yield tree.fault(("sounds_like", name), wrong, fix, "topic")


def _understood_names(study: Study) -> set[str]:
    return {
        topic
        for flow in study.flows.values()
        for step in flow.steps.values()
        for topic in step.also_understands or {}
    }


def said(tree: Tree) -> Iterator[tuple[str, str, int, str]]:
    """Everything that a heard file lists: (part, name, place in its list, words)."""
    root = tree.plain if isinstance(tree.plain, dict) else {}
    for part in ("commands", "small_talk", "answers", "topics"):
        lists = root.get(part)
        for name, listed in lists.items() if isinstance(lists, dict) else ():
            for index, words in enumerate(listed):
                yield part, name, index, str(words)


_NEVER_ALONE = ("yes", "no", "no_date")
"""Yes and no are answers after all; what makes of a day no date ("from Monday on") stands in a sentence"""


def _kept_words(tree: Tree) -> Iterator[Fault]:
    for part, name, index, words in said(tree):
        if name in KEPT_FOR_CARRIERS or (part == "answers" and name in _NEVER_ALONE):
            continue
        if is_kept(words):
            wrong = remark(
                "`%(words)s` never comes here: phone companies and the law keep it for stop, start and help.",
                words=words,
            )
            yield tree.fault((part, name, index), wrong, remark("Remove it."), "carrier_word")


def is_kept(words: str) -> bool:
    """Whether a whole text is taken for stop, start or help before any flow sees it."""
    return opt_out.keyword(words) is not None or opt_out.carrier_answers(words) or opt_out.asks_to_stop(words)


def _shadowed(tree: Tree) -> Iterator[Fault]:
    """The same words under two names; a command beats small talk, and a number of 1 to 10 beats choices."""
    first: dict[str, str] = {}
    for part, name, index, words in said(tree):
        bare = plain(words)
        if part in ("commands", "small_talk"):
            if first.setdefault(bare, name) != name:
                wrong = remark("`%(words)s` stands under `%(it)s` already.", words=words, it=first[bare])
                yield tree.fault((part, name, index), wrong, remark("Keep it in one place."), "command")
            if part == "commands" and bare.isdigit() and 1 <= int(bare) <= 10:
                wrong = remark(
                    "`%(words)s` would take the number from every question with so many choices.", words=words
                )
                yield tree.fault((part, name, index), wrong, remark("Use a word, or 0."), "command")

"""Rules: every look-up, action, fact, recipient and name that a flow uses is one that the program has."""

from collections.abc import Iterable, Iterator

from bot.flow import model
from bot.flow.check.known import ALWAYS_KNOWN, FILLED, GIVEN, RESERVED, RESUME
from bot.flow.check.study import Study
from bot.flow.load import Flow
from bot.flow.render import placeholders
from bot.words.nearest import did_you_mean, named, nearest, there_is
from bot.words.remark import Remark, remark
from bot.words.yaml_tree import Fault, Trail

RULE = "unknown"


def unknown_calls(study: Study) -> Iterator[Fault]:
    """Look-ups, actions, facts and recipients that do not exist."""
    for flow in study.flows.values():
        for name, step in flow.steps.items():
            at: Trail = ("steps", name)
            if step.look_up is not None:
                yield from _look_up(study, flow, (*at, "look_up"), step.look_up)
            if step.answer is not None and step.answer.type.startswith("directory."):
                yield from _look_up_name(study, flow, (*at, "answer", "type"), step.answer.type)
            if step.do is not None and step.do != RESUME:
                yield from _one_of(flow, (*at, "do"), remark("action"), step.do, study.subject.actions)
            if step.fact is not None:
                yield from _one_of(flow, (*at, "fact"), remark("fact"), step.fact, study.subject.fact_ids)
            yield from _recipients(study, flow, at, step)


def _look_up(study: Study, flow: Flow, at: Trail, asked: model.LookUp) -> Iterator[Fault]:
    yield from _look_up_name(study, flow, (*at, "in"), asked.in_)
    words = study.subject.look_ups.get(asked.in_)
    for key in asked.where if words is not None else ():
        if words is not None and key not in words.takes:
            wrong = remark("`%(list)s` cannot look for `%(key)s`.", list=asked.in_, key=key)
            yield flow.tree.fault((*at, key), wrong, _choose(key, words.takes), RULE)


def _look_up_name(study: Study, flow: Flow, at: Trail, name: str) -> Iterator[Fault]:
    yield from _one_of(flow, at, remark("look-up"), name, study.subject.look_ups)


def _one_of(flow: Flow, at: Trail, what: str, name: str, names: Iterable[str]) -> Iterator[Fault]:
    if name not in names:
        yield flow.tree.fault(
            at, remark("there is no %(what)s `%(name)s`.", what=what, name=name), _choose(name, names), RULE
        )


def _choose(name: str, names: Iterable[str]) -> Remark:
    return did_you_mean(name, names, there_is(names))


def _recipients(study: Study, flow: Flow, at: Trail, step: model.Step) -> Iterator[Fault]:
    known = study.subject.recipients
    asked = (("escalate", step.escalate), ("unanswered", step.unanswered))
    for word, part in asked if known else ():
        if part is not None and part.to is not None and part.to not in known:
            wrong = remark("nobody can be asked as `%(to)s`.", to=part.to)
            yield flow.tree.fault((*at, word, "to"), wrong, _choose(part.to, known), RULE)


def reserved_names(study: Study) -> Iterator[Fault]:
    """Names that the engine keeps for itself, and choice values that a button could not carry."""
    for flow in study.flows.values():
        for name, step in flow.steps.items():
            if name in RESERVED:
                yield _reserved(flow, ("steps", name), name, remark("step"))
            for trail, saved in _saved(name, step):
                if saved in RESERVED or saved.endswith("_from"):
                    yield _reserved(flow, trail, saved, remark("value"))
            for value in step.choices or {}:
                if not (value.isascii() and value.replace("_", "").isalnum()):
                    fix = remark("Use letters, digits and _ only; what the parent reads is the label.")
                    trail = ("steps", name, "choices", value)
                    yield flow.tree.fault(
                        trail, remark("`%(value)s` cannot be a choice's value.", value=value), fix, "name"
                    )


def _reserved(flow: Flow, trail: Trail, name: str, what: str) -> Fault:
    wrong = remark("`%(name)s` is a name that the program keeps for itself.", name=name)
    return flow.tree.fault(trail, wrong, remark("Give this %(what)s another name.", what=what), "reserved")


def _saved(name: str, step: model.Step) -> Iterator[tuple[Trail, str]]:
    at: Trail = ("steps", name)
    if step.answer is not None:
        yield (*at, "answer", "save"), step.answer.save
    if step.look_up is not None:
        yield (*at, "look_up", "save"), step.look_up.save
    if step.each is not None:
        yield (*at, "each", "as"), step.each.as_
    for saved in step.save or {}:
        yield (*at, "save", saved), saved


def phrases(study: Study) -> Iterator[Fault]:
    """Phrases that the program needs and does not have, and those that nobody says."""
    have, demanded = study.subject.shelf.phrases, study.subject.phrases
    topics = {topic for flow in study.flows.values() for topic in flow.file.starts_with.topics}
    tree = study.phrases_tree
    unused = [
        name
        for name in have
        if name not in demanded and not name.startswith(GIVEN) and name.removeprefix("topic_") not in topics
    ]
    for name in demanded:
        if name not in have:
            close = nearest(name, unused)
            fix = (
                remark("Is it `%(name)s`?", name=close)
                if close
                else remark('Add `%(name)s: "..."`.', name=name)
            )
            yield tree.fault(("phrases",), remark("the phrase `%(name)s` is missing.", name=name), fix, RULE)
    yield from _phrase_placeholders(study)
    for name in unused:
        wrong = remark("nothing says the phrase `%(name)s`.", name=name)
        yield tree.fault(("phrases", name), wrong, remark("Remove it."), "unused", "warning")


def _filled(name: str) -> frozenset[str]:
    return next((names for begins, names in FILLED.items() if name.startswith(begins)), frozenset())


def _phrase_placeholders(study: Study) -> Iterator[Fault]:
    """Phrases that name what the program does not fill in them."""
    demanded = study.subject.phrases
    for name, text in study.subject.shelf.phrases.items():
        filled = ALWAYS_KNOWN | demanded[name] if name in demanded else _filled(name)
        for asked in sorted(placeholders(text.other) - filled):
            wrong = remark(
                "the phrase `%(name)s` cannot hold `{%(asked)s}`: the program does not fill it there.",
                name=name,
                asked=asked,
            )
            may = remark("It may hold %(names)s.", names=named(filled)) if filled else remark("Leave it out.")
            fix = did_you_mean(asked, filled, may)
            yield study.phrases_tree.fault(("phrases", name), wrong, fix, "placeholder")

"""Rules of remembered values: used only where they are surely there, and shown only where that is right."""

from collections.abc import Iterator

from bot.flow.check.known import ALWAYS_KNOWN, PERHAPS_KNOWN
from bot.flow.check.memory import Kinds, Memory, entered, may_be_known, remember
from bot.flow.check.study import Study
from bot.flow.check.subject import LookUpWords
from bot.flow.check.uses import Use, uses
from bot.flow.check.ways import Way
from bot.flow.load import Flow
from bot.words.nearest import did_you_mean, there_is
from bot.words.remark import Remark, remark
from bot.words.yaml_tree import Fault, Trail

UNSET = "unset"
_TYPED = frozenset({"raw", "number", "phone"})
"""Kinds of values that are a parent's own writing and no choice of a list"""


def variables(study: Study) -> Iterator[Fault]:
    """Every use of a remembered value that could fail, and values that nothing uses."""
    memory = remember(study)
    known = may_be_known(study)
    every = list(uses(study, memory))
    for use in every:
        yield from _use(study, memory, known, use)
    yield from _conditions(study, known)
    yield from _unused(study, every)


def _use(study: Study, memory: Memory, known: frozenset[str], use: Use) -> Iterator[Fault]:
    name, _, field = use.name.partition(".")
    if use.name in ALWAYS_KNOWN:
        if use.name == "topic" and use.purpose == "shown":
            wrong = remark("`{topic}` is a name for the program and not words for a family.")
            yield _at(use, wrong, remark("Say it in words."), "shown")
    elif use.name in use.state:
        yield from _known(use, use.state[use.name])
    elif not field or name not in use.state:
        yield _missing(study, memory, known, use)
    else:
        yield from _field(study, use, name, field)


def _at(use: Use, wrong: Remark, fix: Remark, rule: str) -> Fault:
    return use.flow.tree.fault(use.trail, wrong, fix, rule)


# --- not there ----------------------------------------------------------------------------------


def _missing(study: Study, memory: Memory, known: frozenset[str], use: Use) -> Fault:
    head = use.name.partition(".")[0]
    if use.name in PERHAPS_KNOWN:
        wrong = remark("`%(name)s` is known of some families only.", name=use.name)
        return _at(use, wrong, _lead_here(use.name, use.step), UNSET)
    if use.purpose == "needed":
        do = use.flow.steps[use.step].do
        wrong = remark(
            "`%(do)s` needs `%(name)s`, and nothing saves it %(study)s.",
            do=str(do),
            name=use.name,
            study=_way_without(study, memory, use),
        )
        return _at(use, wrong, remark("Ask for it before, with `save: %(name)s`.", name=use.name), UNSET)
    if use.name not in known and head not in known:
        names = sorted(known | {each.as_ for step in use.flow.steps.values() if (each := step.each)})
        fix = did_you_mean(use.name, names, _ask_before())
        return _at(use, remark("nothing ever saves `%(name)s`.", name=use.name), fix, UNSET)
    fix = remark(
        "Ask or look it up on that way too, or lead around with `if_known: {%(name)s: ...}`.", name=use.name
    )
    wrong = remark(
        "`%(name)s` may be unset: nothing saves it %(study)s.",
        name=use.name,
        study=_way_without(study, memory, use),
    )
    return _at(use, wrong, fix, UNSET)


def _lead_here(name: str, step: str) -> Remark:
    return remark("Lead here by `if_known: {%(name)s: %(step)s}`.", name=name, step=step)


def _ask_before() -> Remark:
    return remark("Ask for it or look it up in a step before.")


def _way_without(study: Study, memory: Memory, use: Use) -> Remark:
    """How a conversation comes here without the name."""
    path = _path_without(study, memory, use, use.name)
    if len(path) > 1:
        return remark("on the way %(path)s", path=" -> ".join(path))
    if use.step not in study.openings(use.flow):
        for caller in study.callers[use.flow.name]:
            if use.name not in entered(study, caller, memory.at.get(caller, {})):
                return remark("when `%(caller)s` runs this flow", caller=caller[0])
    return remark("when the flow is opened here")


def _path_without(study: Study, memory: Memory, use: Use, name: str) -> list[str]:
    """The shortest way to the step that does not save the name."""
    starts = [
        step
        for (flow, step), state in memory.begins.items()
        if flow == use.flow.name and name not in state and name.partition(".")[0] not in state
    ]
    paths = {step: [step] for step in starts}
    to_see = list(starts)
    for step in to_see:
        for way in study.ways[use.flow.name][step] if step in use.flow.steps else ():
            target = way.target or ""
            if target not in paths and target in use.flow.steps and not _saves(study, use.flow, way, name):
                paths[target] = [*paths[step], target]
                to_see.append(target)
    return paths.get(use.step, [])


def _saves(study: Study, flow: Flow, way: Way, name: str) -> bool:
    """Whether the name has a value after this way, even if it had none before."""
    step, head = flow.steps[way.source], name.partition(".")[0]
    if head in (step.save or {}) or way.branch in (f"if_known.{name}", f"if_known.{head}"):
        return True
    if step.answer is not None and step.answer.save == head:
        return way.branch == "answer"
    if step.look_up is not None and step.look_up.save == head:
        return way.branch == "found"
    return head in _may_save(study, step.run)


def _may_save(study: Study, run: str | None) -> frozenset[str]:
    """The names that a flow, run from here, may save."""
    if run not in study.flows:
        return frozenset()
    return frozenset(name for step in study.flows[run].steps.values() for name in step.save or {})


# --- there, but not to be used so ---------------------------------------------------------------


def _known(use: Use, kinds: Kinds) -> Iterator[Fault]:
    if use.purpose == "shown":
        yield from _shown(use, kinds)
    elif use.purpose == "told" and kinds & _TYPED:
        wrong = remark(
            "`%(name)s` is what the parent typed; it can hold anything, and a topic is kept and listed.",
            name=use.name,
        )
        fix = remark("Write the topic as a word, or let the parent choose it.")
        yield _at(use, wrong, fix, "echo")
    elif use.purpose == "count" and not _is_list(kinds - {"number"}):
        wrong = remark("`%(name)s` is neither a number nor a list, so it cannot be counted.", name=use.name)
        yield _at(use, wrong, remark("Count the results of a look-up or a number."), "plural")
    elif use.purpose == "list" and not _is_list(kinds):
        wrong = remark("`%(name)s` is not a list.", name=use.name)
        yield _at(use, wrong, remark("Take the name that a look-up saves."), "list")
    elif use.purpose == "list" and "empty" in kinds:
        step = use.flow.steps[use.step]
        if step.answer is not None:
            wrong = remark(
                "there is nothing to choose from when `%(name)s` is empty, and it can be.", name=use.name
            )
            yield _at(use, wrong, _own_way(), "list")
        elif step.each is not None and step.each.none is None:
            wrong = remark("nothing is said when `%(name)s` is empty, and it can be.", name=use.name)
            yield _at(use, wrong, remark('Add `none: "..."`.'), "list")


def _shown(use: Use, kinds: Kinds) -> Iterator[Fault]:
    if "empty" in kinds:
        yield _empty(use)
    if "raw" in kinds:
        wrong = remark(
            "`%(name)s` is what the parent typed; it is never shown back, as it can hold anything.",
            name=use.name,
        )
        yield _at(use, wrong, remark("Leave it out of the text."), "echo")
    if "word" in kinds:
        wrong = remark(
            "`{%(name)s}` shows a value and not a label: every family would read it in English.",
            name=use.name,
        )
        fix = remark("Say it in words, in a step for each value.")
        yield use.flow.tree.fault(use.trail, wrong, fix, "shown", "warning")


def _own_way() -> Remark:
    return remark("Give `not_found` a way of its own.")


def _empty(use: Use) -> Fault:
    wrong = remark(
        "`%(name)s` may be empty: this step is also reached when nothing was found.", name=use.name
    )
    return _at(use, wrong, _own_way(), UNSET)


def _is_list(kinds: Kinds) -> bool:
    return all(kind in ("any", "empty") or kind.startswith("list:") for kind in kinds)


def _field(study: Study, use: Use, name: str, field: str) -> Iterator[Fault]:
    """A part of a result: {liaison.name}."""
    kinds = use.state[name]
    if "empty" in kinds and use.purpose == "shown":
        yield _empty(use)
    for kind in sorted(kinds - {"any", "empty"}):
        form, _, look_up = kind.partition(":")
        words = study.subject.look_ups.get(look_up)
        if form not in ("list", "one"):
            wrong = remark("`%(name)s` has no parts, so there is no `%(part)s`.", name=name, part=use.name)
            yield _at(use, wrong, remark("Write {%(name)s}.", name=name), UNSET)
        elif words is not None and field.partition(".")[0] not in words.gives | words.sometimes:
            fix = did_you_mean(field, words.gives | words.sometimes, there_is(words.gives))
            wrong = remark("`%(look_up)s` gives no `%(field)s`.", look_up=look_up, field=field)
            yield _at(use, wrong, fix, UNSET)
        elif words is not None and field in words.sometimes and not _is_brought(words, use, name, field):
            each = use.flow.steps[use.step].each
            of = each.of if each is not None and each.as_ == name else name
            wrong = remark("not every result of `%(look_up)s` has `%(field)s`.", look_up=look_up, field=field)
            yield _at(use, wrong, _lead_here(f"{of}.{field}", use.step), UNSET)


def _is_brought(words: LookUpWords, use: Use, name: str, field: str) -> bool:
    """Whether another field is known here that is never without this one."""
    return any(field in brought and f"{name}.{flag}" in use.state for flag, brought in words.brings.items())


# --- conditions, and what nothing uses ----------------------------------------------------------


def _conditions(study: Study, known: frozenset[str]) -> Iterator[Fault]:
    for flow in study.flows.values():
        for name, step in flow.steps.items():
            for asked in step.if_known or {}:
                if asked not in known and asked.partition(".")[0] not in known:
                    fix = did_you_mean(asked, known, _ask_before())
                    wrong = remark("nothing ever saves `%(asked)s`, so it is never known.", asked=asked)
                    yield flow.tree.fault(("steps", name, "if_known", asked), wrong, fix, UNSET)


def _unused(study: Study, every: list[Use]) -> Iterator[Fault]:
    used: dict[str, set[str]] = {name: set() for name in study.flows}
    for use in every:
        used[use.flow.name] |= {use.name, use.name.partition(".")[0]}
    for flow in study.flows.values():
        for step in flow.steps.values():
            used[flow.name] |= {
                part for asked in step.if_known or {} for part in (asked, asked.partition(".")[0])
            }
    for flow in study.flows.values():
        here = set().union(*(used[name] for name in study.kin[flow.name]))
        for trail, name in _saved(flow):
            if name not in here:
                wrong = remark("nothing uses `%(name)s`.", name=name)
                yield flow.tree.fault(trail, wrong, remark("Remove it."), "unused", "warning")


def _saved(flow: Flow) -> Iterator[tuple[Trail, str]]:
    """What is saved by choice: a look-up must have a name, even where only found or not found matters."""
    for name, step in flow.steps.items():
        if step.answer is not None:
            yield ("steps", name, "answer", "save"), step.answer.save
        for saved in step.save or {}:
            yield ("steps", name, "save", saved), saved

"""Rules: a step does one thing, and each word stands beside the word that it belongs to."""

from collections.abc import Iterator

from bot.flow import model
from bot.flow.check.study import Study
from bot.flow.check.ways import ways
from bot.flow.load import Flow
from bot.words.remark import remark
from bot.words.yaml_tree import Fault

ON = frozenset({"go", "end"})
ALONGSIDE: dict[str, frozenset[str]] = {
    "ask": ON | {"choices", "also_understands", "answer", "unclear", "silent", "expires", "save"},
    "fact": ON,
    "each": ON | {"say", "save"},
    "look_up": ON | {"found", "not_found", "save"},
    "if_known": ON | {"otherwise", "save"},
    "do": ON | {"done", "failed", "save"},
    "run": frozenset({"done", "save"}),
    "escalate": frozenset({"say", "unanswered", "closed", "save"}),
    "say": ON | {"save"},
    "": ON | {"save"},
}
"""What one thing a step may do, and the words that may stand beside it"""

NEEDED_BY: dict[str, str] = {
    "choices": "`ask`",
    "also_understands": "`choices`",
    "answer": "`ask`",
    "unclear": "`ask`",
    "silent": "`ask`",
    "expires": "`ask`",
    "found": "`look_up`",
    "not_found": "`look_up`",
    "otherwise": "`if_known`",
    "done": remark("`do` or `run`"),
    "failed": "`do`",
    "unanswered": "`escalate`",
    "closed": "`escalate`",
}


def one_thing(study: Study) -> Iterator[Fault]:
    """Steps that do two things, and words beside the wrong one."""
    for flow in study.flows.values():
        for name, step in flow.steps.items():
            words = _written(flow, name)
            if "fact" in words:
                yield from (_not_only_a_fact(flow, name, word) for word in words if word not in {"fact", *ON})
                continue
            mains = _mains(words)
            for second in mains[1:]:
                yield _two_things(flow, name, mains[0], second)
            allowed = frozenset().union(*(ALONGSIDE[main] for main in mains or [""]))
            for word in words:
                if word not in allowed and word not in mains:
                    yield _lonely(flow, name, word, mains[0] if mains else "")
            yield from _question(flow, name, step)


def _mains(words: list[str]) -> list[str]:
    """The words of a step that each make it do something."""
    mains = [word for word in words if word in ALONGSIDE]
    if len(mains) > 1 and "say" in mains and not {"each", "escalate"}.isdisjoint(mains):
        mains.remove("say")
    return mains


def _written(flow: Flow, name: str) -> list[str]:
    """The words of a step in the order in which they stand."""
    here = step_lines(flow, name)
    return [word for word in here if not (word == "end" and not flow.steps[name].end)]


def step_lines(flow: Flow, name: str) -> dict[str, object]:
    """The lines of a step as they were written."""
    steps = flow.tree.plain.get("steps") if isinstance(flow.tree.plain, dict) else None
    lines = steps.get(name) if isinstance(steps, dict) else None
    return dict(lines) if isinstance(lines, dict) else {}


def _two_things(flow: Flow, name: str, first: str, second: str) -> Fault:
    at = ("steps", name, second)
    if {first, second} == {"say", "ask"}:
        wrong = remark("`say` stands beside `ask` and would never be sent.")
        return flow.tree.fault(
            at, wrong, remark("Put its text into the question, or into a step before."), "one_thing"
        )
    wrong = remark("this step does two things: `%(first)s` and `%(second)s`.", first=first, second=second)
    return flow.tree.fault(at, wrong, remark("Make two steps of it and join them with `go`."), "one_thing")


def _not_only_a_fact(flow: Flow, name: str, word: str) -> Fault:
    wrong = remark(
        "`%(word)s` stands beside `fact`; a right is told exactly as it was reviewed, and nothing with it.",
        word=word,
    )
    return flow.tree.fault(("steps", name, word), wrong, remark("Move it into a step of its own."), "rights")


def _lonely(flow: Flow, name: str, word: str, main: str) -> Fault:
    at = ("steps", name, word)
    if word in NEEDED_BY:
        wrong = remark("`%(word)s` means nothing without %(it)s.", word=word, it=NEEDED_BY[word])
        return flow.tree.fault(
            at, wrong, remark("Add %(it)s, or remove `%(word)s`.", it=NEEDED_BY[word], word=word), "companion"
        )
    instead = "closed" if main == "escalate" else "done"
    wrong = remark("`%(word)s` means nothing beside `%(main)s`.", word=word, main=main)
    return flow.tree.fault(
        at, wrong, remark("Write `%(instead)s: next_step` instead.", instead=instead), "companion"
    )


def _question(flow: Flow, name: str, step: model.Step) -> Iterator[Fault]:
    at = ("steps", name)
    if step.ask is not None and step.answer is None and not step.choices:
        wrong = remark("nobody can answer this question: it has neither `choices` nor `answer`.")
        yield flow.tree.fault((*at, "ask"), wrong, remark("Add one of them."), "question")
    if step.answer is not None and step.choices is not None:
        wrong = remark("this question has both `choices` and `answer`.")
        yield flow.tree.fault((*at, "answer"), wrong, remark("Keep one of them."), "question")
    if step.answer is not None and (step.answer.type == "one_of") is (step.answer.of is None):
        wrong = remark("`type: one_of` and `of` belong together: `of` names the list to choose from.")
        yield flow.tree.fault((*at, "answer"), wrong, remark("Write both, or neither."), "question")
    if step.also_understands is not None and step.ask is not None and step.choices is None:
        wrong = remark("`also_understands` means nothing without `choices`.")
        fix = remark("Add `choices`, or remove `also_understands`.")
        yield flow.tree.fault((*at, "also_understands"), wrong, fix, "companion")
    for saved, value in (step.save or {}).items():
        if not value and not step.choices:
            wrong = remark(
                "`save: %(saved)s` keeps the choice made, but this step has no `choices`.", saved=saved
            )
            yield flow.tree.fault(
                (*at, "save"), wrong, remark("Write `save: {%(saved)s: value}`.", saved=saved), "companion"
            )


def escalations(study: Study) -> Iterator[Fault]:
    """A person may be away: somebody else must be asked then."""
    for flow in study.flows.values():
        for name, step in flow.steps.items():
            if step.escalate is not None and step.unanswered is None:
                wrong = remark("nobody is asked next when the person at school does not answer.")
                fix = remark("Add `unanswered: {after: 4 office hours, to: district_office}`.")
                yield flow.tree.fault(("steps", name, "escalate"), wrong, fix, "escalate")


def unused_ways(study: Study) -> Iterator[Fault]:
    """`go` and `end` that nothing uses, and those that say two things at once."""
    for flow in study.flows.values():
        for name, step in flow.steps.items():
            at = ("steps", name, "go" if step.go is not None else "end")
            if step.go is not None and step.end:
                wrong = remark("`go` and `end` stand together: it either goes on or ends.")
                yield flow.tree.fault(at, wrong, remark("Keep one of them."), "one_thing")
            elif (step.go is not None or step.end) and _is_whole(flow, name) and not _uses_rest(name, step):
                wrong = remark("`%(it)s` is never used: every way from here has a step of its own.", it=at[2])
                yield flow.tree.fault(at, wrong, remark("Remove it."), "unused", "warning")


def _is_whole(flow: Flow, name: str) -> bool:
    """Whether this step does one thing, and a question in it can be answered."""
    step = flow.steps[name]
    return len(_mains(_written(flow, name))) < 2 and (step.ask is None or bool(step.choices or step.answer))


def _uses_rest(name: str, step: model.Step) -> bool:
    without = step.model_copy(update={"go": None, "end": False})
    return [way.target for way in ways(name, step)] != [way.target for way in ways(name, without)]

"""What each kind of step does when a conversation comes to it; the registry of kinds is `KINDS`."""

from collections.abc import Callable

from bot.flow import model
from bot.flow.further import further, may_be_skipped
from bot.flow.offers import NEAR, WHICH, offered
from bot.flow.run import MAX_HOPS, Run, Stuck
from bot.flow.state import Frame, Paused, Value
from bot.flow.turn import Act, LookUp

Next = str | None
DEEPEST = 12
"""Flows that may run inside one another"""
ASKING_COSTS = 5
"""A look-up or an action is slow, so it counts for several steps: ten a turn at the most"""
RESUME = "resume"
"""The one action the engine does itself: go back to what was paused"""


def walk(run: Run, name: Next) -> None:
    """Go from step to step until the conversation waits or ends. Raises Stuck."""
    while name is not None:
        name = _enter(run, name)


def _enter(run: Run, name: str) -> Next:
    run.hops += 1
    if run.hops > MAX_HOPS:
        raise Stuck("runaway")
    flow = run.flow
    if flow is None or name not in flow.steps:
        raise Stuck("no_such_step")
    run.rest()
    run.values.pop(WHICH, None)
    run.stack[-1] = Frame(flow.name, flow.revision, name)
    step = flow.steps[name]
    for saved, template in (step.save or {}).items():
        if template:
            run.values[saved] = run.resolve(template)
    return KINDS[kind_of(step)](run, step)


def kind_of(step: model.Step) -> str:
    """Which one thing a step does."""
    for kind in KINDS:
        if getattr(step, kind, None) is not None:
            return kind
    return "say"


def go_on(run: Run, step: model.Step, branch: model.Branch | None = None) -> Next:
    """The step after this one, or the end of the flow. Raises Stuck on a dead end."""
    target = (branch.go if branch else None) or step.go
    if target is not None:
        return target
    if step.end or branch is not None:
        return end(run)
    raise Stuck("dead_end")


def take(run: Run, step: model.Step, branch: model.Branch | None, slot: str) -> Next:
    """Follow a branch: say its text, go to its step."""
    if branch is not None and branch.say is not None:
        run.say(branch.say, f"{slot}.say")
    return go_on(run, step, branch)


def end(run: Run) -> Next:
    """A flow is over: back to the flow that ran it, to what was interrupted, or to rest."""
    run.stack.pop()
    stood = run.stand()
    if stood is not None:
        _, step, name = stood
        return take(run, step, step.done, "done") if step.run is not None else name
    paused = run.paused if run.resumes else None
    resumes, later = run.resumes, run.later
    run.clear()
    run.later = later
    if (topic := further(run, resumes=resumes)) is not None:
        return topic
    if paused is not None and paused.why == "interrupted":
        return go_back(run, paused)
    return None


def go_back(run: Run, paused: Paused) -> Next:
    """Stand again where a conversation was set aside; its question is asked once more."""
    run.paused = None
    run.stack, run.values, run.more = list(paused.stack), dict(paused.values), paused.more
    run.later = paused.later
    stood = run.stand()
    if stood is None:
        run.clear()
        return None
    run.phrase("back_to_question")
    run.owed = True  # the question itself: it is not to be skipped for what else was asked
    return stood[2]


# --- the kinds ----------------------------------------------------------------------------------


def _if_known(run: Run, step: model.Step) -> Next:
    for name, target in (step.if_known or {}).items():
        if run.known(name) not in (None, "", []):
            return target
    return step.otherwise or go_on(run, step)


def _look_up(run: Run, step: model.Step) -> Next:
    question = step.look_up
    if question is None:
        raise Stuck("no_look_up")
    where = {key: as_text(run.resolve(template)) for key, template in question.where.items()}
    run.hops += ASKING_COSTS
    run.pending = LookUp(question.in_, where, question.limit)
    run.waiting = "look_up"
    return None


def as_text(value: Value) -> str:
    """A value as look-ups, actions and staff take it: the id of a thing, the words of an answer, a day."""
    if isinstance(value, dict):
        return as_text(next((value[kind] for kind in ("value", "raw", "date") if kind in value), ""))
    if isinstance(value, list):
        return ",".join(as_text(item) for item in value)
    return str(value)


def _do(run: Run, step: model.Step) -> Next:
    if step.do == RESUME:
        paused = run.paused
        if paused is None or not paused.stack or run.book.stands(paused.stack[-1]) is None:
            run.paused = None
            return take(run, step, step.failed, "failed")
        return go_back(run, paused)
    run.hops += ASKING_COSTS
    run.pending = Act(step.do or "", dict(run.values))
    run.waiting = "action"
    return None


def _run(run: Run, step: model.Step) -> Next:
    flow = run.book.begun(step.run or "")
    if flow is None:
        raise Stuck("no_such_flow")
    if len(run.stack) >= DEEPEST:
        raise Stuck("too_deep")
    run.values.pop(NEAR, None)
    run.stack.append(Frame(flow.name, flow.revision, flow.file.first))
    run.flow = flow
    return flow.file.first


def _escalate(run: Run, step: model.Step) -> Next:
    asked = step.escalate
    if asked is None:
        raise Stuck("no_escalate")
    run.escalate(asked.to, as_text(run.resolve(asked.topic)))
    run.later = ()  # the person reads the whole text
    if step.say is not None:
        run.say(step.say, "say")
    run.waiting = "person"
    if step.unanswered is not None:
        run.set_timer("unanswered", step.unanswered.after)
    return None


def _ask(run: Run, step: model.Step) -> Next:
    if may_be_skipped(run, step) and (topic := further(run, resumes=run.resumes)) is not None:
        return topic
    if step.ask is not None:
        run.say(step.ask, "ask", offered(run, step, said=True))
    wait_for_answer(run, step)
    return None


def wait_for_answer(run: Run, step: model.Step) -> None:
    """Wait for the person, with the timers of this step."""
    run.waiting = "answer"
    flow = run.flow.file if run.flow else None
    expires = step.expires or (flow.expires if flow else None) or run.book.always.expires
    run.set_timer("expires", expires.after)
    if step.silent is not None:
        run.set_timer("silent", step.silent.after)


def _fact(run: Run, step: model.Step) -> Next:
    name = step.fact or ""
    fact = run.book.facts(name, run.here.now.date())
    if fact is None or not _may_be_told(run, name, fact.plain):
        run.count(f"withheld/{name}")
        run.phrase("fact_withheld")
        return go_on(run, step)
    run.speak(model.Say(other=fact.plain), f"fact/{name}/plain", (), {})
    source, _ = run.worded(f"fact/{name}/source_words", fact.source_words)
    name_of_source = "fact_source" if fact.has_reviewer else "fact_source_unreviewed"
    run.phrase(name_of_source, source=source, checked={"dated": fact.checked.isoformat()})
    run.tell_once("not_legal_advice")
    return go_on(run, step)


def _may_be_told(run: Run, name: str, plain: str) -> bool:
    if not run.here.withhold_unreviewed or run.here.language == "en":
        return True
    return run.book.texts.text(run.here.language, f"fact/{name}/plain", plain).state == "reviewed"


def _each(run: Run, step: model.Step) -> Next:
    each = step.each
    if each is None:
        raise Stuck("no_each")
    found = run.known(each.of)
    results = found if isinstance(found, list) else []
    if not results:
        if each.none is not None:
            run.say(each.none, "each.none")
        return go_on(run, step)
    if step.say is not None:
        run.say(step.say, "say")
    start = _page_start(run, each.of, len(results))
    for result in results[start : start + each.at_once]:
        run.say(each.say, "each.say", extra={each.as_: result})
    left = len(results) > start + each.at_once
    run.values[f"_{each.of}_from"] = start + each.at_once if left else 0
    run.more = run.stack[-1].step if left and each.more else ""
    return go_on(run, step)


def _page_start(run: Run, name: str, total: int) -> int:
    start = run.values.get(f"_{name}_from")
    return start if run.more == run.stack[-1].step and isinstance(start, int) and 0 <= start < total else 0


def _say(run: Run, step: model.Step) -> Next:
    if step.say is not None:
        run.say(step.say, "say")
    return go_on(run, step)


KINDS: dict[str, Callable[[Run, model.Step], Next]] = {
    "if_known": _if_known,
    "look_up": _look_up,
    "do": _do,
    "run": _run,
    "escalate": _escalate,
    "ask": _ask,
    "fact": _fact,
    "each": _each,
    "say": _say,
}

"""Time has passed without an answer: silent, expires and unanswered."""

from dataclasses import replace

from bot.flow import model
from bot.flow.load import Flow
from bot.flow.run import Run
from bot.flow.state import Timer
from bot.flow.steps import as_text, walk
from bot.flow.turn import TimePassed
from bot.words.slots import ALWAYS, context


def time_passed(run: Run, _event: TimePassed) -> None:
    """Let the one timer happen that matters most of those that are due."""
    due = [timer for timer in run.timers if timer.at <= run.here.now]
    if not due:
        return
    run.hops = 0
    # After a long pause an expiry makes "are you still there?" pointless
    first = min(due, key=lambda timer: (timer.kind != "expires", timer.at))
    run.timers = tuple(timer for timer in run.timers if timer is not first)
    stood = run.stand()
    if stood is None:
        run.clear()
        return
    flow, step, name = stood
    rule, where = _rule_of(run, flow, step, first)
    if isinstance(rule, model.Unanswered):
        about = run.resolve(step.escalate.topic) if step.escalate else ""
        run.escalate(rule.to or "district_office", as_text(about), again=True)
    if first.kind == "expires":
        run.count(f"expired/{flow.name}/{name}")
    if rule is not None and rule.say is not None:
        run.speak(rule.say, where, (), {})
    if isinstance(rule, model.Later) and rule.go is not None:
        walk(run, rule.go)
    elif first.kind == "expires":
        _lay_by(run)


def _rule_of(
    run: Run, flow: Flow, step: model.Step, timer: Timer
) -> tuple[model.ExpiresAnywhere | None, str]:
    """The rule of a timer, and where its text stands: in the step, beside the steps or in always.yaml."""
    slot = f"{timer.kind}.say"
    rule: model.ExpiresAnywhere | None = getattr(step, timer.kind, None)
    if timer.kind != "expires" or rule is not None:
        return rule, context(flow.name, run.stack[-1].step, slot)
    if flow.file.expires is not None:
        return flow.file.expires, context(flow.name, "", slot)
    return run.book.always.expires, context(ALWAYS, "", slot)


def _lay_by(run: Run) -> None:
    """Keep what has expired, so that the person can go on with it; a form goes before what interrupted it."""
    if run.paused is not None and (run.resumes or run.offers_to_go_on):
        run.paused = replace(run.paused, why="expired")
    else:
        run.paused = run.pause("expired")
    run.clear()

"""A person at school has the conversation: hands it back, takes it back, answers, or is asked once more."""

from bot.flow.answering import set_aside
from bot.flow.run import Run
from bot.flow.state import Frame
from bot.flow.steps import end, walk
from bot.flow.turn import AskedAgain, PersonAnswered, PersonClosed, PersonReturned


def closed(run: Run, _event: PersonClosed) -> None:
    """The bot takes over again, where the step says."""
    stood = run.stand()
    if run.waiting != "person" or stood is None:
        run.count("late/closed")
        if run.waiting == "person":
            run.clear()
        return
    run.hops = 0
    _, step, name = stood
    walk(run, (step.closed or step.go or end(run)) if step.escalate is not None else name)


def returned(run: Run, event: PersonReturned) -> None:
    """Stand again where a person answers; what the bot was just asking is gone on with afterwards."""
    if run.waiting == "person":
        return
    asking = _where_a_person_is_asked(run, event.flow)
    if asking is None:
        return
    set_aside(run, keep=True)
    name, step = asking
    run.begin(name, {}, resumes=True)
    run.stack[-1] = Frame(name, run.stack[-1].revision, step)
    run.waiting, run.hops = "person", 0


def _where_a_person_is_asked(run: Run, flow: str) -> tuple[str, str] | None:
    person = run.book.always.interrupts.get("person")
    for name in (flow, person.run if person is not None else ""):
        found = run.book.flows.get(name)
        steps = found.steps if found is not None else {}
        step = next((one for one, what in steps.items() if what.escalate is not None), None)
        if step is not None:
            return name, step
    return None


def answered(run: Run, _event: PersonAnswered) -> None:
    """Nobody is late any more."""
    run.timers = tuple(timer for timer in run.timers if timer.kind != "unanswered")


def asked_again(run: Run, _event: AskedAgain) -> None:
    """An answer is due again."""
    stood = run.stand()
    if run.waiting != "person" or stood is None or any(one.kind == "unanswered" for one in run.timers):
        return
    _, step, _ = stood
    if step.unanswered is not None:
        run.set_timer("unanswered", step.unanswered.after)

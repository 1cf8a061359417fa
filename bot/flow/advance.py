"""The engine: advance(book, state, event, here) -> Turn. Total, deterministic, pure.

A look-up or an action is not called here: the turn carries it as `pending`, the caller feeds the
outcome back as Found or Acted, and the turn goes on. Whatever goes wrong ends in a person, not in
an exception and not in silence.
"""

from collections.abc import Callable
from typing import Any

from bot.flow import model, persons
from bot.flow.answering import (
    not_an_answer,
    open_topic,
    set_aside,
    take_answer,
    take_choice,
    take_found,
)
from bot.flow.book import Book
from bot.flow.offers import NEAR, offered
from bot.flow.run import Run, Stuck
from bot.flow.state import State, Value
from bot.flow.steps import take, walk
from bot.flow.timers import time_passed
from bot.flow.turn import (
    Acted,
    AskedAgain,
    Event,
    Found,
    Here,
    PersonAnswered,
    PersonClosed,
    PersonReturned,
    Say,
    Started,
    Texted,
    TimePassed,
    Turn,
)

_SORRY = "Sorry, something went wrong on our side. A person will text you."


def advance(book: Book, state: State, event: Event, here: Here) -> Turn:
    """Take one event and say what follows. Never raises for any event on any state."""
    run = Run(book, state, here)
    try:
        _HANDLERS[type(event)](run, event)
        if run.pending is None:
            _never_silent(run)
            run.own_up()
    except Stuck as stuck:
        _break_off(run, str(stuck))
    return run.turn()


def _never_silent(run: Run) -> None:
    """A flow that ends without a word gets a friendly line; silence in the middle of one is a fault.

    Only small talk, and a person's own thread, may go unanswered: they owe nothing.
    """
    if run.owed and run.stack:
        raise Stuck("silent")
    if run.owed:
        run.count("silent_end")
        run.phrase("you_are_welcome")


def _break_off(run: Run, reason: str) -> None:
    """Something in a flow is broken: count it and hand over to a person."""
    if reason == "runaway":
        run.effects = [effect for effect in run.effects if not isinstance(effect, Say)]
    where = "/".join(part for frame in run.stack[-1:] for part in (frame.flow, frame.step))
    if reason == "runaway":
        # What a flow said while it ran in a circle is noise that a family would pay for.
        run.effects.clear()
    run.clear()
    run.paused, run.pending, run.hops = None, None, 0
    run.count(f"broken/{reason}/{where}")
    try:
        walk(run, run.begin(run.book.always.broken, {"topic": "broken"}, resumes=False))
        run.own_up()
    except Stuck:
        _last_resort(run)


def _last_resort(run: Run) -> None:
    """Even the flow for what is broken is broken: the district office is asked, and she is told so."""
    run.clear()
    run.pending = None
    run.escalate("district_office", "broken")
    try:
        run.phrase("sorry")
    except Stuck:
        run.effects.append(Say(_SORRY, "phrase/sorry", "en"))


# --- the person writes --------------------------------------------------------------------------


def _texted(run: Run, event: Texted) -> None:
    run.hops = 0
    run.owed = run.waiting != "person"
    if run.waiting == "person":
        run.count("heard/for_person")
        return
    asked = run.stack[-1] if run.stack else None
    stood = run.stand() if run.waiting == "answer" else None
    step = stood[1] if stood else None
    if run.waiting not in ("", "answer") or (run.waiting and stood is None):
        run.clear()
    if step is not None and _by_tap(run, step, event):
        return
    if event.command is not None and _interrupted(run, step, event.command):
        return
    if asked and stood and not run.book.asks_the_same(asked, stood[0], stood[2]):
        _ask_anew(run, stood[2], event)
        return
    if step is not None and take_answer(run, step, event):
        return
    if event.small_talk is not None:
        _small_talk(run, event.small_talk)
    elif event.topic is not None and open_topic(run, step, event.topic, event.also):
        run.count(f"topic/{event.topic}")
    elif step is not None:
        not_an_answer(run, step, event.near)
    else:
        _not_expected(run, event)


def _ask_anew(run: Run, name: str, event: Texted) -> None:
    """The flow has changed under a question: what she wrote answers nothing that is asked now."""
    if event.topic is not None and open_topic(run, None, event.topic, event.also):
        return
    run.count(f"moved/{run.stack[-1].flow}/{name}")
    walk(run, name)


def _by_tap(run: Run, step: model.Step, event: Texted) -> bool:
    """A tapped button names flow, step and choice; one of an older question is read as its words."""
    if event.payload is None:
        return False
    head, _, value = event.payload.rpartition("/")
    here = f"{run.stack[-1].flow}/{run.stack[-1].step}"
    if head != here or value not in {one.value for one in offered(run, step)}:
        return False
    take_choice(run, step, value)
    return True


def _interrupted(run: Run, step: model.Step | None, command: str) -> bool:
    if step is not None and command in (step.also_understands or {}):
        take_choice(run, step, (step.also_understands or {})[command])
        return True
    interrupt = run.book.always.interrupts.get(command)
    if interrupt is None:
        return False
    run.count(f"command/{command}")
    set_aside(run, keep=interrupt.then == "resume")
    walk(run, run.begin(interrupt.run, {"topic": command}, resumes=interrupt.then == "resume"))
    return True


def _small_talk(run: Run, kind: str) -> None:
    """Thanks gets one warm line; a greeting opens the menu; a reaction is counted and left alone.

    Whoever writes for the first time is greeted, whatever she says.
    """
    run.count(f"small_talk/{kind}")
    is_new = run.known("contact.is_new") == "yes"
    if kind == "hello" or is_new:
        if run.waiting == "answer":
            stood = run.stand()
            walk(run, stood[2] if stood else None)
        else:
            _open(run)
    elif kind == "thanks":
        run.phrase("you_are_welcome")
    run.owed = False


def _open(run: Run) -> None:
    """Greet somebody new, offer to go on to one who comes back, show the menu to everybody else."""
    first = run.known("contact.is_new") == "yes"
    menu = run.book.always.interrupts.get("menu")
    name = run.book.always.first_contact if first or menu is None else menu.run
    if run.paused is not None and run.paused.why == "expired":
        name = run.book.always.after_expiry
    walk(run, run.begin(name, {}, resumes=False))


def _not_expected(run: Run, event: Texted) -> None:
    """Nothing was asked and nothing was recognised: greet, offer to go on, or say we are not sure."""
    run.count("unsure")
    if run.known("contact.is_new") == "yes" or (run.paused is not None and run.paused.why == "expired"):
        _open(run)
    else:
        near: list[Value] = [topic for topic in event.near if f"topic_{topic}" in run.book.phrases]
        walk(run, run.begin(run.book.always.not_sure, {NEAR: near} if near else {}, resumes=False))


# --- what was asked of the caller comes back ----------------------------------------------------


def _found(run: Run, event: Found) -> None:
    stood = run.stand(moves=False)
    if run.waiting != "look_up" or stood is None:
        run.count("late/found")
        return
    _, step, name = stood
    results = list(event.results)
    if step.answer is not None:
        take_found(run, step, results)
        return
    if step.look_up is None:
        walk(run, name)
        return
    run.values[step.look_up.save] = results
    branch, slot = (step.found, "found") if results else (step.not_found, "not_found")
    walk(run, take(run, step, branch, slot))


def _acted(run: Run, event: Acted) -> None:
    stood = run.stand(moves=False)
    if run.waiting != "action" or stood is None:
        run.count("late/acted")
        return
    run.values |= dict(event.values)
    _, step, name = stood
    if step.do is None:
        walk(run, name)
        return
    branch, slot = (step.done, "done") if event.done else (step.failed, "failed")
    walk(run, take(run, step, branch, slot))


# --- the program itself ---------------------------------------------------------------------------


def _started(run: Run, event: Started) -> None:
    run.hops = 0
    set_aside(run, keep=False)
    walk(run, run.begin(event.flow, {}, resumes=False))


_HANDLERS: dict[type, Callable[[Run, Any], None]] = {
    Started: _started,
    Texted: _texted,
    Found: _found,
    Acted: _acted,
    TimePassed: time_passed,
    PersonClosed: persons.closed,
    PersonAnswered: persons.answered,
    PersonReturned: persons.returned,
    AskedAgain: persons.asked_again,
}

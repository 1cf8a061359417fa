"""What a text means to the question that waits: an answer, a choice, another topic, or nothing clear."""

from collections.abc import Sequence

from bot.flow import model
from bot.flow.answers import read
from bot.flow.match import choice
from bot.flow.offers import NEAR, WHICH, listed, name_of, offered, results_offered
from bot.flow.run import Run
from bot.flow.state import Value
from bot.flow.steps import go_on, wait_for_answer, walk
from bot.flow.turn import LookUp, Offered, Texted
from bot.words.places_said import place
from bot.words.plain import plain
from bot.words.slots import ALWAYS, context

MOST_TOPICS = 3
"""Further topics of one text; more would be a wall of words"""


def set_aside(run: Run, *, keep: bool) -> None:
    """Pause the question that waits; inside an interrupt or an offer to go on, the older one stays.

    What else the same text had asked goes with the question: it comes back with it, or not at all.
    """
    if not keep:
        run.paused = None
    elif run.waiting == "answer" and not (run.paused and (run.resumes or run.offers_to_go_on)):
        run.paused = run.pause("interrupted")
    run.later = ()


def open_topic(run: Run, step: model.Step | None, topic: str, also: tuple[str, ...] = ()) -> bool:
    """Go where a topic leads: a choice of this question, or a flow of its own. False for neither.

    `also`: what else the same text asks.
    """
    if step is not None and topic in (step.also_understands or {}):
        run.later = (*also, *run.later)[:MOST_TOPICS]
        take_choice(run, step, (step.also_understands or {})[topic])
        return True
    opens = run.book.opens(topic)
    if opens is None:
        return False
    has_older = run.paused is not None and (run.resumes or run.paused.why == "expired")
    set_aside(run, keep=has_older or (step is not None and _is_worth_resuming(run, step)))
    run.later = also[:MOST_TOPICS]
    flow, step_name = opens
    run.begin(flow.name, {"topic": topic}, resumes=True)
    walk(run, step_name)
    return True


def _is_worth_resuming(run: Run, step: model.Step) -> bool:
    """Half-given answers are: an open question, or a flow that collects them for an action. A menu is not.

    A question before which another one still waits for its answer is, too: neither was answered.
    """
    flow = run.flow
    collects = flow is not None and any(one.do for one in flow.steps.values())
    return step.answer is not None or collects or bool(run.later)


def take_answer(run: Run, step: model.Step, event: Texted) -> bool:
    """Take a text as the answer to the question that waits; False where it is not one."""
    if step.answer is None:
        options = offered(run, step)
        said = _without_manners(run, event.text)
        value = _chosen(run, said, options) or _by_yes_or_no(run, said, options)
        if value is not None:
            take_choice(run, step, value)
        return value is not None
    found = listed(run, step)
    picked = _chosen(run, _without_manners(run, event.text), results_offered(found)) if found else None
    if picked is not None:
        take_found(run, step, [found[int(picked)]])
        return True
    if step.answer.type.startswith("directory."):
        return _ask_directory(run, step.answer, event)
    here = run.here
    answer = read(step.answer.type, event.text, here.now.date(), here.language, run.book.words)
    if answer is None:
        return False
    run.values[step.answer.save] = answer
    walk(run, go_on(run, step))
    return True


def _chosen(run: Run, said: str, options: Sequence[Offered]) -> str | None:
    """The choice that is meant by number or label, or by its place in words."""
    value = choice(said, options)
    at = place(said, run.here.language) if value is None else None
    return options[at - 1].value if at is not None and 1 <= at <= len(options) else value


def _without_manners(run: Run, text: str) -> str:
    """The text in plain letters without a please or thanks around it."""
    said = plain(text)
    if " " not in said:
        return said
    for polite in sorted(_words(run, "polite"), key=len, reverse=True):
        said = said.removesuffix(f" {polite}").removeprefix(f"{polite} ")
    return said


def _by_yes_or_no(run: Run, said: str, options: tuple[Offered, ...]) -> str | None:
    """Yes answers a question that has just one label beginning with a yes, and no likewise."""
    for word in ("yes", "no"):
        words = _words(run, word)
        if said in words:
            meant = [one.value for one in options if plain(one.label).partition(" ")[0] in words]
            return meant[0] if len(meant) == 1 else None
    return None


def _words(run: Run, name: str) -> frozenset[str]:
    return run.book.words(run.here.language, name) | run.book.words("en", name)


def _take_near(run: Run, step: model.Step, near: tuple[str, ...]) -> bool:
    """Take the choice that both topics near to a text stand for: fever is a sick child or a medicine."""
    meant = {(step.also_understands or {}).get(topic) for topic in near}
    value = meant.pop() if len(near) > 1 and len(meant) == 1 else None
    if value is not None:
        take_choice(run, step, value)
    return value is not None


def take_choice(run: Run, step: model.Step, value: str) -> None:
    """Follow a choice of the question that waits."""
    offered_to_resume = run.offers_to_go_on
    _follow(run, step, value)
    if offered_to_resume and run.paused is not None and run.paused.why == "expired":
        run.paused = None


def _follow(run: Run, step: model.Step, value: str) -> None:
    run.values.pop(NEAR, None)
    if step.answer is not None and value.isdigit():
        take_found(run, step, [listed(run, step)[int(value)]])
        return
    if value == "more:":
        walk(run, run.more)
        return
    run.more = ""
    if value.startswith("topic:"):
        open_topic(run, None, value.removeprefix("topic:"))
        return
    for name, template in (step.save or {}).items():
        if not template:
            run.values[name] = value
    picked = (step.choices or {}).get(value)
    walk(run, (picked.go if picked else None) or go_on(run, step))


def _ask_directory(run: Run, answer: model.Answer, event: Texted) -> bool:
    """A topic said instead of an answer goes first; otherwise the directory says whether it is one."""
    if event.topic is not None or event.small_talk is not None:
        return False
    where = {"text": event.text, "typos": "yes" if answer.allow_typos else "no"}
    run.pending = LookUp(answer.type, where, 5)
    run.waiting = "look_up"
    return True


def not_an_answer(run: Run, step: model.Step, near: tuple[str, ...] = ()) -> None:
    """Say once more what is wanted, unless it is near; after the allowed tries, hand on to a person."""
    if _take_near(run, step, near):
        return
    always = run.book.always.unclear
    rule = step.unclear or always
    tries = run.tries + 1
    run.count(f"unclear/{run.stack[-1].flow}/{run.stack[-1].step}")
    if tries > rule.tries:
        if step.unclear is not None and step.unclear.go is not None:
            walk(run, step.unclear.go)
            return
        walk(run, run.begin(run.book.always.broken, {"topic": "unclear"}, resumes=False))
        return
    choices = offered(run, step, said=True)
    if step.unclear is not None and step.unclear.say is not None:
        run.say(step.unclear.say, "unclear.say", choices)
    elif always.say is not None:
        run.speak(always.say, context(ALWAYS, "", "unclear.say"), choices, {})
    else:
        run.phrase("not_understood" if choices else "not_understood_open", choices)
    wait_for_answer(run, step)
    run.tries = tries


def take_found(run: Run, step: model.Step, results: list[Value]) -> None:
    """An open answer looked up: one result is the answer, several are asked back, none is unclear."""
    results = [result for result in results if name_of(result)]
    if len(results) == 1 and step.answer is not None:
        run.values[step.answer.save] = results[0]
        walk(run, go_on(run, step))
    elif results:
        run.values[WHICH] = results
        run.phrase("which_one", tuple(results_offered(results)))
        wait_for_answer(run, step)
    else:
        run.waiting = "answer"
        not_an_answer(run, step)

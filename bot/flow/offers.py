"""What a question offers: its choices, results of a look-up, the nearest topics, more of a list."""

from bot.flow import model
from bot.flow.book import Labels
from bot.flow.run import Run
from bot.flow.state import Value
from bot.flow.turn import Offered

MOST_OFFERED = 9
NEAR, WHICH = "_near", "_which"
"""What the engine itself remembers; no author can name a value so"""


def offered(run: Run, step: model.Step, *, said: bool = False) -> tuple[Offered, ...]:
    """The choices of a question as the person sees them, in the order of their numbers.

    `said`: they go out now, so that texts that are missing or not reviewed count as used.
    """
    if step.answer is None and not run.more and NEAR not in run.values:
        return _choices(run, step, said=said)
    choices = results_offered(listed(run, step))
    for topic in _near(run):
        phrase = f"topic_{topic}"
        label = run.label(f"phrase/{phrase}", run.book.phrases[phrase].other, said=said)
        choices.append(Offered(f"topic:{topic}", label))
    choices += _choices(run, step, said=said)
    if run.more and step.choices:
        each = run.flow.steps[run.more].each if run.flow and run.more in run.flow.steps else None
        if each is not None and each.more:
            where = f"{run.stack[-1].flow}/{run.more}/each.more"
            choices.append(Offered("more:", run.label(where, each.more, said=said)))
    return tuple(choices)


def _choices(run: Run, step: model.Step, *, said: bool) -> tuple[Offered, ...]:
    """The labels that stand in the flow; worked out once a language, since they change with the flow only."""
    frame = run.stack[-1]
    key = (frame.flow, frame.revision, frame.step, run.here.language)
    kept = run.book.labels.get(key)
    if kept is not None:
        for state in kept.states if said else ():
            run.note(state)
        return kept.offered
    labels, states = [], []
    for value, choice in (step.choices or {}).items():
        where = f"{frame.flow}/{frame.step}/choices.{value}"
        found = run.book.texts.text(run.here.language, where, choice.label)
        states.append(found.state)
        labels.append(Offered(value, run.label(where, choice.label, said=said)))
    if not any("{" in choice.label for choice in (step.choices or {}).values()):
        run.book.labels[key] = Labels(tuple(labels), tuple(one for one in states if one != "reviewed"))
    return tuple(labels)


def listed(run: Run, step: model.Step) -> list[Value]:
    """The results from which she chooses: of an unclear answer, or of a question with `type: one_of`."""
    if step.answer is None:
        return []
    saved = run.values.get(WHICH) or (run.known(step.answer.of) if step.answer.of else None)
    return [result for result in saved if name_of(result)][:MOST_OFFERED] if isinstance(saved, list) else []


def results_offered(results: list[Value]) -> list[Offered]:
    """Results of a look-up as choices, by their names."""
    return [Offered(str(index), name_of(result)) for index, result in enumerate(results)]


def name_of(result: Value) -> str:
    """What a result is called; one without a name cannot be offered."""
    name = result.get("name") if isinstance(result, dict) else result
    return name.strip() if isinstance(name, str) else ""


def _near(run: Run) -> list[str]:
    """The nearest topics, offered where nothing was sure."""
    near = run.values.get(NEAR)
    return [str(one) for one in near if f"topic_{one}" in run.book.phrases] if isinstance(near, list) else []

"""Several questions in one text: each topic is opened when the one before it has been answered."""

from bot.flow import model
from bot.flow.run import Run


def further(run: Run, *, resumes: bool) -> str | None:
    """Begin the flow of the next topic of the same text; returns its step, None when there is no more."""
    while run.later:
        topic, run.later = run.later[0], run.later[1:]
        opens = run.book.opens(topic)
        if opens is not None:
            flow, step = opens
            run.count(f"topic/{topic}")
            run.begin(flow.name, {"topic": topic}, resumes=resumes)
            return step
    return None


def may_be_skipped(run: Run, step: model.Step) -> bool:
    """Whether this question only closes a topic that was just answered, while another one waits.

    A question of choices after an answer is such a one ("Is there anything else?"); never in a flow
    that collects answers for an action: that one is asked, and the other topic comes when it has ended.
    """
    if not run.later or run.owed or step.choices is None or run.flow is None:
        return False
    return not any(one.do for one in run.flow.steps.values())

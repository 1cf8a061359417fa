"""The day's budget is nearly spent, or spent: whoever is on call is told, once for each alarm."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.outbox.budget import ALARMS
from bot.school import reach
from bot.store import marks
from bot.talk.notice_words import budget_words
from bot.talk.parts import Talk
from bot.talk.telling import Subject, Teller

_TOLD: Final = "budget_{alarm}_told"


def tell_budget(talk: Talk) -> int:
    """Tell of alarms that nobody was told of; returns how many. The outbox raises them as marks.

    As urgent: a text of danger goes out beyond the budget, any other would wait for the next day.
    """
    with talk.db.read() as session:
        found = marks.named(session, "budget_")
    due = [alarm for alarm in ALARMS if _is_due(found, alarm)]
    for alarm in due:
        now = talk.clock()
        with talk.db.write() as session:
            marks.put(session, _TOLD.format(alarm=alarm), now)
            teller = Teller(session, talk.vault, now, talk.notifier is not None)
            whom = reach.on_call(session, talk.vault)
            teller.tell(whom, Subject(budget_words(alarm), is_urgent=True), now)
    if due:
        talk.queue.ring("replies")
    return len(due)


def _is_due(found: Mapping[str, datetime], alarm: int) -> bool:
    raised, told = found.get(f"budget_{alarm}"), found.get(_TOLD.format(alarm=alarm))
    return raised is not None and (told is None or told < raised)

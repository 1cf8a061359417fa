"""The action report_absence: what a parent has answered becomes a report to the attendance office."""

from collections.abc import Mapping
from datetime import UTC, date

from bot.flow.state import Value
from bot.people import absences
from bot.store import counts
from bot.talk.parts import Doing, Done
from bot.talk.telling import Teller


def report_absence(doing: Doing) -> Done:
    """Tell the attendance office: `child` (a result of directory.children), `day` (a date), `reason`.

    Gives `is_changed`: yes where that day had been reported before, else empty; and `told`: yes where the
    office is told by text or e-mail, empty where it has neither and the report only waits in a list.
    Not done where the answers are not whole, or the child is none of this person's.
    """
    student_id, day = _child(doing.values.get("child")), _day(doing.values.get("day"))
    reason = str(doing.values.get("reason", ""))
    if student_id is None or day is None:
        return Done(done=False)
    now = doing.now.astimezone(UTC)
    outcome = absences.report(doing.session, doing.vault, doing.contact, student_id, day, reason, now)
    if outcome == "refused":
        return Done(done=False)
    language = doing.contact.language or "unknown"
    counts.bump(doing.session, f"absence/{outcome}", day=now.date(), language=language)
    is_changed = outcome == "changed"
    reported = absences.one(doing.session, doing.vault, student_id, day)
    teller = Teller(doing.session, doing.vault, now, doing.mails)
    told = reported is not None and teller.absence(reported, is_changed=is_changed)
    values = {"is_changed": "yes" if is_changed else "", "told": "yes" if told else ""}
    return Done(done=True, values=values)


def _child(value: Value | None) -> int | None:
    """The row of a chosen child; of a list the only one."""
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    row = one.get("value") if isinstance(one, Mapping) else None
    return int(row) if isinstance(row, str) and row.isdigit() else None


def _day(value: Value | None) -> date | None:
    written = value.get("date") if isinstance(value, Mapping) else None
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None

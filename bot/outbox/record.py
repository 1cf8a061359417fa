"""Writes the carrier's answers down, and silences whom the carrier says opted out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.outbox.blame import blame_number, blame_us
from bot.outbox.decide import Accepted, Again, Answer, Doubtful, Ended, Instead, Unsent, decide
from bot.outbox.hand_over import Letter
from bot.outbox.instead import leave_whatsapp
from bot.outbox.parts import Parts
from bot.outbox.suppress import suppress
from bot.ports import NotAccepted
from bot.store import answers, broadcasts, statuses, troubles

FIRST_LOOK: Final = timedelta(seconds=5)
"""When the carrier's list is first asked about a text in doubt."""

_log = structlog.get_logger(__name__)

Answered = tuple[Letter, Answer]
Then = Accepted | Doubtful | Again | Ended | Instead


def record(parts: Parts, answered: Sequence[Answered]) -> None:
    """Write down answers in one transaction; one that does not fit leaves the others standing."""
    if not answered:
        return
    in_order = sorted(answered, key=lambda one: one[0].row.id)
    try:
        with parts.db.write() as session:
            _record_all(parts, session, in_order)
    except IntegrityError:
        # Some SID is bound to another row already. Find which, each in a transaction of its own.
        for one in in_order:
            _record_alone(parts, one)


def _record_all(parts: Parts, session: Session, answered: Sequence[Answered]) -> None:
    now = parts.clock()
    decided = [(letter, _decided(parts, letter, answer)) for letter, answer in answered]
    # Contacts before rows, as everywhere, so that nobody waits in a circle.
    for letter, then in decided:
        if isinstance(then, Ended) and then.opted_out:
            suppress(session, letter.row.contact_id, sent_at=now, now=now)
        elif isinstance(then, Instead):
            leave_whatsapp(session, letter.row.contact_id, then.error_code, now)
        elif isinstance(then, Ended | Again) and then.error_code is not None:
            blame_number(session, letter.row.contact_id, then.error_code, sent_at=now)
    for code in sorted({code for _, then in decided if (code := _code(then))}):
        blame_us(session, code, now)
    _bind(session, decided, now)
    for letter, then in decided:
        _write_down(session, letter, then, now)
    _stop_broadcasts(session, decided)


def _code(then: Then) -> int | None:
    return then.error_code if isinstance(then, Ended | Again) else None


def _stop_broadcasts(session: Session, decided: Sequence[tuple[Letter, Then]]) -> None:
    """A fault of our own settings stops a broadcast as a whole, once; after the rows, as everywhere."""
    faults = {
        letter.row.broadcast_id: then.error_code
        for letter, then in decided
        if isinstance(then, Again) and then.reason == "configuration" and letter.row.broadcast_id
    }
    for broadcast_id in sorted(faults):
        if broadcasts.stop(session, broadcast_id, f"configuration/{faults[broadcast_id]}"):
            _log.error("broadcast_stopped", broadcast=broadcast_id, error_code=faults[broadcast_id])


def _bind(session: Session, decided: Sequence[tuple[Letter, Then]], now: datetime) -> None:
    sids = {letter.row.id: then.sid for letter, then in decided if isinstance(then, Accepted)}
    if sids:
        troubles.accepted(session, now)
    for row_id in statuses.bind_all(session, sids) if sids else ():
        # The row holds another SID: it was sent twice. Keep what is needed to see that.
        statuses.keep(session, sids[row_id], None, "accepted", None, now)
        _log.error("sent_twice", outbox_id=row_id)


def _record_alone(parts: Parts, answered: Answered) -> None:
    letter, answer = answered
    try:
        with parts.db.write() as session:
            _record_all(parts, session, [answered])
    except IntegrityError:
        _log.error("sid_bound_elsewhere", outbox_id=letter.row.id, answer=type(answer).__name__)
        with parts.db.write() as session:
            answers.end(session, letter.row.id, letter.row.token, state="unknown", reason="sid_taken")


def _decided(parts: Parts, letter: Letter, answer: Answer) -> Then:
    if isinstance(answer, NotAccepted):
        return decide(answer, letter.attempts, parts.random, letter.row.channel)
    if isinstance(answer, Unsent):
        return Again(timedelta(0), "too_late")
    return answer


def _write_down(session: Session, letter: Letter, then: Then, now: datetime) -> None:
    row_id, token = letter.row.id, letter.row.token
    match then:
        case Accepted():
            pass  # bound with all the others
        case Doubtful():
            answers.doubt(session, row_id, token, now + FIRST_LOOK)
        case Again(wait, reason, code):
            answers.again(session, row_id, token, due_at=now + wait, reason=reason, error_code=code)
        case Instead(code):
            _log.warning("by_sms_instead", outbox_id=row_id, error_code=code)
            answers.by_sms(session, row_id, token, due_at=now, error_code=code)
        case Ended(state, reason, code):
            answers.end(session, row_id, token, state=state, reason=reason, error_code=code)

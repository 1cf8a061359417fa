"""Whether a text may cost an answer: asks the past of its number and lets `guard` judge.

STOP, HELP, START and danger come before; a text that gets no answer is kept all the same, but for one
from a country that is not served by a number that nobody knows.
"""

from datetime import datetime
from typing import Literal

import structlog
from sqlmodel import Session

from bot.hear.automatic import is_automatic
from bot.hear.danger import danger
from bot.store import contacts, counts, families, inbound, outbox
from bot.store.inbound import BODY
from bot.talk.effects import Exchange
from bot.talk.guard import LOOK_BACK, ROUNDS, Answered, Came, is_loop, may_answer, may_loop
from bot.talk.parts import Talk
from bot.words.region import region_of

Held = Literal["abroad", "automatic", "loop", "too_many", "last_word"]

_log = structlog.get_logger(__name__)


def is_abroad(talk: Talk, sender: str) -> bool:
    """Whether this number is of a country that is not served, or of one who earns by texts to it."""
    return region_of(sender) not in talk.countries


def turn_away(talk: Talk, session: Session, sid: str, sender: str, body: str, now: datetime) -> bool:
    """Whether a text is passed over but for its SID: from abroad, by a number that nobody here knows.

    Somebody in danger is heard wherever the number is from.
    """
    if not is_abroad(talk, sender) or danger(body) is not None:
        return False
    if contacts.by_number_hash(session, talk.vault.fingerprint(sender)) is not None:
        return False
    if inbound.turn_away(session, sid, now):
        counts.bump(session, "heard/turned_away", day=now.date(), language="unknown")
    return True


def held(exchange: Exchange, sender: str, body: str, *, is_late: bool = False) -> Held | None:
    """Why a text gets no answer of the conversation; None where it gets one."""
    found = _held(exchange, sender, body, is_late=is_late)
    if found is not None:
        _log.info("text_held", inbound=exchange.inbound_id, contact_id=exchange.contact_id, why=found)
    return found


def _held(exchange: Exchange, sender: str, body: str, *, is_late: bool) -> Held | None:
    if is_abroad(exchange.talk, sender) and not families.is_linked(exchange.session, exchange.contact_id):
        return "abroad"
    if is_automatic(body):
        return "automatic"
    answers = _answers(exchange)
    decision = may_answer(exchange.now, answers)
    if decision == "answer":
        looks = not is_late and may_loop(exchange.now, answers)
        return "loop" if looks and _loops(exchange, body, answers) else None
    return "too_many" if decision == "too_many" else "last_word"


def has_room(exchange: Exchange) -> bool:
    """Whether this number may have one more answer, whatever the text says."""
    return may_answer(exchange.now, _answers(exchange)) == "answer"


def _answers(exchange: Exchange) -> list[Answered]:
    since = exchange.now - LOOK_BACK
    rows = outbox.answers_since(exchange.session, exchange.contact_id, since)
    return [Answered(at, to) for to, at in rows.items()]


def _loops(exchange: Exchange, body: str, answers: list[Answered]) -> bool:
    row = exchange.inbound_id or 0
    past = inbound.recent(exchange.session, exchange.contact_id, row, ROUNDS - 1)
    vault = exchange.talk.vault
    texts = [Came(one.id, one.received_at, vault.open(one.body, BODY) if one.body else "") for one in past]
    return is_loop([Came(row, exchange.now, body), *texts], answers)

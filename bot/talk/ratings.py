"""How the help of a person was, by one number: asked once when a thread closes and nothing else is asked.

A number is a rating only as the first thing that is said after the question, thanks aside: a later 3 belongs
to whatever asked last, a menu or a poll.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from bot.flow.phrases import phrase
from bot.flow.turn import Count, Effect, Here, Say
from bot.store import inbound, polls, thread_work
from bot.store.threads import URGENT, Thread
from bot.talk.effects import Exchange
from bot.talk.surroundings import here as here_of
from bot.talk.turns import state_of
from bot.words.plain import plain

HEARD_AS: Final = "rating"
ASKED_FOR: Final = timedelta(days=2)
LOW: Final = 2
"""So low a number gets the way to a person again"""
_THUMBS: Final = {"\N{THUMBS UP SIGN}": 5, "\N{THUMBS DOWN SIGN}": 1}
_SKIN: Final = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
_ALONE: Final = re.compile(r"([1-5])(?: (?:of|de|sou|out of|من) 5| 5)?")
_SMALL_TALK: Final = ("thanks", "ok", "hello", "reaction")
_NEVER: Final = frozenset({"danger", "self_harm"})
"""Nobody is asked for a number after these"""


def may_ask(exchange: Exchange, thread: Thread) -> bool:
    """Whether a thread that is being closed ends with the question: a person answered, nothing is asked."""
    if thread.answered_at is None or thread.rating is not None or thread.rating_asked_at is not None:
        return False
    if thread.topic == URGENT or thread.led_by in _NEVER:
        return False
    return state_of(exchange.talk, exchange.contact).waiting == ""


def question(exchange: Exchange, thread: Thread, here: Here) -> Say:
    """Ask how the help was; the first number that is said within two days is the answer."""
    thread_work.ask_rating(exchange.session, thread.id or 0, exchange.now)
    said = phrase(exchange.talk.library.book, "rate_help", here.language, here.known)
    return Say(said, "phrase/rate_help", here.language)


def taken(exchange: Exchange, body: str) -> tuple[Effect, ...]:
    """Where a text says how the help was it is kept: then thanks; else nothing."""
    rating = read(body)
    if rating is None or state_of(exchange.talk, exchange.contact).waiting != "":
        return ()
    session, contact_id, now = exchange.session, exchange.contact_id, exchange.now
    thread = thread_work.to_be_rated(session, contact_id, now - ASKED_FOR)
    asked_at = thread.rating_asked_at if thread is not None else None
    if thread is None or asked_at is None or not _is_last_question(exchange, asked_at):
        return ()
    thread_work.rate(session, thread.id or 0, rating, now)
    here = here_of(exchange.talk, session, exchange.contact, now)
    name = "rating_low" if rating <= LOW else "rating_thanks"
    said = phrase(exchange.talk.library.book, name, here.language, here.known)
    return Say(said, f"phrase/{name}", here.language), Count(f"rating/{rating}")


def read(body: str) -> int | None:
    """1 to 5 where a text is that alone, in digits of any script, or a thumb."""
    thumb = _THUMBS.get(_SKIN.sub("", body.strip()))
    if thumb is not None:
        return thumb
    found = _ALONE.fullmatch(plain(body))
    return int(found[1]) if found else None


def _is_last_question(exchange: Exchange, asked_at: datetime) -> bool:
    """Whether nothing was asked or said since."""
    poll = polls.last_asked(exchange.session, exchange.contact_id, exchange.now)
    if poll is not None and poll[1] > asked_at:
        return False
    row = exchange.inbound_id or 0
    return not inbound.has_said(exchange.session, exchange.contact_id, asked_at, row, _SMALL_TALK)

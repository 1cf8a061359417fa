"""An answer to a question that the school asked of many: taken where nothing else was asked since.

Whoever asked last is answered. A question of a flow that stands open goes first, unless the poll came after
the person's last text; commands and whatever fits no choice go their usual way.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.flow.match import choice
from bot.flow.phrases import phrase
from bot.flow.turn import Count, Effect, Offered, Say
from bot.hear.understand import Understood
from bot.store import inbound, poll_words, polls
from bot.store.poll_words import Question
from bot.store.polls import Poll, PollAnswer
from bot.talk.effects import Exchange
from bot.talk.surroundings import here as here_of
from bot.talk.turns import state_of

HEARD_AS: Final = "poll"


def taken(exchange: Exchange, body: str, understood: Understood) -> tuple[Effect, ...]:
    """Where a text answers a poll it is kept: then the next question or the thanks; else nothing."""
    if understood.command is not None:
        return ()
    asked = polls.last_asked(exchange.session, exchange.contact_id, exchange.now)
    return _taken(exchange, body, *asked) if asked is not None else ()


def _taken(exchange: Exchange, body: str, poll: Poll, at: datetime) -> tuple[Effect, ...]:
    first = poll.reminds_of or poll.broadcast_id
    mine = polls.answers_of(exchange.session, first, exchange.contact_id)
    number = next((one for one in range(len(poll.sizes)) if one not in mine), None)
    if number is None or not _is_last_word(exchange, poll, at, mine):
        return ()
    language, questions = _questions(exchange, poll)
    chosen = _chosen(body, questions[number])
    if chosen is None:
        return ()
    _keep(exchange, first, number, chosen, language)
    return _next(exchange, language, questions[number + 1 :]), Count("poll/answered")


def _is_last_word(exchange: Exchange, poll: Poll, at: datetime, mine: Mapping[int, int]) -> bool:
    """Whether no question of a flow was asked since; the second question comes with the first answer."""
    if state_of(exchange.talk, exchange.contact).waiting != "answer":
        return True
    before = inbound.recent(exchange.session, exchange.contact_id, exchange.inbound_id or 0, 1)
    first = poll.reminds_of or poll.broadcast_id
    asked_at = at
    if mine:
        asked_at = polls.last_answer_at(exchange.session, first, exchange.contact_id) or at
    return not before or before[0].received_at <= asked_at


def _questions(exchange: Exchange, poll: Poll) -> tuple[str, tuple[Question, ...]]:
    kept = poll_words.from_json(exchange.talk.vault.open(poll.questions, poll_words.QUESTIONS))
    return kept.fit(exchange.contact.language)


def _chosen(body: str, question: Question) -> int | None:
    offered = [Offered(str(number), label) for number, label in enumerate(question.choices)]
    found = choice(body, offered)
    return int(found) if found is not None else None


def _keep(exchange: Exchange, broadcast_id: int, number: int, chosen: int, language: str) -> None:
    answer = PollAnswer(
        broadcast_id=broadcast_id,
        contact_id=exchange.contact_id,
        question=number,
        choice=chosen,
        language=exchange.contact.language or language,
        answered_at=exchange.now,
    )
    polls.record(exchange.session, answer)


def _next(exchange: Exchange, language: str, left: tuple[Question, ...]) -> Say:
    """The second question, in the language of the first; after the last one thanks."""
    if left:
        return Say(left[0].as_text, "poll/question", language)
    here = here_of(exchange.talk, exchange.session, exchange.contact, exchange.now)
    thanks = phrase(exchange.talk.library.book, "poll_thanks", here.language, here.known)
    return Say(thanks, "phrase/poll_thanks", here.language)

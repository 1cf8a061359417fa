"""Requests with an idempotency key (draft-ietf-httpapi-idempotency-key-header): done once, answered again.

The same key with the same request is answered as before; with another request it is a mistake (422); while
the first is still at work it is 409. What was refused changed nothing and leaves its key free.
"""

import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from flask import Response, current_app, request
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.people.api_tokens import Caller
from bot.store import api_answers
from bot.store.api_answers import BODY, ApiAnswer
from bot.web.api.operations import Operation
from bot.web.api.problems import Problem
from bot.web.bot_of import bot_of

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
PATTERN: Final = "^[!-~]{1,200}$"
Work = Callable[[Session], BaseModel]


def once(operation: Operation, caller: Caller, asked: BaseModel | None, work: Work) -> Response:
    """Do the work under the key of this request, or answer as it was answered before."""
    bot = bot_of(current_app)
    wanted = _wanted(caller, asked)
    with bot.db.write() as session:
        held = api_answers.take(session, wanted)
    if held.request_hash != wanted.request_hash:
        raise Problem(422, "key-used", "This key belongs to another request.", errors=_at_key())
    if held.status is not None:
        words = bot.vault.open(held.body or b"", BODY)
        return _response(words, held.status, replayed=True)
    if held.taken_by != wanted.taken_by:
        raise Problem(409, "in-progress", "The first request is still at work.", headers={"Retry-After": "1"})
    return _response(_done(held, operation, work), operation.status)


def _done(held: ApiAnswer, operation: Operation, work: Work) -> str:
    """The work and its answer in one transaction; nothing of either, and a free key, where it fails."""
    bot, answer_id = bot_of(current_app), held.id or 0
    try:
        with bot.db.write() as session:
            words = work(session).model_dump_json()
            sealed = bot.vault.seal(words, BODY)
            _answer(session, held, operation.status, sealed)
    except BaseException:
        with suppress(SQLAlchemyError), bot.db.write() as session:
            api_answers.give_back(session, answer_id, held.taken_by)
        raise
    return words


def _answer(session: Session, held: ApiAnswer, status: int, sealed: bytes) -> None:
    """Raises Problem where somebody thought that we were dead, and took the key over."""
    if not api_answers.answer(session, held.id or 0, held.taken_by, status, sealed):
        raise Problem(409, "in-progress", headers={"Retry-After": "1"})


def _wanted(caller: Caller, asked: BaseModel | None) -> ApiAnswer:
    bot = bot_of(current_app)
    told = asked.model_dump_json() if asked is not None else ""
    return ApiAnswer(
        token_id=caller.token_id,
        key_hash=bot.vault.fingerprint(f"api key:{_key()}"),
        request_hash=bot.vault.fingerprint(f"api request:{request.method} {request.path}\n{told}"),
        taken_by=secrets.token_hex(16),
        taken_at=bot.clock(),
    )


def _key() -> str:
    """The key; the draft writes it as a string of RFC 9651, in quotes, and many programs without."""
    told = request.headers.get(HEADER, "").strip()
    if not told:
        raise Problem(400, "key-missing", f"Send a new {HEADER} with each new request.", errors=_at_key())
    if not re.fullmatch(PATTERN, told):
        raise Problem(400, "key", "Up to 200 visible letters, e.g. a UUID.", errors=_at_key())
    return told[1:-1] if len(told) > 2 and told[0] == told[-1] == '"' else told


def _at_key() -> list[dict[str, str]]:
    return [{"field": HEADER, "detail": "See the description of this header."}]


def _response(words: str, status: int, *, replayed: bool = False) -> Response:
    headers = {REPLAYED: "true"} if replayed else {}
    return Response(words, status, headers, content_type="application/json")

"""Before each request to the API: the route's declaration, the token, its allowance, its scope."""

from datetime import timedelta
from math import ceil
from typing import Final, cast

from flask import current_app, g, request

from bot.people import api_tokens
from bot.people.api_tokens import Caller
from bot.people.desk import Desk
from bot.store import api_tokens as kept
from bot.web.api.operations import operation_of
from bot.web.api.problems import Problem
from bot.web.bot_of import bot_of

NAME: Final = "api"
"""Of the blueprint"""
DOCUMENT: Final = f"{NAME}.document"
"""The one route that asks for no token: it tells only what is in the source"""
MAX_BODY: Final = 256 * 1024
_BEARER: Final = "Bearer"


def guard() -> None:
    """Let a request through, or raise a Problem."""
    request.max_content_length = MAX_BODY
    if request.endpoint == DOCUMENT:
        return
    operation = operation_of(current_app, request.endpoint)
    if operation is None:
        raise Problem(403, "closed")
    found = _caller()
    _count(found)
    if operation.scope not in found.scopes:
        header = {"WWW-Authenticate": f'{_BEARER} error="insufficient_scope", scope="{operation.scope}"'}
        raise Problem(403, "scope", f"The token lacks {operation.scope}.", headers=header)
    g.api_caller = found


def caller() -> Caller:
    """Whoever speaks, behind the guard."""
    return cast(Caller, g.api_caller)


def _caller() -> Caller:
    bot, told = bot_of(current_app), request.authorization
    token = told.token if told is not None and told.type == "bearer" else None
    desk = Desk(bot.db, bot.vault, bot.clock)
    found = api_tokens.caller_of(desk, token) if token else None
    if found is None:
        challenge = f'{_BEARER} error="invalid_token"' if token else _BEARER
        raise Problem(401, "token", headers={"WWW-Authenticate": challenge})
    return found


def _count(found: Caller) -> None:
    """So many requests in a minute, and as many at once."""
    bot = bot_of(current_app)
    burst = bot.settings.api_per_minute
    each = timedelta(minutes=1) / burst
    with bot.db.write() as session:
        wait = kept.take(session, found.token_id, bot.clock(), each=each, burst=burst)
    if wait is not None:
        seconds = str(max(1, ceil(wait.total_seconds())))
        raise Problem(429, "too-many", headers={"Retry-After": seconds})

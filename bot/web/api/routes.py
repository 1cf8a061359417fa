"""How a view becomes a route: what it takes is read, its transaction opened, its answer written."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Final

import structlog
from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel
from sqlmodel import Session

from bot.broadcast.refused import Refused
from bot.web.api import keyed
from bot.web.api.bodies import read_body, read_query
from bot.web.api.guard import NAME, caller, guard
from bot.web.api.operations import Call, Operation, mark
from bot.web.api.problems import unexpected
from bot.web.api.refusals import problem_of
from bot.web.bot_of import bot_of

ROOT: Final = "/api/v1"
ID: Final = "<int(max=2147483647):broadcast_id>"
Give = Callable[..., BaseModel]
_log = structlog.get_logger(__name__)


def new_api() -> Blueprint:
    """The blueprint of the API, for one web process."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    api.register_error_handler(Exception, unexpected)
    api.before_request(guard)
    return api


def add(api: Blueprint, method: str, path: str, operation: Operation, give: Give) -> None:
    """Add a route: `give(call, asked, **path)` answers it."""

    @wraps(give)
    def view(**path_values: Any) -> Response:
        asked = _asked(operation)
        work = partial(_work, give, asked, path_values)
        response = _answered(operation, asked, work)
        for lane in operation.rings:
            bot_of(current_app).broadcasting.queue.ring(lane)
        _log.info("api", operation=give.__name__, token=caller().token_id, status=response.status_code)
        return response

    mark(view, operation)
    api.add_url_rule(path, give.__name__, view, methods=[method])


def _asked(operation: Operation) -> BaseModel | None:
    if operation.takes is not None:
        return read_body(operation.takes)
    return read_query(operation.query) if operation.query is not None else None


def _answered(operation: Operation, asked: BaseModel | None, work: keyed.Work) -> Response:
    bot = bot_of(current_app)
    if operation.is_keyed:
        return keyed.once(operation, caller(), asked, work)
    with bot.db.write() if operation.writes else bot.db.read() as session:
        words = work(session).model_dump_json()
    return Response(words, operation.status, content_type="application/json")


def _work(give: Give, asked: BaseModel | None, path: dict[str, Any], session: Session) -> BaseModel:
    call = Call(session, bot_of(current_app).broadcasting, caller())
    try:
        return give(call, *([] if asked is None else [asked]), **path)
    except Refused as error:
        raise problem_of(error) from None


def no_store(response: Response) -> Response:
    """No cache keeps an answer of the API."""
    if request.path.startswith("/api/"):
        response.headers["Cache-Control"] = "no-store"
    return response

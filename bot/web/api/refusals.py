"""What broadcasts refuse, as problems: each with its type, its status and the place of what to mend."""

from typing import Any, Final

from bot.broadcast import refused
from bot.broadcast.refused import Refused
from bot.web.api.problems import Problem

_STATUS: Final[dict[type[Exception], tuple[int, str]]] = {
    Refused: (409, "refused"),
    refused.EmptyAudience: (422, "nobody"),
    refused.OutOfReach: (403, "out-of-reach"),
    refused.NotYours: (404, "not-found"),
    refused.NotDraft: (409, "sent-before"),
    refused.Changed: (409, "changed"),
    refused.TooLong: (422, "text-too-long"),
    refused.NoText: (422, "no-text"),
    refused.NoDate: (422, "no-day"),
    refused.UnknownField: (422, "unknown-field"),
    refused.MissingText: (422, "no-text-in-language"),
    refused.NoTime: (422, "no-time"),
    refused.InPast: (422, "in-past"),
    refused.InQuietHours: (409, "quiet-hours"),
    refused.NeedsApproval: (403, "needs-approval"),
    refused.NotWaiting: (409, "over"),
}
"""What is not here is answered as the kind of refusal that it is"""
_PLACES: Final = {"audience": "/audience", "when": "/when", "language": "/texts", "token": "/preview"}


def name_of(error: Refused) -> str:
    """Its type, without what is common to all."""
    return _answer(error)[1]


def place_of(error: Refused) -> str:
    """Where it belongs in what was sent."""
    if error.field == "text":
        language = getattr(error, "language", "")
        return f"/texts/{language}" if language else "/texts"
    return _PLACES.get(error.field, "")


def problem_of(error: Refused) -> Problem:
    """As it is answered."""
    status, name = _answer(error)
    more: dict[str, Any] = {}
    if isinstance(error, refused.InQuietHours):
        more = {"opens": error.opens, "closes": error.closes}
        more["opens_at"] = error.opens_at.isoformat() if error.opens_at else None
    if isinstance(error, refused.Changed):
        more = {"changed": list(error.what)}
    if isinstance(error, refused.MissingText):
        more = {"languages": list(error.languages)}
    if status == 422:
        more["errors"] = [{"field": place_of(error), "detail": str(error)}]
    return Problem(status, name, str(error) if status != 404 else "", **more)


def _answer(error: Refused) -> tuple[int, str]:
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)

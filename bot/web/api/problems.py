"""What is answered to whatever is refused: problem details (RFC 9457), never a word of what was sent."""

from collections.abc import Mapping
from typing import Any, Final

import structlog
from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from bot.log_lines import place_of

MEDIA_TYPE: Final = "application/problem+json"
_URN: Final = "urn:problem-type:ally:"
_TITLES: Final = {
    400: "This could not be read",
    401: "A token is needed",
    403: "This token does not allow it",
    404: "There is no such thing",
    405: "This address takes another method",
    409: "This does not go together with how things stand",
    413: "That is too much at once",
    415: "Send application/json",
    422: "This cannot be done as it was asked",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "The service is not ready",
}
_log = structlog.get_logger(__name__)


class Fault(BaseModel):
    """Something to mend in what was sent."""

    field: str = Field(description="JSON pointer into the body, or the name of a parameter")
    detail: str


class ProblemDetails(BaseModel):
    """Why something was not done (RFC 9457). Nothing was changed."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="Says which problem it is; compare it, do not open it")
    title: str
    status: int
    detail: str = ""
    errors: list[Fault] = Field(default=[], description="What to mend, each at its place")


class Problem(Exception):
    """Nothing was done. `more`: members of the answer; `headers`: of the response."""

    def __init__(
        self,
        status: int,
        name: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(name)
        self.status, self.name, self.detail = status, name, detail
        self.headers, self.more = dict(headers or {}), more

    def response(self) -> Response:
        """As it goes out; the log tells which it was, and of which operation."""
        _log.info("api_refused", endpoint=request.endpoint, status=self.status, problem=self.name)
        told = ProblemDetails(
            type=_URN + self.name,
            title=_TITLES.get(self.status, "Not done"),
            status=self.status,
            detail=self.detail,
            **self.more,
        )
        body = told.model_dump_json(exclude_defaults=True)
        return Response(body, self.status, self.headers, content_type=MEDIA_TYPE)


def of_http(error: HTTPException) -> Response:
    """What Flask itself refuses: no such address, another method, too large."""
    status = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    names = {404: "not-found", 405: "method", 413: "too-large", 415: "media-type"}
    return Problem(status, names.get(status, "refused"), headers=headers).response()


def unexpected(error: Exception) -> Response:
    """What nobody expected: logged by its kind and place, never by its words."""
    if isinstance(error, Problem):
        return error.response()
    if isinstance(error, HTTPException):
        return of_http(error)
    _log.error("unexpected", endpoint=request.endpoint, error=type(error).__name__, place=place_of(error))
    if isinstance(error, SQLAlchemyError):
        return Problem(503, "not-ready", headers={"Retry-After": "5"}).response()
    return Problem(500, "unexpected").response()
